/**
 * Sentences for guests at the door, in the language that they booked in: a phone that is turned round shows one. Pure.
 *
 * @typedef {{lang: string, dir: string, text: string}} Sentence
 * @typedef {{lang: string, dir: string, say: typeof import("../shared/say.js").say}} Speaker
 */

import { dateOf } from "../shared/days.js";
import { formatLocale, timeOfDay } from "../shared/locale.js";
import { moneyIn } from "../shared/money.js";
import { sayIn } from "../shared/say.js";

/**
 * Return those who speak the other languages of the hub, by their tags.
 *
 * @param {string} [catalogues] JSON: of each language its direction and catalogue
 * @returns {Map<string, Speaker>}
 */
export function speakersOf(catalogues = "{}") {
  const all = /** @type {[string, {dir: string, text: string}][]} */ (Object.entries(JSON.parse(catalogues)));
  return new Map(all.map(([lang, { dir, text }]) => [lang, { lang, dir, say: sayIn(text, { lang, dir }) }]));
}

/**
 * Return what to show the guest of a verdict.
 *
 * @param {Record<string, any>} body the answer to the scan
 * @param {{now: number, timeZone?: string, guests?: Map<string, Speaker>}} here
 * @returns {Sentence | null} null where the page's language does, and where there is nothing to show
 */
export function sentenceFor(body, { now, timeZone, guests }) {
  const speaker = guests?.get(body.ticket?.language ?? "");
  const text = speaker && sentenceBy(speaker, body, now, timeZone);
  return text ? { lang: speaker.lang, dir: speaker.dir, text } : null;
}

/**
 * @param {Speaker} guest
 * @param {Record<string, any>} body
 * @param {number} now
 * @param {string} [timeZone]
 * @returns {string} empty where there is nothing to show
 */
function sentenceBy(guest, body, now, timeZone) {
  const { code, ticket, due } = body;
  const time = (/** @type {string} */ at) => timeOfDay(Date.parse(at), timeZone, guest.lang);
  switch (code) {
    case "admitted":
      return [guest.say("at-door-welcome"), seatFor(guest, ticket.seat)].filter(Boolean).join(" ");
    case "already_scanned":
      return ticket.scanned_at ? guest.say("at-door-already", { time: time(ticket.scanned_at) }) : "";
    case "wrong_door":
      return entranceFor(guest, body.doors ?? []);
    case "too_early":
    case "too_late":
      return (body.place ? "" : dayFor(guest, ticket, now, timeZone)) || hoursFor(guest, body, time);
    case "expired":
      return dayFor(guest, ticket, now, timeZone) || guest.say("at-door-expired");
    case "unpaid":
      return due ? guest.say("at-door-due", { sum: moneyIn(guest.lang, due) }) : guest.say("at-door-unpaid");
    case "canceled":
      return guest.say("at-door-canceled");
    case "blocked":
      return guest.say("at-door-blocked");
    case "full":
      return guest.say("at-door-full");
    case "wrong_event":
      return guest.say("at-door-event");
    case "replaced":
      return guest.say("at-door-replaced");
    default:
      return "";
  }
}

/**
 * @param {Speaker} guest
 * @param {Record<string, string | null> | null | undefined} seat
 */
function seatFor({ say }, seat) {
  const [block, row, place] = /** @type {const} */ (["block", "row", "seat"]).map((part) => seat?.[part] ?? "");
  const parts = [block && say("at-door-seat-block", { value: block }), row && say("at-door-seat-row", { value: row }), place && say("at-door-seat-seat", { value: place })];
  const text = parts.filter(Boolean).join(", ");
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/**
 * @param {Speaker} guest
 * @param {string[]} doors
 */
function entranceFor({ lang, say }, doors) {
  const list = new Intl.ListFormat(formatLocale(lang), { type: "disjunction" }).format(doors);
  return doors.length ? say("at-door-entrance", { doors: list }) : say("at-door-no-entrance");
}

/**
 * @param {Speaker} guest
 * @param {{date?: string | null, time?: string | null}} ticket by its event's clock
 * @param {number} now
 * @param {string} [timeZone]
 * @returns {string} empty for a ticket of today
 */
function dayFor({ lang, say }, { date, time }, now, timeZone) {
  if (!date || Number.isNaN(Date.parse(date)) || date === dateOf(now, timeZone)) return "";
  const day = new Date(date).toLocaleDateString(formatLocale(lang), { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  return say("at-door-day", { day, time: time ?? "" });
}

/**
 * @param {Speaker} guest
 * @param {Record<string, any>} body
 * @param {(at: string) => string} time
 */
function hoursFor({ say }, { opens_at: opens, closes_at: closes }, time) {
  if (opens) return say("at-door-opens", { time: time(opens) });
  return closes ? say("at-door-closed", { time: time(closes) }) : "";
}
