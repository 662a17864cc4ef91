/** Large figures of the dashboard. */

import { count, setBar, setText } from "./dom.js";

/**
 * Show the large figures.
 *
 * @param {HTMLElement} page
 * @param {import("../live/event_state.js").Occupancy} counts
 */
export function showFigures(page, counts) {
  for (const name of /** @type {const} */ (["inside", "admitted", "booked", "denied"])) {
    setText(figure(page, name), count(counts[name]));
  }
  setText(figure(page, "free"), freePlaces(counts));
  setText(figure(page, "share"), shareOfBooked(counts));
  setText(figure(page, "capacity"), counts.capacity ? `of ${count(counts.capacity)} places` : "");
  setText(figure(page, "refusals"), shareOfEntries(counts));
  const bar = page.querySelector('[data-bar="inside"]');
  setBar(bar, counts.inside, counts.limit ?? counts.capacity);
}

/**
 * @param {HTMLElement} page
 * @param {string} name
 */
function figure(page, name) {
  return page.querySelector(`[data-figure="${name}"]`);
}

/**
 * Return the text of the bar: how many places are left.
 *
 * @param {import("../live/event_state.js").Occupancy} counts
 */
export function freePlaces({ limit, inside, capacity }) {
  if (limit === null) return capacity ? `of ${count(capacity)} places; no limit is set` : "No limit is set";
  if (inside > limit) return `${count(inside - limit)} over the limit of ${count(limit)}`;
  return inside === limit ? `Full: the limit is ${count(limit)}` : `${count(limit - inside)} free of ${count(limit)}`;
}

/** @param {import("../live/event_state.js").Occupancy} counts */
function shareOfBooked({ admitted, booked }) {
  return booked ? `${percent(admitted / booked)} of booked` : "";
}

/** @param {import("../live/event_state.js").Occupancy} counts */
function shareOfEntries({ admitted, denied }) {
  return admitted + denied ? `${percent(denied / (admitted + denied))} of entries` : "";
}

/** @param {number} share */
function percent(share) {
  return `${Math.round(share * 100)}\u202f%`;
}
