/** Tickets, looked for: the address keeps what is looked for. */

import { el, notify } from "./build.js";
import { fillList } from "./lists.js";
import { eventsById, showingText, stateTag, ticketPath } from "./ticket.js";
import { say, sayCount } from "./messages.js";

const PAGE = "50";
const form = /** @type {HTMLFormElement} */ (document.querySelector("#search"));
const events = /** @type {HTMLSelectElement} */ (document.querySelector("#search-event"));
const count = /** @type {HTMLElement} */ (document.querySelector("#count"));
const wanted = new URLSearchParams(location.search);

/**
 * @param {any} ticket
 * @param {Map<string, any>} known
 */
function row(ticket, known) {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("a", { href: ticketPath(ticket.id) }, ticket.name || say("ticket.noName")), el("br"), el("span", { class: "muted" }, ticket.phone_number)),
    el("td", {}, known.get(ticket.event)?.name),
    el("td", {}, showingText(ticket.date, ticket.time)),
    el("td", {}, ticket.product),
    el("td", {}, stateTag(ticket)),
  );
}

/** Leave out of the address what is not looked for. */
form.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!String(value).trim()) formData.delete(name);
});

/** @param {Map<string, any>} known */
function fillForm(known) {
  events.append(...[...known.values()].map((event) => el("option", { value: event.uuid }, event.name)));
  for (const [name, value] of wanted) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = value;
  }
}

async function show() {
  const known = await eventsById();
  fillForm(known);
  const query = new URLSearchParams([...wanted].filter(([name]) => form.elements.namedItem(name)));
  query.set("limit", PAGE);
  await fillList(`/api/tickets?${query}`, (ticket) => row(ticket, known), tellCount);
}

/**
 * @param {number} shown
 * @param {boolean} hasMore
 */
function tellCount(shown, hasMore) {
  count.textContent = shown ? sayCount(hasMore ? "tickets.first" : "tickets.shown", shown) : "";
}

show().catch((error) => notify(error.message, "refuse"));
