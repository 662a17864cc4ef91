/** Kinds of tickets that a door sells, and how many of each. Amounts are sums of whole minor units. */

import { moneyText, sumOf } from "../shared/money.js";
import { say } from "../shared/say.js";

/**
 * @typedef {{label: string, product: string | null, price: string | null, amount: string | null, currency: string | null}} Kind
 * @typedef {import("../shared/money.js").Amount} Amount
 */

export class SaleKinds {
  #list;
  #onChange;
  /** @type {{kind: Kind, count: number, shown: HTMLOutputElement}[]} */
  #rows = [];
  #most = 0;
  #isFrozen = false;

  /**
   * @param {HTMLElement} list
   * @param {() => void} onChange
   */
  constructor(list, onChange) {
    this.#list = list;
    this.#onChange = onChange;
  }

  /**
   * Show what is sold; what is chosen stays while the kinds are the same.
   *
   * @param {Kind[]} kinds
   * @param {number} most tickets of one sale
   */
  show(kinds, most) {
    const offered = kinds.length ? kinds : [{ label: say("scan-sale-ticket"), product: null, price: null, amount: null, currency: null }];
    this.#most = most;
    if (JSON.stringify(offered) === JSON.stringify(this.#rows.map(({ kind }) => kind))) return;
    this.#rows = offered.map((kind) => ({ kind, count: 0, shown: document.createElement("output") }));
    this.#list.replaceChildren(...this.#rows.map((_, n) => this.#row(n)));
    this.#draw();
  }

  /** @returns {{kind: Kind, count: number}[]} all kinds as they are shown, with the numbers that are chosen */
  get chosen() {
    return this.#rows.map(({ kind, count }) => ({ kind, count }));
  }

  /** @param {{kind: Kind, count: number}[]} chosen as it was before a reload */
  restore(chosen) {
    this.#rows = chosen.map(({ kind, count }) => ({ kind, count, shown: document.createElement("output") }));
    this.#list.replaceChildren(...this.#rows.map((_, n) => this.#row(n)));
    this.#draw();
  }

  clear() {
    for (const row of this.#rows) row.count = 0;
    this.freeze(false);
    this.#draw();
  }

  /** @param {boolean} is while it is not known whether they were sold */
  freeze(is) {
    this.#isFrozen = is;
    for (const button of this.#list.querySelectorAll("button")) button.disabled = is;
  }

  get count() {
    return this.#rows.reduce((sum, { count }) => sum + count, 0);
  }

  /**
   * @param {Record<string, number>} products what is left of those that have a number of their own
   * @returns {string} what is wrong where more is chosen of a product than is left of it
   */
  over(products) {
    for (const [product, left] of Object.entries(products)) {
      const chosen = this.#rows.filter(({ kind }) => kind.product === product).reduce((sum, { count }) => sum + count, 0);
      if (chosen > left) return say("scan-sale-product-left", { product, left });
    }
    return "";
  }

  /** @returns {Amount[]} by currency */
  get total() {
    return sumOf(this.#rows.flatMap(({ kind, count }) => Array.from({ length: count }, () => amountOf(kind))));
  }

  /** @returns {{product?: string, price?: string, count: number}[]} */
  get wishes() {
    const chosen = this.#rows.filter(({ count }) => count > 0);
    return chosen.map(({ kind, count }) => ({ ...(kind.product === null ? {} : { product: kind.product }), ...(kind.price === null ? {} : { price: kind.price }), count }));
  }

  /** @param {number} n */
  #row(n) {
    const { kind, shown } = this.#rows[n];
    const [row, name, label, price] = ["li", "span", "strong", "span"].map((tag) => document.createElement(tag));
    row.className = "sale-kind";
    name.className = "name";
    price.className = "muted";
    label.textContent = kind.label;
    price.textContent = moneyText(amountOf(kind)) || say("scan-sale-free");
    name.append(label, price);
    row.append(name, this.#step(n, -1), shown, this.#step(n, 1));
    return row;
  }

  /**
   * @param {number} n
   * @param {1 | -1} by
   */
  #step(n, by) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: by > 0 ? "+" : "−" });
    button.ariaLabel = say(by > 0 ? "scan-sale-more" : "scan-sale-less", { kind: this.#rows[n].kind.label });
    button.addEventListener("click", () => {
      const row = this.#rows[n];
      if (this.#isFrozen || (by > 0 && this.count >= this.#most)) return;
      row.count = Math.max(0, row.count + by);
      this.#draw();
      this.#onChange();
    });
    return button;
  }

  #draw() {
    for (const { shown, count } of this.#rows) shown.textContent = String(count);
  }
}

/** @param {Kind} kind @returns {Amount | null} */
function amountOf({ amount, currency }) {
  return amount !== null && currency !== null ? { amount, currency } : null;
}
