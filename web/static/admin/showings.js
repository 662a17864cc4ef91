/** An event's times: how many seats are left, looked at again every few seconds; more times, and more seats. */

import { send } from "./api.js";
import { button, el, tell } from "./build.js";
import { onSubmit } from "./form.js";
import { timesOf } from "./times.js";
import { say } from "./messages.js";
import { toInstant } from "./zoned.js";

const EVERY_MS = 10_000;

/**
 * Show an event's times for as long as the page is open.
 *
 * @param {any} event
 */
export function followShowings(event) {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("#showing"));
  /** @type {HTMLElement} */ (document.querySelector("#times")).hidden = false;
  const look = () => showAll(event);
  onSubmit(form, async (fields) => {
    const ends = fields.ends_at ? { ends_at: toInstant(fields.ends_at, event.timezone) } : {};
    await send("POST", `/api/events/${event.uuid}/showings`, { ...fields, ...ends });
    form.reset();
    await look();
  });
  look().catch((error) => tell(error.message, "refuse"));
  setInterval(() => document.hidden || look().catch(() => undefined), EVERY_MS); // the next look will do
}

/** @param {any} event */
async function showAll(event) {
  const rows = /** @type {HTMLElement} */ (document.querySelector("#showings"));
  const showings = await timesOf(event.uuid);
  if (rows.contains(document.activeElement)) return; // somebody types
  rows.replaceChildren(...showings.map((/** @type {any} */ showing) => row(event, showing)));
  /** @type {HTMLElement} */ (document.querySelector("#no-showings")).hidden = showings.length > 0;
}

/**
 * @param {any} event
 * @param {any} showing
 */
function row(event, showing) {
  const when = `${showing.date} ${showing.time}`;
  const seats = el("input", { type: "number", min: 1, max: 1_000_000, value: showing.capacity, inputmode: "numeric", "aria-label": say("event.seats", { when }) });
  const change = button(say("event.change"), async () => {
    const wanted = { date: showing.date, time: showing.time, capacity: Number(seats.value) };
    await send("PATCH", `/api/events/${event.uuid}/showings`, wanted);
    tell(say("any.saved"));
    change.blur();
    await showAll(event);
  });
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, when),
    el("td", {}, showing.left > 0 ? String(showing.left) : el("span", { class: "tag", "data-tone": "warn" }, say("event.full"))),
    el("td", {}, el("div", { class: "inline field" }, seats, change)),
  );
}
