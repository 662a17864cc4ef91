/** Page of the ticket list: filtered, sorted and searched by its address, which is kept for the way back. */

import { el, notify } from "./build.js";
import { keepList } from "./crumbs.js";
import { currentEvent, listedEvents } from "./event_choice.js";
import { showEventNav } from "./event_nav.js";
import { fillList } from "./lists.js";
import { showingText } from "./showing_text.js";
import { offerKept } from "./ticket_all.js";
import { Picks } from "./ticket_picks.js";
import { ticketRow } from "./ticket_row.js";
import { timesOf } from "./times.js";
import { isStaff } from "./role.js";
import { say } from "../shared/say.js";

const PAGE = "50";
const SORT = "last_name";
/** Orders of the tickets of all events. */
const SORTS_OF_ALL = ["booked", "date", "last_name", "status"];
const WIDE = matchMedia("(min-width: 48rem)");
const form = /** @type {HTMLFormElement} */ (document.querySelector("#search"));
const count = /** @type {HTMLElement} */ (document.querySelector("#count"));
const wanted = new URLSearchParams(location.search);

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Whether the form offers all choices yet: until then it stands for those of the address. */
let isFilled = false;

/** Leave out of the address what is not looked for. */
form.addEventListener("formdata", ({ formData }) => {
  if (!isFilled) for (const [name, value] of wanted) if (name !== "search") formData.set(name, value);
  for (const [name, value] of [...formData]) if (!String(value).trim() || (name === "sort" && value === SORT)) formData.delete(name);
});
form.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLSelectElement)) return;
  if (target.name === "event") clearOfEvent();
  form.requestSubmit();
});

/** Unset the filters by what only one event has: another has no such time or product. */
function clearOfEvent() {
  for (const id of ["search-showing", "search-product"]) /** @type {HTMLSelectElement} */ (at(id)).value = "";
}

async function begin() {
  const all = await listedEvents(wanted.get("event"), "organiser", "box_office");
  const known = new Map(all.map((event) => [event.uuid, event]));
  const first = currentEvent(all) ?? (isStaff ? all[0] : undefined);
  if (first && (location.search === "" || (isStaff && !known.has(wanted.get("event") ?? "")))) {
    wanted.set("event", first.uuid);
    history.replaceState(null, "", `?${wanted}`);
  }
  const event = known.get(wanted.get("event") ?? "");
  keepList("tickets");
  showEventNav(event, "tickets");
  /** @type {HTMLDetailsElement} */ (at("filters")).open = WIDE.matches || ["showing", "date", "status", "product", "sort"].some((name) => wanted.has(name));
  await fillForm(known, event);
  const picks = new Picks();
  picks.refresh = () => show(known, event, picks);
  await picks.refresh();
  offerKept(picks.refresh);
}

/**
 * @param {Map<string, any>} known
 * @param {any} event undefined for all of them
 */
async function fillForm(known, event) {
  for (const id of ["field-showing", "field-product"]) at(id).hidden = !event;
  if (!event) leaveOutOrders();
  at("event-head").hidden = Boolean(event);
  at("field-date").hidden = Boolean(event) && !wanted.has("date");
  /** @type {HTMLElement} */ (document.querySelector("#filters > summary")).textContent = event ? say("tickets-filters", { event: event.name }) : say("tickets-all-events");
  if (event) await fillEvent(event);
  showOrder();
  // Not before: an event that is chosen while the rest is filled would give way to that of the address.
  at("search-event").append(...[...known.values()].map((each) => el("option", { value: each.uuid }, each.name)));
  for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("select, [type=date]"))) control.value = wanted.get(control.name) ?? control.value;
  for (const control of form.querySelectorAll(".field[hidden] input, .field[hidden] select")) /** @type {HTMLInputElement} */ (control).disabled = true;
  isFilled = true;
}

/** Leave out of the orders, and of the heads of columns, what only the tickets of one event are sorted by. */
function leaveOutOrders() {
  for (const option of at("search-sort").querySelectorAll("option")) if (!SORTS_OF_ALL.includes(option.value.replace("-", ""))) option.remove();
  for (const head of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("th[data-sort]"))) if (!SORTS_OF_ALL.includes(head.dataset.sort ?? "")) delete head.dataset.sort;
  if (!SORTS_OF_ALL.includes((wanted.get("sort") ?? SORT).replace("-", ""))) wanted.delete("sort");
}

/** @param {any} event */
async function fillEvent(event) {
  const times = await timesOf(event.uuid);
  at("search-showing").append(...times.map(({ date, time }) => el("option", { value: `${date}T${time}` }, showingText(date, time))));
  at("search-product").append(...event.products.map((/** @type {any} */ { name }) => el("option", { value: name }, name)));
  at("field-product").hidden = event.products.length === 0;
  at("field-showing").hidden = times.length < 2;
}

/** Make the heads of columns links that sort by them; the one that is sorted by says so. */
function showOrder() {
  const order = wanted.get("sort") ?? SORT;
  for (const head of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("th[data-sort]"))) {
    const own = head.dataset.sort ?? "";
    const sorted = order === own ? "ascending" : order === `-${own}` ? "descending" : undefined;
    const next = new URLSearchParams(wanted);
    next.delete("pages");
    next.set("sort", sorted === "ascending" ? `-${own}` : own);
    if (sorted) head.setAttribute("aria-sort", sorted);
    head.replaceChildren(el("a", { href: `?${next}`, class: "sorts" }, head.textContent));
  }
}

/**
 * @param {Map<string, any>} known
 * @param {any} event
 * @param {Picks} picks
 */
async function show(known, event, picks) {
  picks.clear();
  const query = queryOf(event);
  const path = `/api/tickets?${query}`;
  await fillList(path, (ticket) => ticketRow(ticket, event ? undefined : known.get(ticket.event), picks), (shown, hasMore, total) => {
    showCount(shown, hasMore, total);
    picks.total = total ?? shown;
    picks.list = event ? { path, filters: Object.fromEntries([...query].filter(([name]) => !["limit", "sort"].includes(name))) } : null;
    picks.show();
  });
}

/** @param {any} event */
function queryOf(event) {
  const query = new URLSearchParams({ limit: PAGE });
  for (const name of ["search", "status", "date"]) if (wanted.get(name)) query.set(name, wanted.get(name) ?? "");
  query.set("sort", wanted.get("sort") ?? SORT);
  if (!event) return query;
  query.set("event", event.uuid);
  if (wanted.get("product")) query.set("product", wanted.get("product") ?? "");
  const [date, time] = (wanted.get("showing") ?? "").split("T");
  if (date && time) for (const [name, value] of Object.entries({ date, time })) query.set(name, value);
  return query;
}

/**
 * @param {number} shown
 * @param {boolean} hasMore
 * @param {number | null} total
 */
function showCount(shown, hasMore, total) {
  at("pick-all-box").hidden = shown === 0;
  if (!shown) count.textContent = "";
  else if (total !== null && hasMore) count.textContent = say("tickets-some", { shown, total });
  else count.textContent = say(hasMore ? "tickets-first" : "tickets-shown", { count: shown });
}

begin().catch((error) => notify(error.message, "refuse"));
