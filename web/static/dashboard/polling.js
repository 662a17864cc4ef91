/**
 * Polling: an event's state over REST, asked for again and again while no live connection comes through.
 *
 * @typedef {import("../live/event_state.js").EventState} EventState
 */

import { get } from "../admin/api.js";

const FIRST_MS = 1_500;
const EVERY_MS = 5_000;
const LOOK_MS = 1_000;
const SCANS = 50;
const DEVICES = 1000;

export class Polling {
  /** When the hub last answered, as `Date.now()`; null: it has not, since there is no live connection. @type {number | null} */
  answeredAt = null;
  hasFailed = false;
  /** Since when there is no live connection, as `Date.now()`; null: there is one. @type {number | null} */
  since = null;
  #event;
  #on;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #next;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #watch;

  /**
   * @param {string} event
   * @param {{onState: (state: EventState) => void, onChange: () => void}} on `onChange`: time has passed, or the hub has
   *   answered or not
   */
  constructor(event, on) {
    this.#event = event;
    this.#on = on;
  }

  /**
   * Begin or end with the live connection.
   *
   * @param {import("../live/client.js").Phase} phase
   */
  follow(phase) {
    if (phase === "live" || phase === "ended") this.#end();
    else if (this.since === null) this.#begin();
  }

  #begin() {
    this.since = Date.now();
    this.answeredAt = null;
    this.hasFailed = false;
    this.#watch = setInterval(() => this.#on.onChange(), LOOK_MS);
    this.#later(FIRST_MS);
  }

  #end() {
    this.since = null;
    clearInterval(this.#watch);
    clearTimeout(this.#next);
  }

  /** @param {number} afterMs */
  #later(afterMs) {
    const since = this.since;
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#ask(since), afterMs);
  }

  /** @param {number | null} since which loss of the connection this is about */
  async #ask(since) {
    const state = await stateOf(this.#event).catch(() => null);
    if (this.since !== since) return;
    this.hasFailed = state === null;
    if (state) {
      this.answeredAt = Date.now();
      this.#on.onState(state);
    }
    this.#on.onChange();
    this.#later(EVERY_MS);
  }
}

/**
 * @param {string} event
 * @returns {Promise<EventState>} rejects where the hub does not answer
 */
async function stateOf(event) {
  const path = `/api/events/${event}`;
  const [occupancy, alerts, devices, scans] = await Promise.all([
    get(`${path}/occupancy`),
    get(`${path}/alerts`),
    get(`/api/devices?event=${event}&limit=${DEVICES}`),
    get(`/api/scans?event=${event}&limit=${SCANS}`),
  ]);
  return { occupancy, alerts, devices: devices.filter(isInService).map(asDevice), recent: scans.map(asItem), scans: 0 };
}

/** @param {{archived: boolean}} device */
function isInService({ archived }) {
  return !archived;
}

/** @param {any} device as the list of devices has it */
function asDevice({ uuid, online_since: since, ...device }) {
  return { ...device, id: uuid, since };
}

/** @param {any} scan as the list of scans has it */
function asItem({ kind, at, ...data }) {
  return { kind, at, data };
}
