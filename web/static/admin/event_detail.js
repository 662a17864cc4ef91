/** Page of one event, to change it; `new` makes one. */

import { checkPrices } from "./amount_check.js";
import { get, send } from "./api.js";
import { button, confirmed, el, notify } from "./build.js";
import { listAddress, showCrumbs } from "./crumbs.js";
import { fillCopy } from "./event_copy.js";
import { showEventNav } from "./event_nav.js";
import { choosePicture, followPicture, sendPicture } from "./event_picture.js";
import { fieldProblem } from "./field_problem.js";
import { fill, offerNames, offerZones, readEvent } from "./event_form.js";
import { warningsOf } from "./booking_warnings.js";
import { enableFields, onSubmit } from "./form.js";
import { addRow, onRows, renumber } from "./rows.js";
import { followShowings } from "./showings.js";
import { bookTest } from "./test_ticket.js";
import { say } from "../shared/say.js";
import { followWaiting } from "./waiting.js";

const thing = /** @type {HTMLElement} */ (document.querySelector("#admin")).dataset.thing ?? "";
const form = /** @type {HTMLFormElement} */ (document.querySelector("#event"));
const zones = /** @type {HTMLSelectElement} */ (form.querySelector("#timezone"));

checkPrices(form);
onRows(form, () => {
  offerNames(form);
  showWarnings(form);
});
form.addEventListener("change", () => showWarnings(form));
form.addEventListener("input", (event) => {
  if (/** @type {HTMLElement} */ (event.target).dataset.name === "name") offerNames(form);
});
if (thing === "new") beginNew().catch((error) => notify(error.message, "refuse"));
else get(`/api/events/${thing}`).then(beginChange, (error) => notify(error.message, "refuse"));

async function beginNew() {
  showCrumbs([[listAddress("events"), say("nav-events")]], say("nav-new-event"));
  const from = new URLSearchParams(location.search).get("from");
  const copied = from ? await get(`/api/events/${from}`) : undefined;
  if (copied) await beginCopy(copied);
  else beginEmpty();
  choosePicture(copied);
  onSubmit(form, async () => {
    const made = await send("POST", "/api/events", { ...readEvent(form), showings: readEvent(form).showings ?? [] });
    const problem = await sendPicture(made.uuid, copied).then(() => "", ({ errors, message }) => errors?.picture ?? message);
    location.assign(`/admin/events/${made.uuid}?made${problem ? `=${encodeURIComponent(problem)}` : ""}`);
  });
}

function beginEmpty() {
  offerZones(zones);
  for (const list of ["showings", "doors"]) addRow(/** @type {HTMLElement} */ (form.querySelector(`[data-rows="${list}"]`)));
  renumber(form);
  control("doors[0].name").value = say("event-first-door");
  offerNames(form);
  enableFields(form);
  control("starts_at").addEventListener("change", suggestTimes);
}

/** @param {any} event the one that is copied */
async function beginCopy(event) {
  offerZones(zones, event.timezone);
  await fillCopy(form, event);
  enableFields(form);
  control("starts_at").focus();
}

/** The first time is when the event begins, and it lasts some hours, unless something else was typed. */
function suggestTimes() {
  const start = control("starts_at").value;
  const [date, time] = start.split("T");
  for (const [name, value] of Object.entries({ "showings[0].date": date, "showings[0].time": time })) {
    if (control(name) && !control(name).value) control(name).value = value;
  }
  const isOpen = control("ends_at").value <= start;
  if (start && isOpen) control("ends_at").value = new Date(Date.parse(`${start}Z`) + LASTS_MS).toISOString().slice(0, 16);
}

const LASTS_MS = 4 * 3_600_000;

/** @param {any} event */
function beginChange(event) {
  offerZones(zones, event.timezone);
  show(event);
  enableFields(form);
  if (!event.ends_at) for (const name of ["starts_at", "ends_at"]) control(name).required = false; // the box office
  showMade();
  followPicture(event);
  followShowings(event);
  followWaiting(event);
  document.querySelector("#links")?.append(button(say("first-book-ticket"), () => bookTest(thing)));
  onSubmit(form, async () => {
    const changed = await send("PATCH", `/api/events/${thing}`, readEvent(form));
    show(changed);
    followWaiting(changed);
    notify(say("any-saved"));
  });
}

/** Say what became of an event that was just made. */
function showMade() {
  const made = new URLSearchParams(location.search).get("made");
  if (made) notify(say("event-picture-refused", { why: fieldProblem(made) }), "refuse");
  else if (made === "") notify(say("event-made"));
}

/** @param {HTMLFormElement} event */
function showWarnings(event) {
  const texts = warningsOf(/** @type {any} */ (readEvent(event)));
  event.querySelector("#booking-warnings")?.replaceChildren(...texts.map((text) => el("p", { class: "warn-text" }, text)));
}

/** @param {any} event */
function show(event) {
  document.title = document.title.replace(/^[^·]*/, `${event.name} `);
  /** @type {HTMLElement} */ (document.querySelector("#title")).textContent = event.name;
  fill(form, { ...event, publicKeyPem: undefined });
  showWarnings(form);
  showLinks(event);
  showEnding(event);
}

/** @param {any} event */
function showLinks(event) {
  document.getElementById("book-link")?.setAttribute("href", `/book/${thing}`);
  showEventNav(event, "event");
  showCrumbs([[listAddress("events"), say("nav-events")]], event.name);
  hide("links", false);
  hide("copy-link", !event.ends_at);
  hide("book-link", event.booking !== "open" || event.closed);
}

/** @param {any} event */
function showEnding(event) {
  hide("ending", false);
  const text = /** @type {HTMLElement} */ (document.querySelector("#ending-text"));
  text.textContent = say(event.closed ? "event-is-closed" : "event-takes-bookings");
  const act = event.closed ? button(say("event-reopen"), () => setClosed(event, false), "") : button(say("event-close"), () => setClosed(event, true), "danger");
  document.querySelector("#ending-actions")?.replaceChildren(act);
}

/**
 * @param {any} event
 * @param {boolean} isClosed
 */
async function setClosed(event, isClosed) {
  if (isClosed && !(await confirmed(say("event-close-asked", { name: event.name }), say("event-close")))) return;
  const changed = isClosed ? await send("POST", `/api/events/${thing}/close`) : await send("PATCH", `/api/events/${thing}`, { closed: false });
  showLinks(changed);
  showEnding(changed);
}

/**
 * @param {string} id
 * @param {boolean} isHidden
 */
function hide(id, isHidden) {
  const box = document.getElementById(id);
  if (box) box.hidden = isHidden;
}

/** @param {string} name */
function control(name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}
