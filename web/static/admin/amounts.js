/** Decimals in the reader's language, without a currency, and as people type them; with one: `moneyText` in `shared/money.js`. */

import { formatLocale } from "../shared/locale.js";
import { digitsOf } from "../shared/money.js";

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
