/** Page of one device: moved, renamed, paired anew, taken out of service; `new` makes devices. */

import { get, send } from "./api.js";
import { button, confirmed, el, notify } from "./build.js";
import { eventCrumb, listAddress, showCrumbs } from "./crumbs.js";
import { showHeld } from "./device_held.js";
import { showScans } from "./device_scans.js";
import { stateOf } from "./device_state.js";
import { currentEvent, listedEvents } from "./event_choice.js";
import { showEventNav } from "./event_nav.js";
import { enableFields, onSubmit } from "./form.js";
import { showPairings } from "./pairing.js";
import { hasRole, isStaff } from "./role.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

const thing = /** @type {HTMLElement} */ (document.querySelector("#admin")).dataset.thing ?? "";
const form = /** @type {HTMLFormElement} */ (document.querySelector("#device"));
const doors = /** @type {HTMLSelectElement} */ (form.querySelector("#door"));
/** Rights that show names or take money: who has neither grants none of them. */
const TRUSTED = ["search", "names", "sell"];

document.querySelector("#print")?.addEventListener("click", () => print());
(thing === "new" ? beginNew() : beginOne()).catch((error) => notify(error.message, "refuse"));

async function beginNew() {
  showCrumbs([[listAddress("devices"), say("nav-phones")]], say("devices-add"));
  const choice = /** @type {HTMLSelectElement} */ (form.querySelector("#event"));
  const events = (await listedEvents(asked(), "organiser", "door_lead")).filter((event) => !event.closed || event.uuid === asked());
  const chosen = asked() ?? currentEvent(events)?.uuid;
  choice.prepend(...events.map((event) => el("option", { value: event.uuid, selected: event.uuid === chosen }, event.name)));
  if (!chosen && !isStaff) choice.value = "";
  const eventOf = () => events.find((/** @type {any} */ event) => event.uuid === choice.value);
  const follow = () => {
    offerDoors(eventOf());
    offerRights(eventOf());
  };
  follow();
  enableFields(form);
  choice.addEventListener("change", follow);
  form.querySelector("#app")?.addEventListener("change", tickWhatTheAppNeeds);
  onSubmit(form, async (fields) => {
    const made = await makeAll(fields);
    form.hidden = true;
    document.querySelector("#done")?.setAttribute("href", `/admin/devices${fields.event ? `?event=${fields.event}` : ""}`);
    showPairings(made, standingAt(eventOf(), fields.door));
  });
}

/**
 * TiBillet's app lists and searches guests.
 *
 * @param {Event} changed
 */
function tickWhatTheAppNeeds({ target }) {
  const search = form.querySelector('[name="may"][value="search"]');
  if (target instanceof HTMLSelectElement && search instanceof HTMLInputElement) search.checked ||= target.value === "tibillet" && !search.closest("label")?.hidden;
}

/** Which event the address asks for. */
function asked() {
  return new URLSearchParams(location.search).get("event");
}

/**
 * @param {Record<string, any>} fields
 * @returns {Promise<any[]>} the devices, with their pairing
 */
async function makeAll({ name, event, door, may, app, count, codes, minutes }) {
  const common = { event, door, may, app, pairing_minutes: Number(minutes) };
  if (count === 1) return [await send("POST", "/api/devices", { ...common, name })];
  if (codes === "one") return [await send("POST", "/api/devices", { ...common, name, uses: count })];
  const made = [];
  for (let n = 1; n <= count; n++) {
    notify(say("device-making", { n, count }));
    made.push(await send("POST", "/api/devices", { ...common, name: `${name} ${n}` }));
  }
  notify("");
  return made;
}

