/**
 * Guest search, and scanning by hand whom it finds: by the hub, or on this phone where that is alone.
 *
 * @typedef {{uuid: string, issue: number, name: string, line: string, notice: string, isInside: boolean}} Found
 */

import { say, sayCount } from "../shared/messages.js";
import { codeIn, readText } from "./code_reading.js";
import { findGuests } from "./offline/guest_search.js";
import { nameOf, seatText } from "./verdict_text.js";
import { AGAIN } from "./api.js";
import { field, find, makeText, write } from "./page.js";

const SHORTEST = 3;
const WAIT_MS = 250;
const MOST = 40;

export class Search {
  #dialog = /** @type {HTMLDialogElement} */ (find("#find"));
  #around;
  /** @type {import("./device_session.js").DeviceSession | null} */
  #session = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #asked = 0;

  /** @param {{onChosen: (guest: Found) => void, onCode: (code: string) => void}} around `onCode` gets a code: a scan */
  constructor(around) {
    this.#around = around;
    field("#find-name").addEventListener("input", () => this.#later());
    find("#find-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#entered();
    });
    find("#find-close").addEventListener("click", () => this.#dialog.close());
  }

  /** @param {import("./device_session.js").DeviceSession} session */
  open(session) {
    this.#session = session;
    field("#find-name").value = "";
    find("#found").replaceChildren();
    write("#find-said", "");
    this.#dialog.showModal();
  }

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
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#dialog.close();
    this.#around.onCode(code);
  }

  async #search() {
    clearTimeout(this.#timer);
    const text = this.#text;
    const code = codeIn(text);
    if (code) return this.#scan(code);
    const asked = ++this.#asked;
    if (!this.#session) return;
    if (text.length < SHORTEST) return this.#show([], say("find.short"));
    const { found, said } = await searchFor(this.#session, text);
    if (asked === this.#asked) this.#show(found, said);
  }

  /**
   * @param {Found[]} found
   * @param {string} said
   */
  #show(found, said) {
    write("#find-said", said);
    find("#found").replaceChildren(...found.map((guest) => this.#row(guest)));
  }

  /** @param {Found} guest */
  #row(guest) {
    const { name, line, notice, isInside } = guest;
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "found-guest";
    button.dataset.inside = String(isInside);
    button.append(makeText(name, "found-name"), makeText(line, "found-line"));
    if (notice) button.append(makeText(notice, "found-notice"));
    button.addEventListener("click", () => {
      this.#dialog.close();
      this.#around.onChosen(guest);
    });
    row.append(button);
    return row;
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

/**
 * @param {import("./device_session.js").DeviceSession} session
 * @param {string} text
 * @returns {Promise<{found: Found[], said: string}>}
 */
async function searchFor(session, text) {
  const body = { search: text, event_uuid: session.device.event };
  const { status, body: answer } = await session.hub.post("/scan/search_ticket/", body);
  if (AGAIN.has(status)) return findHere(session, text);
  if (status !== 200) return { found: [], said: answer.message ?? say("find.failed") };
  const found = answer.results.map(foundByHub);
  return { found, said: found.length ? sayCount("find.count", answer.total) : say("find.none") };
}

/** @param {any} result */
function foundByHub(result) {
  const line = [result.status, result.product, seatText(result.seat), result.time].filter(Boolean).join(" · ");
  return { uuid: result.uuid, issue: result.issue, name: nameOf(result), line, notice: result.notice ?? "", isInside: result.is_scanned };
}

/**
 * @param {import("./device_session.js").DeviceSession} session
 * @param {string} text
 */
async function findHere({ eventData, may }, text) {
  const found = findGuests(eventData.tickets(), text, MOST, await eventData.named(text)).map(foundHere);
  return { found, said: say(found.length ? "find.offline" : may.has("names") ? "find.none" : "find.offlineNone") };
}

/** @param {import("./offline/rules.js").Ticket} ticket */
function foundHere(ticket) {
  const line = [ticket.product, seatText(ticket.seat)].filter(Boolean).join(" · ");
  return { uuid: ticket.uuid, issue: ticket.issue, name: nameOf(ticket) || say("scan.guest"), line, notice: ticket.notice ?? "", isInside: ticket.entries > 0 };
}
