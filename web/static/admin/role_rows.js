/** Rows of a user's form with a role for an event each, shown where the role is for some events only. */

import { el } from "./build.js";
import { addRow, onRows, renumber } from "./rows.js";

export class RoleRows {
  #form;
  #part;
  #rows;
  #role;

  /** @param {HTMLFormElement} form holds `[data-staff]`, and a select named `role` */
  constructor(form) {
    this.#form = form;
    this.#part = /** @type {HTMLElement} */ (form.querySelector("[data-staff]"));
    this.#rows = /** @type {HTMLElement} */ (form.querySelector("[data-rows]"));
    this.#role = /** @type {HTMLSelectElement} */ (form.elements.namedItem("role"));
    this.#role.addEventListener("change", () => this.show());
    onRows(form, () => undefined);
  }

  /**
   * Offer these events in every row.
   *
   * @param {{uuid: string, name: string}[]} events
   */
  offer(events) {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("event-role"));
    template.content.querySelector('[data-name="event"]')?.replaceChildren(...events.map((event) => el("option", { value: event.uuid }, event.name)));
  }

  /**
   * Show a user's roles, one a row.
   *
   * @param {{event: string, role: string}[]} roles
   */
  fill(roles) {
    this.#rows.replaceChildren();
    for (const role of roles) this.#add(role);
    this.show();
  }

  /** Show the rows where they count, one at least; hidden ones send nothing. */
  show() {
    const isStaff = this.#role.value === "staff";
    this.#part.hidden = !isStaff;
    if (!isStaff) this.#rows.replaceChildren();
    else if (this.#rows.childElementCount === 0) this.#add();
    renumber(this.#form);
  }

  /** @param {{event: string, role: string}} [role] */
  #add(role) {
    const row = addRow(this.#rows);
    if (!role) return;
    for (const control of /** @type {NodeListOf<HTMLSelectElement>} */ (row.querySelectorAll("[data-name]"))) control.value = /** @type {any} */ (role)[control.dataset.name ?? ""];
  }
}
