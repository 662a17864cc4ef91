/**
 * How a verdict looks and reads, on the dashboard and on a phone: a tone (colour), a shape and a word. Pure.
 *
 * @typedef {"pass" | "exit" | "refuse" | "warn" | "note"} Tone
 * @typedef {{tone: Tone, shape: string, word: string}} Look
 */

/** @type {Record<string, Look>} */
const LOOKS = {
  "ticket.scanned": { tone: "pass", shape: "check", word: "Admitted" },
  "ticket.exited": { tone: "exit", shape: "out", word: "Left" },
  "ticket.denied": { tone: "refuse", shape: "stop", word: "Refused" },
  "ticket.conflict": { tone: "warn", shape: "warn", word: "Conflict" },
  "ticket.undone": { tone: "note", shape: "note", word: "Undone" },
  practice: { tone: "note", shape: "note", word: "Practice" },
};

/** @type {Record<string, string>} */
const REASONS = {
  already_scanned: "Already scanned",
  bad_signature: "Not a ticket of ours",
  blocked: "Blocked by the organiser",
  canceled: "Cancelled",
  expired: "Expired",
  full: "Full",
  invalid_code: "Not a ticket code",
  not_inside: "Not inside",
  practice: "Practice code",
  replaced: "Old code, ticket was reissued",
  too_early: "Too early",
  too_late: "Too late",
  unknown_ticket: "Ticket was deleted",
  unpaid: "Not paid",
  wrong_door: "Wrong door",
  wrong_event: "Other event",
};

/** @type {Look} */
const OTHER = { tone: "note", shape: "note", word: "Noted" };

/**
 * @param {import("./live/state.js").Item} item a journal entry of a scan
 * @returns {Look & {reason: string}}
 */
export function lookOfEntry(item) {
  const code = item.data?.code ?? "";
  const look = LOOKS[code === "practice" ? "practice" : item.kind] ?? OTHER;
  return { ...look, reason: entryReason(item, code) };
}

/**
 * @param {{code?: string, success?: boolean}} answer the hub's answer to a scan
 * @returns {Look}
 */
export function lookOfAnswer({ code = "", success = false }) {
  if (code === "practice") return LOOKS.practice;
  if (code === "exited") return LOOKS["ticket.exited"];
  return LOOKS[success ? "ticket.scanned" : "ticket.denied"];
}

/** @param {string} code */
export function reasonOf(code) {
  return REASONS[code] ?? "";
}

/**
 * @param {import("./live/state.js").Item} item
 * @param {string} code
 */
function entryReason(item, code) {
  if (item.kind === "ticket.denied") return reasonOf(code);
  if (item.data?.by === "force") return item.data.reason ? `Forced: ${item.data.reason}` : "Forced";
  return item.kind === "ticket.conflict" ? String(item.data?.reason ?? "Let in twice") : "";
}
