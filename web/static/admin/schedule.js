/** Schedules of jobs in words. Pure. */

import { say } from "../shared/say.js";

/**
 * Return when a job runs: "Every 5 minutes" for a cron line; the line itself where it is of another form.
 *
 * @param {string} crontab five fields; of six the first is for seconds
 */
export function scheduleText(crontab) {
  const fields = crontab.trim().split(/\s+/);
  const [second, minute, hour, day, month, weekday] = fields.length === 6 ? fields : ["0", ...fields];
  if (![day, month, weekday].every((field) => field === "*")) return say("schedule-own", { crontab });
  if (minute === "*" && hour === "*") return every(second, "seconds") ?? say("schedule-minutes", { count: 1 });
  if (hour === "*") return every(minute, "minutes") ?? say("schedule-own", { crontab });
  if (!/^\d+$/.test(minute) || !/^\d+$/.test(hour)) return say("schedule-own", { crontab });
  return say("schedule-daily", { time: `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}` });
}

/**
 * @param {string} field `*` or `*`/N
 * @param {"minutes" | "seconds"} unit
 */
function every(field, unit) {
  if (field === "*") return say(`schedule-${unit}`, { count: 1 });
  const step = /^\*\/(\d+)$/.exec(field)?.[1];
  return step === undefined ? undefined : say(`schedule-${unit}`, { count: Number(step) });
}
