/** Change for cash: what was given, and what goes back. */

import { el } from "./build.js";
import { moneyText, toDecimal, toMinor } from "../shared/money.js";
import { say } from "../shared/say.js";

let made = 0;

/**
 * Field for the cash that a guest gives; beside it stands the change.
 *
 * @param {() => number | null} price in minor units
 * @param {number} digits of the currency
 * @param {string} currency
 */
export function changeField(price, digits, currency) {
  const id = `given-${(made += 1)}`;
  const input = el("input", { id, inputmode: "decimal", autocomplete: "off" });
  const back = el("output", { class: "change", for: id, "aria-live": "polite" });
  const field = el("div", { class: "given" }, el("div", { class: "field" }, el("label", { for: id }, say("payment-given", { currency })), input), back);
  const update = () => {
    const [due, given] = [price(), toMinor(input.value, digits)];
    const isKnown = due !== null && given !== null;
    back.textContent = isKnown ? changeText(given - due) : "";
    back.dataset.tone = isKnown && given < due ? "warn" : "";
  };
  /** @param {number} change */
  const changeText = (change) => say(change < 0 ? "payment-missing" : "payment-change", { sum: moneyText({ amount: toDecimal(Math.abs(change), digits), currency }) });
  input.addEventListener("input", update);
  return { field, input, update };
}
