/** Amounts of money as text, in the reader's language, and as people type them. Exact up to 15 digits, as `shared/money.js`. */

import { formatLocale } from "../shared/locale.js";
import { digitsOf } from "../shared/money.js";

/** @typedef {import("../shared/money.js").Amount} Amount */

/**
 * Return an amount as the language writes it, `20,00 €`; in English with the currency's code, as exports have it: `20.00 EUR`.
 *
 * @param {Amount | null | undefined} money
 */
export function moneyText(money) {
  if (!money) return "";
  const { amount, currency } = money;
  const digits = digitsOf(amount);
  const isCode = /^[A-Z]{3}$/.test(currency); // an older hub took any text
  if (document.documentElement.lang === "en" || !isCode) return `${numberText(amount)} ${currency}`;
  return new Intl.NumberFormat(formatLocale(), { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(Number(amount));
}

/** @param {readonly Amount[]} amounts */
export function sumText(amounts) {
  return amounts.map(moneyText).join(" + ");
}

/** @param {string | null} decimal as the hub writes it; none where nothing is counted */
export function numberText(decimal) {
  return decimal === null ? "" : format(decimal, {});
}

/**
 * Return an amount as people type it into a field: with the language's decimal sign alone, which `toMinor` reads.
 *
 * @param {string} decimal as the hub writes it
 */
export function typedText(decimal) {
  return format(decimal, { useGrouping: false, numberingSystem: "latn" });
}

/**
 * @param {string} decimal
 * @param {Intl.NumberFormatOptions} how
 */
function format(decimal, how) {
  const [digits, number] = [digitsOf(decimal), Number(decimal)];
  if (Number.isNaN(number)) return decimal;
  return new Intl.NumberFormat(formatLocale(), { minimumFractionDigits: digits, maximumFractionDigits: digits, ...how }).format(number);
}
