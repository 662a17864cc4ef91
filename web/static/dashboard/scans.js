/**
 * The live list of the last scans. Its rows are slots that never move: a new scan changes what each slot says, so
 * nothing on the page shifts however fast the doors are.
 */

import { formatLocale } from "../shared/locale.js";
import { lookOfEntry } from "../shared/verdicts.js";
import { ticketPage } from "./links.js";
import { deviceName, doorName } from "./alert_text.js";
import { givenName } from "../shared/nameless.js";
import { say } from "../shared/say.js";
import { setText } from "./dom.js";

const SLOTS = 20;
const SVG = "http://www.w3.org/2000/svg";

export class ScanList {
  #list;
  #empty;
  #pause;
  #clock;
  #page;
  #search;
  #found;
  /** @type {import("../live/event_state.js").EventState | null} */
  #state = null;
  /** @type {import("../live/event_state.js").EventState | null} What is shown while the list is paused. */
  #pausedAt = null;
  /** @type {import("../live/event_state.js").Item | undefined} */
  #top;

  /** @param {HTMLElement} page it names the event's time zone: a door's time is what its clock says */
  constructor(page) {
    this.#page = page;
    this.#search = /** @type {HTMLInputElement} */ (page.querySelector("#search"));
    this.#found = page.querySelector("#found");
    this.#search.addEventListener("input", () => this.#redraw());
    this.#list = /** @type {HTMLElement} */ (page.querySelector("#scans"));
    this.#empty = /** @type {HTMLElement} */ (page.querySelector("#no-scans"));
    this.#pause = /** @type {HTMLButtonElement} */ (page.querySelector("#pause"));
    this.#clock = new Intl.DateTimeFormat(formatLocale(), { timeZone: page.dataset.timezone, timeStyle: "medium" });
    this.#pause.addEventListener("click", () => this.#togglePause());
  }

  /** @param {import("../live/event_state.js").EventState} state */
  show(state) {
    this.#state = state;
    this.#empty.hidden = state.recent.length > 0;
    this.#pause.hidden = state.recent.length === 0;
    if (this.#pausedAt) this.#tellMissed(state, this.#pausedAt);
    else this.#draw(state);
  }

  #togglePause() {
    this.#pausedAt = this.#pausedAt ? null : this.#state;
    this.#pause.ariaPressed = String(this.#pausedAt !== null);
    this.#pause.textContent = say(this.#pausedAt ? "scans-go-on" : "scans-pause");
    if (this.#state) this.show(this.#state);
  }

  /**
   * @param {import("../live/event_state.js").EventState} state
   * @param {import("../live/event_state.js").EventState} shown
   */
  #tellMissed(state, shown) {
    const missed = state.scans - shown.scans;
    const isKnown = missed >= 0 && state.recent[missed] === shown.recent[0];
    setText(this.#pause, missed === 0 && isKnown ? say("scans-go-on") : isKnown ? say("scans-go-on-new", { missed }) : say("scans-go-on-some"));
  }

  /** @param {import("../live/event_state.js").EventState} state */
  #draw(state) {
    const found = this.#sought(state);
    const shown = found.slice(0, SLOTS);
    while (this.#list.children.length < shown.length) this.#list.append(makeSlot());
    Array.from(this.#list.children, (slot, index) => /** @type {HTMLElement} */ (slot).hidden = index >= shown.length);
    shown.forEach((item, index) => this.#fill(/** @type {HTMLElement} */ (this.#list.children[index]), item, state));
    const isNew = shown.length > 0 && state.scans > 0 && shown[0] !== this.#top && found === state.recent;
    this.#top = shown[0];
    if (isNew) flash(/** @type {HTMLElement} */ (this.#list.firstElementChild));
  }

  /** Show the list anew as it is or was when it was paused: what is sought has changed. */
  #redraw() {
    const state = this.#pausedAt ?? this.#state;
    if (state) this.#draw(state);
  }

  /**
   * Return the scans that hold every word that is sought, in a name, a ticket, a door, a device or a reason.
   *
   * @param {import("../live/event_state.js").EventState} state
   */
  #sought(state) {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.length ? state.recent.filter((item) => holds(textOf(item, state), words)) : state.recent;
    setText(this.#found, words.length ? say("scans-found", { found: found.length, all: state.recent.length }) : "");
    return found;
  }

  /**
   * @param {HTMLElement} slot
   * @param {import("../live/event_state.js").Item} item
   * @param {import("../live/event_state.js").EventState} state
   */
  #fill(slot, item, state) {
    const { tone, shape, word, reason } = lookOfEntry(item);
    const data = item.data ?? {};
    slot.dataset.tone = tone;
    slot.querySelector("use")?.setAttribute("href", `#shape-${shape}`);
    setText(slot.querySelector(".scan-time"), item.at ? this.#clock.format(new Date(item.at)) : "");
    setText(slot.querySelector(".scan-word"), word);
    setText(slot.querySelector(".scan-name"), givenName(data.name) || say(data.ticket ? "scans-guest" : "scans-unknown"));
    ticketPage(this.#page, slot.querySelector(".scan-name"), data.ticket);
    setText(slot.querySelector(".scan-reason"), reason);
    setText(slot.querySelector(".scan-place"), placeOf(data, state));
  }
}

/**
 * @param {Record<string, any>} data
 * @param {import("../live/event_state.js").EventState} state
 */
function placeOf(data, state) {
  return [doorName(data.door, state), deviceName(data.device, state)].filter(Boolean).join(" · ");
}

/**
 * @param {import("../live/event_state.js").Item} item
 * @param {import("../live/event_state.js").EventState} state
 */
function textOf(item, state) {
  const { word, reason } = lookOfEntry(item);
  const { name = "", ticket = "" } = item.data ?? {};
  return [name, ticket, word, reason, placeOf(item.data ?? {}, state)].join(" ").toLowerCase();
}

/**
 * @param {string} text
 * @param {string[]} words
 */
function holds(text, words) {
  return words.every((word) => text.includes(word));
}

/** @param {HTMLElement} slot */
function flash(slot) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  slot.animate([{ backgroundColor: "var(--flash)" }, { backgroundColor: "transparent" }], 1200);
}

function makeSlot() {
  const slot = document.createElement("li");
  slot.className = "scan";
  const shape = document.createElementNS(SVG, "svg");
  shape.classList.add("scan-shape");
  shape.ariaHidden = "true";
  shape.append(document.createElementNS(SVG, "use"));
  slot.append(shape, ...["word", "name", "reason", "place", "time"].map(makePart));
  return slot;
}

/** @param {string} part */
function makePart(part) {
  const element = document.createElement(part === "time" ? "time" : part === "name" ? "a" : "span");
  element.className = `scan-${part}`;
  return element;
}
