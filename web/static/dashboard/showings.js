/** Showings of an event: the figures of one of them at a time, tonight's first, the others one tap away. */

import { currentOf, dateOf, dayOf } from "../shared/days.js";
import { timeOfDay } from "../shared/locale.js";
import { setText } from "./dom.js";

/** A showing without a known end is on for so long. */
const ON_MS = 8 * 3600_000;
const LOOK_MS = 20_000;
/** Where the figures of all times together are chosen. */
const ALL = "";

export class ShowingChoice {
  #page;
  #buttons;
  #onChange;
  /** Showing that was tapped; null: none, and the choice follows the clock. @type {string | null} */
  #tapped = null;

  /**
   * @param {HTMLElement} page
   * @param {() => void} onChange another showing is chosen
   */
  constructor(page, onChange) {
    this.#page = page;
    this.#onChange = onChange;
    this.#buttons = /** @type {HTMLElement[]} */ ([...page.querySelectorAll("#showings [data-showing]")]);
    for (const button of this.#buttons) button.addEventListener("click", () => this.#tap(button.dataset.showing ?? ALL));
    if (!this.#buttons.length) return;
    this.#write();
    setInterval(() => this.#look(), LOOK_MS);
  }

  /** Whether the event has several showings. */
  get isOffered() {
    return this.#buttons.length > 0;
  }

  /** The id of the chosen showing; "" for all together, and for an event with one. */
  get chosen() {
    if (this.#tapped !== null) return this.#tapped;
    return currentOf(this.#times, Date.now());
  }

  /**
   * Return the counts with those of the chosen showing in place of the sums over all; null while they are not known.
   *
   * @param {import("../live/event_state.js").Occupancy} counts
   * @param {import("./attendance.js").ByShowing | undefined} showings unknown until they are read
   */
  scoped(counts, showings) {
    const { chosen } = this;
    if (chosen === ALL) return counts;
    if (!showings) return null;
    const { booked, came, capacity } = showings.get(chosen) ?? { booked: 0, came: 0, capacity: 0 };
    return { ...counts, admitted: came, booked, capacity };
  }

  /** @param {string} showing */
  #tap(showing) {
    this.#tapped = showing;
    this.#write();
    this.#onChange();
  }

  #look() {
    const before = this.#page.dataset.showing;
    this.#write();
    if (this.#page.dataset.showing !== before) this.#onChange();
  }

  #write() {
    const { chosen } = this;
    this.#page.dataset.showing = chosen;
    for (const button of this.#buttons) {
      if (button.dataset.starts) setText(button, this.#nameOf(button));
      button.ariaPressed = String(button.dataset.showing === chosen);
    }
    const shown = this.#buttons.find((button) => button.dataset.showing === chosen);
    for (const name of this.#page.querySelectorAll(".showing-name")) setText(name, shown?.textContent ?? "");
  }

  /**
   * Name a showing by its time, and by its day where they are on several.
   *
   * @param {HTMLElement} button
   */
  #nameOf({ dataset }) {
    const { timezone } = this.#page.dataset;
    const starts = Number(dataset.starts) * 1000;
    const days = new Set(this.#times.map((time) => dateOf(time.starts, timezone)));
    return days.size === 1 ? timeOfDay(starts, timezone) : dayOf(starts, Date.now(), timezone);
  }

  get #times() {
    const times = this.#buttons.filter(({ dataset }) => dataset.starts).map(({ dataset }) => ({
      id: dataset.showing ?? ALL,
      starts: Number(dataset.starts) * 1000,
      ends: dataset.ends ? Number(dataset.ends) * 1000 : Number(dataset.starts) * 1000 + ON_MS,
    }));
    return times.sort((one, other) => one.starts - other.starts);
  }
}
