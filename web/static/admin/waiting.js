/** Waiting list of an event: guests who wait for seats of times that are sold out, and offers of seats. */

import { send } from "./api.js";
import { button, confirmed, el, moment, notify } from "./build.js";
import { copyButton } from "./copy.js";
import { fillList } from "./lists.js";
import { showingText } from "./showing_text.js";
import { say, sayCount } from "./messages.js";

const PAGE = 50;

/**
 * Show the waiting list where the event keeps one.
 *
 * @param {any} event
 */
export function followWaiting(event) {
  /** @type {HTMLElement} */ (document.querySelector("#waiting")).hidden = !event.waiting;
  if (event.waiting) show(event);
}

/** @param {any} event */
async function show(event) {
  const count = /** @type {HTMLElement} */ (document.querySelector("#waiting-count"));
  const path = `/api/waiting?event=${event.uuid}&limit=${PAGE}`;
  await fillList(path, (entry) => row(event, entry), (shown, hasMore) => {
    count.textContent = shown ? sayCount(hasMore ? "waiting.first" : "waiting.shown", shown) : "";
  }, "waiting-");
}

/**
 * @param {any} event
 * @param {any} entry
 */
function row(event, entry) {
  const contact = [entry.email, entry.phone_number].filter(Boolean).join(" · ");
  const link = entry.links.page && copyButton(new URL(entry.links.page, location.origin).href, entry.name, say("waiting.link"));
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, entry.name, el("br"), el("span", { class: "muted" }, contact)),
    el("td", {}, showingText(entry.date, entry.time)),
    el("td", {}, [sayCount("waiting.seats", entry.tickets), entry.product].filter(Boolean).join(", ")),
    el("td", {}, ...state(event, entry)),
    el("td", {}, el("div", { class: "actions" }, link, button(say("waiting.remove"), () => remove(event, entry), "small danger", entry.name))),
  );
}

/**
 * @param {any} event
 * @param {any} entry
 */
function state(event, { state: name, position, offered_until: until }) {
  if (name === "offered") return [el("span", { class: "tag", "data-tone": "pass" }, say("waiting.offered")), el("br"), say("waiting.until", { until: moment(until, event.timezone) })];
  return [position === null ? say("waiting.waits") : say("waiting.position", { position })];
}

/**
 * @param {any} event
 * @param {any} entry
 */
async function remove(event, entry) {
  if (!(await confirmed(say("waiting.ask", { name: entry.name }), say("waiting.remove")))) return;
  await send("DELETE", `/api/waiting/${entry.id}`);
  await show(event);
  notify(say("waiting.removed", { name: entry.name }));
}
