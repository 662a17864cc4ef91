/** People inside, as a fire officer asks: the venue and each zone, their limits and the places left. */

import { say } from "../shared/say.js";
import { barRow, count, keepRows, setBar, setText } from "./dom.js";

/** @typedef {{id: string, name: string, inside: number, limit: number | null, headcount?: number}} Place */

/**
 * Show the people inside.
 *
 * @param {HTMLElement} page
 * @param {import("../live/event_state.js").Occupancy} counts
 */
export function showPeople(page, counts) {
  const { inside, limit, headcount } = counts;
  /** @type {Place[]} */
  const places = [{ id: "", name: say("people-venue"), inside, limit, headcount }, ...counts.zones];
  const list = /** @type {HTMLElement} */ (page.querySelector("#people"));
  keepRows(list, "place", places, () => barRow("place-name", "place-count", "place-more"));
  places.forEach((place, index) => fill(list.children[index], place));
  offerPlaces(page.querySelector("#recount-zone"), places);
}

/**
 * @param {Element} row
 * @param {Place} place
 */
function fill(row, place) {
  const { name, inside, limit, headcount = 0 } = place;
  setText(row.querySelector(".place-name"), name);
  setText(row.querySelector(".place-count"), limit === null ? count(inside) : say("people-of", { inside, limit }));
  const without = headcount > 0 ? say("people-headcount", { count: headcount }) : "";
  setText(row.querySelector(".place-more"), [freeOf(place), without].filter(Boolean).join(" · "));
  setBar(row.querySelector(".bar"), inside, limit ?? 0);
}

/** @param {Place} place */
function freeOf({ inside, limit }) {
  if (limit === null) return say("people-no-limit");
  if (inside > limit) return say("people-over", { over: inside - limit });
  return inside === limit ? say("people-full") : say("people-free", { free: limit - inside });
}

/**
 * @param {Element | null} select
 * @param {Place[]} places
 */
function offerPlaces(select, places) {
  if (!(select instanceof HTMLSelectElement)) return;
  const offered = Array.from(select.options, (option) => option.value + option.text).join();
  if (offered === places.map(({ id, name }) => id + name).join()) return;
  const chosen = select.value;
  select.replaceChildren(...places.map(({ id, name }) => new Option(name, id, false, id === chosen)));
}
