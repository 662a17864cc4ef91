/** Panels of a till: as it stands, with the forms that open and close it, and as it was closed. */

import { checkAmount, digitsTyped } from "./amount_check.js";
import { numberText, typedText } from "./amounts.js";
import { button, el, moment } from "./build.js";
import { onSubmit } from "./form.js";
import { digitsOf, moneyText, sumText, toDecimal, toMinor } from "../shared/money.js";
import { say } from "../shared/say.js";

/** @typedef {{id: string, kind: string | null, name: string | null}} Who */

/** @param {Who | null} who */
export const nameOf = (who) => who?.name ?? say("till-gone", { id: who?.id.slice(0, 8) ?? "" });

/**
 * @param {any} till
 * @param {{me: string, currency: string | null, timeZone: string, setFloat: (till: any, floats: Record<string, string>) => unknown,
 *   close: (till: any, count: {counted: Record<string, string>, note?: string}) => unknown}} how
 */
export function tillPanel(till, { me, currency, timeZone, setFloat, close }) {
  const title = till.holder.id === me ? say("till-mine") : say("till-of", { name: nameOf(till.holder) });
  const since = till.opened_at ? say("till-since", { number: till.number, at: moment(till.opened_at, timeZone) }) : say("till-fresh", { number: till.number });
  return el(
    "section",
    { class: "till panel stack", "aria-label": title },
    el("h2", {}, title),
    el("p", { class: "muted" }, since),
    lineTable(till.lines),
    el("dl", { class: "till-cash" }, ...fact(say("till-float"), sumText(till.floats)), ...fact(say("till-expected"), sumText(till.expected))),
    el("div", { class: "till-forms" }, floatForm(till, currency, setFloat), till.opened_at ? closeForm(till, close) : null),
  );
}

/** @param {string} name @param {string} value */
function fact(name, value) {
  return value ? [el("div", {}, el("dt", {}, name), el("dd", {}, value))] : [];
}

/** @param {any[]} lines */
function lineTable(lines) {
  if (lines.length === 0) return null;
  const head = ["till-method", "till-payments", "till-taken", "till-returned", "till-net"].map((name) => el("th", { scope: "col" }, say(name)));
  const rows = lines.map((line) => {
    const method = [say(`payment-method-${line.method}`), line.currency].filter(Boolean).join(", ");
    return el("tr", {}, el("th", { scope: "row" }, method), ...[String(line.payments), line.taken, line.returned, line.net].map((cell) => el("td", {}, numberText(cell))));
  });
  return el("div", { class: "scrolls-x", tabindex: 0, role: "region", "aria-label": say("till-net") }, el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows)));
}

/**
 * @param {any} till
 * @param {string | null} own the event's currency
 * @param {(till: any, floats: Record<string, string>) => unknown} setFloat
 */
function floatForm(till, own, setFloat) {
  const currency = till.floats[0]?.currency ?? till.expected[0]?.currency ?? own ?? "EUR";
  const id = `float-${till.holder.id}`;
  const input = el("input", { id, name: `floats.${currency}`, inputmode: "decimal", autocomplete: "off", value: till.floats[0] ? typedText(till.floats[0].amount) : "" });
  const known = till.floats[0] ?? till.expected[0];
  checkAmount(input, () => (known ? digitsOf(known.amount) : digitsTyped(currency)));
  const save = el("button", { type: "submit", class: "button" }, say("till-set-float"));
  const form = el("form", { class: "fields narrow", "aria-label": say("till-float") }, el("div", { class: "field" }, el("label", { for: id }, say("till-float-in", { currency })), input), save);
  onSubmit(form, () => setFloat(till, { [currency]: input.value.trim().replace(",", ".") || "0" }));
  return el("details", {}, el("summary", { class: "fold" }, say("till-float")), form);
}

/**
 * @param {any} till
 * @param {(till: any, count: {counted: Record<string, string>, note?: string}) => unknown} close
 */
