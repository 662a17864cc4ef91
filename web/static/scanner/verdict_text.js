/**
 * Texts of a verdict's screen. Pure.
 *
 * @typedef {{status: number, body: Record<string, any>, asOf?: number | null, isTraining?: boolean, late?: string,
 *   nonce?: string}} Outcome
 *   `nonce`: under which it waits for the hub; `asOf`: decided offline, by what was known then (null: never heard of the
 *   hub); `late`: the hub's later word on what this door had decided otherwise
 * @typedef {import("../shared/verdicts.js").Look & {name: string, line: string, more: string, seat: string,
 *   notice: string, answers: [string, string][], origin: string, ribbon: string, canForce: boolean, fits: number,
 *   isTraining: boolean, isAlarm: boolean, stays: boolean, take: Due | null}} Shown `fits`: so many of the reservation
 *   could go in; `take`: what this door may take for the ticket; `answers` of the guest to the event's questions, each with its question
 * @typedef {{amount: string, currency: string}} Due
 * @typedef {{block?: string | null, row?: string | null, seat?: string | null}} Seat
 */

import { lookOfAnswer, reasonOf } from "../shared/verdicts.js";
import { timeOfDay } from "../shared/locale.js";
import { say, sayCount } from "../shared/messages.js";
import { otherDay } from "./other_day.js";
import { FORCEABLE } from "./offline/rules.js";

const AGAIN = new Set([0, 429, 500, 502, 503, 504]);
const HOUR_MIN = 60;

/**
 * Return the content of a verdict's screen.
 *
 * @param {Outcome} outcome
 * @param {{now: number, timeZone?: string, may: Set<string>, hasList: boolean}} here
 * @returns {Shown}
 */
export function describe(outcome, here) {
  const { status, body } = outcome;
  const blank = { name: "", line: "", more: "", seat: "", notice: "", answers: [], origin: "", ribbon: "", canForce: false, fits: 0, isTraining: false, isAlarm: false, take: null };
  if (body.code === "payment_unknown") return { ...blank, ...warning("verdict.payAgain"), line: say("line.payAgain"), take: body.due };
  if (AGAIN.has(status)) return { ...blank, ...warning("verdict.again"), line: say(here.hasList ? "line.notConfirmed" : "line.noList") };
  if (!body.code || status === 403) return { ...blank, ...warning("verdict.none"), line: body.message ?? say("verdict.again") };
  if (status === 409) return { ...blank, ...warning("verdict.notTaken"), line: body.message ?? say("verdict.again") };
  if (body.code === "layout") return { ...blank, ...warning("verdict.none"), line: say("line.layout") };
  if (body.code === "elsewhere") return { ...blank, ...warning("verdict.again"), line: say("line.elsewhere") };
  if (body.code === "page") return { ...blank, ...warning("verdict.none"), line: say("line.page") };
  if (body.code === "just") return { ...blank, ...justNow(body) };
  const look = lookOf(outcome);
  const notice = body.notice ?? "";
  return {
    ...blank,
    ...look,
    name: nameOf(body.ticket),
    line: outcome.late ?? (isStrayPractice(outcome) ? say("line.practiceCode") : lineOf(body, here.timeZone, here.now)),
    more: isUnpaidAlone(outcome, here.may) ? say("line.payAlone") : moreOf(body),
    seat: seatText(body.ticket?.seat),
    notice,
    answers: Object.entries(body.ticket?.fields ?? {}),
    origin: outcome.asOf === undefined ? "" : say("offline.decided", { age: ageOf(outcome.asOf, here.now) }),
    ribbon: outcome.isTraining ? say("line.practice") : "",
    canForce: !outcome.isTraining && here.may.has("force") && isForceable(body.code, here.may),
    fits: outcome.isTraining || body.success ? 0 : (body.fits ?? 0),
    take: mayTake(outcome, here.may) ? body.due : null,
    isTraining: Boolean(outcome.isTraining),
    isAlarm: outcome.late !== undefined,
    stays: stays(look.tone, notice) || outcome.late !== undefined,
  };
}

/**
 * Whether a verdict stays until it is seen: a refusal, and a wristband to hand out; one that asks nothing of the door goes by itself.
 *
 * @param {import("../shared/verdicts.js").Tone} tone
 * @param {string} notice
 */
function stays(tone, notice) {
  return !(tone === "pass" || tone === "exit") || notice !== "";
}

/**
 * Whether this door may take what the ticket costs: only where the hub said so just now.
 *
 * @param {Outcome} outcome
 * @param {Set<string>} may
 */
function mayTake({ body, asOf, isTraining, late }, may) {
  return body.code === "unpaid" && Boolean(body.due) && may.has("sell") && asOf === undefined && !isTraining && late === undefined;
}

/**
 * @param {Outcome} outcome
 * @param {Set<string>} may
 */
function isUnpaidAlone({ body, asOf, isTraining }, may) {
  return body.code === "unpaid" && may.has("sell") && asOf !== undefined && !isTraining;
}

/** @param {Outcome} outcome */
function lookOf({ body, isTraining, late }) {
  if (late !== undefined) return warning("verdict.alarm");
  return isTraining && body.code === "practice" ? lookOfAnswer(meant(body.shows)) : lookOfAnswer(body);
}

