/** Kinds of tickets and how many of each are sold. Amounts are sums of whole minor units. */

import { el } from "./build.js";
import { moneyText, sumOf } from "../shared/money.js";
import { say } from "../shared/say.js";

/**
 * @typedef {{label: string, product: string | null, price: string | null, amount: string | null, currency: string | null}} Kind
 * @typedef {import("../shared/money.js").Amount} Amount
 * @typedef {{most: number, clear: () => void, focus: () => void, count: () => number, showLeft: (products: Record<string, number>) => void,
 *   over: (products: Record<string, number>) => string, total: () => Amount[], wishes: () => object[]}} Cart
 */

/**
 * @param {{kinds: Kind[], most: number}} sales what the desk sells
 * @param {HTMLElement} list
 * @returns {Cart}
 */
export function makeCart({ kinds, most }, list) {
  const offered = kinds.length ? kinds : [{ label: say("sell-ticket"), product: null, price: null, amount: null, currency: null }];
  const rows = offered.map((kind, n) => ({ kind, ...kindRow(kind, n, most) }));
  list.replaceChildren(...rows.map(({ row }) => row));
  const counted = () => rows.map(({ kind, input }) => ({ kind, count: countOf(input) })).filter(({ count }) => count > 0);

  return {
    most,
    clear() {
      for (const { input } of rows) input.value = "0";
    },
    focus: () => rows[0].plus.focus(),
    count: () => counted().reduce((sum, { count }) => sum + count, 0),
    /** @param {Record<string, number>} products what is left of those that have a number of their own */
    showLeft(products) {
      for (const { kind, left } of rows) left.textContent = kind.product !== null && kind.product in products ? leftText(products[kind.product]) : "";
    },
    /**
     * @param {Record<string, number>} products
     * @returns {string} what is wrong where more is chosen of a product than is left of it
     */
    over(products) {
      for (const [product, left] of Object.entries(products)) {
        const chosen = counted().filter(({ kind }) => kind.product === product).reduce((sum, { count }) => sum + count, 0);
        if (chosen > left) return say("sell-product-left", { product, left });
      }
      return "";
    },
    /** @returns {Amount[]} what they cost, by currency */
    total: () => sumOf(counted().flatMap(({ kind, count }) => Array.from({ length: count }, () => amountOf(kind)))),
    /** @returns {{product?: string, price?: string, count: number}[]} */
    wishes: () => counted().map(({ kind, count }) => ({ ...(kind.product === null ? {} : { product: kind.product }), ...(kind.price === null ? {} : { price: kind.price }), count })),
  };
}

/** @param {Kind} kind @returns {Amount | null} */
function amountOf({ amount, currency }) {
  return amount !== null && currency !== null ? { amount, currency } : null;
}

/** @param {number} left */
function leftText(left) {
  return left > 0 ? say("sell-left-at", { left }) : say("sell-sold-out");
}

/** @param {HTMLInputElement} input */
function countOf(input) {
  return Math.max(0, Math.trunc(Number(input.value) || 0));
}

/**
 * @param {Kind} kind
 * @param {number} n
 * @param {number} most
 */
function kindRow(kind, n, most) {
  const id = `kind-${n}`;
  const input = el("input", { id, type: "number", inputmode: "numeric", min: 0, max: most, value: "0", autocomplete: "off", "aria-label": kind.label });
  /** @param {number} by */
  const step = (by) => {
    input.value = String(Math.min(most, Math.max(0, countOf(input) + by)));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const minus = stepButton("−", say("sell-less", { kind: kind.label }), () => step(-1));
  const plus = stepButton("+", say("sell-more", { kind: kind.label }), () => step(1));
  input.addEventListener("focus", () => input.select());
  const left = el("span", { class: "hint" });
  const name = el("span", { class: "name" }, el("strong", {}, kind.label), el("span", { class: "muted" }, moneyText(amountOf(kind)) || say("sell-free")), left);
  return { row: el("li", { class: "sale-kind" }, name, el("div", { class: "stepper" }, minus, input, plus)), input, plus, left };
}

/**
 * @param {string} sign
 * @param {string} label
 * @param {() => void} work
 */
function stepButton(sign, label, work) {
  const made = el("button", { type: "button", class: "button", "aria-label": label }, sign);
  made.addEventListener("click", work);
  return made;
}
