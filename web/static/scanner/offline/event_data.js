/**
 * Data of the phone's event: the manifest, the entries since, and its own scans. It answers "would the
 * hub let this in?" when the hub cannot be asked.
 *
 * @typedef {import("./rules.js").Ticket} Ticket
 * @typedef {import("./known_tickets.js").News} News
 * @typedef {import("./store.js").Waiting} Waiting
 */

import { decide, questionFor } from "./rules.js";
import { after, newsOf, stateOf } from "./known_tickets.js";
import { ListTransfer } from "./list_transfer.js";
import { isSameFlow } from "./store.js";
import { TicketResolver, contactHash } from "./resolve.js";

/** After so many the manifest is asked for what changed: then news need not be kept. */
const MOST_NEWS = 200;
const ASK_AFTER_MS = 1500;
const OVER_AFTER_MS = 12 * 3_600_000;
const PASSED = new Set(["admitted", "exited"]);

export class EventData {
  #store;
  #transfer;
  #address;
  /** @type {any} The manifest without its tickets. */
  #manifest = null;
  /** @type {Map<string, Ticket>} */
  #tickets = new Map();
  /** @type {Map<string, string>} */
  #barcodes = new Map();
  /** @type {Map<number, News>} */
  #news = new Map();
  /** @type {TicketResolver | null} */
  #reader = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #isStopped = false;
  /** @type {Promise<void> | null} */
  #asking = null;
  /** @type {Promise<void> | null} */
  #askingNext = null;

  /**
   * @param {import("./store.js").Store} store
   * @param {(query: string) => Promise<{status: number, body: any, address?: string}>} fetchManifest
   * @param {() => string} address of the hub that is asked: each address has a journal of its own
   * @param {() => void} [onPage] one more page of the guest list is here
   */
  constructor(store, fetchManifest, address, onPage = () => {}) {
    this.#store = store;
    this.#transfer = new ListTransfer(store, fetchManifest, onPage);
    this.#address = address;
  }

