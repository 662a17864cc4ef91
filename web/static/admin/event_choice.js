/** Choice of an event: those that lists and selects offer, and the one that is chosen beforehand. */

import { get } from "./api.js";
import { el } from "./build.js";
import { hasRole } from "./role.js";
import { say } from "../shared/say.js";

/**
 * Return the events for which the reader has one of `roles`, without a box office that nobody booked into, the box office last.
 *
 * @param {string | null} asked id of an event that is among them in any case
 * @param {...string} roles
 * @returns {Promise<any[]>}
 */
export async function listedEvents(asked, ...roles) {
  const events = (await get("/api/events")).filter((/** @type {any} */ event) => hasRole(event.uuid, ...roles) && (event.used || event.uuid === asked));
  return events.toSorted((/** @type {any} */ one, /** @type {any} */ other) => Number(!one.ends_at) - Number(!other.ends_at));
}

/**
 * Return the event that an organiser most likely wants: the one on now, else the next, else the last. Never the box office.
 *
 * @param {any[]} events
 * @param {number} [now] milliseconds since 1970
 */
export function currentEvent(events, now = Date.now()) {
  const timed = events.filter((event) => event.ends_at).toSorted((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
  return timed.find((event) => Date.parse(event.ends_at) > now && !event.closed) ?? timed.at(-1);
}

/**
 * Options of a select of events; where none of them is chosen, the first asks to choose one.
 *
 * @param {any[]} events
 * @param {string | null | undefined} chosen
 */
export function eventOptions(events, chosen) {
  const options = events.map(({ uuid, name }) => el("option", { value: uuid, selected: uuid === chosen }, name));
  return events.some(({ uuid }) => uuid === chosen) ? options : [el("option", { value: "", selected: true }, say("any-choose-event")), ...options];
}
