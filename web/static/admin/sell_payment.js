/** How a sale is paid: by which method, or later; for cash what was given, and the change. */

import { changeField } from "./change.js";
import { methodField } from "./payment.js";
import { digitsOf, moneyText, sumText, toDecimal, toMinor } from "../shared/money.js";
import { say } from "../shared/say.js";

/** @typedef {import("../shared/money.js").Amount} Amount */

/** @param {HTMLElement} place */
export function makePayment(place) {
  const methods = methodField(["cash", "card", "transfer", "free", "later"], "cash");
  /** @type {Amount | null} what is paid, where it is of one currency */
  let single = null;
  const price = () => (single ? toMinor(single.amount, digitsOf(single.amount)) : null);
  /** @type {ReturnType<typeof changeField> | null} */
  let change = null;
  place.replaceChildren(methods.field);

  return {
    clear() {
      if (change) change.input.value = "";
    },
    /** @param {Amount[]} total */
    follow(total) {
      const before = single?.currency;
      single = total.length === 1 ? total[0] : null;
      if (single && single.currency !== before) {
        change?.field.remove();
        change = changeField(price, digitsOf(single.amount), single.currency);
        place.append(change.field);
      }
      methods.field.hidden = total.length === 0;
      if (change) change.field.hidden = !single || methods.value() !== "cash";
      change?.update();
    },
    /** @param {Amount[]} total @returns {Record<string, any> | null} null: it is paid later */
    read(total) {
      if (total.length === 0) return { method: "free" };
      const method = methods.value();
      if (method === "later") return null;
      return { method, ...(method === "free" || !single ? {} : { amount: single.amount, currency: single.currency }) };
    },
    /** @returns {string} the change to give; empty where none is known */
    change() {
      const [due, given] = [price(), change && !change.field.hidden && single ? toMinor(change.input.value, digitsOf(single.amount)) : null];
      return single && due !== null && given !== null && given >= due ? moneyText({ amount: toDecimal(given - due, digitsOf(single.amount)), currency: single.currency }) : "";
    },
    /**
     * @param {number} count
     * @param {string} sum
     */
    label(count, sum) {
      if (count === 0) return say("sell-choose");
      if (!sum || methods.value() === "free") return say("sell-hand-out", { count });
      return methods.value() === "later" ? say("sell-reserve", { count }) : say("sell-sell", { sum, method: say(`payment-by-${methods.value()}`) });
    },
  };
}

/** @param {Amount[]} total @param {Record<string, any> | null} paid */
export function soldText(total, paid) {
  if (paid === null) return say("sell-unpaid", { sum: sumText(total) });
  if (paid.method === "free") return say("payment-method-free");
  return say("payment-with", { sum: sumText(total), method: say(`payment-by-${paid.method}`) });
}
