/** Total of a booking: exact, in minor units of its currency. */

/**
 * Return the total as text.
 *
 * @param {number} minor
 * @param {number} count
 * @param {string} currency
 * @param {number} exponent digits after the point
 */
export function totalText(minor, count, currency, exponent) {
  const digits = `${BigInt(minor) * BigInt(count)}`.padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  return `${whole}${exponent ? `.${digits.slice(-exponent)}` : ""} ${currency}`;
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
  sum.textContent = minor === "0" ? "free" : totalText(Number(minor), count, currency, Number(exponent));
}
