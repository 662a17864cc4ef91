/** Showings of an event: seats left, read again every few seconds; their ends and seats changed, and more of them added. */

import { send } from "./api.js";
import { button, el, notify } from "./build.js";
import { ofOne, onSubmit, saving, withErrors } from "./form.js";
import { showingText } from "./showing_text.js";
import { timesOf } from "./times.js";
import { say } from "../shared/say.js";
import { guardForm } from "./unsaved.js";
import { inZone, toInstant } from "./zoned.js";

const EVERY_MS = 10_000;

/**
 * Show an event's showings, for as long as the page is open.
 *
 * @param {any} event
 */
export function followShowings(event) {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("#showing"));
  /** @type {HTMLElement} */ (document.querySelector("#times")).hidden = false;
  const look = () => showAll(event);
  onSubmit(form, async (fields) => {
    const ends = fields.ends_at ? { ends_at: toInstant(fields.ends_at, event.timezone) } : {};
    await sendOne("POST", event, { date: "", time: "", ...fields, ...ends });
    form.reset();
    await look();
  });
  look().catch((error) => notify(error.message, "refuse"));
  setInterval(() => document.hidden || look().catch(() => undefined), EVERY_MS); // the next look will do
}

/**
 * @param {"POST" | "PATCH"} method
 * @param {any} event
 * @param {Record<string, any>} showing
 * @returns {Promise<any>} Rejects with `Refused`, its errors by the names of the showing's own fields
 */
async function sendOne(method, event, showing) {
  try {
    return await send(method, `/api/events/${event.uuid}/showings`, showing);
  } catch (error) {
    throw ofOne(error, "showings[0]");
  }
}

/** @param {any} event */
async function showAll(event) {
  const rows = /** @type {HTMLElement} */ (document.querySelector("#showings"));
  const showings = await timesOf(event.uuid);
  if (isBeingChanged(rows)) return;
  rows.replaceChildren(...showings.map((/** @type {any} */ showing) => row(event, showing)));
  /** @type {HTMLElement} */ (document.querySelector("#no-showings")).hidden = showings.length > 0;
}

/** @param {HTMLElement} rows */
function isBeingChanged(rows) {
  return rows.contains(document.activeElement) || [...rows.querySelectorAll("input")].some((input) => input.value !== input.defaultValue);
}

/**
 * @param {any} event
 * @param {any} showing
 */
function row(event, showing) {
  const when = showingText(showing.date, showing.time);
  const seats = el("input", { name: "capacity", type: "number", min: 1, max: 1_000_000, value: showing.capacity, required: true, inputmode: "numeric", "aria-label": say("event-seats", { when }) });
  const ends = el("input", { name: "ends_at", type: "datetime-local", value: inZone(showing.ends_at, event.timezone), "aria-label": say("event-ends", { when }) });
  const change = button(say("event-change"), () => saving(made, () => withErrors(made, save)), "small", when);
  const left = showing.left > 0 ? say("event-left", { left: showing.left }) : el("span", { class: "tag", "data-tone": "warn" }, say("event-full"));
  const made = el(
    "tr",
    {},
    el("th", { scope: "row" }, when),
    el("td", {}, left),
    el("td", { "data-label": say("field-ends_at") }, el("div", { class: "field" }, ends)),
    el("td", { "data-label": say("field-capacity") }, el("div", { class: "field" }, seats)),
    el("td", {}, change),
  );

  async function save() {
    const ownEnd = ends.value === ends.defaultValue ? {} : { ends_at: ends.value ? toInstant(ends.value, event.timezone) : null };
    await sendOne("PATCH", event, { date: showing.date, time: showing.time, capacity: Number(seats.value), ...ownEnd });
    notify(say("any-saved"));
    change.blur();
    for (const input of [seats, ends]) input.defaultValue = input.value;
    await showAll(event);
  }
  guardForm(made);
  return made;
}