/** @param {Outcome} outcome */
function isStrayPractice({ body, isTraining }) {
  return body.code === "practice" && !isTraining;
}

/** @param {string} shows the verdict that a practice code stands for */
function meant(shows) {
  return { code: shows, success: shows === "admitted" || shows === "exited" };
}

/** @param {import("../shared/messages.js").Word} word */
function warning(word) {
  return /** @type {const} */ ({ tone: "warn", shape: "warn", word: say(word), stays: true });
}

/** @param {Record<string, any>} body */
function justNow({ direction, seconds, name }) {
  const isOut = direction === "out";
  const line = say(isOut ? "line.justOut" : "line.just", { count: seconds });
  const word = say(isOut ? "verdict.justOut" : "verdict.just");
  return /** @type {const} */ ({ tone: "note", shape: "note", word, name, line, stays: false });
}

/**
 * @param {string} code
 * @param {Set<string>} may
 */
function isForceable(code, may) {
  return FORCEABLE.has(code) || (code === "full" && may.has("over_limit"));
}

/**
 * Return the line that describes the ticket.
 *
 * @param {Record<string, any>} body
 * @param {string} [timeZone]
 * @param {number} [now]
 */
export function lineOf(body, timeZone, now = Date.now()) {
  const { ticket = {} } = body;
  if (body.success) return [ticket.product, ticket.price].filter(Boolean).join(", ");
  switch (body.code) {
    case "practice":
      return reasonOf(body.shows) || reasonOf("practice");
    case "already_scanned":
      return alreadyLine(body, ticket, timeZone);
    case "wrong_door":
      return doorsLine(body);
    case "unpaid":
      return body.due ? say("line.due", body.due) : reasonOf(body.code);
    case "full":
      return body.zone ? say("line.full", { zone: body.zone }) : reasonOf("full");
    case "expired":
      return expiredLine(ticket, timeZone, now);
    case "too_early":
    case "too_late":
      return timesLine(body, timeZone, now);
    case "not_inside":
      return say("line.notInside");
    default:
      return reasonOf(body.code) || (body.message ?? "");
  }
}

/**
 * @param {Record<string, any>} ticket
 * @param {string | undefined} timeZone
 * @param {number} now
 */
function expiredLine(ticket, timeZone, now) {
  const when = otherDay(ticket, now, timeZone);
  return when ? say("line.expiredThen", { when }) : reasonOf("expired");
}

/**
 * Why it is too early or too late: the ticket's day where that is another one, unless it is the door that is closed.
 *
 * @param {Record<string, any>} body
 * @param {string | undefined} timeZone
 * @param {number} now
 */
function timesLine(body, timeZone, now) {
  const isTickets = body.message ? body.message.startsWith("Ticket is for") : !body.place;
  const when = isTickets ? otherDay(body.ticket ?? {}, now, timeZone) : "";
  if (when) return when;
  if (body.from) return say("line.from", { time: timeOfDay(body.from, timeZone) });
  if (body.until) return say("line.until", { time: timeOfDay(body.until, timeZone) });
  return body.message ?? reasonOf(body.code);
}

/**
 * @param {Record<string, any>} body
 * @param {Record<string, any>} ticket
 * @param {string} [timeZone]
 */
function alreadyLine(body, ticket, timeZone) {
  return say("line.already", {
    when: ticket.scanned_at ? timeOfDay(Date.parse(ticket.scanned_at), timeZone) : "",
    door: body.scanned_at_door ? say("line.at", { door: body.scanned_at_door }) : "",
    by: body.scanned_by_name ? say("line.by", { device: body.scanned_by_name }) : "",
  });
}

/** @param {Record<string, any>} body */
function doorsLine({ doors = [] }) {
  return doors.length ? say("line.goTo", { doors: doors.join(", ") }) : say("line.noDoor");
}

/** @param {Record<string, any>} body */
function moreOf(body) {
  if (body.success && body.paid) return say("line.paid", { ...body.paid, method: say(body.paid.method === "card" ? "pay.card" : "pay.cash") });
  if (body.admitted_count > 0) return sayCount("line.admitted", body.admitted_count);
  if (body.fits > 0 && !body.success) return say("line.fits", { count: body.fits });
  const count = body.reservation?.tickets_count ?? 1;
  return count > 1 ? sayCount("line.party", count) : "";
}

/**
 * Return a seat in one line.
 *
 * @param {Seat | null | undefined} seat
 * @returns {string} `Block A, row 3, seat 12`; empty for none
 */
export function seatText(seat) {
  const parts = /** @type {const} */ (["block", "row", "seat"]).flatMap((part) => (seat?.[part] ? [say(`seat.${part}`, { value: seat[part] ?? "" })] : []));
  const text = parts.join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Return the name on a ticket.
 *
 * @param {Record<string, any> | undefined} ticket
 */
export function nameOf(ticket) {
  return [ticket?.first_name, ticket?.last_name].filter(Boolean).join(" ");
}

/**
 * @param {number | null} asOf
 * @param {number} now
 */
function ageOf(asOf, now) {
  const minutes = Math.floor((now - (asOf ?? now)) / 60_000);
  if (minutes < 1) return say("offline.now");
  return minutes < HOUR_MIN ? sayCount("offline.minutes", minutes) : sayCount("offline.hours", Math.floor(minutes / HOUR_MIN));
}
