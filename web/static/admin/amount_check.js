/** Check of a field for an amount of money: what may be read in two ways (`1.250`) is refused, with an example of how to write it. */

import { typedText } from "./amounts.js";
import { toDecimal, toMinor } from "../shared/money.js";
import { say } from "../shared/say.js";

const USUAL_DIGITS = 2;

/**
 * Refuse what is no amount as it is typed; an empty field is left to `required`.
 *
 * @param {HTMLInputElement} input
 * @param {() => number} digitsNow how many digits its currency has after the point
 */
export function checkAmount(input, digitsNow) {
  const check = () => judge(input, digitsNow());
  input.addEventListener("input", check);
  check();
}

/**
 * Refuse the prices of a form's rows that are no amounts of their currencies, as they are typed.
 *
 * @param {HTMLFormElement} form
 */
export function checkPrices(form) {
  form.addEventListener("input", ({ target }) => {
    const row = /** @type {Element} */ (target).closest(".row");
    const [amount, currency] = ["amount", "currency"].map((name) => row?.querySelector(`:scope > .fields [data-name="${name}"]`));
    if (amount instanceof HTMLInputElement && currency instanceof HTMLInputElement) judge(amount, digitsTyped(currency.value));
  });
}

/**
 * @param {HTMLInputElement} input
 * @param {number} digits
 */
function judge(input, digits) {
  const isAmount = input.value.trim() === "" || toMinor(input.value, digits) !== null;
  input.setCustomValidity(isAmount ? "" : say("any-no-amount", { example: typedText(toDecimal(20 * 10 ** digits, digits)) }));
}

/**
 * Number of digits after the point that an amount may be typed with where the hub has said none: never fewer than two, since
 * browsers know fewer than ISO 4217 has of some currencies. The hub looks at the amount again.
 *
 * @param {string} currency as it is typed
 */
export function digitsTyped(currency) {
  const code = currency.trim();
  if (!/^[A-Za-z]{3}$/.test(code)) return USUAL_DIGITS;
  return Math.max(USUAL_DIGITS, new Intl.NumberFormat("en", { style: "currency", currency: code }).resolvedOptions().maximumFractionDigits ?? 0);
}
