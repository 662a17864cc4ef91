/**
 * Ticket state: a fold over passages by the hub's rules (hub/door/ticket_state.py), for a phone that is alone. Pure.
 * Times are milliseconds since 1970.
 *
 * @typedef {{at: number, door: string | null, device: string | null}} Last the latest entry, for who asks "when?"
 * @typedef {{where: (string | null)[], entries: number, entered: number[], last: Last | null}} State
 *   `where` holds a zone's id (null: the venue itself) for each person inside on this ticket.
 * @typedef {{direction: "in" | "out", at: number, into: string | null, outOf: string | null,
 *   door: string | null, device: string | null}} Passage through a door
 */

export const OUTSIDE = Symbol("outside");

const MOST_ENTERED = 64;
/** A `daily` ticket's day begins at 05:00 in the event's zone. */
const DAY_TURNS_AT_MS = 5 * 3_600_000;

/**
 * Return the zone that an entry through a door leaves, or `OUTSIDE` where it comes from there.
 *
 * @param {State} state
 * @param {string | null} into
 * @param {string | null} outOf
 * @returns {string | null | typeof OUTSIDE}
 */
export function passageFrom(state, into, outOf) {
  if (state.where.length === 0) return OUTSIDE;
  if (outOf !== null && state.where.includes(outOf)) return outOf;
  if (state.where.includes(into) || (into === null && outOf === null)) return OUTSIDE;
  return state.where[state.where.length - 1];
}

/**
 * Return the state after one more passage.
 *
 * @param {State} state
 * @param {Passage} passage
 * @returns {State}
 */
export function step(state, passage) {
  return passage.direction === "out" ? leave(state, passage) : enter(state, passage);
}

/**
 * @param {State} state
 * @param {Passage} passage
 */
function enter(state, passage) {
  const origin = passageFrom(state, passage.into, passage.outOf);
  const last = { at: passage.at, door: passage.door, device: passage.device };
  if (origin !== OUTSIDE) return { ...state, where: [...without(state.where, origin), passage.into], last };
  const entered = [...state.entered, passage.at].slice(-MOST_ENTERED);
  return { where: [...state.where, passage.into], entries: state.entries + 1, entered, last };
}

/**
 * @param {State} state
 * @param {Passage} passage
 */
function leave(state, { into, outOf }) {
  if (state.where.length === 0) return state;
  const from = state.where.includes(into) ? into : state.where[state.where.length - 1];
  const where = without(state.where, from);
  return { ...state, where: outOf === null ? where : [...where, outOf] };
}

/**
 * @param {(string | null)[]} places
 * @param {string | null} place
 */
function without(places, place) {
  const index = places.indexOf(place);
  return places.filter((_, each) => each !== index);
}

/**
 * Return whether a guest with this state may come in from outside, at this time.
 *
 * @param {string} rule `single`, `reentry`, `multi:N` or `daily`
 * @param {string} timeZone the event's
 * @param {State} state
 * @param {number} at
 */
export function mayEnter(rule, timeZone, state, at) {
  const [name, most] = rule.split(":");
  if (name === "reentry") return state.where.length === 0;
  if (name === "multi") return state.entries < Number(most);
  if (name === "daily") return !state.entered.some((entered) => dayOf(entered, timeZone) === dayOf(at, timeZone));
  return state.entries === 0;
}

/**
 * Return the day that a moment belongs to, days turning at 05:00 by the event's clock.
 *
 * @param {number} at
 * @param {string} timeZone
 */
function dayOf(at, timeZone) {
  return new Date(wallClock(at, timeZone) - DAY_TURNS_AT_MS).toISOString().slice(0, 10);
}

/**
 * Return what the clock on the wall shows, as if it were UTC.
 *
 * @param {number} at
 * @param {string} timeZone
 */
function wallClock(at, timeZone) {
  const format = new Intl.DateTimeFormat("en", {
    timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
}
