/**
 * Storage of the phone (IndexedDB), which outlives a reload and a flat battery: the manifest with its tickets, passages
 * since, scans that wait to be sent, and conflicts of those that were.
 *
 * @typedef {{nonce: string, device: string, scanned_at: string, verdict: string, direction: "in" | "out",
 *   qrcode_data?: string, ticket_uuid?: string, issue?: number, ticket: string | null, door: string | null, at: number, force?: boolean,
 *   reason?: string, wrong?: string, undo?: string, held?: {by: string, seq: number},
 *   party?: string}} Waiting a scan that this phone, or a
 *   relay, decided without the hub: what the batch will say of it. `at` is when, by the hub's clock in milliseconds;
 *   `wrong`: why the hub would not have it; `undo`: the nonce of its undo, where it was taken back; `held`: the relay
 *   that decided it, and its number there; `party`: the nonce of the one scan by which that let in a whole party, this ticket
 *   among them
 * @typedef {{nonce: string, ticket: string | null, at: string, verdict: string, conflict: string}} Conflict
 */

/**
 * Return whether two manifests are of one numbering of one event's journal.
 *
 * @param {any} one
 * @param {any} other
 */
export const isSameFlow = (one, other) => one?.epoch === other?.epoch && one?.event.uuid === other?.event.uuid;

const NAME = "scanhub";
const VERSION = 1;
/** Keys of the pages of a list. */
const PAGES = globalThis.IDBKeyRange?.bound(["page", 0], ["page", Infinity]);

export class Store {
  #db;

  /** @param {import("/static/vendor/idb@8.0.4/index.js").IDBPDatabase<any>} db */
  constructor(db) {
    this.#db = db;
  }

  /** Rejects with a TypeError where the hub has not got the package, with another error where this window keeps nothing. */
  static async open() {
    const { openDB } = await import("/static/vendor/idb@8.0.4/index.js");
    const db = await openDB(NAME, VERSION, {
      upgrade(made) {
        made.createObjectStore("facts");
        made.createObjectStore("tickets", { keyPath: "uuid" });
        made.createObjectStore("news", { keyPath: "seq" });
        made.createObjectStore("waiting", { keyPath: "nonce" });
        made.createObjectStore("conflicts", { keyPath: "nonce" });
      },
    });
    navigator.storage?.persist?.().catch(() => false);
    return new Store(db);
  }

  // --- the manifest -------------------------------------------------------------------------------------------

  /** @returns {Promise<{manifest: any, tickets: any[], news: any[]}>} */
  async manifest() {
    const parts = this.#db.transaction(["facts", "tickets", "news"]);
    const [manifest, tickets, news] = await Promise.all([
      parts.objectStore("facts").get("manifest"),
      parts.objectStore("tickets").getAll(),
      parts.objectStore("news").getAll(),
    ]);
    return { manifest, tickets, news };
  }

  /** @returns {Promise<{manifest: any, news: any[]}>} the manifest's head, and what was heard since */
  async position() {
    const parts = this.#db.transaction(["facts", "news"]);
    const [manifest, news] = await Promise.all([parts.objectStore("facts").get("manifest"), parts.objectStore("news").getAll()]);
    return { manifest, news };
  }

  /**
   * Keep a manifest, whole or by what changed, all of it or nothing; and with it only what was heard after. One that is
   * older than what another page of this phone has kept is not, nor are changes in another shape than what is kept.
   *
   * @param {any} head all but its tickets
   * @param {any[]} tickets
   */
  async putManifest(head, tickets) {
    const change = this.#db.transaction(["facts", "tickets", "news"], "readwrite");
    const [facts, kept, news] = ["facts", "tickets", "news"].map((name) => change.objectStore(name));
    const before = await facts.get("manifest");
    if (isSameFlow(before, head) && before.seq > head.seq) return;
    if (!head.is_full && before?.shape !== head.shape) return;
    facts.put(head, "manifest");
    if (head.is_full) kept.clear();
    for (const ticket of tickets) kept.put(ticket);
    for (const gone of head.gone) kept.delete(gone);
    if (isSameFlow(before, head)) news.delete(IDBKeyRange.bound(0, head.seq));
    else news.delete(IDBKeyRange.lowerBound(0));
    news.delete(IDBKeyRange.bound(1 - head.began, 0));
    await change.done;
  }

