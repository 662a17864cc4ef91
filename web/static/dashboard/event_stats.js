/**
 * Statistics and conflicts of an event, in step with the journal: read once, moved by entries, read anew after a gap.
 */

import { get } from "../admin/api.js";
import { fromStats, withItems } from "./stats.js";

const AGAIN_MS = 5_000;

export class EventStats {
  /** @type {import("./stats.js").Stats | null} */
  stats = null;
  /** By their number. @type {Map<number, import("./alert_text.js").Conflict>} */
  #conflicts = new Map();
  #path;
  #onChange;
  #isReading = false;
  #failedAt = -Infinity;
  /** Entries that came while the statistics were read. @type {{items: import("../live/event_state.js").Item[], first: number}[]} */
  #waiting = [];

  /**
   * @param {string} event
   * @param {(eventStats: EventStats) => void} onChange
   */
  constructor(event, onChange) {
    this.#path = `/api/events/${event}`;
    this.#onChange = onChange;
  }

  /** Whether the last reading failed. */
  get hasFailed() {
    return this.#failedAt > -Infinity;
  }

  /** The conflicts in order. */
  get conflicts() {
    return [...this.#conflicts.values()].sort((one, other) => one.seq - other.seq);
  }

  /**
   * @param {import("../live/event_state.js").Item[]} items
   * @param {number} first
   */
  take(items, first) {
    items.forEach((item, index) => this.#note(item, first + index));
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

  /**
   * @param {import("../live/event_state.js").Item} item
   * @param {number} seq
   */
  #note({ kind, at = "", data = {} }, seq) {
    if (kind !== "ticket.conflict") return;
    const { ticket, reason, entry, counted = null, name } = data;
    this.#conflicts.set(seq, { seq, at, ticket, reason, entry, counted, name });
  }

  async #read() {
    this.#isReading = true;
    try {
      const [stats, report] = await Promise.all(["stats", "report"].map((part) => get(`${this.#path}/${part}`)));
      this.stats = fromStats(stats);
      for (const conflict of report.conflicts) this.#conflicts.set(conflict.seq, { ...conflict, ...this.#conflicts.get(conflict.seq) });
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
