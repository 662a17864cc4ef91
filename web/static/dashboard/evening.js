/** The evening's statistics, kept in step with the journal: read once, moved by entries, read anew after a gap. */

import { get } from "../admin/api.js";
import { fromStats, withItems } from "./stats.js";

const AGAIN_MS = 5_000;

export class Evening {
  /** @type {import("./stats.js").Stats | null} */
  stats = null;
  #path;
  #onChange;
  #isReading = false;
  #failedAt = -Infinity;
  /** Entries that came while the statistics were read. @type {{items: import("../live/state.js").Item[], first: number}[]} */
  #waiting = [];

  /**
   * @param {string} event
   * @param {(evening: Evening) => void} onChange
   */
  constructor(event, onChange) {
    this.#path = `/api/events/${event}/stats`;
    this.#onChange = onChange;
  }

  /** Whether the last reading failed. */
  get hasFailed() {
    return this.#failedAt > -Infinity;
  }

  /**
   * @param {import("../live/state.js").Item[]} items
   * @param {number} first
   */
  take(items, first) {
    if (this.#isReading) this.#waiting.push({ items, first });
    if (!this.stats) return;
    const before = this.stats;
    this.stats = withItems(before, items, first) ?? before;
    if (this.stats !== before) this.#onChange(this);
  }

  /**
   * Make sure that it holds what the live client has; where not, entries were missed.
   *
   * @param {{epoch: string, seq: number} | null} have
   */
  keepUp(have) {
    if (!have || this.#isReading || performance.now() - this.#failedAt < AGAIN_MS) return;
    if (this.stats?.epoch !== have.epoch || this.stats.seq < have.seq) this.#read();
  }

  async #read() {
    this.#isReading = true;
    try {
      this.stats = fromStats(await get(this.#path));
      this.#failedAt = -Infinity;
      for (const { items, first } of this.#waiting) this.stats = withItems(this.stats, items, first) ?? this.stats;
    } catch {
      this.#failedAt = performance.now();
    }
    this.#isReading = false;
    this.#waiting = [];
    this.#onChange(this);
  }
}
