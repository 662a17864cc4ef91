/**
 * Copy of an event as the beginning of a new one: all of it but its people, its times moved along with its beginning.
 */

import { el } from "./build.js";
import { fill } from "./event_form.js";
import { timesOf } from "./times.js";
import { say } from "../shared/say.js";

/**
 * Fill the form of a new event from another.
 *
 * @param {HTMLFormElement} form
 * @param {any} event
 */
export async function fillCopy(form, event) {
  const withoutId = (/** @type {any} */ each) => ({ ...each, id: null });
  const showings = (await timesOf(event.uuid)).map(({ date, time, ends_at, capacity }) => ({ date, time, ends_at, capacity }));
  fill(form, { ...event, publicKeyPem: undefined, zones: event.zones.map(withoutId), doors: event.doors.map(withoutId), showings });
  form.before(el("p", { class: "muted" }, say("event-copy-of", { name: event.name })));
  moveAlong(form);
}

/** @param {HTMLFormElement} form whose times move as its beginning does */
function moveAlong(form) {
  const begins = /** @type {HTMLInputElement} */ (form.elements.namedItem("starts_at"));
  let before = begins.value;
  begins.addEventListener("change", () => {
    const by = Date.parse(`${begins.value}Z`) - Date.parse(`${before}Z`);
    if (!Number.isFinite(by)) return;
    before = begins.value;
    for (const control of form.querySelectorAll("input")) if (control !== begins && control.type === "datetime-local" && control.value) control.value = moved(control.value, by);
    for (const row of form.querySelectorAll('[data-rows="showings"] > .row')) moveShowing(/** @type {HTMLElement} */ (row), by);
  });
}

/**
 * @param {HTMLElement} row
 * @param {number} by milliseconds
 */
function moveShowing(row, by) {
  const [date, time] = ["date", "time"].map((name) => /** @type {HTMLInputElement} */ (row.querySelector(`[data-name="${name}"]`)));
  if (date.value && time.value) [date.value, time.value] = moved(`${date.value}T${time.value}`, by).split("T");
}

/**
 * @param {string} local `YYYY-MM-DDTHH:MM`
 * @param {number} by milliseconds by the clock on the wall
 */
function moved(local, by) {
  return new Date(Date.parse(`${local}Z`) + by).toISOString().slice(0, 16);
}
