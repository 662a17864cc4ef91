/** A ticket as organisers read it: its state in a word, its time, its events by name. Pure but for asking. */

import { get } from "./api.js";
import { el } from "./build.js";
import { say } from "./messages.js";

/** @typedef {{word: string, tone: "pass" | "refuse" | "warn" | undefined}} State */

/**
 * @param {{status: string, expired: boolean}} ticket
 * @returns {State}
 */
export function stateOf({ status, expired }) {
  if (status === "valid" && expired) return { word: say("ticket.expired"), tone: undefined };
  /** @type {Record<string, State>} */
  const states = {
    valid: { word: say("ticket.valid"), tone: "pass" },
    unpaid: { word: say("ticket.unpaid"), tone: "warn" },
    blocked: { word: say("ticket.blocked"), tone: "refuse" },
    canceled: { word: say("ticket.canceled"), tone: undefined },
  };
  return states[status] ?? { word: status, tone: undefined };
}

/** @param {{status: string, expired: boolean}} ticket */
export function stateTag(ticket) {
  const { word, tone } = stateOf(ticket);
  return el("span", { class: "tag", "data-tone": tone }, word);
}

/**
 * A ticket's time as it stands on the ticket: local to the event, whatever clock this browser goes by.
 *
 * @param {string} date
 * @param {string} time
 */
export function showingText(date, time) {
  const day = new Date(`${date}T00:00:00Z`);
  return `${day.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })}, ${time}`;
}

/** @returns {Promise<Map<string, any>>} the events by id */
export async function eventsById() {
  return new Map((await get("/api/events")).map((/** @type {any} */ event) => [event.uuid, event]));
}

/** @param {string} id */
export function ticketPath(id) {
  return `/admin/tickets/${id}`;
}
