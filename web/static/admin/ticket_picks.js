/** Selection of tickets in the list, and the actions on all of them at once. */

import { Refused } from "./api.js";
import { button, el } from "./build.js";
import { actOnEach, confirmedFor, payAll, resendAll } from "./ticket_batch.js";
import { printTickets } from "./ticket_sheet.js";
import { say, sayCount } from "./messages.js";

export class Picks {
  constructor() {
    /** @type {() => Promise<void>} shows the list anew */
    this.refresh = async () => undefined;
    /** @type {Map<string, any>} tickets by id */
    this.chosen = new Map();
    this.all = /** @type {HTMLInputElement} */ (document.querySelector("#pick-all"));
    this.all.addEventListener("change", () => this.pickAll(this.all.checked));
    document.querySelector("#chosen-actions")?.replaceChildren(...this.actions());
  }

  /** @returns {HTMLElement[]} */
  actions() {
    const act = (/** @type {"block" | "unblock"} */ action) => this.finish(() => actOnEach(action, this.tickets));
    return [
      button(say("ticket.do.block"), () => act("block")),
      button(say("ticket.do.unblock"), () => act("unblock")),
      button(say("reservation.do.pay"), () => this.finish(() => payAll(this.tickets))),
      button(say("tickets.resend"), () => this.finish(() => resendAll(this.tickets))),
      button(say("ticket.do.print"), () => printTickets(this.tickets)),
      button(say("tickets.cancel"), () => this.finish(async () => (await confirmedFor("cancel", this.tickets)) && actOnEach("cancel", this.tickets)), "small danger"),
      button(say("tickets.unpick"), () => this.pickAll(false), "small quiet"),
    ];
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
      if (input.checked) this.chosen.set(ticket.id, ticket);
      else this.chosen.delete(ticket.id);
      this.show();
    });
    return el("label", { class: "pick" }, input, el("span", { class: "hidden-text" }, say("tickets.pick", { name: ticket.name || say("ticket.noName") })));
  }

  /** @param {boolean} isPicked */
  pickAll(isPicked) {
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#rows .pick input"))) {
      if (input.checked !== isPicked) input.click();
    }
    this.show();
  }

  clear() {
    this.chosen.clear();
    this.show();
  }

  show() {
    const { size } = this.chosen;
    const ticks = document.querySelectorAll("#rows .pick input").length;
    /** @type {HTMLElement} */ (document.querySelector("#chosen")).hidden = size === 0;
    /** @type {HTMLElement} */ (document.querySelector("#chosen-count")).textContent = size ? sayCount("tickets.chosen", size) : "";
    this.all.checked = size > 0 && size === ticks;
    this.all.indeterminate = size > 0 && !this.all.checked;
  }
}
