/**
 * The scans that this phone decided alone and that the hub has not confirmed yet: kept, and sent when the hub is there.
 *
 * @typedef {import("./store.js").Waiting} Waiting
 * @typedef {import("./store.js").Conflict} Conflict
 */

/** The hub takes bodies of 64 KiB and 500 scans; a code signed by RSA has 500 characters. */
const MOST_BYTES = 56_000;
const MOST = 500;
/** Answers of a scan in a batch after which it has still to be sent. */
const AGAIN = new Set([429, 503]);
/** Fields that are the phone's own. */
const OWN = new Set(["device", "ticket", "door", "at", "wrong"]);

export class Outbox {
  #store;
  #post;
  #onChange;
  /** @type {Waiting[]} oldest first */
  #waiting = [];
  /** @type {Set<string>} Nonces that are being asked for one by one. */
  #asked = new Set();
  /** @type {Conflict[]} */
  conflicts = [];
  isSending = false;
  /** Whether the hub keeps what this phone sends for the organiser: the phone was taken out of service. */
  isHeld = false;

  /**
   * @param {import("./store.js").Store} store
   * @param {(body: object) => Promise<import("./hub.js").Answer>} post
   * @param {() => void} onChange
   */
  constructor(store, post, onChange) {
    this.#store = store;
    this.#post = post;
    this.#onChange = onChange;
  }

  /** @param {string} device whose scans these are */
  async load(device) {
    const [waiting, conflicts] = await Promise.all([this.#store.waiting(), this.#store.conflicts()]);
    this.#waiting = waiting.filter((scan) => scan.device === device).sort((one, other) => one.at - other.at);
    this.conflicts = conflicts;
  }

  /** What is still to be sent. */
  get waiting() {
    return this.#waiting.filter((scan) => !scan.wrong);
  }

  /** What the hub would not have. */
  get wrong() {
    return this.#waiting.filter((scan) => scan.wrong);
  }

  /** @param {Waiting} scan kept before anybody is told what it says */
  async add(scan) {
    await this.#store.putWaiting(scan);
    this.#waiting.push(scan);
    this.#onChange();
  }

  /** @param {string} nonce the hub is being asked for this one: it need not be sent meanwhile */
  asking(nonce) {
    this.#asked.add(nonce);
  }

  /** @param {string} nonce */
  asked(nonce) {
    this.#asked.delete(nonce);
  }

  /** @param {string} nonce the hub has it */
  async settle(nonce) {
    await this.#store.dropWaiting(nonce);
    this.#waiting = this.#waiting.filter((scan) => scan.nonce !== nonce);
    this.#onChange();
  }

  // --- sending ------------------------------------------------------------------------------------------------

  /** Send what waits, batch after batch, until nothing is left or the hub does not take it. One page at a time. */
  async send() {
    if (this.isSending || this.#due().length === 0) return;
    this.isSending = true;
    this.#onChange();
    try {
      await alone(async () => {
        while (await this.#sendSome());
      });
    } finally {
      this.isSending = false;
      this.#onChange();
    }
  }

  async #sendSome() {
    const batch = asManyAsFit(this.#due());
    if (batch.length === 0) return false;
    const { status, body } = await this.#post({ scans: batch.map(told) });
    if (status !== 200 || !Array.isArray(body.results)) return false;
    this.isHeld = Boolean(body.held);
    const outcomes = batch.map((scan, index) => this.#settleBy(scan, body.results[index] ?? {}));
    return (await Promise.all(outcomes)).every(Boolean);
  }

  #due() {
    return this.#waiting.filter((scan) => !scan.wrong && !this.#asked.has(scan.nonce));
  }

  /**
   * @param {Waiting} scan
   * @param {Record<string, any>} result
   * @returns {Promise<boolean>} whether the hub has dealt with it
   */
  async #settleBy(scan, result) {
    if (AGAIN.has(result.status)) return false;
    if (result.code === "bad_request" || result.code === "not_allowed" || result.code === "nonce_reused") {
      scan.wrong = result.message ?? result.code;
      await this.#store.putWaiting(scan);
      return true;
    }
    const reason = result.conflict ?? reasonAgainst(scan, result);
    if (reason) await this.#keepConflict({ nonce: scan.nonce, ticket: scan.ticket, at: scan.scanned_at, verdict: scan.verdict, conflict: reason });
    await this.settle(scan.nonce);
    return true;
  }

  /** @param {Conflict} conflict */
  async #keepConflict(conflict) {
    this.conflicts = [...this.conflicts, conflict];
    await this.#store.putConflict(conflict);
  }

  /** Somebody has looked at the conflicts. */
  async seen() {
    this.conflicts = [];
    await this.#store.dropConflicts();
    this.#onChange();
  }
}

/**
 * Why the hub would not have let in whom this door let in, where it does not call it a conflict itself: it knows of no
 * such ticket.
 *
 * @param {Waiting} scan
 * @param {Record<string, any>} result
 */
function reasonAgainst({ verdict }, { success, code }) {
  const isPassed = verdict === "admitted" || verdict === "exited";
  return isPassed && !success && code !== "held" ? code : null;
}

/** @param {Waiting} scan */
function told(scan) {
  return Object.fromEntries(Object.entries(scan).filter(([name]) => !OWN.has(name)));
}

/**
 * @param {Waiting[]} scans
 * @returns {Waiting[]} the first of them, as many as one batch takes
 */
export function asManyAsFit(scans) {
  let bytes = 0;
  const isOver = (/** @type {Waiting} */ scan) => (bytes += JSON.stringify(told(scan)).length + 1) > MOST_BYTES;
  const end = scans.findIndex((scan, index) => isOver(scan) || index >= MOST);
  return end < 0 ? scans : scans.slice(0, Math.max(1, end));
}

/**
 * Do it in one page of this phone at a time, where the browser can tell.
 *
 * @param {() => Promise<void>} work
 */
async function alone(work) {
  if (!globalThis.navigator?.locks) return work();
  await navigator.locks.request("scanhub.outbox", { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}
