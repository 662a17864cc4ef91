/**
 * REST client of a paired phone.
 *
 * @typedef {{status: number, body: Record<string, any>}} Answer `status` 0: the hub could not be reached
 */

/** Statuses of answers without a decision: the same request may be made again. */
export const AGAIN = new Set([0, 429, 500, 502, 503, 504]);

const WITHIN_MS = 8000;

export class Hub {
  #apiKey;
  #queue;
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
   */
  constructor(apiKey, queue) {
    this.#apiKey = apiKey;
    this.#queue = queue;
    const { getBattery } = /** @type {any} */ (navigator);
    getBattery?.call(navigator).then((/** @type {{level: number}} */ battery) => (this.#battery = battery), () => {});
  }

  /** The time, by the hub's clock. */
  now() {
    return Date.now() - this.clockAheadMs;
  }

  /** The first frame of a socket: who this is. */
  hello() {
    return { api_key: this.#apiKey, info: this.#info() };
  }

  /** @param {string} path */
  get(path) {
    return this.#ask(path, { method: "GET" }, WITHIN_MS);
  }

  /**
   * @param {string} path
   * @param {object} body
   */
  post(path, body) {
    return this.#ask(path, { method: "POST", body: JSON.stringify(body) }, WITHIN_MS);
  }

  /**
   * @param {string} path
   * @param {RequestInit} request
   * @param {number} withinMs
   * @returns {Promise<Answer>}
   */
  async #ask(path, request, withinMs) {
    const headers = {
      Authorization: `Api-Key ${this.#apiKey}`,
      "Content-Type": "application/json",
      "X-Device-Info": btoa(JSON.stringify(this.#info())).replaceAll("+", "-").replaceAll("/", "_"),
    };
    try {
      const signal = AbortSignal.timeout(withinMs);
      const answer = await fetch(path, { ...request, headers, signal, credentials: "omit", cache: "no-store" });
      const body = await answer.json();
      this.heard();
      return { status: answer.status, body };
    } catch {
      this.isThere = false;
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
