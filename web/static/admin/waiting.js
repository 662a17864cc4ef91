/** Waiting list of an event: guests who wait for seats of times that are sold out, and offers of seats. */

import { bindState, stateOf } from "./address.js";
import { send } from "./api.js";
import { button, confirmed, el, moment, notify } from "./build.js";
import { copyButton } from "./copy.js";
import { fillList } from "./lists.js";
import { showingText } from "./showing_text.js";
import { say } from "../shared/say.js";

const PAGE = 50;
/** The event whose list is shown, as it was last. @type {any} */
let followed = null;
/** What an empty list says where nothing is searched for; "" before the list is bound. */
let nobody = "";

/** @returns {{ search: HTMLFormElement, typed: HTMLInputElement, empty: HTMLElement }} */
function parts() {
  return {
    search: /** @type {HTMLFormElement} */ (document.querySelector("#waiting-search")),
    typed: /** @type {HTMLInputElement} */ (document.querySelector("#waiting-typed")),
    empty: /** @type {HTMLElement} */ (document.querySelector("#waiting-empty")),
  };
}

/** Bind the search, once: the page of a new event has none. */
function bindSearch() {
  const { search, typed, empty } = parts();
  nobody = empty.textContent ?? "";
  bindState(typed, "waiting-search", () => show(followed));
  search.addEventListener("submit", (submitted) => submitted.preventDefault());
}

/**
 * Show the waiting list where the event keeps one.
 *
 * @param {any} event
 */
export function followWaiting(event) {
  /** @type {HTMLElement} */ (document.querySelector("#waiting")).hidden = !event.waiting;
  if (followed === null) bindSearch();
  followed = event;
  if (event.waiting) show(event);
}

/** @param {any} event */
async function show(event) {
  const { search, empty } = parts();
  const count = /** @type {HTMLElement} */ (document.querySelector("#waiting-count"));
  const asked = stateOf("waiting-search").trim();
  const path = `/api/waiting?event=${event.uuid}&limit=${PAGE}${asked ? `&search=${encodeURIComponent(asked)}` : ""}`;
  await fillList(path, (entry) => row(event, entry), (shown, hasMore) => {
    search.hidden = !shown && !asked;
    empty.textContent = asked ? say("any-no-match", { search: asked }) : nobody;
    count.textContent = shown ? say(hasMore ? "admin-waiting-first" : "admin-waiting-shown", { count: shown }) : "";
  }, "waiting-");
}

/**
 * @param {any} event
 * @param {any} entry
 */
function row(event, entry) {
  const contact = [entry.email, entry.phone_number].filter(Boolean).join(" · ");
  const link = entry.links.page && copyButton(new URL(entry.links.page, location.origin).href, entry.name, say("admin-waiting-link"));
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, entry.name, el("br"), el("span", { class: "muted" }, contact)),
    el("td", {}, showingText(entry.date, entry.time)),
    el("td", {}, [say("admin-waiting-seats", { count: entry.tickets }), entry.product].filter(Boolean).join(", ")),
    el("td", {}, ...state(event, entry)),
    el("td", {}, el("div", { class: "actions" }, link, button(say("admin-waiting-remove"), () => remove(event, entry), "small danger", entry.name))),
  );
}

/**
 * @param {any} event
 * @param {any} entry
 */
function state(event, { state: name, position, offered_until: until }) {
  if (name === "offered") return [el("span", { class: "tag", "data-tone": "pass" }, say("admin-waiting-offered")), el("br"), say("admin-waiting-until", { until: moment(until, event.timezone) })];
  return [position === null ? say("admin-waiting-waits") : say("admin-waiting-position", { position })];
}

/**
 * @param {any} event
 * @param {any} entry
 */
async function remove(event, entry) {
  if (!(await confirmed(say("admin-waiting-ask", { name: entry.name }), say("admin-waiting-remove")))) return;
  await send("DELETE", `/api/waiting/${entry.id}`);
  await show(event);
  notify(say("admin-waiting-removed", { name: entry.name }));
}
