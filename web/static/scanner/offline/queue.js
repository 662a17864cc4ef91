/**
 * Offline queue: scans that this phone, or a relay, decided without the hub, and the hub has not confirmed yet: kept, and
 * sent when it is back. Those of a relay are sent by the relay, and by the phone only while it asks the hub itself.
 *
 * @typedef {import("./store.js").Waiting} Waiting
 * @typedef {import("./store.js").Conflict} Conflict
 * @typedef {(body: object) => Promise<import("../api.js").Answer>} Call
 */

import { AGAIN } from "../api.js";

/** The hub takes bodies of 64 KiB and 500 scans; a code signed by RSA has 500 characters. */
const MOST_BYTES = 56_000;
const MOST = 500;
/** Fields that are the phone's own. */
const OWN = new Set(["device", "ticket", "door", "at", "wrong", "undo", "held", "party"]);

export class ScanQueue {
  #store;
  #calls;
  #around;
  #device = "";
  /** @type {Waiting[]} oldest first */
  #waiting = [];
  /** @type {Set<string>} Nonces that are being asked for one by one. */
  #asked = new Set();
  /** @type {Map<string, number>} The journal's numbers of what the hub has taken since the page was opened, by nonce. */
  #taken = new Map();
  /** @type {Conflict[]} */
  conflicts = [];
  isSending = false;
  /** Whether the hub keeps what this phone sends for the organiser: the phone was taken out of service. */
  isHeld = false;

  /**
   * @param {import("./store.js").Store} store
   * @param {{batch: Call, undo: Call}} calls
   * @param {{onChange: () => void, onTaken: (scan: Waiting, seq: number) => void, relay?: () => string | undefined}} around
   *   `onTaken`: the hub has put a scan on record, under this number; `relay`: the name of the relay that is asked, if any
   */
  constructor(store, calls, around) {
    this.#store = store;
    this.#calls = calls;
    this.#around = around;
  }

  /** @param {string} device whose scans these are */
  async load(device) {
    this.#device = device;
    this.conflicts = await this.#store.conflicts();
    await this.reload();
  }

