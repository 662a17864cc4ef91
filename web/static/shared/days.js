/** Days that showings are named by, in the event's clock. Pure. */

import { formatLocale, timeOfDay } from "./locale.js";
import { say } from "./say.js";

const DAY_MS = 86_400_000;

/**
 * Name a moment: "Today, 20:30", "Tomorrow, 20:30", "Sun 29 Nov, 20:30".
 *
 * @param {number} at milliseconds since 1970
 * @param {number} now
 * @param {string} [timeZone]
 */
export function dayOf(at, now, timeZone) {
  const days = Math.round((Date.parse(dateOf(at, timeZone)) - Date.parse(dateOf(now, timeZone))) / DAY_MS);
  const time = timeOfDay(at, timeZone);
  if (days === 0 || days === 1) return say(days ? "showing-tomorrow" : "showing-today", { time });
  const year = Math.abs(days) > 180 ? "numeric" : undefined;
  const day = new Date(at).toLocaleDateString(formatLocale(), { weekday: "short", day: "numeric", month: "short", year, timeZone });
  return say("showing-day", { day: day.replace(",", ""), time });
}

/**
 * Return the local date of an instant.
 *
 * @param {number} at milliseconds since 1970
 * @param {string} [timeZone]
 * @returns {string} the day there, as YYYY-MM-DD
 */
export function dateOf(at, timeZone) {
  return new Date(at).toLocaleDateString("sv-SE", { timeZone });
}

/**
 * Return the local time of an instant, as the hub names it.
 *
 * @param {number} at milliseconds since 1970
 * @param {string} [timeZone]
 * @returns {string} the time of day there, as HH:MM
 */
export function clockOf(at, timeZone) {
  return new Date(at).toLocaleTimeString("sv-SE", { timeStyle: "short", timeZone });
}

/**
 * Return the showing that is on, or else the next; after all of them the last.
 *
 * @param {{id: string, starts: number, ends: number}[]} times in order
 * @param {number} now
 * @returns {string} its id; "" for none
 */
export function currentOf(times, now) {
  return (times.find(({ ends }) => ends > now) ?? times.at(-1))?.id ?? "";
}
