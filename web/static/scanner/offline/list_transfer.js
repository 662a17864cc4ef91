/**
 * Transfer of the guest list to this phone: page by page, each kept as it comes, so that a cut of the line costs one page.
 *
 * Pages are of different moments. Once all are here, what changed since the oldest of them makes them one list.
 *
 * @typedef {import("./rules.js").Ticket} Ticket
 * @typedef {{status: number, body: any, address?: string}} Answer
 * @typedef {{head: any, tickets: Ticket[]}} GuestList all of it or, by its head, what changed
 * @typedef {{id: string, epoch: string, event: {uuid: string}, shape: string, seq: number, address?: string, after: string | null,
 *   pages: number, have: number, count: number}} Arriving the list that is under way: `seq` is its oldest page's, `after` the last ticket
 *   that is here, null: all are
 */

import { isSameFlow } from "./store.js";

/** Tickets of a page: few for a phone that is just cut off, more as long as pages come quickly. */
const LEAST = 125;
const FIRST = 500;
const MOST = 4000;
const QUICK_MS = 1000;
/** Lists that are begun anew in one go, as the one under way was overtaken: then it waits. */
const MOST_BEGUN = 3;

export class ListTransfer {
  #store;
  #fetch;
  #onPage;
  #limit = FIRST;
  #begun = 0;
  #isStopped = false;
  /** @type {Arriving | null} */
  #arriving = null;

  /**
   * @param {import("./store.js").Store} store
   * @param {(query: string) => Promise<Answer>} fetchManifest
   * @param {() => void} onPage one more is here
   */
  constructor(store, fetchManifest, onPage) {
    this.#store = store;
    this.#fetch = fetchManifest;
    this.#onPage = onPage;
  }

  /** Take up what came before a reload. */
  async load() {
    this.#arriving = (await this.#store.arriving()) ?? null;
  }

  /** How much of a whole list under way is here, 0 to 1; null: none is under way. */
  get part() {
    if (!this.#arriving) return null;
    const { have, count } = this.#arriving;
    return count > 0 ? Math.min(have / count, 1) : 1;
  }

  /** Keep nothing more of what is under way. */
  stop() {
    this.#isStopped = true;
  }

  /**
   * Fetch what changed since a list, or a whole one where that is needed: the rest of the one under way.
   *
   * @param {any} have the head of the list that is here; null: none is
   * @returns {Promise<GuestList | null>} null: the line was cut, or the hub answered otherwise
   */
  async fetch(have) {
    for (this.#begun = 0; this.#begun < MOST_BEGUN && !this.#isStopped; ) {
      const arriving = this.#arriving;
      const isPaged = arriving !== null && arriving.after === null;
      if (isPaged || (have && !arriving)) {
        const changes = await this.#changesSince(isPaged ? arriving : have);
        const list = changes && isPaged ? await this.#complete(arriving, changes) : changes;
        if (list || this.#arriving === arriving) return list;
      } else if (!(await this.#nextPage())) return null;
    }
    return null;
  }

  /**
   * Fetch the page that is due, and keep it.
   *
   * @returns {Promise<boolean>} whether it came
   */
  async #nextPage() {
    const { after } = this.#arriving ?? {};
    const { status, body, address } = await this.#ask(after ? `&after=${encodeURIComponent(after)}` : "");
    if (status !== 200) return false;
    if (!this.#arriving) await this.#begin(body, address);
    else if (isOf(this.#arriving, body, address)) await this.#keep(body);
    else await this.#drop(); // of another list: this one ends, and the next page is that one's first
    return true;
  }

  /**
   * Fetch all that changed since a list.
   *
   * @param {any} have the head of the list, or of the one under way
   * @returns {Promise<GuestList | null>} null: it did not come, or a whole list has begun in place of it
   */
  async #changesSince(have) {
    /** @type {Map<string, Ticket>} */
    const tickets = new Map();
    /** @type {Set<string>} */
    const gone = new Set();
    for (let { seq } = have; ; ) {
      const began = Date.now();
      const { status, body, address } = await this.#ask(`&epoch=${encodeURIComponent(have.epoch)}&since=${seq}`);
      if (status !== 200) return null;
      if (body.is_full || !isOf(have, body, address)) {
        await this.#drop();
        if (body.is_full) await this.#begin(body, address);
        else await this.#nextPage();
        return null;
      }
      const { tickets: changed, ...head } = body;
      for (const ticket of changed) tickets.set(ticket.uuid, ticket);
      for (const uuid of head.gone) {
        gone.add(uuid);
        tickets.delete(uuid);
      }
      for (const uuid of tickets.keys()) gone.delete(uuid);
      seq = head.seq;
      if (!head.more) return { head: { ...head, gone: [...gone], address, began }, tickets: [...tickets.values()] };
    }
  }

  /**
   * @param {Arriving} arriving
   * @param {GuestList} changes since its oldest page
   * @returns {Promise<GuestList | null>} the whole list; null: another page of this phone has begun another
   */
  async #complete({ id }, { head, tickets }) {
    const pages = await this.#store.pages(id);
    if (!pages) {
      await this.load();
      return null;
    }
    const all = new Map(pages.flat().map((ticket) => [ticket.uuid, ticket]));
    for (const ticket of tickets) all.set(ticket.uuid, ticket);
    for (const uuid of head.gone) all.delete(uuid);
    return { head: { ...head, is_full: true, gone: [] }, tickets: [...all.values()] };
  }

  /** The list is kept as a whole: forget its pages. */
  async taken() {
    if (this.#arriving) await this.#drop();
  }

  /**
   * Ask for a page of fitting size.
   *
   * @param {string} query
   */
  async #ask(query) {
    const began = Date.now();
    const answer = await this.#fetch(`?limit=${this.#limit}${query}`);
    if (answer.status !== 200) this.#limit = Math.max(LEAST, Math.round(this.#limit / 2));
    else if (Date.now() - began < QUICK_MS) this.#limit = Math.min(MOST, 2 * this.#limit);
    return answer;
  }

  /**
   * @param {any} page the first
   * @param {string} [address]
   */
  async #begin(page, address) {
    this.#begun += 1;
    const { epoch, event, shape, seq, count = page.tickets.length } = page;
    const id = crypto.randomUUID();
    this.#arriving = { id, epoch, event: { uuid: event.uuid }, shape, seq, address, after: "", pages: 0, have: 0, count };
    await this.#keep(page);
  }

  /** @param {any} page */
  async #keep(page) {
    const before = /** @type {Arriving} */ (this.#arriving);
    const { tickets, next = null } = page; // a hub of before knows no pages, and sends all
    const seq = Math.min(before.seq, page.seq);
    const arriving = { ...before, seq, after: next, pages: before.pages + 1, have: before.have + tickets.length };
    if (this.#isStopped) return;
    if (await this.#store.putPage(before.pages, tickets, arriving)) this.#arriving = arriving;
    else await this.load(); // another page of this phone is further, or has begun another list: go on with that
    this.#onPage();
  }

  async #drop() {
    const id = this.#arriving?.id;
    this.#arriving = null;
    if (id) await this.#store.dropPages(id);
  }
}

/**
 * @param {any} list the head of a list, or one under way
 * @param {any} body an answer
 * @param {string | undefined} address from where it came
 */
function isOf(list, body, address) {
  const isOfSameHub = list.address === undefined || address === undefined || list.address === address;
  return isOfSameHub && isSameFlow(list, body) && list.shape === body.shape;
}