  /** Take up what the phone kept. */
  async load() {
    const [{ manifest, tickets, news }] = await Promise.all([this.#store.manifest(), this.#transfer.load()]);
    if (!manifest) return;
    this.#forget();
    this.#news.clear();
    this.#take(manifest, tickets);
    this.#add(news);
  }

  /** Take up what another page of this phone has kept since. */
  async reload() {
    const { manifest, news } = await this.#store.position();
    const here = this.#manifest;
    const isOther = !isSameFlow(manifest, here) || manifest?.shape !== here?.shape;
    if (manifest && (isOther || manifest.seq > here.seq)) await this.load();
    else this.#add(news);
  }

  #forget() {
    this.#tickets.clear();
    this.#barcodes.clear();
  }

  #forgetNumbered() {
    for (const seq of this.#news.keys()) if (seq > 0) this.#news.delete(seq);
  }

  /** @param {News[]} news */
  #add(news) {
    for (const each of news) if (each.seq < 0 || each.seq > (this.#manifest?.seq ?? 0)) this.#news.set(each.seq, each);
  }

  /** Stop asking. */
  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#transfer.stop();
  }

  get manifest() {
    return this.#manifest;
  }

  /** Whether tickets have barcodes of other sellers. */
  get hasBarcodes() {
    return this.#barcodes.size > 0;
  }

  /** @param {string | null | undefined} uuid */
  ticket(uuid) {
    return uuid ? this.#tickets.get(uuid) : undefined;
  }

  /** @returns {Iterable<Ticket>} */
  tickets() {
    return this.#tickets.values();
  }

  /**
   * Whether the event is long over, and no ticket here is still good: a showing may end after its event.
   *
   * @param {number} now
   */
  isOver(now) {
    const endsAt = this.#manifest?.event.ends_at;
    if (!endsAt || now <= Date.parse(endsAt) + OVER_AFTER_MS) return false;
    return [...this.#tickets.values()].every((ticket) => Date.parse(ticket.expires_at) <= now);
  }

  // --- keeping up ---------------------------------------------------------------------------------------------

  /**
   * Ask for the manifest, or for what changed since the one that is here. One at a time: what is asked for meanwhile is
   * asked once more after it.
   *
   * @returns {Promise<void>}
   */
  refresh() {
    if (this.#asking) return (this.#askingNext ??= this.#asking.then(() => ((this.#askingNext = null), this.refresh())));
    this.#asking = this.#refresh().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #refresh() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // The list that is here is used until all of another is: the hub may be gone before it is.
    const list = await this.#transfer.fetch(this.#manifest);
    if (!list || this.#isStopped) return;
    await this.#store.putManifest(list.head, list.tickets);
    this.#take(list.head, list.tickets);
    await this.#transfer.taken();
  }

  /** How much of a guest list under way is here, 0 to 1; null: none is under way. */
  get arrivedPart() {
    return this.#transfer.part;
  }

  /**
   * @param {any} head
   * @param {Ticket[]} tickets
   */
  #take(head, tickets) {
    if (head.is_full) this.#forget();
    if (!isSameFlow(head, this.#manifest)) this.#forgetNumbered();
    for (const ticket of tickets) {
      this.#tickets.set(ticket.uuid, ticket);
      if (ticket.barcode) this.#barcodes.set(ticket.barcode, ticket.uuid);
    }
    for (const gone of head.gone) this.#tickets.delete(gone);
    for (const seq of this.#news.keys()) if (isIn(head, seq)) this.#news.delete(seq);
    this.#manifest = head;
    this.#reader = new TicketResolver(head, (hash) => this.#barcodes.get(hash));
  }

  /**
   * A journal entry was heard of, from the flow or as the answer to a scan; the same one twice is no news.
   *
   * @param {number} seq
   * @param {import("../../live/event_state.js").Item} item
   * @param {string} [address] of the hub whose journal it is in
   * @returns {Promise<void>} resolves when it is kept
   */
  async heard(seq, item, address = this.#address()) {
    if (!this.#manifest) return;
    const isForeign = !this.#isOf(address);
    if (!isForeign && seq <= this.#manifest.seq) return;
    const news = newsOf(isForeign ? this.#unnumbered() : seq, item);
    if (news === "ask" || isForeign) this.#askSoon();
    if (news !== "ask" && news !== null) await this.#keep(news);
  }

  /**
   * Return a key for news of another journal than the list's, whose numbers say nothing here: kept until a list is taken
   * that was asked for later.
   *
   * @returns {number} below 0
   */
  #unnumbered() {
    let key = -Date.now();
    while (this.#news.has(key)) key -= 1;
    return key;
  }

  /** @param {string | undefined} address */
  #isOf(address) {
    const of = this.#manifest?.address;
    return of === undefined || address === undefined || of === address;
  }

  /**
   * The hub has taken a scan that this phone decided alone: it stands here until a manifest holds it.
   *
   * @param {Waiting} scan
   * @param {number} seq its number in the journal
   */
  taken({ ticket, verdict, undo, direction, at, door, device }, seq) {
    if (!this.#manifest || !ticket || undo || !PASSED.has(verdict)) return;
    const isForeign = !this.#isOf(this.#address());
    if (isForeign || seq > this.#manifest.seq) this.#keep({ seq: isForeign ? this.#unnumbered() : seq, ticket, direction, at, door, device });
  }

  /** @param {News} news */
  async #keep(news) {
    if (this.#news.has(news.seq)) return;
    this.#news.set(news.seq, news);
    if (this.#news.size > MOST_NEWS) this.#askSoon();
    await this.#store.putNews(news).catch(() => {});
  }

  #askSoon() {
    this.#timer ??= setTimeout(() => this.refresh(), ASK_AFTER_MS);
  }

  // --- deciding alone -----------------------------------------------------------------------------------------

  /**
   * Decide a scan as the hub would, by what is known here.
   *
   * @param {{qrcode_data?: string, ticket_uuid?: string, issue?: number, direction: "in" | "out", force?: boolean, confirmed?: boolean}} scan
   * @param {{at: number, device: string, door: string | null, overLimit: boolean, counts: any, waiting: Waiting[]}} here
   * @returns {Promise<{code: string, details: Record<string, any>, ticket: string | null} | null>}
   *   null: this phone has no manifest, and cannot say
   */
  async decide(scan, here) {
    if (!this.#manifest || !this.#reader) return null;
    const read = scan.ticket_uuid ? { ticket: scan.ticket_uuid, issue: scan.issue ?? null } : await this.#reader.read(scan.qrcode_data ?? "");
    if (!read.ticket) return { code: read.refusal ?? "invalid_code", details: { shows: read.shows }, ticket: null };
    const verdict = this.#judge(read.ticket, read.issue ?? null, scan, here);
    return { ...verdict, ticket: read.ticket };
  }

  /**
   * @param {string} text
   * @returns {Promise<string | null>} the ticket that it names, as far as this phone can prove; null: none that it knows of
   */
  async named(text) {
    const { ticket = null, shows = null } = (await this.#reader?.read(text)) ?? {};
    return ticket ?? shows;
  }

  /** @param {string} contact digits of a phone number, or an address @returns {Promise<string | null>} */
  async contactHash(contact) {
    return this.#manifest ? contactHash(this.#manifest.salt, contact) : null;
  }

  /**
   * Return who has come in, by what is known here.
   *
   * @param {Waiting[]} waiting
   * @returns {(ticket: Ticket) => boolean}
   */
  hasCome(waiting) {
    const own = waiting.filter(({ verdict, undo }) => verdict === "admitted" && !undo);
    const entered = [...this.#news.values()].filter(({ direction }) => direction === "in");
    const came = new Set([...own, ...entered].map(({ ticket }) => ticket));
    return ({ uuid, entries }) => entries > 0 || came.has(uuid);
  }

  /**
   * @param {string} uuid
   * @param {number | null} issue
   * @param {{direction: "in" | "out", force?: boolean, confirmed?: boolean}} scan
   * @param {{at: number, device: string, door: string | null, overLimit: boolean, counts: any, waiting: Waiting[]}} here
   */
  #judge(uuid, issue, scan, here) {
    const ticket = this.#tickets.get(uuid);
    const state = this.#stateOf(uuid, here.waiting);
    const door = this.door(here.door);
    const ask = { ...scan, at: here.at, door, issue, device: here.device, overLimit: here.overLimit };
    const known = ticket ?? soldSince(uuid, ask);
    const verdict = this.#alone(decide(known, state, this.#manifest, here.counts, ask), known, state, ask);
    return { ...verdict, details: { ...verdict.details, last: state.last } };
  }

  /**
   * Hold back an entry that this event wants decided by the hub only, or confirmed at the door first.
   *
   * @param {import("./rules.js").Verdict} verdict
   * @param {Ticket} ticket
   * @param {import("./ticket_state.js").State} state
   * @param {import("./rules.js").Ask} ask
   * @returns {import("./rules.js").Verdict}
   */
  #alone(verdict, ticket, state, ask) {
    if (verdict.code !== "admitted") return verdict;
    if (this.#manifest.policy.offline === "refuse" && !ask.force) return { code: "offline", details: {} };
    const question = questionFor(ticket, state, this.#manifest, ask);
    return question === null ? verdict : { code: "confirm", details: { message: question } };
  }

  /**
   * @param {string} uuid
   * @param {Waiting[]} waiting
   */
  #stateOf(uuid, waiting) {
    const news = [...this.#news.values()].filter((each) => each.ticket === uuid);
    const own = waiting.filter((scan) => scan.ticket === uuid && PASSED.has(scan.verdict) && !scan.undo && !this.#isKnown(scan));
    const passages = [...news, ...own.map(passageOf)];
    return after(stateOf(this.#tickets.get(uuid)), passages, this.#manifest.doors);
  }

  /**
   * @param {Waiting} scan
   * @returns {boolean} whether it is in the list or the news already, by the relay that decided it
   */
  #isKnown({ held }) {
    return held !== undefined && held.by === this.#manifest.address && (held.seq <= this.#manifest.seq || this.#news.has(held.seq));
  }

  /**
   * @param {string | null | undefined} id
   * @returns {import("./rules.js").Door | null}
   */
  door(id) {
    return this.#manifest?.doors.find((/** @type {{id: string}} */ each) => each.id === id) ?? null;
  }
}

/**
 * @param {{seq: number, began: number}} head of a list
 * @param {number} seq of news, or the negative time when it was heard
 */
function isIn(head, seq) {
  return seq < 0 ? -seq < head.began : seq <= head.seq;
}

/** @param {Waiting} scan */
function passageOf({ ticket, direction, at, door, device }) {
  return { ticket: ticket ?? "", direction, at, door, device };
}

/**
 * A ticket that the list does not hold: nothing speaks against it but what its code says.
 *
 * @param {string} uuid
 * @param {import("./rules.js").Ask} ask
 * @returns {Ticket}
 */
function soldSince(uuid, { at, door, issue }) {
  const now = new Date(at).toISOString();
  return {
    uuid, issue: issue ?? 1, status: "valid", product: door?.products?.[0] ?? null, starts_at: now,
    expires_at: "9999-01-01T00:00:00Z", is_expired: false, reservation: "", where: [], entries: 0, entered: [],
  };
}
