/** Details of a ticket for the door: its seat, its note, and the answers given at booking, as texts and in a form. */

import { Refused } from "./api.js";
import { nested } from "./nested.js";
import { addRow, onRows, renumber } from "./rows.js";
import { say } from "../shared/say.js";

const SEAT = /** @type {const} */ (["block", "row", "seat"]);

/**
 * A numbered place in one line: "Block A, row 3, seat 12"; empty for none.
 *
 * @param {Partial<Record<"block" | "row" | "seat", string | null>> | null} seat
 */
export function seatText(seat) {
  const text = SEAT.filter((name) => seat?.[name]).map((name) => say(`admin-ticket-seat-${name}`, { value: seat?.[name] ?? "" })).join(", ");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** @type {WeakSet<HTMLFormElement>} forms whose list of answers grows and shrinks already */
const growing = new WeakSet();

/**
 * Show a ticket's details in its form.
 *
 * @param {HTMLFormElement} form
 * @param {any} ticket
 */
export function fillDoorDetails(form, ticket) {
  if (!growing.has(form)) onRows(form, () => undefined);
  growing.add(form);
  const rows = /** @type {HTMLElement} */ (form.querySelector('[data-rows="fields"]'));
  rows.replaceChildren();
  for (const _ of Object.keys(ticket.fields)) addRow(rows);
  renumber(form);
  setValue(form, "notice", ticket.notice);
  for (const name of SEAT) setValue(form, `seat.${name}`, ticket.seat?.[name]);
  Object.entries(ticket.fields).forEach(([name, value], n) => {
    setValue(form, `fields[${n}].name`, name);
    setValue(form, `fields[${n}].value`, String(value));
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string | null | undefined} value
 */
function setValue(form, name, value) {
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) control.value = value ?? "";
}

/**
 * Return a ticket's form as its holder's fields and its details for the door, as the API takes them; empty rows are
 * dropped.
 *
 * @param {Record<string, any>} flat
 * @returns {{holder: Record<string, any>, details: {notice: string | null, seat: any, fields: Record<string, string>}}}
 * @throws {Refused} where two answers have one name
 */
export function doorDetails(flat) {
  const { notice = null, seat = null, fields = [], ...holder } = nested(flat);
  const answers = Object.entries(fields).map(([n, { name, value = "" }]) => ({ n, name, value }));
  const again = answers.find(({ n, name }) => answers.some((other) => other.name === name && Number(other.n) < Number(n)));
  if (again) throw new Refused(0, "invalid", say("any-wrong"), { [`fields[${again.n}].name`]: say("admin-ticket-same-answer") });
  return { holder, details: { notice, seat, fields: Object.fromEntries(answers.map(({ name, value }) => [name, value])) } };
}

/**
 * Refusal by the rows of the form: the API names an answer by its question, `fields.Diet`.
 *
 * @param {unknown} error
 * @param {Record<string, string>} fields
 * @returns {unknown} the error itself where it is no refusal
 */
export function ofFields(error, fields) {
  if (!(error instanceof Refused)) return error;
  const rows = Object.keys(fields).map((name, n) => [`fields.${name}`, `fields[${n}].value`]);
  return error.renamed((path) => rows.find(([name]) => name === path)?.[1] ?? path);
}