async function beginOne() {
  const device = await get(`/api/devices/${thing}`);
  const event = device.event ? await get(`/api/events/${device.event}`) : undefined;
  showEventNav(event);
  showCrumbs([...(event ? [eventCrumb(event)] : []), [sessionStorage.getItem("admin.devices") === null && event ? `/admin/devices?event=${event.uuid}` : listAddress("devices"), say("nav-phones")]], device.name);
  offerDoors(event, device.door);
  show(device, event);
  enableFields(form);
  onSubmit(form, async (fields) => {
    show(await send("PATCH", `/api/devices/${thing}`, { name: fields.name, door: fields.door ?? null, may: fields.may ?? [] }), event);
    notify(say("any-saved"));
  });
  showScans(thing, event);
  await showHeld(thing, event?.timezone ?? HERE);
}

/**
 * @param {any} device
 * @param {any} event
 */
function show(device, event) {
  /** @type {HTMLElement} */ (document.querySelector("#title")).textContent = device.name;
  /** @type {HTMLInputElement} */ (form.elements.namedItem("name")).value = device.name;
  for (const tick of form.querySelectorAll('[name="may"]')) if (tick instanceof HTMLInputElement) tick.checked = device.may.includes(tick.value);
  const { text, tone } = stateOf(device, event?.timezone ?? HERE);
  document.querySelector("#state")?.replaceChildren(el("span", { class: "tag", "data-tone": tone }, text));
  form.hidden = device.archived;
  offerRights(event);
  showService(device, event);
}

/**
 * @param {any} device
 * @param {any} event
 */
function showService(device, event) {
  const text = /** @type {HTMLElement} */ (document.querySelector("#service-text"));
  text.textContent = say(device.archived ? "device-is-archived" : "device-in-service");
  const renew = button(say("device-renew"), async () => showPairings([await send("POST", `/api/devices/${thing}/pairing`)], standingAt(event, device.door)), "");
  const archive = button(say("device-archive"), () => takeOut(device, event), "danger");
  const offered = mayGrant(event, device.may) ? [renew, archive] : [archive];
  document.querySelector("#service")?.replaceChildren(...(device.archived ? [] : offered));
}

/**
 * @param {any} device
 * @param {any} event
 */
async function takeOut(device, event) {
  if (!(await confirmed(say("device-archive-asked", { name: device.name }), say("device-archive")))) return;
  show(await send("POST", `/api/devices/${thing}/archive`), event);
  /** @type {HTMLElement} */ (document.querySelector("#pairing")).hidden = true;
  notify(say("device-archived-now"));
}

/**
 * @param {any} event
 * @param {string} [chosen]
 */
function offerDoors(event, chosen) {
  const all = event?.doors ?? [];
  const pick = chosen ?? (thing === "new" ? all[0]?.id : "");
  const options = all.map((/** @type {any} */ door) => el("option", { value: door.id, selected: door.id === pick }, door.name));
  doors.replaceChildren(...options, el("option", { value: "", selected: !pick }, say("device-no-door")));
}

/**
 * Whether the reader may let a device of the event have these rights.
 *
 * @param {any} event
 * @param {string[]} rights
 */
function mayGrant(event, rights) {
  return hasRole(event?.uuid ?? "", "organiser") || !rights.some((right) => TRUSTED.includes(right));
}

/**
 * Offer the rights that the reader may grant; those that a device has already stay, to be taken.
 *
 * @param {any} event
 */
function offerRights(event) {
  for (const tick of form.querySelectorAll('[name="may"]')) {
    if (!(tick instanceof HTMLInputElement)) continue;
    const isOffered = mayGrant(event, [tick.value]);
    if (!isOffered && thing === "new") tick.checked = false;
    /** @type {HTMLElement} */ (tick.closest("label")).hidden = !isOffered && !tick.checked;
  }
}

/**
 * Return where a device stands, for its card, and whose clock is there.
 *
 * @param {any} event
 * @param {string | null | undefined} doorId
 */
function standingAt(event, doorId) {
  const door = event?.doors.find((/** @type {any} */ each) => each.id === doorId);
  const name = [event?.name ?? say("devices-all-events"), door?.name].filter(Boolean).join(" · ");
  return { name, timeZone: event?.timezone ?? HERE };
}
