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
   * @param {HTMLOptionElement[]} options
   */
  offer(options) {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("event-role"));
    template.content.querySelector('[data-name="event"]')?.replaceChildren(...options.map((option) => option.cloneNode(true)));
  }

  /**
   * Show a user's roles, one a row.
   *
   * @param {{event: string, role: string}[]} roles
   * @param {Map<string, string>} [names] of all events, by id: a role may be for one that is offered no more
   */
  fill(roles, names = new Map()) {
    this.#rows.replaceChildren();
    for (const role of roles) this.#add(role, names);
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

  /**
   * @param {{event: string, role: string}} [role]
   * @param {Map<string, string>} [names]
   */
  #add(role, names) {
    const row = addRow(this.#rows);
    if (!role) return;
    const events = /** @type {HTMLSelectElement} */ (row.querySelector('[data-name="event"]'));
    const name = names?.get(role.event);
    if (name && ![...events.options].some(({ value }) => value === role.event)) events.append(el("option", { value: role.event }, name));
    for (const control of /** @type {NodeListOf<HTMLSelectElement>} */ (row.querySelectorAll("[data-name]"))) control.value = /** @type {any} */ (role)[control.dataset.name ?? ""];
  }
}
