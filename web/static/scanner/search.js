/**
 * Finding a guest by name, and scanning them by hand: by the hub, or on this phone where it may see names and is alone.
 *
 * @typedef {{uuid: string, name: string, line: string, isInside: boolean}} Found
 */

import { say, sayCount } from "../shared/messages.js";
import { codeIn, readText } from "./code_reading.js";
import { nameOf } from "./verdict_text.js";
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

  /** @param {{onChosen: (ticket: string) => void, onCode: (code: string) => void}} around `onCode` gets a code: a scan */
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
  #row({ uuid, name, line, isInside }) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "found-guest";
    button.dataset.inside = String(isInside);
    button.append(makeText(name, "found-name"), makeText(line, "found-line"));
    button.addEventListener("click", () => {
      this.#dialog.close();
      this.#around.onChosen(uuid);
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
  const line = [result.status, result.product, result.time].filter(Boolean).join(" · ");
  return { uuid: result.uuid, name: nameOf(result), line, isInside: result.is_scanned };
}

/**
 * @param {import("./device_session.js").DeviceSession} session
 * @param {string} text
 */
function findHere({ eventData, may }, text) {
  if (!may.has("names")) return { found: [], said: say("find.offlineNone") };
  const wanted = fold(text).split(" ");
  const isMeant = (/** @type {string} */ name) => wanted.every((word) => fold(name).split(" ").some((each) => each.startsWith(word)));
  const found = [];
  for (const ticket of eventData.tickets()) {
    const name = nameOf(ticket);
    if (isMeant(name)) found.push({ uuid: ticket.uuid, name, line: ticket.product ?? "", isInside: ticket.entries > 0 });
    if (found.length === MOST) break;
  }
  return { found, said: found.length ? say("find.offline") : say("find.none") };
}

/** @param {string} text */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
