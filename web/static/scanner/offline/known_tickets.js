/**
 * Known state of a ticket on this phone: the manifest's, then the passages heard or made since. Pure.
 *
 * @typedef {import("./rules.js").Ticket} Ticket
 * @typedef {import("./rules.js").Door} Door
 * @typedef {import("./ticket_state.js").State} State
 * @typedef {{seq: number, ticket: string, direction: "in" | "out", at: number, door: string | null,
 *   device: string | null}} News a scan that the hub decided, newer than the manifest
 */

import { step } from "./ticket_state.js";

/** @type {State} */
const NEVER_SCANNED = { where: [], entries: 0, entered: [], last: null };

/**
 * Return the state of a ticket in the manifest.
 *
 * @param {Ticket | undefined} ticket
 * @returns {State} what the manifest says
 */
export function stateOf(ticket) {
  if (!ticket) return NEVER_SCANNED;
  const { where, entries, entered, last } = ticket;
  return {
    where,
    entries,
    entered: entered.map((at) => Date.parse(at)),
    last: last ? { ...last, at: Date.parse(last.at) } : null,
  };
}

/**
 * Return the state after more passages.
 *
 * @param {State} state
 * @param {Omit<News, "seq">[]} passages in any order
 * @param {Door[]} doors
 * @returns {State} what they make of it
 */
export function after(state, passages, doors) {
  const inOrder = [...passages].sort((one, other) => one.at - other.at);
  return inOrder.reduce((before, passage) => step(before, through(passage, doors)), state);
}

/**
 * @param {Omit<News, "seq">} passage
 * @param {Door[]} doors
 * @returns {import("./ticket_state.js").Passage}
 */
function through({ direction, at, door: id, device }, doors) {
  const door = doors.find((each) => each.id === id);
  return { direction, at, door: id, device, into: door?.into ?? null, outOf: door?.out_of ?? null };
}

/** Journal entries that change where a ticket's people are in a way that a phone can follow by itself. */
const PASSAGES = { "ticket.scanned": "in", "ticket.exited": "out" };
/** Entries that name a ticket and leave it as it was. */
const SAME = new Set(["ticket.denied"]);

/**
 * Return the update in a journal entry: of one ticket, a reason to ask for changes, or neither. An offline scan takes
 * its place in the past, where only the hub can put it.
 *
 * @param {number} seq
 * @param {import("../../live/event_state.js").Item} item
 * @returns {News | "ask" | null}
 */
export function newsOf(seq, { kind, at, data = {} }) {
  const direction = PASSAGES[/** @type {keyof typeof PASSAGES} */ (kind)];
  const isNow = direction && data.ticket && data.by !== "batch" && at;
  if (isNow) {
    const door = data.door ?? null;
    return { seq, ticket: data.ticket, direction: /** @type {"in" | "out"} */ (direction), at: Date.parse(at), door, device: data.device ?? null };
  }
  const isOfTickets = kind.startsWith("ticket.") && !SAME.has(kind);
  const isOfMany = kind === "import.completed" || (kind === "import.failed" && data.fields);
  return isOfTickets || isOfMany || kind === "event.changed" ? "ask" : null;
}
