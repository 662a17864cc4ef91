/** Payment dialogs: how and how much is paid for tickets, with the change for cash; and how money is given back. */

import { typedText } from "./amounts.js";
import { send } from "./api.js";
import { el } from "./build.js";
import { changeField } from "./change.js";
import { digitsOf, moneyText, sumOf, sumText, toDecimal, toMinor } from "../shared/money.js";
import { say } from "../shared/say.js";

/** @typedef {import("../shared/money.js").Amount} Amount */
/** @typedef {{method?: string, amount?: string}} Refund without an amount of all that is left */
/** @typedef {{method: string, amount?: string, currency?: string} | null} Payment null: paid elsewhere, no money is counted */

const TAKEN = ["cash", "card", "transfer", "free"];
const RETURNED = ["same", "cash", "card", "transfer"];

/**
 * Ask how and how much is paid.
 *
 * @param {readonly Amount[]} due
 * @param {{isFixed?: boolean, elsewhere?: boolean, title?: string, chosen?: string}} [how] `isFixed`: each order pays what it owes, and the amount is not
 *   asked; `elsewhere`: whether it may have been paid elsewhere
 * @returns {Promise<Payment | undefined>} undefined: it was not gone through with
 */
export async function askPayment(due, { isFixed = false, elsewhere = true, title = say("payment-title"), chosen = due.length ? "cash" : "free" } = {}) {
  const methods = methodField(elsewhere ? [...TAKEN, "elsewhere"] : TAKEN, chosen);
  const single = due.length === 1 && !isFixed ? due[0] : null;
  const amount = single ? amountField(single) : due.length === 0 && !isFixed ? openAmount() : null;
  const change = single ? changeField(() => toMinor(amount?.input.value ?? "", digitsOf(single.amount)), digitsOf(single.amount), single.currency) : null;
  const form = dialogForm(title, say("payment-take"), [
    due.length ? el("p", { class: "due" }, say("payment-due", { sum: sumText(due) })) : null,
    methods.field,
    amount?.field ?? null,
    change?.field ?? null,
  ]);
  const follow = () => {
    const method = methods.value();
    if (amount) amount.input.disabled = amount.field.hidden = ["free", "elsewhere"].includes(method); // what is not asked stops no submit
    if (change) change.field.hidden = method !== "cash";
    change?.update();
  };
  form.form.addEventListener("input", follow);
  follow();
  if (!(await form.answer())) return undefined;
  const method = methods.value();
  if (method === "elsewhere") return null;
  return { method, ...(method === "free" || !amount ? {} : amount.read()) };
}

/**
 * Ask how, and how much, money is given back.
 *
 * @param {readonly Amount[]} paid what is left of it; of several currencies all is given back
 * @returns {Promise<Refund | undefined>}
 */
export async function askRefund(paid) {
  const methods = methodField(RETURNED, "same");
  const [all] = paid;
  const amount = paid.length === 1 && toMinor(all.amount, digitsOf(all.amount)) ? amountField(all, { isMost: true }) : null;
  const effect = el("p", { role: "status" });
  const form = dialogForm(say("payment-refund-title"), say("payment-refund"), [el("p", {}, say("payment-refund-of", { sum: sumText(paid) || say("payment-method-free") })), amount?.field ?? null, effect, methods.field]);
  const isPart = () => amount !== null && amount.read().amount !== all.amount;
  const follow = () => {
    effect.textContent = say(isPart() ? "payment-refund-part" : "payment-refund-all");
  };
  form.form.addEventListener("input", follow);
  follow();
  if (!(await form.answer())) return undefined;
  return { ...(methods.value() === "same" ? {} : { method: methods.value() }), ...(amount && isPart() ? { amount: amount.read().amount } : {}) };
}

/**
 * Send a payment or a refund: asked twice by the same dialog, it happens once.
 *
 * @param {string} path of the reservation or ticket
 * @param {"pay" | "refund"} action
 * @param {Payment | Refund} body
 * @param {string} [key] names this one payment
 */
export async function sendMoney(path, action, body, key = newKey()) {
  return send("POST", `${path}/${action}`, body ?? undefined, { "Idempotency-Key": key });
}

