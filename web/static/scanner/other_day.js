/** Names of other days on tickets, by the event's clock. Pure. */

import { dateOf } from "../shared/days.js";
import { formatLocale } from "../shared/locale.js";
import { say } from "../shared/say.js";

const DAY_MS = 86_400_000;

/**
 * Return the day and time of a ticket of another day: "For tomorrow, Sunday 29 November, 20:30".
 *
 * @param {{date?: string | null, time?: string | null}} ticket by its event's clock
 * @param {number} now
 * @param {string} [timeZone] of its event
 * @returns {string} empty for today, or where its day is not known
 */
export function otherDay({ date, time }, now, timeZone) {
  const today = dateOf(now, timeZone);
  const days = date ? Math.round((Date.parse(date) - Date.parse(today)) / DAY_MS) : 0;
  if (!date || Number.isNaN(days) || days === 0) return "";
  const key = days === 1 ? "scan-when-tomorrow" : days === -1 ? "scan-when-yesterday" : days > 0 ? "scan-when-later" : "scan-when-earlier";
  // says: scan-when-{tomorrow, later, yesterday, earlier}
  return say(key, { day: dayName(date, date.slice(0, 4) !== today.slice(0, 4)), time: time ?? "" });
}

/**
 * @param {string} date
 * @param {boolean} isOtherYear
 */
function dayName(date, isOtherYear) {
  const year = isOtherYear ? "numeric" : undefined;
  const day = new Date(date).toLocaleDateString(formatLocale(), { weekday: "long", day: "numeric", month: "long", year, timeZone: "UTC" });
  return day.replace(/(?<=^[A-Z][a-z]+day),/, ""); // English, as some browsers write it
}