function closeForm(till, close) {
  /** @type {ReturnType<typeof countField>[]} */
  const counts = till.expected.map((/** @type {any} */ cash) => countField(till, cash));
  const noteId = `note-${till.holder.id}`;
  const note = el("input", { id: noteId, name: "note", maxlength: 500, autocomplete: "off" });
  const submit = el("button", { type: "submit", class: "button primary" }, say("till-close"));
  const form = el("form", { class: "stack", "aria-label": say("till-close") }, ...counts.map(({ field }) => field), el("div", { class: "field" }, el("label", { for: noteId }, say("till-note")), note), el("div", { class: "actions" }, submit));
  onSubmit(form, () => {
    const counted = Object.fromEntries(counts.map(({ currency, value }) => [currency, value()]));
    return close(till, { counted, ...(note.value.trim() ? { note: note.value.trim() } : {}) });
  });
  return form;
}

/**
 * @param {any} till
 * @param {import("../shared/money.js").Amount} cash that is expected
 */
function countField(till, cash) {
  const digits = digitsOf(cash.amount);
  const expected = signed(cash.amount, digits);
  const id = `count-${till.holder.id}-${cash.currency}`;
  const input = el("input", { id, name: `counted.${cash.currency}`, inputmode: "decimal", autocomplete: "off", required: true });
  const output = el("output", { class: "change till-difference", for: id, "aria-live": "polite" });
  checkAmount(input, () => digits);
  input.addEventListener("input", () => {
    const counted = toMinor(input.value, digits);
    output.textContent = counted === null ? "" : differenceText(counted - expected, digits, cash.currency);
    output.dataset.tone = counted !== null && counted !== expected ? "warn" : "";
  });
  const field = el("div", { class: "given" }, el("div", { class: "field" }, el("label", { for: id }, say("till-counted", { currency: cash.currency })), input), output);
  return { field, currency: cash.currency, value: () => input.value.trim().replace(",", ".") };
}

/** @param {string} decimal that may be below zero @param {number} digits */
function signed(decimal, digits) {
  const minor = toMinor(decimal.replace("-", ""), digits) ?? 0;
  return decimal.startsWith("-") ? -minor : minor;
}

/**
 * @param {number} minor units too much, or below zero missing
 * @param {number} digits
 * @param {string} currency
 */
function differenceText(minor, digits, currency) {
  if (minor === 0) return say("till-exact");
  return say(minor > 0 ? "till-over" : "till-short", { sum: moneyText({ amount: toDecimal(Math.abs(minor), digits), currency }) });
}

/**
 * @param {any} closing
 * @param {any} event
 */
export function closingPanel(closing, event) {
  const title = say("till-closing", { number: closing.number, name: nameOf(closing.holder) });
  const times = { at: moment(closing.at, event.timezone), from: moment(closing.opened_at, event.timezone) };
  const cash = closing.cash.map((/** @type {any} */ each) => cashFacts(each));
  const panel = el(
    "section",
    { class: "till panel stack", "aria-label": title },
    el("h3", {}, title),
    el("p", { class: "print-only" }, event.name),
    el("p", { class: "muted" }, say("till-closed-by", { ...times, by: nameOf(closing.by), seq: String(closing.seq) })),
    lineTable(closing.lines),
    el("dl", { class: "till-cash" }, ...fact(say("till-float"), sumText(closing.floats)), ...cash.flat()),
    closing.note ? el("p", {}, closing.note) : null,
  );
  panel.append(el("div", { class: "actions no-print" }, button(say("till-print"), () => print(panel))));
  return panel;
}

/** @param {{currency: string, expected: string, counted: string, difference: string}} cash */
function cashFacts({ currency, expected, counted, difference }) {
  const digits = digitsOf(expected);
  return [
    ...fact(say("till-expected"), moneyText({ amount: expected, currency })),
    ...fact(say("till-counted-cash"), moneyText({ amount: counted, currency })),
    ...fact(say("till-difference"), differenceText(signed(difference, digits), digits, currency)),
  ];
}

/** @param {HTMLElement} panel the only one that is printed */
function print(panel) {
  panel.setAttribute("data-print", "");
  window.print();
  panel.removeAttribute("data-print");
}