/** @returns {string} a name for one payment, that nothing else has */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {readonly any[]} tickets @returns {Amount[]} the money that was taken for them here and not given back */
export function paidFor(tickets) {
  return sumOf(tickets.map(({ paid }) => (paid?.left ? { amount: paid.left, currency: paid.currency } : null)));
}

/** @param {readonly any[]} tickets @returns {string} the money that was taken for them here, and what of it was given back */
export function paidAndReturned(tickets) {
  const paid = sumText(sumOf(tickets.map(({ paid }) => (paid?.amount ? paid : null))));
  const returned = sumText(sumOf(tickets.map(({ paid }) => (paid?.returned && paid.amount !== paid.left ? { amount: paid.returned, currency: paid.currency } : null))));
  return returned ? say("payment-part-returned", { paid, returned }) : paid;
}

/** @param {{method: string, amount: string | null, currency: string | null, returned?: string | null}} paid */
export function paidText(paid) {
  if (!paid.amount || !paid.currency) return say(`payment-method-${paid.method}`);
  return say("payment-with", { sum: paidAndReturned([{ paid }]), method: say(`payment-by-${paid.method}`) });
}

/**
 * @param {readonly string[]} methods
 * @param {string} chosen
 */
export function methodField(methods, chosen) {
  const choices = methods.map((method) =>
    el("label", { class: "method" }, el("input", { type: "radio", name: "method", value: method, checked: method === chosen }), say(`payment-method-${method}`)),
  );
  const field = el("fieldset", { class: "methods" }, el("legend", {}, say("payment-how")), ...choices);
  return { field, value: () => /** @type {HTMLInputElement} */ (field.querySelector("input:checked")).value };
}

/**
 * @param {Amount} due
 * @param {{isMost?: boolean}} [how] `isMost`: no more may be written, nor nothing
 */
function amountField(due, { isMost = false } = {}) {
  const digits = digitsOf(due.amount);
  const input = el("input", { id: "payment-amount", name: "amount", inputmode: "decimal", autocomplete: "off", value: typedText(due.amount) });
  const field = el("div", { class: "field" }, el("label", { for: input.id }, say("payment-amount", { currency: due.currency })), input);
  const problem = () => {
    const minor = toMinor(input.value, digits);
    if (minor === null || (isMost && minor === 0)) return say("any-no-amount", { example: typedText(due.amount) });
    return isMost && minor > (toMinor(due.amount, digits) ?? 0) ? say("payment-most", { sum: moneyText(due) }) : "";
  };
  const check = () => input.setCustomValidity(problem());
  input.addEventListener("input", check);
  return { field, input, read: () => ({ amount: toDecimal(toMinor(input.value, digits) ?? 0, digits), currency: due.currency }) };
}

/** An amount where no price is known, with its currency. */
function openAmount() {
  const input = el("input", { id: "payment-amount", name: "amount", inputmode: "decimal", autocomplete: "off" });
  const currency = el("input", { id: "payment-currency", name: "currency", autocomplete: "off", maxlength: 3, placeholder: "EUR" });
  const field = el(
    "div",
    { class: "fields narrow" },
    el("div", { class: "field" }, el("label", { for: input.id }, say("payment-amount-open")), input),
    el("div", { class: "field" }, el("label", { for: currency.id }, say("payment-currency")), currency),
  );
  const read = () => ({ ...(input.value.trim() ? { amount: input.value.trim().replace(",", ".") } : {}), ...(currency.value.trim() ? { currency: currency.value.trim() } : {}) });
  return { field, input, read };
}

/**
 * @param {string} title
 * @param {string} yes
 * @param {readonly (HTMLElement | null)[]} parts
 */
function dialogForm(title, yes, parts) {
  const form = el("form", { method: "dialog", class: "stack" }, el("h2", { id: "payment-title" }, title), ...parts);
  const no = el("button", { class: "button", type: "button" }, say("any-cancel"));
  form.append(el("div", { class: "actions" }, el("button", { class: "button primary", value: "yes" }, yes), no));
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "payment-title" }, form);
  document.body.append(dialog);
  no.addEventListener("click", () => dialog.close("no"));
  /** @returns {Promise<boolean>} */
  const answer = () => {
    dialog.showModal();
    /** @type {HTMLElement | null} */ (form.querySelector("input:checked"))?.focus();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue === "yes");
      });
    });
  };
  return { form, answer };
}
