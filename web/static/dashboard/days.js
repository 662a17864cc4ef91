/** Days that showings are named by, in the event's clock. Pure. */

import { timeOfDay } from "../shared/messages.js";
import { say } from "./messages.js";

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
  if (days === 0 || days === 1) return say(days ? "showing.tomorrow" : "showing.today", { time });
  const named = (/** @type {Intl.DateTimeFormatOptions} */ wanted) => new Date(at).toLocaleDateString("en-GB", { ...wanted, timeZone });
  const isFar = Math.abs(days) > 180;
  const parts = [named({ weekday: "short" }), named({ day: "numeric" }), named({ month: "short" })];
  return say("showing.day", { day: [...parts, ...(isFar ? [named({ year: "numeric" })] : [])].join(" "), time });
}

/**
 * @param {number} at
 * @param {string} [timeZone]
 */
function dateOf(at, timeZone) {
  return new Date(at).toLocaleDateString("sv-SE", { timeZone });
}
