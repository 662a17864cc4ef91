/**
 * Admission rules of a phone that is alone (`judge` in hub/door/rules.py), by what it knows. Pure.
 *
 * The checks stand in the order of the contract, and the first that fails is the answer. Tests hold both sides to the
 * same table, and to each other on tickets made at random.
 *
 * @typedef {import("./ticket_state.js").State} State
 * @typedef {{uuid: string, issue: number, status: string, product: string | null, starts_at: string,
 *   expires_at: string, is_expired: boolean, reservation: string, where: (string | null)[], entries: number,
 *   entered: string[], last?: {at: string, door: string | null, device: string | null}, notice?: string,
 *   issued_at?: string, due?: {amount: string, currency: string},
 *   seat?: import("../verdict_text.js").Seat, fields?: Record<string, string>, barcode?: string, phone_end?: string, contacts?: string[], first_name?: string | null, last_name?: string | null, language?: string}} Ticket as a manifest holds it
 * @typedef {{id: string, name: string, into: string | null, out_of: string | null, products: string[] | null,
 *   opens_at: string | null, closes_at: string | null}} Door
 * @typedef {{event: {uuid: string, name: string, timezone: string, starts_at: string | null, ends_at: string | null},
 *   doors: Door[], zones: {id: string, name: string, max_inside: number | null}[],
 *   policy: {offline: "admit" | "refuse", reentry: string, max_inside: number | null, admit_before_min: number | null,
 *     admit_after_min: number | null, confirm?: string | null,
 *     products: {name: string, reentry: string | null, notice: string | null, confirm?: string | null}[]}}} EventRules
 *   `confirm` is missing from what a phone kept of a hub before 0.2
 * @typedef {{inside: number, zones: Record<string, number>}} Counts people inside, as last heard
 * @typedef {{at: number, direction: "in" | "out", door: Door | null, issue: number | null, device: string | null,
 *   force?: boolean, overLimit?: boolean, confirmed?: boolean}} Ask `issue` is null where the code does not tell
 * @typedef {{code: string, details: Record<string, any>}} Verdict
 */

import { OUTSIDE, mayEnter, passageFrom } from "./ticket_state.js";

/** Codes of refusals that a forced scan overrides. */
export const FORCEABLE = new Set(["already_scanned", "unpaid", "too_early", "too_late", "wrong_door"]);

const MINUTE_MS = 60_000;

/**
 * Return the verdict on a ticket.
 *
 * @param {Ticket} ticket
 * @param {State} state
 * @param {EventRules} rules
 * @param {Counts | null} counts null: not known, so that no limit is looked at
 * @param {Ask} ask
 * @returns {Verdict}
 */
export function decide(ticket, state, rules, counts, ask) {
  if (ask.issue !== null && ask.issue !== ticket.issue && !leavesByOldCode(ticket, state, ask)) return verdict("replaced");
  if (ask.direction === "out") return verdict(state.where.length > 0 ? "exited" : "not_inside");
  const refusals = [
    ofStatus(ticket, ask),
    ofTimes(ticket, rules, ask),
    ofProducts(ticket, rules, ask),
    ofEntries(ticket, state, rules, ask),
    ofLimits(state, rules, counts, ask),
  ];
  return refusals.find((refusal) => refusal !== null && !isForced(refusal, ask)) ?? verdict("admitted");
}

/**
 * Return the question that the door answers before it lets this ticket in from outside, its product's before the event's;
 * null where there is none, or it is answered.
 *
 * @param {Ticket} ticket
 * @param {State} state
 * @param {EventRules} rules
 * @param {Ask} ask
 * @returns {string | null}
 */
export function questionFor(ticket, state, { policy }, ask) {
  if (ask.confirmed || ask.direction === "out" || !isFromOutside(state, ask)) return null;
  return productOf(ticket, policy)?.confirm || policy.confirm || null;
}

/**
 * @param {Verdict} refusal
 * @param {Ask} ask
 */
function isForced({ code }, ask) {
  return Boolean(ask.force) && (FORCEABLE.has(code) || (code === "full" && Boolean(ask.overLimit)));
}

