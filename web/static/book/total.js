/** Total of a booking: exact, in minor units of its currency, as the page's language writes money. */

import { formatLocale } from "../shared/locale.js";

/**
 * Return the total as text.
 *
 * @param {number} minor
 * @param {number} count
 * @param {string} currency
 * @param {number} exponent digits after the point
 * @param {string} locale
 */
export function totalText(minor, count, currency, exponent, locale) {
  const digits = `${BigInt(minor) * BigInt(count)}`.padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const amount = /** @type {`${number}`} */ (`${whole}${exponent ? `.${digits.slice(-exponent)}` : ""}`);
  const fraction = { minimumFractionDigits: exponent, maximumFractionDigits: exponent };
  // As text, not as a number: that is exact for sums of any size.
  return new Intl.NumberFormat(locale, { style: "currency", currency, ...fraction }).format(amount);
}

/**
 * Show the total of a form, and keep it up to date.
 *
 * @param {HTMLFormElement} form
 */
export function showTotal(form) {
  const line = /** @type {HTMLElement | null} */ (form.querySelector("[data-total]"));
  const sum = line?.querySelector("[data-sum]");
  if (!line || !sum) return;
  const count = Number(/** @type {HTMLSelectElement} */ (form.elements.namedItem("count")).value);
  const kind = form.elements.namedItem("product");
  const priced = kind instanceof HTMLSelectElement ? kind.selectedOptions[0] : /** @type {HTMLElement | null} */ (form.querySelector(".kind"));
  const { minor = "0", currency = "", exponent = "0" } = priced?.dataset ?? {};
  line.hidden = false;
  const isFree = minor === "0";
  sum.textContent = isFree ? (line.dataset.free ?? "") : totalText(Number(minor), count, currency, Number(exponent), formatLocale());
}
