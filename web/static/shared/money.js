/** Money: exact amounts in minor units, as whole numbers, from and to the decimals that the hub writes. Pure; no floats. */

import { formatLocale } from "./locale.js";

/** Amounts are below this many minor units: each is a whole number that JavaScript holds exactly. */
const MOST = 10 ** 13;

/**
 * @typedef {{amount: string, currency: string}} Amount a decimal as the hub writes it, with all digits of its currency
 */

/** @param {string} decimal @returns {number} how many digits it has after its point */
export function digitsOf(decimal) {
  return decimal.split(".")[1]?.length ?? 0;
}

/**
 * Read an amount as people type it, with a point or a comma.
 *
 * @param {string} text
 * @param {number} digits of the currency after its point
 * @returns {number | null} minor units, null for what is no amount
 */
export function toMinor(text, digits) {
  const [, whole = "", , part = ""] = text.trim().match(/^(\d{0,13})([.,](\d*))?$/) ?? [];
  if ((whole === "" && part === "") || part.length > digits) return null;
  const minor = Number(whole + part.padEnd(digits, "0"));
  return minor < MOST ? minor : null;
}

/**
 * @param {number} minor units
 * @param {number} digits
 */
export function toDecimal(minor, digits) {
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const decimal = digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
  return minor < 0 ? `-${decimal}` : decimal;
}

/**
 * Return an amount as the language writes it, `20,00 €`; in English with the currency's code, as exports have it: `20.00 EUR`.
 *
 * @param {Amount | null | undefined} money
 */
export function moneyText(money) {
  return moneyIn(document.documentElement.lang, money);
}

/**
 * Return an amount as another language than the page's writes it.
 *
 * @param {string} lang
 * @param {Amount | null | undefined} money
 */
export function moneyIn(lang, money) {
  if (!money) return "";
  const { amount, currency } = money;
  if (Number.isNaN(Number(amount))) return `${amount} ${currency}`; // an older hub took any text for both
  const digits = { minimumFractionDigits: digitsOf(amount), maximumFractionDigits: digitsOf(amount) };
  const exact = /** @type {`${number}`} */ (amount); // as text: exact for sums of any size
  const isCode = /^[A-Z]{3}$/.test(currency);
  if (lang !== "en" && isCode) return new Intl.NumberFormat(formatLocale(lang), { style: "currency", currency, ...digits }).format(exact);
  return `${new Intl.NumberFormat(formatLocale(lang), digits).format(exact)} ${currency}`;
}

/**
 * Add amounts up, those of each currency by itself.
 *
 * @param {readonly (Amount | null | undefined)[]} amounts
 * @returns {Amount[]}
 */
export function sumOf(amounts) {
  /** @type {Map<string, {minor: number, digits: number}>} */
  const sums = new Map();
  for (const each of amounts) {
    if (!each) continue;
    const digits = digitsOf(each.amount);
    const before = sums.get(each.currency) ?? { minor: 0, digits };
    sums.set(each.currency, { minor: before.minor + (toMinor(each.amount, digits) ?? 0), digits });
  }
  return [...sums].map(([currency, { minor, digits }]) => ({ amount: toDecimal(minor, digits), currency }));
}

/** @param {readonly Amount[]} amounts */
export function sumText(amounts) {
  return amounts.map(moneyText).join(" + ");
}
