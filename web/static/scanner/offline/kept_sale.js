/**
 * Kept sale: the one sale at this door whose answer is due, with its idempotency key; kept through a reload, so that it is
 * resolved before another is sold.
 *
 * @typedef {import("../sell_kinds.js").Kind} Kind
 * @typedef {{nonce: string, device: string, event: string | null, method: "cash" | "card", body: Record<string, any>,
 *   chosen: {kind: Kind, count: number}[], given: string}} Sale `body` is sent as it is each time; `chosen` and `given` as
 *   the seller sees them
 */

const NAME = "sale";

export class KeptSale {
  #store;
  /** @type {Sale | null} */
  sale = null;

  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.#store = store;
  }

  /**
   * Take up what this or another page of the phone has kept; a sale of another device cannot be sent again.
   *
   * @param {string} device
   */
  async load(device) {
    const kept = await this.#store.fact(NAME);
    this.sale = kept?.device === device ? kept : null;
  }

  /** @param {Sale} sale on the disk when this resolves */
  async keep(sale) {
    this.sale = sale;
    await this.#store.putFactDurably(NAME, sale);
  }

  /** @param {string} nonce of the sale that was answered */
  async drop(nonce) {
    if (this.sale?.nonce === nonce) this.sale = null;
    if ((await this.#store.fact(NAME))?.nonce === nonce) await this.#store.putFact(NAME, null);
  }
}
