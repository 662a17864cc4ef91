/** Ticket in words: its state and its addresses. */

import { el } from "./build.js";
import { givenName } from "../shared/nameless.js";
import { say } from "../shared/say.js";

/** @typedef {{word: string, tone: "pass" | "refuse" | "warn" | undefined}} State */

/** @type {Record<string, State["tone"]>} Tones of tickets by their state; of any other state they are refused. */
const TONES = { valid: "pass", unpaid: "warn", canceled: undefined };

/**
 * Return the state of a ticket with its label and tone.
 *
 * @param {{status: string, expired: boolean}} ticket
 * @returns {State}
 */
export function stateOf({ status, expired }) {
  if (status === "valid" && expired) return { word: say("admin-ticket-expired"), tone: undefined };
  return { word: say(`admin-ticket-${status}`) || status, tone: status in TONES ? TONES[status] : "refuse" };
}

/**
 * Return the state of a ticket as an element.
 *
 * @param {{status: string, expired: boolean}} ticket
 */
export function stateTag(ticket) {
  const { word, tone } = stateOf(ticket);
  return el("span", { class: "tag", "data-tone": tone }, word);
}

/**
 * Return the name on a ticket or a reservation, or that there is none.
 *
 * @param {{name?: string | null}} holder
 */
export function nameOf({ name }) {
  return givenName(name) || say("admin-ticket-no-name");
}

/**
 * Return the address of the picture of a ticket's code; another code has another address.
 *
 * @param {{id: string, code: string}} ticket
 */
export function codeAddress(ticket) {
  return `/tickets/${ticket.id}/qr?format=svg&of=${encodeURIComponent(ticket.code.slice(-12))}`;
}

/**
 * Return the path of a ticket's page.
 *
 * @param {string} id
 */
export function ticketPath(id) {
  return `/admin/tickets/${id}`;
}
