/** List of devices: their doors, and which need a hand: silent, low on battery, with scans that wait. */

import { get } from "../admin/api.js";
import { nameOrder, timeOfDay } from "../shared/locale.js";
import { doorName } from "./alert_text.js";
import { say } from "../shared/say.js";
import { keepRows, setText } from "./dom.js";

/** @typedef {import("../live/event_state.js").EventState} EventState */
/** @typedef {{claimed?: boolean, info?: {battery?: number, queue?: number, training?: boolean}}} Known what the hub's list says of a device */
/** @typedef {import("../live/event_state.js").Device & {known: Known, isSilent: boolean}} Shown */

const EVERY_MS = 10_000;
const LOW = 20;

export class DeviceList {
  #page;
  #list;
  #names = nameOrder();
  /** @type {EventState | null} */
  #state = null;
  /** @type {Map<string, Known>} */
  #known = new Map();

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#page = page;
    this.#list = /** @type {HTMLElement} */ (page.querySelector("#devices"));
    setInterval(() => document.visibilityState === "visible" && this.#read(), EVERY_MS);
    this.#read();
  }

  /** @param {EventState} state */
  show(state) {
    const isNew = this.#state?.devices !== state.devices || this.#state.alerts !== state.alerts;
    this.#state = state;
    if (isNew) this.#draw(state);
  }

  async #read() {
    try {
      const devices = await get(`/api/devices?event=${this.#page.dataset.event}`);
      this.#known = new Map(devices.map((/** @type {any} */ device) => [device.uuid, device]));
    } catch {
      return; // asked again soon; the live state alone says who is there
    }
    if (this.#state) this.#draw(this.#state);
  }

  /** @param {EventState} state */
  #draw(state) {
    const silent = new Set(state.alerts.filter(({ kind }) => kind === "device.silent").map(({ device }) => device));
    const shown = state.devices.map((device) => ({
      ...device,
      known: this.#known.get(device.id) ?? {},
      isSilent: silent.has(device.id) && !device.online,
    }));
    shown.sort((one, other) => urgency(other) - urgency(one) || this.#names.compare(one.name, other.name));
    keepRows(this.#list, "device", shown, makeRow);
    shown.forEach((device, index) => this.#fill(this.#list.children[index], device, state));
    /** @type {HTMLElement} */ (this.#page.querySelector("#no-devices")).hidden = shown.length > 0;
  }

  /**
   * @param {Element} row
   * @param {Shown} device
   * @param {EventState} state
   */
  #fill(row, device, state) {
    const { battery, queue = 0 } = device.known.info ?? {};
    setText(row.querySelector(".device-name"), device.name);
    setText(row.querySelector(".device-door"), doorName(device.door, state) || say("people-venue"));
    /** @type {HTMLElement} */ (row).dataset.state = device.online ? "online" : device.isSilent ? "silent" : "away";
    const isTraining = Boolean(device.known.info?.training && device.online);
    row.toggleAttribute("data-training", isTraining);
    setText(row.querySelector(".device-state"), isTraining ? say("device-training", { device: device.name }) : this.#stateOf(device));
    const needs = [battery === undefined ? "" : say("device-battery", { battery }), queue ? say("device-queue", { count: queue }) : ""];
    const more = /** @type {HTMLElement} */ (row.querySelector(".device-more"));
    more.toggleAttribute("data-urgent", queue > 0 || (battery !== undefined && battery <= LOW));
    setText(more, needs.filter(Boolean).join(" · "));
  }

  /** @param {Shown} device */
  #stateOf({ online, isSilent, known, last_seen_at: seen }) {
    if (online) return say("device-online");
    const time = seen ? timeOfDay(Date.parse(seen), this.#page.dataset.timezone) : "";
    if (isSilent) return time ? say("device-silent-since", { time }) : say("device-silent");
    if (known.claimed === false) return say("device-unpaired");
    return time ? say("device-seen", { time }) : say("device-away");
  }
}

/** @param {Shown} device */
function urgency({ online, isSilent, known }) {
  const { battery = 100, queue = 0 } = known.info ?? {};
  return (isSilent ? 8 : 0) + (queue ? 4 : 0) + (battery <= LOW ? 2 : 0) + (online ? 1 : 0);
}

function makeRow() {
  const row = document.createElement("li");
  for (const part of ["dot", "device-name", "device-state", "device-door", "device-more"]) {
    const span = document.createElement("span");
    span.className = part;
    row.append(span);
  }
  return row;
}
