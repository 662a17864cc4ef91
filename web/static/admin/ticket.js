/** Ticket in words: its state, its time, its addresses, its event by name. */

import { get } from "./api.js";
import { el } from "./build.js";
import { say, sayIfKnown } from "./messages.js";

/** @typedef {{word: string, tone: "pass" | "refuse" | "warn" | undefined}} State */

/** @type {Record<string, State["tone"]>} Tones of tickets by their state. */
const TONES = { valid: "pass", unpaid: "warn", blocked: "refuse", canceled: undefined };

/**
 * Return the state of a ticket with its label and tone.
 *
 * @param {{status: string, expired: boolean}} ticket
 * @returns {State}
 */
export function stateOf({ status, expired }) {
  if (status === "valid" && expired) return { word: say("ticket.expired"), tone: undefined };
  return { word: sayIfKnown(`ticket.${status}`) || status, tone: TONES[status] };
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
 * Return a ticket's time as it stands on the ticket: local to the event, whatever this browser's clock.
 *
 * @param {string} date
 * @param {string} time
 */
export function showingText(date, time) {
  const day = new Date(`${date}T00:00:00Z`);
  return `${day.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })}, ${time}`;
}

/**
 * Return the events.
 *
 * @returns {Promise<Map<string, any>>} the events by id
 */
export async function eventsById() {
  return new Map((await get("/api/events")).map((/** @type {any} */ event) => [event.uuid, event]));
}

/**
 * Return the event that an organiser most likely wants: the one on now, else the next, else the last; an endless one
 * only where there is no other.
 *
 * @param {any[]} events
 * @param {number} [now] milliseconds since 1970
 */
export function currentEvent(events, now = Date.now()) {
  const timed = events.filter((event) => event.ends_at).toSorted((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
  return timed.find((event) => Date.parse(event.ends_at) > now && !event.closed) ?? timed.at(-1) ?? events.at(-1);
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
