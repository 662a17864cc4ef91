/**
 * Guest search on a phone that is alone, by all that its manifest holds: names, answers, seats, products, and the numbers
 * of tickets and reservations. Pure.
 *
 * @typedef {import("./rules.js").Ticket} Ticket
 */

import { nameOf } from "../verdict_text.js";

/** What the numbers of tickets and reservations begin with. */
const NUMBER = /^[0-9a-f-]{3,36}$/i;

/**
 * @param {Iterable<Ticket>} tickets
 * @param {string} text
 * @param {number} most
 * @param {string | null} [byBarcode] the ticket whose barcode the text is
 * @returns {Ticket[]}
 */
export function findGuests(tickets, text, most, byBarcode = null) {
  const found = [];
  for (const ticket of tickets) {
    if (ticket.uuid === byBarcode || isMeant(ticket, text)) found.push(ticket);
    if (found.length === most) break;
  }
  return found;
}

/**
 * @param {Ticket} ticket
 * @param {string} text
 */
function isMeant(ticket, text) {
  const numbers = NUMBER.test(text) ? [ticket.uuid, ticket.reservation] : [];
  const texts = [ticket.product, ...Object.values(ticket.fields ?? {})];
  return (
    isNamed(nameOf(ticket), text) ||
    isSeat(ticket.seat, text) ||
    numbers.some((number) => number.startsWith(text.toLowerCase())) ||
    texts.some((each) => folded(each ?? "").includes(folded(text)))
  );
}

/**
 * @param {string} name
 * @param {string} text words, each of which begins a part of the name
 */
function isNamed(name, text) {
  const parts = wordsOf(name);
  const words = wordsOf(text);
  return words.length > 0 && words.every((word) => parts.some((part) => part.startsWith(word)));
}

/**
 * @param {Ticket["seat"]} seat
 * @param {string} text its parts, the seat last: `12`, `A 12`, `A/3/12`
 */
function isSeat(seat, text) {
  const parts = text.toLowerCase().split(/[\s,/;-]+/).filter(Boolean);
  const last = parts.pop();
  const around = [seat?.block, seat?.row].map((part) => part?.toLowerCase());
  return last !== undefined && seat?.seat?.toLowerCase() === last && parts.every((part) => around.includes(part));
}

/** @param {string} text */
function wordsOf(text) {
  return folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** @param {string} text */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
