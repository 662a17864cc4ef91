/**
 * One scan, from the code to a verdict within two seconds, whatever the network does.
 *
 * The hub is asked, and asked again under the same nonce, so that a lost answer never lets anybody in twice. If it has
 * not answered in time the phone decides by what it knows, under the same nonce, and keeps that for the hub. A later
 * answer that says otherwise is an alarm.
 *
 * @typedef {import("./verdict_text.js").Outcome} Outcome
 * @typedef {{qrcode_data?: string, ticket_uuid?: string, issue?: number, direction: "in" | "out", count?: number,
 *   force?: boolean, reason?: string, confirmed?: boolean, payment?: {method: "cash" | "card", amount: string, currency: string}}} Scan `issue` of a guest who was chosen by hand, as the list showed it
 * @typedef {{uuid: string, door: string | null, may: Set<string>}} Device
 * @typedef {{code: string, details: Record<string, any>, ticket: string | null}} Judged
 */

import { nameOf, lineOf } from "./verdict_text.js";
import { offlineAnswer } from "./offline/response.js";
import { AGAIN } from "./api.js";
import { unlessAgainstItself } from "./own_scans.js";
import { inTurn } from "./turns.js";
import { say } from "../shared/say.js";

const IN_TIME_MS = 1200;
/** Shorter patience while the hub is known to be away. */
const IN_TIME_AWAY_MS = 300;
const PAUSES_MS = [200, 500];
const JUST_NOW_MS = 10_000;

export class Scans {
  #hub;
  #eventData;
  #queue;
  #device;
  #around;
  /** @type {Map<string, {at: number, direction: "in" | "out", name: string}>} What just went through, by code. */
  #passed = new Map();
  /** @type {Map<string, string>} Nonces of undecided scans: the next try of the same is the same scan. */
  #undecided = new Map();

  /**
   * @param {import("./api.js").Hub} hub
   * @param {import("./offline/event_data.js").EventData} eventData
   * @param {import("./offline/queue.js").ScanQueue} queue
   * @param {() => Device} device
   * @param {{counts: () => any, nameOfDevice: (id: string | null) => string | null,
   *   onLate: (outcome: Outcome) => void}} around
   */
  constructor(hub, eventData, queue, device, around) {
    this.#hub = hub;
    this.#eventData = eventData;
    this.#queue = queue;
    this.#device = device;
    this.#around = around;
  }

