/**
 * Texts of a verdict's screen. Pure.
 *
 * @typedef {{status: number, body: Record<string, any>, asOf?: number | null, isTraining?: boolean, late?: string,
 *   nonce?: string}} Outcome
 *   `nonce`: under which it waits for the hub; `asOf`: decided offline, by what was known then (null: never heard of the
 *   hub); `late`: the hub's later word on what this door had decided otherwise
 * @typedef {import("../shared/verdicts.js").Look & {name: string, speaks: string, line: string, more: string, seat: string,
 *   guest: import("./guest_sentence.js").Sentence | null, notice: string, answers: [string, string][], origin: string, ribbon: string, canForce: boolean, fits: number,
 *   isTraining: boolean, isAlarm: boolean, stays: boolean, take: Due | null}} Shown `fits`: so many of the reservation
 *   could go in; `take`: what this door may take for the ticket; `guest`: what to show them; `answers` of the guest to the event's questions, each with its question
 * @typedef {{amount: string, currency: string}} Due
 * @typedef {{block?: string | null, row?: string | null, seat?: string | null}} Seat
 */

import { lookOfAnswer, reasonOf } from "../shared/verdicts.js";
import { formatLocale, timeOfDay } from "../shared/locale.js";
import { givenName } from "../shared/nameless.js";
import { say } from "../shared/say.js";
import { moneyText } from "../shared/money.js";
import { otherDay } from "./other_day.js";
import { sentenceFor } from "./guest_sentence.js";
import { refusalText } from "./refusal_text.js";
import { FORCEABLE } from "./offline/rules.js";

const AGAIN = new Set([0, 429, 500, 502, 503, 504]);
const HOUR_MIN = 60;

/**
 * Return the content of a verdict's screen.
 *
 * @param {Outcome} outcome
 * @param {{now: number, timeZone?: string, may: Set<string>, hasList: boolean, guests?: Map<string, import("./guest_sentence.js").Speaker>}} here
 * @returns {Shown}
 */
