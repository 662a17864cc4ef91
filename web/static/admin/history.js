/** History of a ticket in plain words: "why was she refused?". Pure but for making elements. */

import { formatLocale } from "../shared/locale.js";
import { reasonOf } from "../shared/verdicts.js";
import { el } from "./build.js";
import { paidText } from "./payment.js";
import { showingText } from "./showing_text.js";
import { say } from "../shared/say.js";

/**
 * @typedef {{kind: string, seq: number, at: string, received_at: string, code: string | null, direction: string | null,
 *   by: string | null, door: {id: string, name: string | null} | null, data: Record<string, any>,
 *   who: {id: string, kind: string | null, name: string | null} | null}} Entry
 */

/** @type {Record<string, string>} */
const TONES = { "ticket.scanned": "pass", "ticket.exited": "exit", "ticket.denied": "refuse", "ticket.conflict": "warn", "ticket.blocked": "refuse", "ticket.canceled": "refuse" };

/**
 * Row of one entry.
 *
 * @param {Entry} entry
 * @param {readonly Entry[]} history the whole of it, the oldest first
 * @param {string} timeZone the event's
 */
export function historyRow(entry, history, timeZone) {
  const where = [entry.door && (entry.door.name ?? entry.door.id), entry.who && (entry.who.name ?? entry.who.id)].filter(Boolean).join(" · ");
  const byHolder = entry.data.actor === "holder" && say("history-by-holder");
  const late = Date.parse(entry.received_at) - Date.parse(entry.at) > 2_000 && say("history-late", { time: clock(entry.received_at, timeZone) });
  return el(
    "li",
    { class: "history-entry", "data-tone": TONES[entry.kind] },
    el("time", { datetime: entry.at }, clock(entry.at, timeZone)),
    el("div", {}, el("strong", {}, title(entry)), el("p", {}, why(entry, history, timeZone)), el("p", { class: "muted" }, [where, byHolder, late].filter(Boolean).join(" · "))),
  );
}

/**
 * Return in one sentence why the last scan was refused, empty where it was not.
 *
 * @param {readonly Entry[]} history
 * @param {string} timeZone
 */
export function lastRefusal(history, timeZone) {
  const last = history.findLast((entry) => entry.kind.startsWith("ticket.") && entry.code !== null);
  if (last?.kind !== "ticket.denied") return "";
  return say("history-refused-at", { time: clock(last.at, timeZone), door: placeOf(last), why: why(last, history, timeZone) || title(last) });
}

/** @param {Entry} entry */
function title(entry) {
  const code = entry.code ?? "";
  if (entry.kind === "ticket.denied") return say("history-denied", { reason: reasonOf(code) || code });
  if (code === "practice") return say("history-practice");
  if (entry.by === "force") return say("history-forced");
  const kind = entry.kind.replaceAll(".", "-");
  return (entry.by && say(`history-${kind}-${entry.by}`)) || say(`history-${kind}`) || entry.kind;
}

/**
 * @param {Entry} entry
 * @param {readonly Entry[]} history
 * @param {string} timeZone
 * @returns {string}
 */
function why(entry, history, timeZone) {
  const { data, kind } = entry;
  if (kind === "ticket.denied") return whyRefused(entry, history, timeZone);
  if (kind === "ticket.moved") return say("history-from", { from: showingOf(data.from), to: showingOf(data.showing) });
  if (kind === "ticket.changed") return (data.fields ?? []).map((/** @type {string} */ field) => say(`history-field-${field}`) || field).join(", ");
  if (kind === "ticket.transferred") return say("history-handed-on", { from: data.from_name ?? "", to: data.to_name ?? "" });
  if (data.method) return paidText({ method: data.method, amount: data.amount ?? null, currency: data.currency ?? null });
  if (kind === "ticket.undone") return undone(entry, history, timeZone);
  if (kind === "ticket.conflict") return say("history-conflict-why", { reason: reasonOf(data.reason) || data.reason });
  if (data.reason) return say(`history-reason-${data.reason}`) || say("history-because", { reason: data.reason });
  return "";
}

/**
 * Reason of a refusal in words, with the details that this very history has of it.
 *
 * @param {Entry} entry
 * @param {readonly Entry[]} history
 * @param {string} timeZone
 */
function whyRefused(entry, history, timeZone) {
  const before = history.filter((each) => each.seq < entry.seq);
  const cause = before.findLast((each) => CAUSES[entry.code ?? ""]?.includes(each.kind));
  const known = cause && say(`history-why-${entry.code}-since`, { time: clock(cause.at, timeZone), door: placeOf(cause) });
  return known || say(`history-why-${entry.code}`);
}

/** @type {Record<string, string[]>} what of a ticket's history makes the doors refuse it so */
const CAUSES = {
  already_scanned: ["ticket.scanned"],
  blocked: ["ticket.blocked"],
  canceled: ["ticket.canceled"],
  replaced: ["ticket.reissued", "ticket.transferred"],
  not_inside: ["ticket.exited"],
  expired: ["ticket.expired"],
};

/**
 * @param {Entry} entry
 * @param {readonly Entry[]} history
 * @param {string} timeZone
 */
function undone(entry, history, timeZone) {
  const scan = history.find((each) => each.seq === entry.data.seq);
  return scan ? say("history-undone-scan", { scan: title(scan), time: clock(scan.at, timeZone) }) : "";
}

/** @param {Entry} entry */
function placeOf(entry) {
  return entry.door?.name ?? entry.who?.name ?? say("history-somewhere");
}

/** @param {string} showing an event's id, a slash, and its time */
function showingOf(showing = "") {
  const [date, time] = (showing.split("/")[1] ?? "").split("T");
  return time ? showingText(date, time) : "";
}

/**
 * @param {string} at
 * @param {string} timeZone
 */
function clock(at, timeZone) {
  return new Date(at).toLocaleString(formatLocale(), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone });
}
