/**
 * Ticket resolver of the phone: from a code to the ticket that it names, or to a refusal (hub/door/resolve.py).
 *
 * @typedef {{ticket?: string, issue?: number | null, refusal?: string, shows?: string}} Read
 *   `refusal` is a code of scan-api.md; `shows` the verdict that a practice code stands for
 */

import { barcodeSpellings, parseCode, trimmed } from "./codes.js";
import { practiceVerdict } from "../practice.js";
import { proofBy } from "./signature.js";

const LONGEST_BARCODE = 100;
const CONTACT_CHARS = 16;

export class TicketResolver {
  #event;
  #salt;
  #proofs;
  #barcodes;

  /**
   * @param {{event: {uuid: string}, salt: string, keys: import("./signature.js").Key[]}} manifest
   * @param {(hash: string) => string | undefined} ticketByBarcode
   * @param {typeof proofBy} [prove]
   */
  constructor(manifest, ticketByBarcode, prove = proofBy) {
    this.#event = manifest.event.uuid;
    this.#salt = manifest.salt;
    this.#barcodes = ticketByBarcode;
    this.#proofs = manifest.keys.map((key) => ({ kid: key.kid, proof: prove(key) }));
  }

  /**
   * @param {string} text
   * @returns {Promise<Read>}
   */
  async read(text) {
    const code = parseCode(trimmed(text));
    if (!code) return this.#barcode(text);
    if (code.kid !== null && !this.#proofs.some((key) => key.kid === code.kid)) return { refusal: "wrong_event" };
    if (!(await this.#isGenuine(code))) return { refusal: "bad_signature" };
    const shows = await practiceVerdict(this.#event, code.uuid);
    return shows ? { refusal: "practice", shows } : { ticket: code.uuid, issue: code.issue };
  }

  /**
   * A code that names its key is held against that one alone.
   *
   * @param {import("./codes.js").Code} code
   */
  async #isGenuine(code) {
    const tried = this.#proofs.filter((key) => code.kid === null || key.kid === code.kid);
    for (const { proof } of tried) if (await (await proof)(code)) return true;
    return false;
  }

  /**
   * A barcode counts by any of its spellings.
   *
   * @param {string} text
   * @returns {Promise<Read>}
   */
  async #barcode(text) {
    if ([...text].length > LONGEST_BARCODE) return { refusal: "invalid_code" };
    for (const barcode of barcodeSpellings(text)) {
      const ticket = this.#barcodes(await barcodeHash(this.#salt, barcode));
      if (ticket) return { ticket, issue: 1 };
    }
    return { refusal: "invalid_code" };
  }
}

/**
 * Return what a manifest holds of a barcode: SHA-256 over salt and text, in hex.
 *
 * @param {string} salt in hex
 * @param {string} text
 */
async function barcodeHash(salt, text) {
  const bytes = salt.match(/../g)?.map((pair) => parseInt(pair, 16)) ?? [];
  const hash = await crypto.subtle.digest("SHA-256", new Uint8Array([...bytes, ...new TextEncoder().encode(text)]));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Return what a manifest holds of a phone number's digits or an address.
 *
 * @param {string} salt in hex
 * @param {string} contact
 */
export async function contactHash(salt, contact) {
  return (await barcodeHash(salt, `contact ${contact}`)).slice(0, CONTACT_CHARS);
}