  /** Take up what another page of this phone has added or settled since: what is kept is what waits. */
  async reload() {
    const kept = await this.#store.waiting();
    const here = new Map(this.#waiting.map((scan) => [scan.nonce, scan]));
    const ours = kept.filter((scan) => scan.device === this.#device).sort((one, other) => one.at - other.at);
    this.#waiting = ours.map((scan) => Object.assign(here.get(scan.nonce) ?? {}, scan));
  }

  /**
   * Whether a guest went through on this ticket of which the hub does not know yet.
   *
   * @param {string | null} ticket
   */
  isAheadOf(ticket) {
    return this.waiting.some((scan) => scan.ticket === ticket && (scan.verdict === "admitted" || scan.verdict === "exited"));
  }

  /** Scans still to be sent by this phone. */
  get waiting() {
    const isAtRelay = Boolean(this.#around.relay?.());
    return this.#waiting.filter((scan) => !scan.wrong && !(scan.held && isAtRelay));
  }

  /** Scans that a relay decided and has not sent to the hub yet. */
  get held() {
    return this.#waiting.filter((scan) => !scan.wrong && scan.held);
  }

  /**
   * The relay has sent what it decided.
   *
   * @param {string} by address of the relay
   * @param {number} seq the last number there that the hub has
   */
  async delivered(by, seq) {
    const there = this.held.filter(({ held }) => held?.by === by && held.seq <= seq);
    await Promise.all(there.map((scan) => this.#settle(scan, {})));
  }

  /** Scans that the hub refused to take. */
  get wrong() {
    return this.#waiting.filter((scan) => scan.wrong);
  }

  /** @param {Waiting} scan kept before anybody is told what it says */
  async add(scan) {
    await this.#store.putWaiting(scan);
    this.#waiting.push(scan);
    this.#around.onChange();
  }

  /** @param {string} nonce the hub is being asked for this one: it need not be sent meanwhile */
  asking(nonce) {
    this.#asked.add(nonce);
  }

  /** @param {string} nonce */
  asked(nonce) {
    this.#asked.delete(nonce);
  }

  /**
   * Take a scan back that still waits: what was shown stays on record, so that it is sent, and its undo after it.
   *
   * @param {string} nonce
   * @returns {Promise<boolean>} false: it waits no longer
   */
  async takeBack(nonce) {
    const scan = this.waiting.find((each) => each.nonce === nonce && !each.held);
    if (!scan) return false;
    scan.undo ??= crypto.randomUUID();
    await this.#store.putWaiting(scan);
    this.#around.onChange();
    return true;
  }

  /**
   * @param {string} nonce of a scan that waited
   * @returns {number | null} its number in the journal, for who takes it back now; null: not known here
   */
  seqOf(nonce) {
    return this.#taken.get(nonce) ?? null;
  }

  /**
   * The hub has answered this one by itself, as the phone did. One that was taken back is sent all the same, with its undo.
   *
   * @param {string} nonce
   * @param {Record<string, any>} result
   */
  async confirmed(nonce, result) {
    const scan = this.#waiting.find((each) => each.nonce === nonce);
    if (scan && !scan.undo) await this.#settle(scan, result);
  }

  /**
   * @param {Waiting} settled the hub has it
   * @param {Record<string, any>} result
   */
  async #settle(settled, { seq, success }) {
    const { nonce } = settled;
    this.#waiting = this.#waiting.filter((scan) => scan.nonce !== nonce);
    if (Number.isInteger(seq)) this.#taken.set(nonce, seq);
    if (Number.isInteger(seq) && success) this.#around.onTaken(settled, seq);
    await this.#store.dropWaiting(nonce);
    this.#around.onChange();
  }

  // --- sending ------------------------------------------------------------------------------------------------

  /** Send what waits, batch after batch, until nothing is left or the hub does not take it. One page at a time. */
  async send() {
    if (this.isSending || this.#due().length === 0) return;
    this.isSending = true;
    this.#around.onChange();
    try {
      await alone(async () => {
        await this.reload();
        while (await this.#sendSome());
      });
    } finally {
      this.isSending = false;
      this.#around.onChange();
    }
  }

  async #sendSome() {
    const batch = untilTakenBack(asManyAsFit(this.#due()));
    if (batch.length === 0) return false;
    const { status, body } = await this.#calls.batch({ scans: batch.map(told) });
    if (status !== 200 || !Array.isArray(body.results)) return false;
    this.isHeld = Boolean(body.held);
    const outcomes = batch.map((scan, index) => this.#settleBy(scan, body.results[index] ?? {}));
    return (await Promise.all(outcomes)).every(Boolean);
  }

  #due() {
    return this.waiting.filter((scan) => !this.#asked.has(scan.nonce));
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
    const reason = scan.held ? null : (result.conflict ?? reasonAgainst(scan, result));
    if (reason) await this.#keepConflict(scan, scan.verdict, reason);
    if (scan.undo && result.success && !(await this.#undo(scan, result))) return false;
    await this.#settle(scan, result);
    return true;
  }

  /**
   * @param {Waiting} scan
   * @param {Record<string, any>} result
   * @returns {Promise<boolean>} whether the hub has decided: if not, both are sent again under their nonces
   */
  async #undo(scan, { seq }) {
    const { status, body } = await this.#calls.undo({ ticket_uuid: scan.ticket, seq, nonce: scan.undo });
    if (status === 0 || status >= 500 || status === 429) return false;
    if (!body.success) await this.#keepConflict({ ...scan, nonce: String(scan.undo) }, "undone", body.code);
    return true;
  }

  /**
   * @param {Waiting} scan
   * @param {string} verdict what the door did
   * @param {string} reason
   */
  async #keepConflict({ nonce, ticket, scanned_at: at }, verdict, reason) {
    const conflict = { nonce, ticket, at, verdict, conflict: reason };
    this.conflicts = [...this.conflicts.filter((each) => each.nonce !== nonce), conflict];
    await this.#store.putConflict(conflict);
  }

  /** Somebody has looked at the conflicts. */
  async seen() {
    this.conflicts = [];
    await this.#store.dropConflicts();
    this.#around.onChange();
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
  const sent = Object.fromEntries(Object.entries(scan).filter(([name]) => !OWN.has(name)));
  return scan.party ? { ...sent, nonce: scan.party, of_party: scan.ticket } : sent;
}

/**
 * Return the scans of the next batch.
 *
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
 * @param {Waiting[]} scans
 * @returns {Waiting[]} the first of them, up to one that is taken back: the ticket's next scan comes after its undo
 */
function untilTakenBack(scans) {
  const end = scans.findIndex((scan) => scan.undo);
  return end < 0 ? scans : scans.slice(0, end + 1);
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
