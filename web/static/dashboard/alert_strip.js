/**
 * Strip of alerts: those that stand, until they end or are dismissed; dismissed ones show anew when they come again.
 */

import { AlertSound } from "./alert_sound.js";
import { tell } from "./alert_text.js";
import { say } from "../shared/say.js";
import { setText } from "./dom.js";

/** @typedef {import("./alert_text.js").Told} Told */

const SVG = "http://www.w3.org/2000/svg";
const MOST_KEPT = 100;

export class AlertStrip {
  #strip;
  #list;
  #bell;
  #timeZone;
  #kept;
  /** @type {Set<string>} */
  #dismissed;
  /** Alerts that were there before; null before the first state. @type {Set<string> | null} */
  #known = null;
  /** @type {Told[]} */
  #told = [];

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#strip = /** @type {HTMLElement} */ (page.querySelector("#alerts"));
    this.#list = /** @type {HTMLElement} */ (this.#strip.querySelector("ul"));
    this.#bell = new AlertSound(page);
    this.#timeZone = page.dataset.timezone;
    this.#kept = `scanhub.dismissed.${page.dataset.event}`;
    this.#dismissed = new Set(JSON.parse(localStorage.getItem(this.#kept) ?? "[]"));
  }

  /**
   * @param {import("../live/event_state.js").EventState} state
   * @param {import("./alert_text.js").Conflict[]} conflicts
   */
  show(state, conflicts) {
    this.#told = tell(state, conflicts, this.#timeZone);
    this.#draw();
    const fresh = this.#told.filter(({ id }) => !this.#dismissed.has(id) && !this.#known?.has(id));
    if (this.#known && fresh.length) this.#announce(fresh);
    this.#known = new Set(this.#told.map(({ id }) => id));
  }

  #draw() {
    const shown = this.#told.filter(({ id }) => !this.#dismissed.has(id));
    const rows = new Map(Array.from(this.#list.children, (row) => [/** @type {HTMLElement} */ (row).dataset.alert, row]));
    for (const [id, row] of rows) if (!shown.some((told) => told.id === id)) row.remove();
    for (const told of shown) fill(rows.get(told.id) ?? this.#add(told), told);
    this.#strip.dataset.tone = shown.some(({ tone }) => tone === "refuse") ? "refuse" : shown.length ? "warn" : "quiet";
    const none = /** @type {HTMLElement} */ (this.#strip.querySelector(".alerts-none"));
    setText(none, say("alert-none"));
    none.hidden = shown.length > 0;
  }

  /** @param {Told} told */
  #add({ id }) {
    const row = makeRow(() => this.#dismiss(id));
    row.dataset.alert = id;
    this.#list.append(row);
    return row;
  }

  /** @param {string} id */
  #dismiss(id) {
    this.#dismissed.add(id);
    localStorage.setItem(this.#kept, JSON.stringify([...this.#dismissed].slice(-MOST_KEPT)));
    this.#draw();
    const next = this.#list.querySelector("button") ?? this.#strip;
    /** @type {HTMLElement} */ (next).focus();
  }

  /** @param {Told[]} fresh */
  #announce(fresh) {
    setText(this.#strip.querySelector(".alerts-news"), fresh.map(({ text }) => text).join(" "));
    this.#bell.ring(fresh.some(({ tone }) => tone === "refuse") ? "refuse" : "warn");
  }
}

/**
 * @param {Element} row
 * @param {Told} told
 */
function fill(row, { tone, text }) {
  /** @type {HTMLElement} */ (row).dataset.tone = tone;
  row.querySelector("use")?.setAttribute("href", tone === "refuse" ? "#shape-stop" : "#shape-warn");
  setText(row.querySelector(".alert-text"), text);
  const button = row.querySelector("button");
  if (button) button.ariaLabel = say("alert-dismiss-one", { text });
}

/** @param {() => void} onDismiss */
function makeRow(onDismiss) {
  const row = document.createElement("li");
  const shape = document.createElementNS(SVG, "svg");
  shape.classList.add("alert-shape");
  shape.ariaHidden = "true";
  shape.append(document.createElementNS(SVG, "use"));
  const text = document.createElement("span");
  text.className = "alert-text";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small";
  button.textContent = say("alert-dismiss");
  button.addEventListener("click", onDismiss);
  row.append(shape, text, button);
  return row;
}
