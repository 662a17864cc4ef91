/**
 * Input queue: codes that were read and are still to be asked for, oldest first and bounded. One is asked for at a time;
 * the next one when its verdict has been seen.
 *
 * @typedef {{scan: import("./scan.js").Scan, isTraining: boolean, isParty: boolean, began: number}} Read
 *   with direction and mode as they were when it was read; `began`: when, in the time of events
 */

const MOST = 20;

export class ReadQueue {
  /** @type {Read[]} */
  #waiting = [];
  #isAsking = false;
  #isRunning = false;
  #around;

  /**
   * @param {{ask: (read: Read) => Promise<void>, untilSeen: (next: Read) => Promise<void>, onChange: () => void}} around
   *   `ask` resolves when a verdict is shown; `untilSeen` when the verdict on the screen may give way to the next one
   */
  constructor(around) {
    this.#around = around;
  }

  /** How many wait. */
  get size() {
    return this.#waiting.length;
  }

  /** Whether one is being asked for, or waits. */
  get isBusy() {
    return this.#isAsking || this.size > 0;
  }

  /** Whether one is being asked for. */
  get isAsking() {
    return this.#isAsking;
  }

  /**
   * @param {Read} read
   * @returns {boolean} false: too many wait, and this one is not taken
   */
  add(read) {
    if (this.size >= MOST) return false;
    this.#waiting.push(read);
    this.#run();
    return true;
  }

  /** @param {Read} read what goes before all that waits: it belongs to the verdict that was given last */
  addFirst(read) {
    this.#waiting.unshift(read);
    this.#run();
  }

  /** Forget what waits. */
  clear() {
    this.#waiting = [];
    this.#around.onChange();
  }

  async #run() {
    this.#around.onChange();
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.size > 0) await this.#next().catch(report);
    } finally {
      this.#isRunning = false;
    }
  }

  async #next() {
    await this.#around.untilSeen(this.#waiting[0]);
    const read = this.#waiting.shift();
    if (!read) return;
    this.#isAsking = true;
    this.#around.onChange();
    try {
      await this.#around.ask(read);
    } finally {
      this.#isAsking = false;
      this.#around.onChange();
    }
  }
}

/** @param {unknown} wrong is reported as what it is, and stops nothing that comes after */
function report(wrong) {
  queueMicrotask(() => {
    throw wrong;
  });
}
