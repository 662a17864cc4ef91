/** List of conflicts: entries that the hub would have refused, where and when, beside the entry that counts. */

import { get } from "../admin/api.js";
import { conflictReason } from "../shared/verdicts.js";
import { timeOfDay } from "../shared/locale.js";
import { ticketPage } from "./links.js";
import { deviceName, doorName } from "./alert_text.js";
import { say } from "../shared/say.js";
import { keepRows, setText } from "./dom.js";

/** @typedef {import("./alert_text.js").Conflict} Conflict */

const SHOWN = 30;

export class ConflictList {
  #page;
  #list;
  /** Names that the hub was asked for: entries of before this page hold none. @type {Map<string, string>} */
  #names = new Map();
  #again = () => {};

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#page = page;
    this.#list = /** @type {HTMLElement} */ (page.querySelector("#conflicts"));
  }

  /**
   * @param {Conflict[]} conflicts in order
   * @param {import("../live/event_state.js").EventState} state
   * @param {boolean} areAll whether those of before this page are known
   */
  show(conflicts, state, areAll) {
    this.#again = () => this.show(conflicts, state, areAll);
    const shown = conflicts.slice(-SHOWN).reverse().map((conflict) => ({ ...conflict, id: String(conflict.seq) }));
    keepRows(this.#list, "conflict", shown, makeRow);
    shown.forEach((conflict, index) => this.#fill(this.#list.children[index], conflict, state));
    /** @type {HTMLElement} */ (this.#page.querySelector("#no-conflicts")).hidden = shown.length > 0 || !areAll;
  }

  /**
   * @param {Element} row
   * @param {Conflict} conflict
   * @param {import("../live/event_state.js").EventState} state
   */
  #fill(row, conflict, state) {
    const link = row.querySelector("a");
    setText(link, conflict.name ?? this.#nameOf(conflict.ticket));
    ticketPage(this.#page, link, conflict.ticket);
    setText(row.querySelector(".conflict-reason"), conflictReason(conflict.reason));
    setText(row.querySelector(".conflict-entry"), say("conflict-entry", this.#place(conflict.entry, state)));
    const counted = conflict.counted ? say("conflict-counted", this.#place(conflict.counted, state)) : "";
    setText(row.querySelector(".conflict-counted"), counted);
  }

  /**
   * @param {import("./alert_text.js").Side} side
   * @param {import("../live/event_state.js").EventState} state
   */
  #place({ at, device, door }, state) {
    const place = [doorName(door, state) || say("people-venue"), deviceName(device, state)].filter(Boolean).join(" · ");
    return { place, time: timeOfDay(Date.parse(at), this.#page.dataset.timezone) };
  }

  /** @param {string} ticket */
  #nameOf(ticket) {
    if (!this.#names.has(ticket)) {
      this.#names.set(ticket, say("guest-unnamed"));
      this.#askName(ticket);
    }
    return this.#names.get(ticket) ?? "";
  }

  /** @param {string} ticket */
  async #askName(ticket) {
    try {
      const { name } = await get(`/api/tickets/${ticket}`);
      this.#names.set(ticket, name);
      this.#again();
    } catch {
      return; // the ticket is gone, and with it the name
    }
  }
}

function makeRow() {
  const row = document.createElement("li");
  const head = document.createElement("p");
  const reason = document.createElement("span");
  reason.className = "conflict-reason";
  head.append(document.createElement("a"), reason);
  const [entry, counted] = ["conflict-entry", "conflict-counted"].map((part) => {
    const line = document.createElement("p");
    line.className = `${part} label`;
    return line;
  });
  row.append(head, entry, counted);
  return row;
}