/**
 * @param {string} code
 * @param {Record<string, any>} [details]
 * @returns {Verdict}
 */
function verdict(code, details = {}) {
  return { code, details };
}

/**
 * Return whether an exit is that of a person who came in before the ticket was reissued.
 *
 * @param {Ticket} ticket
 * @param {State} state
 * @param {Ask} ask
 */
function leavesByOldCode({ issued_at: issuedAt }, { where, last }, { direction }) {
  const isInsideByIt = where.length > 0 && last !== null && issuedAt !== undefined && last.at < Date.parse(issuedAt);
  return direction === "out" && isInsideByIt;
}

/**
 * @param {Ticket} ticket
 * @param {Ask} ask
 */
function ofStatus(ticket, { at }) {
  if (ticket.status !== "valid") return verdict(ticket.status);
  return ticket.is_expired || at >= Date.parse(ticket.expires_at) ? verdict("expired") : null;
}

/**
 * @param {Ticket} ticket
 * @param {EventRules} rules
 * @param {Ask} ask
 */
function ofTimes(ticket, { policy }, { at, door }) {
  const starts = Date.parse(ticket.starts_at);
  const { admit_before_min: before, admit_after_min: after } = policy;
  if (before !== null && at < starts - before * MINUTE_MS) return verdict("too_early", { opens_at: isoOf(starts - before * MINUTE_MS) });
  if (after !== null && at > starts + after * MINUTE_MS) return verdict("too_late", { closes_at: isoOf(starts + after * MINUTE_MS) });
  if (door?.opens_at && at < Date.parse(door.opens_at)) return verdict("too_early", { opens_at: door.opens_at, place: door.name });
  if (door?.closes_at && at >= Date.parse(door.closes_at)) return verdict("too_late", { closes_at: door.closes_at, place: door.name });
  return null;
}

/** @param {number} at */
function isoOf(at) {
  return new Date(at).toISOString();
}

/**
 * @param {Ticket} ticket
 * @param {EventRules} rules
 * @param {Ask} ask
 */
function ofProducts({ product }, { doors }, { door }) {
  const isTaken = (/** @type {Door} */ each) => each.products === null || (product !== null && each.products.includes(product));
  if (!door || isTaken(door)) return null;
  return verdict("wrong_door", { doors: doors.filter(isTaken).map((each) => each.name) });
}

/**
 * @param {Ticket} ticket
 * @param {State} state
 * @param {EventRules} rules
 * @param {Ask} ask
 */
function ofEntries(ticket, state, rules, ask) {
  const rule = productOf(ticket, rules.policy)?.reentry || rules.policy.reentry;
  if (!isFromOutside(state, ask) || mayEnter(rule, rules.event.timezone, state, ask.at)) return null;
  const secondsAgo = state.last ? Math.max(0, Math.floor((ask.at - state.last.at) / 1000)) : null;
  return verdict("already_scanned", {
    reason_detail: state.where.length > 0 ? "inside" : "used_up",
    seconds_ago: secondsAgo,
    same_device: state.last !== null && state.last.device === ask.device,
  });
}

/**
 * @param {Ticket} ticket
 * @param {EventRules["policy"]} policy
 */
function productOf({ product }, { products }) {
  return products.find((each) => each.name === product);
}

/**
 * @param {State} state
 * @param {Ask} ask
 */
function isFromOutside(state, { door }) {
  return passageFrom(state, door?.into ?? null, door?.out_of ?? null) === OUTSIDE;
}

/**
 * @param {State} state
 * @param {EventRules} rules
 * @param {Counts | null} counts
 * @param {Ask} ask
 */
function ofLimits(state, rules, counts, ask) {
  if (counts === null) return null;
  const into = ask.door?.into ?? null;
  if (isFromOutside(state, ask) && rules.policy.max_inside !== null && counts.inside + 1 > rules.policy.max_inside) return verdict("full");
  const limit = rules.zones.find((zone) => zone.id === into)?.max_inside ?? null;
  if (limit === null || (counts.zones[into ?? ""] ?? 0) + 1 <= limit) return null;
  return verdict("full", { zone: rules.zones.find((zone) => zone.id === into)?.name });
}
