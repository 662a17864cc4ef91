/** Showings of the guest list: the times that tickets are for, and how many of their guests came. Pure. */

import { clockOf, currentOf, dateOf, dayOf } from "../shared/days.js";
import { say } from "../shared/say.js";

/**
 * @typedef {import("./offline/rules.js").Ticket} Ticket
 * @typedef {{id: string, starts: number, ends: number, booked: number, came: number}} GuestShowing `id` is when it starts,
 *   as manifests have it; cancelled tickets count for none
 */

/**
 * Return the showings of tickets, in order.
 *
 * @param {Iterable<Ticket>} tickets
 * @param {(ticket: Ticket) => boolean} hasCome
 * @returns {GuestShowing[]}
 */
export function showingsOf(tickets, hasCome) {
  /** @type {Map<string, GuestShowing>} */
  const showings = new Map();
  for (const ticket of tickets) {
    const { starts_at: id, expires_at: ends, status } = ticket;
    const showing = showings.get(id) ?? { id, starts: Date.parse(id), ends: Date.parse(ends), booked: 0, came: 0 };
    showings.set(id, showing);
    if (status === "canceled") continue;
    showing.booked += 1;
    if (hasCome(ticket)) showing.came += 1;
  }
  return [...showings.values()].sort((one, other) => one.starts - other.starts);
}

/**
 * Return the showing that is on, or else the next.
 *
 * @param {GuestShowing[]} showings in order
 * @param {number} now
 */
export function currentShowing(showings, now) {
  const id = currentOf(showings, now);
  return showings.find((each) => each.id === id) ?? null;
}

/**
 * Return how many guests of a showing came: "12 of 40 came".
 *
 * @param {GuestShowing} showing
 */
export function cameText({ came, booked }) {
  return say("scan-find-came", { came, booked });
}

/**
 * Return a showing with how many of its guests came: "Today, 20:30: 12 of 40 came".
 *
 * @param {GuestShowing} showing
 * @param {number} now
 * @param {string} [timeZone] of the event
 */
export function showingText(showing, now, timeZone) {
  return say("scan-find-showing", { when: dayOf(showing.starts, now, timeZone), came: cameText(showing) });
}

/**
 * Return the date and time of a showing as the hub names it, by the event's clock.
 *
 * @param {GuestShowing} showing
 * @param {string} [timeZone] of the event
 */
export function timeOf({ starts }, timeZone) {
  return { date: dateOf(starts, timeZone), time: clockOf(starts, timeZone) };
}
