/**
 * Look of a verdict, on the dashboard and on a phone: a tone (colour), a shape and a word. Pure.
 *
 * @typedef {"pass" | "exit" | "refuse" | "warn" | "note"} Tone
 * @typedef {{tone: Tone, shape: string, word: string}} Look
 */

import { say } from "./say.js";

/** @type {Record<string, Look>} */
const LOOKS = {
  "ticket.scanned": { tone: "pass", shape: "check", word: say("verdict-admitted") },
  "ticket.exited": { tone: "exit", shape: "out", word: say("verdict-exited") },
  "ticket.denied": { tone: "refuse", shape: "stop", word: say("verdict-refused") },
  "ticket.conflict": { tone: "warn", shape: "warn", word: say("verdict-conflict") },
  "ticket.undone": { tone: "note", shape: "note", word: say("verdict-undone") },
  practice: { tone: "note", shape: "note", word: say("verdict-practice") },
};

/** @type {Look} */
const OTHER = { tone: "note", shape: "note", word: say("verdict-noted") };

/**
 * Return the look of a scan in the journal, with its reason.
 *
 * @param {import("../live/event_state.js").Item} item a journal entry of a scan
 * @returns {Look & {reason: string}}
 */
export function lookOfEntry(item) {
  const code = item.data?.code ?? "";
  const look = LOOKS[code === "practice" ? "practice" : item.kind] ?? OTHER;
  return { ...look, reason: entryReason(item, code) };
}

/**
 * Return the look of an answer to a scan.
 *
 * @param {{code?: string, success?: boolean}} answer the hub's answer to a scan
 * @returns {Look}
 */
export function lookOfAnswer({ code = "", success = false }) {
  if (code === "practice") return LOOKS.practice;
  if (code === "exited") return LOOKS["ticket.exited"];
  return LOOKS[success ? "ticket.scanned" : "ticket.denied"];
}

/**
 * Return the reason of a code in words.
 *
 * @param {string} code
 */
export function reasonOf(code) {
  // says: reason-*
  return say(`reason-${code}`);
}

/**
 * @param {import("../live/event_state.js").Item} item
 * @param {string} code
 */
function entryReason(item, code) {
  if (item.kind === "ticket.denied") return reasonOf(code);
  if (item.data?.by === "force") return item.data.reason ? say("reason-forced-for", { reason: item.data.reason }) : say("reason-forced");
  return item.kind === "ticket.conflict" ? conflictReason(item.data?.reason) : "";
}

/**
 * Return why the hub would have refused an entry, in words.
 *
 * @param {string | undefined} code
 */
export function conflictReason(code) {
  return code === undefined || code === "already_scanned" ? say("reason-twice") : reasonOf(code) || code;
}