  // --- a list under way, among the facts: a phone's other page may be an older one, of these stores alone ----------

  /** @returns {Promise<import("./list_transfer.js").Arriving | undefined>} */
  arriving() {
    return this.#db.get("facts", "arriving");
  }

  /**
   * Keep a page of a list with the state of its transfer; the first one in place of all of another list.
   *
   * @param {number} number from 0
   * @param {any[]} tickets
   * @param {import("./list_transfer.js").Arriving} arriving
   * @returns {Promise<boolean>} false: another page of this phone has gone on, or begun another list
   */
  async putPage(number, tickets, arriving) {
    const change = this.#db.transaction("facts", "readwrite");
    const before = await change.store.get("arriving");
    const isNext = before?.id === arriving.id && before.pages === number;
    if (number > 0 && !isNext) return false;
    if (number === 0) change.store.delete(PAGES);
    change.store.put(tickets, ["page", number]);
    change.store.put(arriving, "arriving");
    await change.done;
    return true;
  }

  /**
   * @param {string} id of a transfer
   * @returns {Promise<any[][] | null>} the tickets of each of its pages; null: another has begun
   */
  async pages(id) {
    const read = this.#db.transaction("facts");
    const [arriving, pages] = await Promise.all([read.store.get("arriving"), read.store.getAll(PAGES)]);
    return arriving?.id === id ? pages : null;
  }

  /** @param {string} id of a transfer: of another nothing is dropped */
  async dropPages(id) {
    const change = this.#db.transaction("facts", "readwrite");
    if ((await change.store.get("arriving"))?.id !== id) return;
    change.store.delete("arriving");
    change.store.delete(PAGES);
    await change.done;
  }

  /** @param {import("./known_tickets.js").News} news */
  putNews(news) {
    return this.#db.put("news", news);
  }

  // --- small facts --------------------------------------------------------------------------------------------

  /**
   * @param {string} name
   * @returns {Promise<any>}
   */
  fact(name) {
    return this.#db.get("facts", name);
  }

  /**
   * @param {string} name
   * @param {any} value
   */
  putFact(name, value) {
    return this.#db.put("facts", value, name);
  }

  /**
   * Keep a fact that a power cut must not take: it is on the disk when this resolves.
   *
   * @param {string} name
   * @param {any} value
   */
  async putFactDurably(name, value) {
    const change = this.#db.transaction("facts", "readwrite", { durability: "strict" });
    await Promise.all([change.store.put(value, name), change.done]);
  }

  // --- the scans that wait ------------------------------------------------------------------------------------

  /** @returns {Promise<Waiting[]>} */
  waiting() {
    return this.#db.getAll("waiting");
  }

  /** @param {Waiting} scan on the disk when this resolves: it could not be had again after a power cut */
  async putWaiting(scan) {
    const change = this.#db.transaction("waiting", "readwrite", { durability: "strict" });
    await Promise.all([change.store.put(scan), change.done]);
  }

  /** @param {string} nonce */
  dropWaiting(nonce) {
    return this.#db.delete("waiting", nonce);
  }

  /** @returns {Promise<Conflict[]>} */
  conflicts() {
    return this.#db.getAll("conflicts");
  }

  /** @param {Conflict} conflict */
  putConflict(conflict) {
    return this.#db.put("conflicts", conflict);
  }

  dropConflicts() {
    return this.#db.clear("conflicts");
  }

  // --- forgetting ---------------------------------------------------------------------------------------------

  /** Forget tickets, names and keys; the scans that wait hold ids alone, and stay. */
  async forgetEvent() {
    const change = this.#db.transaction(["facts", "tickets", "news", "conflicts"], "readwrite");
    for (const name of change.objectStoreNames) change.objectStore(name).clear();
    await change.done;
  }

  /** Forget everything: this phone is no door any more. */
  async forgetAll() {
    await this.forgetEvent();
    await this.#db.clear("waiting");
  }
}