export function describe(outcome, here) {
  const { status, body } = outcome;
  const blank = { name: "", speaks: "", line: "", more: "", seat: "", guest: null, notice: "", answers: [], origin: "", ribbon: "", canForce: false, fits: 0, isTraining: false, isAlarm: false, take: null };
  if (body.code === "payment_unknown") return { ...blank, ...warning("scan-verdict-pay-again"), line: say("scan-line-pay-again"), take: body.due };
  if (AGAIN.has(status)) return { ...blank, ...warning("scan-verdict-again"), line: say(here.hasList ? "scan-line-not-confirmed" : "scan-line-no-list") };
  if (!body.code || status === 403) return { ...blank, ...warning("scan-verdict-none"), line: refusalText(body) };
  if (status === 409) return { ...blank, ...warning("scan-verdict-not-taken"), line: refusalText(body) };
  if (body.code === "layout") return { ...blank, ...warning("scan-verdict-none"), line: say("scan-line-layout") };
  if (body.code === "elsewhere") return { ...blank, ...warning("scan-verdict-again"), line: say("scan-line-elsewhere") };
  if (body.code === "page") return { ...blank, ...warning("scan-verdict-none"), line: say("scan-line-page") };
  if (body.code === "just") return { ...blank, ...justNow(body) };
  const look = lookOf(outcome);
  const notice = body.notice ?? "";
  return {
    ...blank,
    ...look,
    name: nameOf(body.ticket),
    line: outcome.late ?? (isStrayPractice(outcome) ? say("scan-line-practice-code") : lineOf(body, here.timeZone, here.now)),
    speaks: speaksText(body.ticket),
    more: isUnpaidAlone(outcome, here.may) ? say("scan-line-pay-alone") : moreOf(body),
    seat: seatText(body.ticket?.seat),
    guest: outcome.late === undefined ? sentenceFor(body, here) : null,
    notice,
    answers: Object.entries(body.ticket?.fields ?? {}),
    origin: outcome.asOf === undefined ? "" : say("scan-offline-decided", { age: ageOf(outcome.asOf, here.now) }),
    ribbon: outcome.isTraining ? say("scan-line-practice") : "",
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
  if (late !== undefined) return warning("scan-verdict-alarm");
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

/** @param {string} word */
function warning(word) {
  // says: scan-verdict-{again, none, alarm, not-taken, pay-again}
  return /** @type {const} */ ({ tone: "warn", shape: "warn", word: say(word), stays: true });
}

/** @param {Record<string, any>} body */
function justNow({ direction, seconds, name }) {
  const isOut = direction === "out";
  const line = say(isOut ? "scan-line-just-out" : "scan-line-just", { count: seconds });
  const word = say(isOut ? "scan-verdict-just-out" : "scan-verdict-just");
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
      return body.due ? say("scan-line-due", { sum: moneyText(body.due) }) : reasonOf(body.code);
    case "full":
      return body.zone ? say("scan-line-full", { zone: body.zone }) : reasonOf("full");
    case "expired":
      return expiredLine(ticket, timeZone, now);
    case "too_early":
    case "too_late":
      return timesLine(body, timeZone, now);
    case "not_inside":
      return say("scan-line-not-inside");
    case "confirm": // the event's own question
      return body.message ?? "";
    default:
      return reasonOf(body.code) || refusalText(body);
  }
}

/**
 * @param {Record<string, any>} ticket
 * @param {string | undefined} timeZone
 * @param {number} now
 */
function expiredLine(ticket, timeZone, now) {
  const when = otherDay(ticket, now, timeZone);
  return when ? say("scan-line-expired-then", { when }) : reasonOf("expired");
}

/**
 * Why it is too early or too late: the ticket's day where that is another one, unless it is the door that is closed.
 *
 * @param {Record<string, any>} body
 * @param {string | undefined} timeZone
 * @param {number} now
 */
function timesLine(body, timeZone, now) {
  const { place: door, ticket, opens_at: opens, closes_at: closes } = body;
  const when = door ? "" : otherDay(ticket ?? {}, now, timeZone);
  const time = ticket?.time ?? "";
  if (when) return when;
  if (opens) return say(door ? "scan-line-opens" : "scan-line-early", { door, time, from: timeOfDay(Date.parse(opens), timeZone) });
  if (closes) return say(door ? "scan-line-closed" : "scan-line-late", { door, time, until: timeOfDay(Date.parse(closes), timeZone) });
  return reasonOf(body.code);
}

/**
 * @param {Record<string, any>} body
 * @param {Record<string, any>} ticket
 * @param {string} [timeZone]
 */
function alreadyLine(body, ticket, timeZone) {
  return say("scan-line-already", {
    when: ticket.scanned_at ? timeOfDay(Date.parse(ticket.scanned_at), timeZone) : "",
    door: body.scanned_at_door ? say("scan-line-at", { door: body.scanned_at_door }) : "",
    by: body.scanned_by_name ? say("scan-line-by", { device: body.scanned_by_name }) : "",
  });
}

/** @param {Record<string, any>} body */
function doorsLine({ doors = [] }) {
  return doors.length ? say("scan-line-go-to", { doors: doors.join(", ") }) : say("scan-line-no-door");
}

/** @param {Record<string, any>} body */
function moreOf(body) {
  if (body.success && body.paid) return say("scan-line-paid", { sum: moneyText(body.paid), method: say(body.paid.method === "card" ? "scan-pay-card" : "scan-pay-cash") });
  if (body.admitted_count > 0) return say("scan-line-admitted", { count: body.admitted_count });
  if (body.fits > 0 && !body.success) return say("scan-line-fits", { count: body.fits });
  const count = body.reservation?.tickets_count ?? 1;
  return count > 1 ? say("scan-party-title", { count }) : "";
}

/**
 * Return a seat in one line.
 *
 * @param {Seat | null | undefined} seat
 * @returns {string} `Block A, row 3, seat 12`; empty for none
 */
export function seatText(seat) {
  // says: scan-seat-{block, row, seat}
  const parts = /** @type {const} */ (["block", "row", "seat"]).flatMap((part) => (seat?.[part] ? [say(`scan-seat-${part}`, { value: seat[part] ?? "" })] : []));
  const text = parts.join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Return the language that a guest booked in, by its name in the page's; empty for the page's own, and where it is not known.
 *
 * @param {Record<string, any> | undefined} ticket
 */
function speaksText(ticket) {
  const { language } = ticket ?? {};
  if (!language || language === document.documentElement.lang) return "";
  try {
    return say("scan-line-speaks", { language: new Intl.DisplayNames([formatLocale()], { type: "language" }).of(language) });
  } catch {
    return ""; // no tag of a language: the verdict is not about that
  }
}

/**
 * Return the name on a ticket.
 *
 * @param {Record<string, any> | undefined} ticket
 */
export function nameOf(ticket) {
  const name = [ticket?.first_name, ticket?.last_name].filter(Boolean).join(" ");
  return name && (givenName(name) || say("scan-guest"));
}

/**
 * @param {number | null} asOf
 * @param {number} now
 */
function ageOf(asOf, now) {
  const minutes = Math.floor((now - (asOf ?? now)) / 60_000);
  if (minutes < 1) return say("scan-offline-now");
  return minutes < HOUR_MIN ? say("scan-offline-minutes", { count: minutes }) : say("scan-offline-hours", { count: Math.floor(minutes / HOUR_MIN) });
}
