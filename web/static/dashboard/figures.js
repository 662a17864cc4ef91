/** Large figures of the dashboard. */

import { say } from "../shared/say.js";
import { count, setBar, setText } from "./dom.js";

const UNKNOWN = "\u2013";
/** Attempts before which a share of refusals says nothing: the first guest at the wrong door would be 100 %. */
const FEWEST_ATTEMPTS = 10;

/**
 * Show the large figures.
 *
 * @param {HTMLElement} page
 * @param {import("../live/event_state.js").Occupancy} counts
 * @param {import("../live/event_state.js").Occupancy | null} [ofShowing] with the tickets of one showing; null: unknown
 */
export function showFigures(page, counts, ofShowing = counts) {
  setText(figure(page, "inside"), count(counts.inside));
  setText(figure(page, "denied"), count(counts.denied));
  setText(figure(page, "admitted"), ofShowing ? count(ofShowing.admitted) : UNKNOWN);
  setText(figure(page, "booked"), ofShowing ? count(ofShowing.booked) : UNKNOWN);
  setText(figure(page, "free"), freePlaces(ofShowing ?? { ...counts, capacity: 0 }));
  setText(figure(page, "share"), ofShowing ? shareOfBooked(ofShowing) : "");
  setText(figure(page, "capacity"), ofShowing?.capacity ? say("figures-places", { places: ofShowing.capacity }) : "");
  setText(figure(page, "refusals"), shareOfAttempts(counts));
  const bar = page.querySelector('[data-bar="inside"]');
  setBar(bar, counts.inside, counts.limit ?? ofShowing?.capacity ?? 0);
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
  if (limit === null) return capacity ? say("figures-no-limit", { places: capacity }) : say("people-no-limit");
  if (inside > limit) return say("figures-over", { over: inside - limit, limit });
  return inside === limit ? say("figures-full", { limit }) : say("figures-free", { free: limit - inside, limit });
}

/** @param {import("../live/event_state.js").Occupancy} counts */
function shareOfBooked({ admitted, booked }) {
  return booked ? say("figures-of-booked", { share: percent(admitted / booked) }) : "";
}

/**
 * Return the share of attempts to enter that were refused, as a text: empty before there are ten of them.
 *
 * @param {Pick<import("../live/event_state.js").Occupancy, "admitted" | "denied">} counts
 */
export function shareOfAttempts({ admitted, denied }) {
  const attempts = admitted + denied;
  return attempts < FEWEST_ATTEMPTS ? "" : say("figures-of-attempts", { share: percent(denied / attempts) });
}

/** @param {number} share */
function percent(share) {
  return say("percent", { share: Math.round(share * 100) });
}
