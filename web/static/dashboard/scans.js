/**
 * The live list of the last scans. Its rows are slots that never move: a new scan changes what each slot says, so
 * nothing on the page shifts however fast the doors are.
 */

import { lookOfEntry } from "../verdicts.js";
import { setText } from "./write.js";

const SLOTS = 20;
const SVG = "http://www.w3.org/2000/svg";

export class ScanList {
  #list;
  #empty;
  #pause;
  #clock;
  /** @type {import("../live/state.js").EventState | null} */
  #state = null;
  /** @type {import("../live/state.js").EventState | null} What is shown while the list is paused. */
  #pausedAt = null;
  /** @type {import("../live/state.js").Item | undefined} */
  #top;

  /**
   * @param {HTMLElement} page
   * @param {string | undefined} timeZone the event's own: a door's time is what its clock says
   */
  constructor(page, timeZone) {
    this.#list = /** @type {HTMLElement} */ (page.querySelector("#scans"));
    this.#empty = /** @type {HTMLElement} */ (page.querySelector("#no-scans"));
    this.#pause = /** @type {HTMLButtonElement} */ (page.querySelector("#pause"));
    this.#clock = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium" });
    this.#pause.addEventListener("click", () => this.#togglePause());
  }

  /** @param {import("../live/state.js").EventState} state */
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
    this.#pause.textContent = this.#pausedAt ? "Go on" : "Pause";
    if (this.#state) this.show(this.#state);
  }

  /**
   * @param {import("../live/state.js").EventState} state
   * @param {import("../live/state.js").EventState} shown
   */
  #tellMissed(state, shown) {
    const missed = state.scans - shown.scans;
    const isKnown = missed >= 0 && state.recent[missed] === shown.recent[0];
    setText(this.#pause, missed === 0 && isKnown ? "Go on" : isKnown ? `Go on (${missed} new)` : "Go on (new scans)");
  }

  /** @param {import("../live/state.js").EventState} state */
  #draw(state) {
    const shown = state.recent.slice(0, SLOTS);
    while (this.#list.children.length < shown.length) this.#list.append(makeSlot());
    shown.forEach((item, index) => this.#fill(/** @type {HTMLElement} */ (this.#list.children[index]), item, state));
    const isNew = state.scans > 0 && shown[0] !== this.#top;
    this.#top = shown[0];
    if (isNew) flash(/** @type {HTMLElement} */ (this.#list.firstElementChild));
  }

  /**
   * @param {HTMLElement} slot
   * @param {import("../live/state.js").Item} item
   * @param {import("../live/state.js").EventState} state
   */
  #fill(slot, item, state) {
    const { tone, shape, word, reason } = lookOfEntry(item);
    const data = item.data ?? {};
    slot.dataset.tone = tone;
    slot.querySelector("use")?.setAttribute("href", `#shape-${shape}`);
    setText(slot.querySelector(".scan-time"), item.at ? this.#clock.format(new Date(item.at)) : "");
    setText(slot.querySelector(".scan-word"), word);
    setText(slot.querySelector(".scan-name"), data.name ?? (data.ticket ? "Guest" : "Unknown code"));
    setText(slot.querySelector(".scan-reason"), reason);
    setText(slot.querySelector(".scan-place"), placeOf(data, state));
  }
}

/**
 * @param {Record<string, any>} data
 * @param {import("../live/state.js").EventState} state
 */
function placeOf(data, state) {
  const door = state.occupancy.doors.find((each) => each.id === data.door)?.name;
  const device = state.devices.find((each) => each.id === data.device)?.name;
  return [door, device].filter(Boolean).join(" · ");
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
  const element = document.createElement(part === "time" ? "time" : "span");
  element.className = `scan-${part}`;
  return element;
}
