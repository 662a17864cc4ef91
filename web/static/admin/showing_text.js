/** Time of a ticket as text, in the reader's language. */

import { formatLocale } from "../shared/locale.js";
import { say } from "../shared/say.js";

/**
 * Return a ticket's time as it stands on the ticket: local to the event, whatever this browser's clock.
 *
 * @param {string} date
 * @param {string} time
 */
export function showingText(date, time) {
  const at = new Date(`${date}T${time}Z`);
  const day = at.toLocaleDateString(formatLocale(), { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return say("showing-day", { day: day.replace(",", ""), time: at.toLocaleTimeString(formatLocale(), { timeStyle: "short", timeZone: "UTC" }) });
}
