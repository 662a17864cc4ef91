/** Selection of tickets in the list, and the actions on all of them at once. */

import { Refused } from "./api.js";
import { button, el } from "./build.js";
import { allOf, beginBatch } from "./ticket_all.js";
import { actOnEach, askedForAll, confirmedFor, payAll, resendAll } from "./ticket_batch.js";
import { printTickets } from "./ticket_sheet.js";
import { nameOf } from "./ticket.js";
import { say } from "../shared/say.js";

export class Picks {
  constructor() {
    /** @type {() => Promise<void>} shows the list anew */
    this.refresh = async () => undefined;
    /** @type {Map<string, any>} tickets by id */
    this.chosen = new Map();
    /** Filters of the list, and the path of its first page; null where the list is of no single event. @type {{filters: Record<string, string>, path: string} | null} */
    this.list = null;
    /** How many tickets match in all. */
    this.total = 0;
    /** Whether all that match are chosen, shown or not. */
    this.isAll = false;
    this.more = /** @type {HTMLButtonElement} */ (document.querySelector("#choose-all"));
    this.more.addEventListener("click", () => this.chooseAll());
    this.all = /** @type {HTMLInputElement} */ (document.querySelector("#pick-all"));
    this.all.addEventListener("change", () => this.pickAll(this.all.checked));
    document.querySelector("#chosen-actions")?.replaceChildren(...this.actions());
  }

  /** @returns {HTMLElement[]} */
  actions() {
    return [
      button(say("admin-ticket-do-block"), () => this.act("block", () => actOnEach("block", this.tickets))),
      button(say("admin-ticket-do-unblock"), () => this.act("unblock", () => actOnEach("unblock", this.tickets))),
      button(say("admin-reservation-do-pay"), () => this.act("pay", () => payAll(this.tickets))),
      button(say("tickets-resend"), () => this.act("resend", () => resendAll(this.tickets))),
      button(say("admin-ticket-do-print"), () => this.print()),
      button(say("tickets-cancel"), () => this.act("cancel", async () => (await confirmedFor("cancel", this.tickets)) && actOnEach("cancel", this.tickets)), "small danger"),
      button(say("tickets-unpick"), () => this.pickAll(false), "small quiet"),
    ];
  }

  /**
   * @param {import("./ticket_batch.js").Action} action
   * @param {() => unknown} onChosen carries it out on those that are ticked
   */
  act(action, onChosen) {
    return this.finish(this.isAll ? () => this.onAll(action) : onChosen);
  }

  /** @param {import("./ticket_batch.js").Action} action */
  async onAll(action) {
    const { list, total } = this;
    const asked = list && (await askedForAll(action, total));
    if (!list || !asked) return false;
    await beginBatch({ action, ...asked, ...list.filters }, total);
    return true;
  }

  async print() {
    await printTickets(this.isAll && this.list ? await allOf(this.list.path, this.total) : this.tickets);
  }

  chooseAll() {
    this.isAll = true;
    this.show();
    /** @type {HTMLElement | null} */ (document.querySelector("#chosen-actions .button"))?.focus();
  }

  /** @returns {any[]} */
  get tickets() {
    return [...this.chosen.values()];
  }

  /**
   * @param {() => unknown} work resolves to false where nothing was done; a request that fails ends it half done
   */
  async finish(work) {
    try {
      if ((await work()) === false) return;
    } catch (error) {
      if (error instanceof Refused) await this.refresh();
      throw error;
    }
    await this.refresh();
  }

  /**
   * @param {any} ticket
   * @returns {HTMLElement} its checkbox
   */
  tick(ticket) {
    const input = el("input", { type: "checkbox" });
    input.addEventListener("change", () => {
      this.isAll = false;
      if (input.checked) this.chosen.set(ticket.id, ticket);
      else this.chosen.delete(ticket.id);
      this.show();
    });
    return el("label", { class: "pick" }, input, el("span", { class: "hidden-text" }, say("tickets-pick", { name: nameOf(ticket) })));
  }

  /** @param {boolean} isPicked */
  pickAll(isPicked) {
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#rows .pick input"))) {
      if (input.checked !== isPicked) input.click();
    }
    this.show();
  }

  clear() {
    this.isAll = false;
    this.chosen.clear();
    this.show();
  }

  show() {
    const { size } = this.chosen;
    const ticks = document.querySelectorAll("#rows .pick input").length;
    /** @type {HTMLElement} */ (document.querySelector("#chosen")).hidden = size === 0;
    /** @type {HTMLElement} */ (document.querySelector("#chosen-count")).textContent = this.isAll ? say("tickets-all-chosen", { total: this.total }) : size ? say("tickets-chosen", { count: size }) : "";
    this.more.hidden = this.isAll || !this.list || size < ticks || this.total <= ticks;
    this.more.textContent = say("tickets-choose-all", { total: this.total });
    this.all.checked = size > 0 && size === ticks;
    this.all.indeterminate = size > 0 && !this.all.checked;
  }
}
