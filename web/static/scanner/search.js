/**
 * Guest list and search: the guests of a time, tonight's first and the others one tap away, by the hub, or on this phone
 * where that is alone; whom it finds is scanned by hand.
 */

import { dayOf } from "../shared/days.js";
import { say } from "../shared/say.js";
import { codeIn, readText } from "./code_reading.js";
import { FoundList } from "./found_list.js";
import { guestsFor } from "./guest_query.js";
import { cameText, currentShowing, showingsOf } from "./guest_showings.js";
import { field, find, makeButton, makeText, write } from "./page.js";

const SHORTEST = 3;
const WAIT_MS = 250;
/** All times together. */
const ALL = "";

/**
 * @typedef {import("./guest_query.js").Found} Found
 * @typedef {import("./guest_showings.js").GuestShowing} GuestShowing
 * @typedef {import("./device_session.js").DeviceSession} DeviceSession
 */

export class Search {
  #dialog = /** @type {HTMLDialogElement} */ (find("#find"));
  #around;
  #list;
  /** @type {DeviceSession | null} */
  #session = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #asked = 0;
  #page = 1;
  /** @type {GuestShowing[]} */
  #showings = [];
  #chosen = ALL;

  /**
   * @param {{onChosen: (guest: Found) => void, onCode: (code: string) => void, choosing: () => string}} around `onCode`
   *   gets a code: a scan; `choosing` says what becomes of a guest who is chosen
   */
  constructor(around) {
    this.#around = around;
    this.#list = new FoundList(find("#found"), { onChosen: (guest) => this.#choose(guest), choosing: around.choosing });
    field("#find-name").addEventListener("input", () => this.#later());
    find("#find-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#entered();
    });
    find("#find-others").addEventListener("click", () => this.#show(ALL));
    find("#find-next").addEventListener("click", () => this.#look(this.#page + 1));
    find("#find-close").addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("close", () => this.#ended());
  }

  /** Closed, nothing that was typed is looked for or scanned any more. */
  #ended() {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  /** @param {DeviceSession} session */
  open(session) {
    this.#session = session;
    field("#find-name").value = "";
    this.#list.close();
    this.#dialog.showModal();
    this.#showings = showingsOf(session.eventData.tickets(), session.eventData.hasCome(session.queue.waiting));
    const current = currentShowing(this.#showings, session.hub.now());
    this.#show(this.#showings.length > 1 && current ? current.id : ALL);
  }

  // --- times --------------------------------------------------------------------------------------------------

  /** @param {string} showing its id, or `ALL` */
  #show(showing) {
    this.#chosen = showing;
    const isOffered = this.#showings.length > 1;
    find("#find-showings").hidden = !isOffered;
    find("#find-showings").replaceChildren(...(isOffered ? [...this.#showings.map((each) => this.#chip(each)), this.#chip(null)] : []));
    this.#look();
  }

  /** @param {GuestShowing | null} showing null: all times */
  #chip(showing) {
    const { now, timeZone } = { now: this.#session?.hub.now() ?? 0, timeZone: this.#session?.eventData.manifest?.event.timezone };
    const id = showing?.id ?? ALL;
    const chip = makeButton(showing ? dayOf(showing.starts, now, timeZone) : say("scan-find-all-times"), "chip", () => this.#show(id));
    if (showing) chip.append(makeText(cameText(showing), "chip-count"));
    chip.ariaPressed = String(id === this.#chosen);
    return chip;
  }

  // --- what is typed ------------------------------------------------------------------------------------------

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), WAIT_MS);
  }

  /** A barcode is a scan at its end only: a part of it may be another ticket's. */
  async #entered() {
    const text = this.#text;
    const code = text && this.#session ? await codeOf(text, this.#session.eventData) : null;
    if (code && text === this.#text) this.#scan(code);
    else await this.#search();
  }

  get #text() {
    return field("#find-name").value.trim();
  }

  /** @param {string} code */
  #scan(code) {
    if (!this.#dialog.open) return;
    this.#dialog.close();
    this.#around.onCode(code);
  }

  async #search() {
    clearTimeout(this.#timer);
    const code = codeIn(this.#text);
    if (code) this.#scan(code);
    else await this.#look();
  }

  // --- guests -------------------------------------------------------------------------------------------------

  /** @param {number} [page] of what is looked for, from 1 */
  async #look(page = 1) {
    const session = this.#session;
    const text = this.#text;
    const asked = ++this.#asked;
    if (!session) return;
    if (text && text.length < SHORTEST) return this.#write([], 1, { total: 0, others: 0, said: say("scan-find-short") });
    const showing = this.#showings.find(({ id }) => id === this.#chosen) ?? null;
    const { found, ...about } = await guestsFor(session, { text, showing, page });
    if (asked === this.#asked) this.#write(found, page, about);
  }

  /**
   * @param {Found[]} found
   * @param {number} page
   * @param {{total: number, others: number, said: string}} about
   */
  #write(found, page, { total, others, said }) {
    this.#page = page;
    if (page === 1) this.#list.clear();
    this.#list.add(found);
    write("#find-said", said);
    write("#find-others", others > 0 && this.#text ? say("scan-find-others", { count: others }) : "");
    find("#find-next").hidden = found.length === 0 || find("#found").childElementCount >= total;
  }

  /** @param {Found} guest */
  #choose(guest) {
    this.#dialog.close();
    this.#around.onChosen(guest);
  }
}

/**
 * @param {string} text
 * @param {import("./offline/event_data.js").EventData} eventData
 * @returns {Promise<string | null>} the code or barcode of a ticket that it is, in whatever keyboard layout
 */
async function codeOf(text, eventData) {
  const named = (/** @type {string} */ each) => eventData.named(each);
  const { text: meant } = await readText(text, named);
  return codeIn(meant) ?? ((await named(meant)) ? meant : null);
}
