/**
 * REST client of a paired phone, with failover between the addresses of its event.
 *
 * @typedef {{status: number, body: Record<string, any>, address?: string}} Answer `status` 0: the hub could not be reached;
 *   `address` is the one that was asked
 */

import { Addresses } from "./addresses.js";

/** Statuses of answers without a decision: the same request may be made again. */
export const AGAIN = new Set([0, 429, 500, 502, 503, 504]);

/** Statuses of a proxy whose hub is away, or of a hub whose database is. */
const ABSENT = new Set([502, 503, 504]);

const WITHIN_MS = 8000;
/** Longer patience with a page of the guest list: a slow line is no absent hub. */
const PAGE_WITHIN_MS = 20_000;
/** Shorter patience with a scan where another address can be asked. */
const SCAN_WITHIN_MS = 600;
const TRY_WITHIN_MS = 1500;

export class Hub {
  #apiKey;
  #queue;
  #onMoved;
  #addresses = new Addresses(location.origin);
  /** @type {Promise<void> | null} */
  #looking = null;
  /** How far this phone's clock is ahead of the hub's, in milliseconds. */
  clockAheadMs = 0;
  /** When the hub was last heard of, by this phone's clock; 0: never. */
  heardAt = 0;
  /** Whether the last call was answered. */
  isThere = true;
  /** Whether this phone is in training: the organiser sees it. */
  isTraining = false;
  /** @type {{level: number} | null} Where the browser tells of it. */
  #battery = null;

  /**
   * @param {string} apiKey
   * @param {() => number} queue how many scans wait
   * @param {() => void} onMoved another address is asked from now on
   */
  constructor(apiKey, queue, onMoved) {
    this.#apiKey = apiKey;
    this.#queue = queue;
    this.#onMoved = onMoved;
    const { getBattery } = /** @type {any} */ (navigator);
    getBattery?.call(navigator).then((/** @type {{level: number}} */ battery) => (this.#battery = battery), () => {});
  }

  /** The time, by the hub's clock. */
  now() {
    return Date.now() - this.clockAheadMs;
  }

  /** Origin of the hub that is asked. */
  get address() {
    return this.#addresses.current.url;
  }

  /** Name of the relay that is asked; undefined: it is the hub itself. */
  get relay() {
    return this.#addresses.current.relay;
  }

  /** The event's addresses, the most preferred first. */
  get addresses() {
    return this.#addresses.all;
  }

  /** @param {unknown} named addresses that the hub names for the event */
  takeAddresses(named) {
    if (this.#addresses.take(named)) this.#onMoved();
  }

  /** Try an address that is preferred to the one in use, where that is due. One at a time. */
  lookForPreferred() {
    this.#looking ??= this.#lookNow().finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #lookNow() {
    const preferred = this.#addresses.due;
    if (!preferred) return;
    const { status } = await this.#call(preferred.url, "/scan/test_api/", { method: "GET" }, TRY_WITHIN_MS);
    if (this.#addresses.tried(status === 200)) this.#onMoved();
  }

  /** The first frame of a socket: who this is. */
  hello() {
    return { api_key: this.#apiKey, info: this.#info() };
  }

  /** @param {string} path */
  get(path) {
    return this.#ask(path, { method: "GET" }, WITHIN_MS);
  }

  /** @param {string} query of a page of the guest list, or of changes of it */
  getManifest(query) {
    return this.#ask(`/scan/manifest/${query}`, { method: "GET" }, PAGE_WITHIN_MS);
  }

  /**
   * @param {string} path
   * @param {object} body
   */
  post(path, body) {
    return this.#ask(path, { method: "POST", body: JSON.stringify(body) }, WITHIN_MS);
  }

  /**
   * Ask for a scan: of one address, so that another is asked about the same ticket only after a look at what it may know.
   *
   * @param {string} path
   * @param {object} body
   */
  postScan(path, body) {
    const withinMs = this.#addresses.hasOthers ? SCAN_WITHIN_MS : WITHIN_MS;
    return this.#ask(path, { method: "POST", body: JSON.stringify(body) }, withinMs);
  }

  /**
   * @param {string} path
   * @param {RequestInit} request
   * @param {number} withinMs
   * @returns {Promise<Answer>}
   */
  async #ask(path, request, withinMs) {
    const { address } = this;
    const answer = await this.#call(address, path, request, withinMs);
    if (answer.status === 0 || (ABSENT.has(answer.status) && this.#addresses.hasOthers)) {
      this.isThere = false;
      if (this.#addresses.failed(address)) this.#onMoved();
    } else {
      this.#addresses.answered();
      this.heard();
    }
    return { ...answer, address };
  }

  /**
   * @param {string} address
   * @param {string} path
   * @param {RequestInit} request
   * @param {number} withinMs
   * @returns {Promise<Answer>}
   */
  async #call(address, path, request, withinMs) {
    const headers = {
      Authorization: `Api-Key ${this.#apiKey}`,
      "Content-Type": "application/json",
      "X-Device-Info": btoa(JSON.stringify(this.#info())).replaceAll("+", "-").replaceAll("/", "_"),
    };
    try {
      const signal = AbortSignal.timeout(withinMs);
      const answer = await fetch(address === location.origin ? path : address + path, { ...request, headers, signal, credentials: "omit", cache: "no-store" });
      const body = await answer.json();
      return { status: answer.status, body };
    } catch {
      return { status: 0, body: {} };
    }
  }

  /** The hub was heard of, by whatever way. */
  heard() {
    this.isThere = true;
    this.heardAt = Date.now();
  }

  #info() {
    const battery = this.#battery ? { battery: Math.round(this.#battery.level * 100) } : {};
    return { app: "Scan Hub", ...battery, queue: this.#queue(), training: this.isTraining, time: Date.now() };
  }
}
