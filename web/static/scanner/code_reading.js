/**
 * Code reader: the meaning of a text that was typed, scanned or seen, before the hub is asked about it.
 *
 * @typedef {{text: string, ticket?: string, isForeign: boolean}} Reading `ticket`: the id in the address of a ticket's
 *   page; `isForeign`: it looks as if it was typed by another keyboard layout, and what it means is not known
 */

import { isForeignLayout, isPlausible, otherLayouts } from "./keyboard_layout.js";
import { parseCode, trimmed } from "./offline/codes.js";

/** Bytes of a whole signature, Ed25519 or RSA from 2048 bits on: what is shorter is still being typed. */
const ED25519_BYTES = 64;
const RSA_BYTES = 256;
/** How the payload of a code, a JSON object, begins in base64. */
const BEGINS = "eyJ";
const PAGE = /^\/t\/([0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12})\/?$/i;

/**
 * Return the code in a text.
 *
 * @param {string} text
 * @returns {string | null} the signed code or the address of a ticket's page that it is, or that it ends with after what
 *   stood in the field before; null: neither
 */
export function codeIn(text) {
  const whole = trimmed(text);
  if (isWhole(whole) || ticketInAddress(whole)) return whole;
  for (let at = whole.indexOf(BEGINS, 1); at > 0; at = whole.indexOf(BEGINS, at + 1)) {
    if (isWhole(whole.slice(at))) return whole.slice(at);
  }
  return null;
}

/** @param {string} text */
function isWhole(text) {
  const length = parseCode(text)?.signature.length ?? 0;
  return length === ED25519_BYTES || length >= RSA_BYTES;
}

/**
 * Return the ticket in the address of its page.
 *
 * @param {string} text
 * @returns {string | null} the ticket whose page on this hub it is the address of
 */
export function ticketInAddress(text) {
  if (!URL.canParse(text)) return null;
  const { origin, pathname } = new URL(text);
  return origin === globalThis.location?.origin ? (PAGE.exec(pathname)?.[1] ?? null) : null;
}

/**
 * Return the reading of a text: as it stands, and only where it names nothing by other keyboard layouts: a signed code
 * in another layout is proven by its signature; a barcode is guessed at only where the text itself cannot be one, and
 * one ticket alone is meant.
 *
 * @param {string} text
 * @param {(text: string) => Promise<string | null>} named the ticket that a text names, by what this phone knows
 * @returns {Promise<Reading>}
 */
export async function readText(text, named) {
  const ticket = ticketInAddress(trimmed(text));
  if (ticket) return { text, ticket, isForeign: false };
  if (parseCode(trimmed(text)) || (await named(text))) return { text, isForeign: false };
  const others = otherLayouts(trimmed(text)).map(trimmed);
  const signed = others.find((other) => parseCode(other));
  if (signed) return { text: signed, isForeign: false };
  const known = await byTicket(others.filter(isPlausible), named);
  const [only] = known.values();
  if (known.size === 1 && !isPlausible(trimmed(text))) return { text: only, isForeign: false };
  return { text, isForeign: known.size > 0 || isForeignLayout(trimmed(text)) };
}

/**
 * @param {string[]} texts
 * @param {(text: string) => Promise<string | null>} named
 * @returns {Promise<Map<string, string>>} the texts that name tickets, by ticket
 */
async function byTicket(texts, named) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const text of texts) {
    const ticket = await named(text);
    if (ticket) found.set(ticket, text);
  }
  return found;
}
