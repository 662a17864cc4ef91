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

  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.#store = store;
  }

  /** @returns {Promise<Recent[]>} newest first */
  async kept() {
    return (await this.#store.fact(NAME)) ?? [];
  }

  /** @param {Recent[]} scans newest first */
  async keep(scans) {
    const nameless = scans.map((scan) => ({ ...scan, name: "", seq: scan.seq ?? this.#numbers.get(scan.nonce ?? "") ?? null }));
    await this.#store.putFact(NAME, nameless).catch(() => {});
  }

  /**
   * The hub has put a scan on record: it is taken back by its number from now on.
   *
   * @param {string} nonce
   * @param {number} seq
   */
  async numbered(nonce, seq) {
    this.#numbers.set(nonce, seq);
    await this.keep(await this.kept());
  }
}