  /**
   * @param {Scan} scan
   * @returns {Promise<Outcome>}
   */
  async scan(scan) {
    const just = this.#justPassed(scan);
    if (just) return just;
    const ticket = scan.ticket_uuid ?? (await this.#eventData.named(scan.qrcode_data ?? "")) ?? scan.qrcode_data;
    const outcome = await inTurn(`ticket.${ticket}`, () => this.#scan(scan));
    return outcome ?? { status: 200, body: { success: false, code: "elsewhere" } };
  }

  /**
   * One scan of a ticket at a time on this phone: then an entry that is new since it began is its own.
   *
   * @param {Scan} scan
   * @returns {Promise<Outcome>}
   */
  async #scan(scan) {
    await this.#reload();
    const what = JSON.stringify(scan);
    const nonce = this.#undecided.get(what) ?? crypto.randomUUID();
    const outcome = await this.#decided(scan, nonce);
    if (AGAIN.has(outcome.status)) this.#undecided.set(what, nonce);
    else this.#undecided.delete(what);
    if (outcome.body.code === "confirm") this.#undecided.set(JSON.stringify({ ...scan, confirmed: true }), nonce);
    if (outcome.body.success) this.#remember(scan, outcome);
    return outcome;
  }

  /**
   * Look without scanning: for training, and to ask how many come in.
   *
   * @param {Scan} scan
   * @returns {Promise<Outcome>}
   */
  async check(scan) {
    const answer = await within(this.#hub.post("/scan/check_ticket/", scan), this.#patience());
    if (answer && !AGAIN.has(answer.status)) return { status: answer.status, body: asScan(answer.body) };
    return (await this.#alone({ ...scan, confirmed: true }))?.outcome ?? { status: 0, body: {} }; // a check asks nothing
  }

  // --- just now -----------------------------------------------------------------------------------------------

  /**
   * The same ticket again within seconds on the same phone is the same guest, whose code still lies in its sight.
   *
   * @param {Scan} scan
   * @returns {Outcome | null}
   */
  #justPassed({ qrcode_data: code = "", direction, force }) {
    const passed = this.#passed.get(code);
    const ago = passed ? Date.now() - passed.at : Infinity;
    if (!passed || force || passed.direction !== direction || ago > JUST_NOW_MS) return null;
    return { status: 200, body: { code: "just", direction, name: passed.name, seconds: Math.round(ago / 1000) } };
  }

  /**
   * @param {Scan} scan
   * @param {Outcome} outcome
   */
  #remember({ qrcode_data: code, direction }, { body }) {
    const now = Date.now();
    for (const [each, { at }] of this.#passed) if (now - at > JUST_NOW_MS) this.#passed.delete(each);
    if (code) this.#passed.set(code, { at: now, direction, name: nameOf(body.ticket) });
  }

  /** A scan was taken back: the same ticket is a new scan. */
  forgetJustNow() {
    this.#passed.clear();
  }

  // --- with the hub -------------------------------------------------------------------------------------------

  /**
   * @param {Scan} scan
   * @param {string} nonce
   * @returns {Promise<Outcome>}
   */
  async #decided(scan, nonce) {
    if (scan.payment) return this.#paid(scan, nonce, scan.payment);
    const foreseen = await this.#judged(scan);
    if (await this.#isAhead(foreseen?.ticket ?? null)) return this.#decidedAlone(scan, nonce, null);
    this.#queue.asking(nonce);
    const asked = this.#untilAnswered({ ...scan, nonce }, foreseen?.ticket).finally(() => this.#queue.asked(nonce));
    const answer = await within(asked, this.#patience());
    if (answer && !AGAIN.has(answer.status)) {
      await this.#told(scan, answer, nonce);
      return answer;
    }
    const outcome = await this.#decidedAlone(scan, nonce, foreseen);
    if (outcome.asOf === undefined) return answer ?? outcome;
    asked.then((late) => this.#late(scan, nonce, outcome, late));
    return outcome;
  }

  /**
   * Money is taken by the hub alone: where its answer is lost, the same payment is sent again under the same nonce.
   *
   * @param {Scan} scan
   * @param {string} nonce
   * @param {{amount: string, currency: string}} due
   * @returns {Promise<Outcome>}
   */
  async #paid(scan, nonce, { amount, currency }) {
    const answer = await this.#untilAnswered({ ...scan, nonce });
    if (AGAIN.has(answer.status)) return { status: answer.status, body: { success: false, code: "payment_unknown", due: { amount, currency } } };
    await this.#told(scan, answer, nonce);
    return answer;
  }

  /**
   * Whether this phone let a guest through on this ticket that the hub cannot know of: it cannot be asked about it then.
   *
   * @param {string | null} ticket
   */
  async #isAhead(ticket) {
    if (this.#queue.isAheadOf(ticket) && this.#hub.isThere) await within(this.#queue.send(), this.#patience());
    return this.#queue.isAheadOf(ticket);
  }

  /**
   * Decide without the hub, and keep that for it, while no other page of this phone does.
   *
   * @param {Scan} scan
   * @param {string} nonce
   * @param {Judged | null} foreseen
   * @returns {Promise<Outcome>}
   */
  async #decidedAlone(scan, nonce, foreseen) {
    const outcome = await inTurn("decision", async () => {
      await this.#reload();
      // What the hub would have made of a whole party nobody can say offline: the same scan again, or ticket by ticket.
      const alone = scan.count === undefined ? await this.#alone(scan, foreseen) : null;
      if (!alone) return null;
      const decided = { ...alone.outcome, nonce };
      const isAsked = decided.body.code === "confirm"; // nothing has happened yet at the door
      if (!isAsked) await this.#queue.add(this.#waiting(scan, nonce, decided, alone.ticket));
      return decided;
    });
    return outcome ?? { status: 0, body: {} };
  }

  /** Take up what other pages of this phone did. */
  async #reload() {
    await Promise.all([this.#queue.reload(), this.#eventData.reload()]);
  }

  #patience() {
    return this.#hub.isThere ? IN_TIME_MS : IN_TIME_AWAY_MS;
  }

  /**
   * Ask until there is a decision. Another address is asked only while it may know all that happened with the ticket here.
   *
   * @param {object} body
   * @param {string | null} [ticket]
   */
  async #untilAnswered(body, ticket = null) {
    let answer = await this.#hub.postScan("/scan/ticket/", body);
    for (const pause of PAUSES_MS) {
      const isElsewhere = answer.address !== undefined && answer.address !== this.#hub.address;
      if (!AGAIN.has(answer.status) || (isElsewhere && this.#queue.isAheadOf(ticket))) break;
      await new Promise((resolve) => setTimeout(resolve, pause));
      answer = await this.#hub.postScan("/scan/ticket/", body);
    }
    return answer;
  }

  /**
   * Take the hub's answer into the phone's data, for the next decision.
   *
   * @param {Scan} scan
   * @param {import("./api.js").Answer} answer
   * @param {string} nonce
   */
  async #told(scan, { body, address }, nonce) {
    const { direction } = scan;
    const passed = body.tickets ?? (body.ticket ? [body.ticket] : []);
    if (body.decided_by === "relay" && body.seq) await this.#hold(scan, nonce, body, address);
    if (!body.success || !body.seq || body.replayed) return;
    const kind = direction === "out" ? "ticket.exited" : "ticket.scanned";
    const at = new Date(this.#hub.now()).toISOString();
    const { door, uuid: device } = this.#device();
    const heard = passed.map((/** @type {{uuid: string}} */ { uuid }, /** @type {number} */ index) =>
      this.#eventData.heard(body.seq + index, { kind, at, data: { ticket: uuid, door, device } }, address),
    );
    await Promise.all(heard);
  }

  /**
   * Keep a scan that a relay decided alone until the hub has it: the relay may be lost before it was sent. Of a party each
   * ticket is kept by itself.
   *
   * @param {Scan} scan
   * @param {string} nonce
   * @param {Record<string, any>} body
   * @param {string} [address]
   */
  async #hold(scan, nonce, body, address = "") {
    if (scan.payment) return;
    const outcome = { status: 200, body };
    if (!body.tickets) {
      const waiting = this.#waiting(scan, nonce, outcome, body.ticket?.uuid ?? null);
      await this.#queue.add({ ...waiting, held: { by: address, seq: body.seq } });
      return;
    }
    for (const [index, { uuid }] of body.tickets.entries()) {
      const waiting = this.#waiting({ ...scan, count: undefined }, `${nonce}/${uuid}`, outcome, uuid);
      await this.#queue.add({ ...waiting, party: nonce, held: { by: address, seq: body.seq + index } });
    }
  }

  // --- alone --------------------------------------------------------------------------------------------------

  /**
   * @param {Scan} scan
   * @param {Judged | null} [foreseen] what it would have been before the hub was asked
   */
  async #alone(scan, foreseen = null) {
    const judged = await this.#judged(scan);
    if (!judged) return null;
    // Whoever is known here before the hub has heard of it came by another scan than this one.
    const verdict = this.#queue.isAheadOf(judged.ticket) ? judged : unlessAgainstItself(foreseen, judged);
    const { manifest } = this.#eventData;
    const body = offlineAnswer(verdict, this.#eventData.ticket(verdict.ticket), manifest, this.#around.nameOfDevice);
    return { outcome: { status: 200, body, asOf: this.#hub.heardAt || null }, ticket: verdict.ticket };
  }

  /**
   * @param {Scan} scan
   * @returns {Promise<Judged | null>}
   */
  #judged(scan) {
    const { uuid: device, door, may } = this.#device();
    const { waiting } = this.#queue;
    const here = { at: this.#hub.now(), device, door, overLimit: may.has("over_limit"), counts: this.#around.counts(), waiting };
    return this.#eventData.decide(scan, here);
  }

  /**
   * @param {Scan} scan
   * @param {string} nonce
   * @param {Outcome} outcome
   * @param {string | null} ticket
   * @returns {import("./offline/store.js").Waiting}
   */
  #waiting(scan, nonce, { body }, ticket) {
    const { uuid: device, door } = this.#device();
    return { ...scan, nonce, device, door, ticket, scanned_at: new Date().toISOString(), at: this.#hub.now(), verdict: body.code };
  }

  /**
   * The hub's answer came after the verdict. Where both agree the hub has it and nothing waits; else what the door did
   * stays to be sent as the fact that it is, and somebody has to look.
   *
   * @param {Scan} scan
   * @param {string} nonce
   * @param {Outcome} outcome
   * @param {import("./api.js").Answer} late
   */
  async #late(scan, nonce, outcome, late) {
    if (AGAIN.has(late.status) || !late.body.code) return;
    if (Boolean(late.body.success) === Boolean(outcome.body.success)) {
      await this.#told(scan, late, nonce);
      await this.#queue.confirmed(nonce, late.body);
      return;
    }
    const name = nameOf(late.body.ticket) || say("scan-name-unknown");
    const line = late.body.success ? say("scan-line-late-admit", { name }) : say("scan-line-late-refuse", { name, reason: lineOf(late.body) });
    this.#around.onLate({ ...late, late: line });
  }
}

/**
 * A check's answer as a scan would have been answered.
 *
 * @param {Record<string, any>} body
 */
function asScan(body) {
  return body.would ? { ...body, success: body.would.admit, code: body.would.code } : body;
}

/**
 * @template T
 * @param {Promise<T>} work
 * @param {number} ms
 * @returns {Promise<T | null>} null: not in time
 */
function within(work, ms) {
  return Promise.race([work, new Promise((/** @type {(none: null) => void} */ resolve) => setTimeout(() => resolve(null), ms))]);
}
