/** Page of the devices with their states, read again every few seconds. */

import { bindState } from "./address.js";
import { get } from "./api.js";
import { el, notify } from "./build.js";
import { showEventNav } from "./event_nav.js";
import { isUsedUp, stateOf } from "./device_state.js";
import { LocalList } from "./local_list.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

const EVERY_MS = 5_000;
const LOW_PERCENT = 15;
const rows = /** @type {HTMLElement} */ (document.querySelector("#devices"));
const empty = /** @type {HTMLElement} */ (document.querySelector("#no-devices"));
const add = /** @type {HTMLAnchorElement} */ (document.querySelector("#add"));
const choice = /** @type {HTMLSelectElement} */ (document.querySelector("#event"));
const archived = /** @type {HTMLInputElement} */ (document.querySelector("#archived"));

/** @type {Map<string, any>} */
let events = new Map();

async function begin() {
  const chosen = new URLSearchParams(location.search).get("event") ?? "";
  events = new Map((await get("/api/events")).map((/** @type {any} */ event) => [event.uuid, event]));
  choice.append(...[...events.values()].filter(({ used, uuid }) => used || uuid === chosen).map((event) => el("option", { value: event.uuid, selected: event.uuid === chosen }, event.name)));
  bindState(choice, "event", () => look().catch(show));
  bindState(archived, "archived", () => look().catch(show));
  await look();
}

async function look() {
  showEventNav(events.get(choice.value), "phones");
  const devices = await get(`/api/devices${choice.value ? `?event=${choice.value}` : ""}`);
  const listed = devices.filter((/** @type {any} */ device) => archived.checked || !(device.archived || isUsedUp(device)));
  add.href = `/admin/devices/new${choice.value ? `?event=${choice.value}` : ""}`;
  if (!rows.contains(document.activeElement)) list.show(listed);
  empty.hidden = listed.length > 0;
}

const list = new LocalList(/** @type {HTMLTableElement} */ (rows.parentElement), {
  row,
  text: (device) => `${device.name} ${placeOf(device)} ${shownState(device).text}`,
  orders: {
    name: ({ name }) => name,
    place: placeOf,
    state: (device) => shownState(device).text,
    battery: ({ info }) => info.battery ?? null,
    queue: ({ info }) => info.queue || null,
  },
});

/** @param {any} device */
function row(device) {
  const { text, tone } = shownState(device);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("a", { href: `/admin/devices/${device.uuid}` }, device.name)),
    el("td", {}, placeOf(device)),
    el("td", {}, el("span", { class: "tag", "data-tone": tone }, text)),
    el("td", {}, battery(device.info.battery)),
    el("td", {}, device.info.queue ? el("span", { class: "tag", "data-tone": "warn" }, say("devices-queue", { count: device.info.queue })) : null),
  );
}

/** @param {any} device */
function shownState(device) {
  return stateOf(device, events.get(device.event)?.timezone ?? HERE);
}

/** @param {any} device */
function placeOf(device) {
  const event = events.get(device.event);
  const door = event?.doors.find((/** @type {any} */ each) => each.id === device.door);
  return [event?.name ?? say("devices-all-events"), door?.name].filter(Boolean).join(" · ");
}

/** @param {number | null | undefined} percent */
function battery(percent) {
  if (percent === null || percent === undefined) return null;
  const text = say("devices-battery", { percent: Math.round(percent) });
  return percent <= LOW_PERCENT ? el("span", { class: "tag", "data-tone": "refuse" }, text) : text;
}

/** @param {Error} error */
function show(error) {
  notify(error.message, "refuse");
}

begin().catch(show);
setInterval(() => document.hidden || look().catch(() => undefined), EVERY_MS); // the next look will do
