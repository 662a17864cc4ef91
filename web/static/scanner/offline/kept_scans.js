/**
 * Kept scans: the last scans of this phone as its list shows them, kept through a reload, without names.
 *
 * @typedef {import("../recent_scans.js").Recent} Recent
 */

const NAME = "recent";

export class KeptScans {
  #store;
  /** @type {Map<string, number>} The journal's numbers of what was decided offline and is on record by now, by nonce. */
  #numbers = new Map();

  /** One write after the other: each may read first what the one before has kept. */
  #writing = Promise.resolve();

  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.#store = store;
  }

  /** @returns {Promise<Recent[]>} newest first */
  async kept() {
    return (await this.#store.fact(NAME)) ?? [];
  }

  /** @param {Recent[]} scans newest first */
  keep(scans) {
    return this.#next(() => this.#put(scans));
  }

  /** @param {() => Promise<void>} write what fails is not kept */
  #next(write) {
    this.#writing = this.#writing.then(write).catch(() => {});
    return this.#writing;
  }

  /** @param {Recent[]} scans */
  async #put(scans) {
    const nameless = scans.map((scan) => ({ ...scan, name: "", seq: scan.seq ?? this.#numbers.get(scan.nonce ?? "") ?? null }));
    await this.#store.putFact(NAME, nameless);
  }

  /**
   * The hub has put a scan on record: it is taken back by its number from now on.
   *
   * @param {string} nonce
   * @param {number} seq
   */
  numbered(nonce, seq) {
    this.#numbers.set(nonce, seq);
    return this.#next(async () => this.#put(await this.kept()));
  }
}
