/** Local times of an event, as `datetime-local` fields hold them, and the instants they stand for. Pure. */

/** The reader's own time zone: for what belongs to no event. */
export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const FIELDS = /** @type {const} */ ({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/**
 * Return an instant as the clock of `zone` shows it, `YYYY-MM-DDTHH:MM`; empty for none.
 *
 * @param {string | null | undefined} at ISO 8601
 * @param {string} zone IANA name
 */
export function inZone(at, zone) {
  if (!at) return "";
  const parts = new Intl.DateTimeFormat("en-GB", { ...FIELDS, timeZone: zone }).formatToParts(new Date(at));
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${of.year.padStart(4, "0")}-${of.month}-${of.day}T${of.hour}:${of.minute}`;
}

/**
 * Return the instant that the clock of `zone` shows as `local`: of an ambiguous time the first, of one that summer time
 * skips the one that would have been.
 *
 * @param {string} local `YYYY-MM-DDTHH:MM`
 * @param {string} zone IANA name
 * @returns {string} ISO 8601, UTC
 */
export function toInstant(local, zone) {
  const asUtc = Date.parse(`${local}Z`);
  const offsets = [asUtc - DAY_MS, asUtc + DAY_MS].map((at) => offsetAt(at, zone));
  const fitting = offsets.find((offset) => offsetAt(asUtc - offset, zone) === offset);
  return new Date(asUtc - (fitting ?? offsets[0])).toISOString();
}

const DAY_MS = 86_400_000;

/**
 * @param {number} at milliseconds since 1970
 * @param {string} zone
 */
function offsetAt(at, zone) {
  const minute = Math.floor(at / 60_000) * 60_000;
  return Date.parse(`${inZone(new Date(minute).toISOString(), zone)}Z`) - minute;
}
