/**
 * Guest search on a phone that is alone, by all that its manifest holds: names, answers, seats, products, the numbers of
 * tickets and reservations, and the hashes of phone numbers and addresses. Pure.
 *
 * @typedef {import("./rules.js").Ticket} Ticket
 */

import { nameOf } from "../verdict_text.js";

const JOINERS = /[\u200c\u200d]/g;
const LETTERS = /[øłđðþæœßς]/g;
/** Letters that Unicode does not take apart. @type {Record<string, string>} */
const PLAIN = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ß: "ss", ς: "σ" };

/** Prefixes of the numbers of tickets and reservations. */
const NUMBER = /^[0-9a-f-]{3,36}$/i;

/** Signs between the digits of a phone number. */
const SIGNS = /^\+?[\d ()./\-+]*$/;
const FEWEST_DIGITS = 3;

/**
 * Return the guests that match a text.
 *
 * @param {Iterable<Ticket>} tickets
 * @param {string} text
 * @param {{byBarcode?: string | null, byContact?: string | null}} [also] the ticket whose barcode the text is, and the
 *   hash of the phone number or address that it is
 * @returns {Ticket[]}
 */
export function findGuests(tickets, text, { byBarcode = null, byContact = null } = {}) {
  const found = [];
  for (const ticket of tickets) {
    const isReached = byContact !== null && Boolean(ticket.contacts?.includes(byContact));
    if (isReached || ticket.uuid === byBarcode || isMeant(ticket, text)) found.push(ticket);
  }
  return found;
}

/**
 * Return what a phone number or an address is looked for by: digits, or the address in small letters.
 *
 * @param {string} text in any writing: `+33 (0)6 12 34 56 78`, `0033612345678`
 * @returns {string | null} null for what is neither
 */
export function contactIn(text) {
  if (text.includes("@")) return text.trim().toLowerCase();
  const plain = text.normalize("NFKC").trim().replace(/^tel\s*[.:]?\s*(\/\/)?/i, "").replace(/[\u2010-\u2015\u2212\u00b7]/g, "-");
  const number = /^(\+|00)/.test(plain) ? plain.replace("(0)", "") : plain;
  const digits = number.replace(/\D/g, "");
  if (!SIGNS.test(number) || digits.length < FEWEST_DIGITS) return null;
  return digits.replace(/^00/, "") || null;
}

/**
 * @param {Ticket} ticket
 * @param {string} text
 */
function isMeant(ticket, text) {
  const numbers = NUMBER.test(text) ? [ticket.uuid, ticket.reservation] : [];
  return (
    [nameOf(ticket), Object.values(ticket.fields ?? {}).join(" ")].some((each) => isNamed(each, text)) ||
    isSeat(ticket.seat, text) ||
    numbers.some((number) => number.startsWith(text.toLowerCase())) ||
    isWithin(ticket.product, text)
  );
}

/**
 * @param {string} name or answers
 * @param {string} text words, each of which begins a part of it
 */
function isNamed(name, text) {
  const parts = wordsOf(name);
  const words = wordsOf(text);
  return words.length > 0 && words.every((word) => parts.some((part) => part.startsWith(word)));
}

/**
 * @param {string | null | undefined} product
 * @param {string} text
 */
function isWithin(product, text) {
  const part = folded(text);
  return part !== "" && folded(product ?? "").includes(part);
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

/**
 * @param {string} text
 * @returns {string[]} with joiners a word is found with them, without them, and by its parts
 */
function wordsOf(text) {
  const whole = folded(text);
  return [whole, whole.replace(JOINERS, "")].flatMap((each) => each.split(/[^\p{L}\p{N}]+/u)).filter(Boolean);
}

/**
 * @param {string} text
 * @returns {string} without accents and capitals, as the hub folds it (`hub/formats/name_search.py`)
 */
function folded(text) {
  const apart = text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/[\p{M}\u00ad]/gu, "");
  return apart.replace(LETTERS, (letter) => PLAIN[letter] ?? letter);
}
