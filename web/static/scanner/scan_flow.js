/** Scan flow: from a code to its outcome, with the questions to the door on the way. */

import { askParty, askYes } from "./questions.js";
import { nameOf } from "./verdict_text.js";
import { readText } from "./code_reading.js";

/** As long as the hub lets a device take a scan back, counted to when it hears of it. */
const UNDO_WITHIN_MS = 15 * 60_000;

/**
 * @typedef {import("./scan.js").Scan} Scan
 * @typedef {import("./verdict_text.js").Outcome} Outcome
 * @typedef {import("./read_queue.js").Read} Read
 * @typedef {import("./device_session.js").DeviceSession} DeviceSession
 */

/**
 * Return the outcome of a scan.
 *
 * @param {DeviceSession} session
 * @param {Read} read
 * @returns {Promise<{scan: Scan, outcome: Outcome} | null>} with the scan as it was understood; null: none comes in
 *   after all
 */
export async function outcomeOf(session, read) {
  const { scan, isForeign, isPage } = await understood(session, read.scan);
  if (isPage) return { scan, outcome: said("page") };
  const outcome = await decided(session, { ...read, scan });
  const isUnread = isForeign && outcome?.body.code === "invalid_code";
  return outcome && { scan, outcome: isUnread ? said("layout") : outcome };
}

/**
 * @param {"page" | "layout"} code why nothing was scanned
 * @returns {Outcome}
 */
function said(code) {
  return { status: 200, body: { success: false, code } };
}

/**
 * @param {DeviceSession} session
 * @param {Scan} scan
 * @returns {Promise<{scan: Scan, isForeign?: boolean, isPage?: boolean}>} `isPage`: it is the address of a ticket's page,
 *   and this device may not check in by hand
 */
async function understood({ eventData, may }, scan) {
  const { qrcode_data: code, ...rest } = scan;
  if (code === undefined) return { scan };
  const { text, ticket, isForeign } = await readText(code, (each) => eventData.named(each));
  if (ticket) return { scan: { ...rest, ticket_uuid: ticket }, isPage: !may.has("search") };
  return { scan: { ...rest, qrcode_data: text }, isForeign };
}

/**
 * @param {DeviceSession} session
 * @param {Read} read
 * @returns {Promise<Outcome | null>}
 */
async function decided({ scans }, { scan, isTraining, isParty }) {
  if (isTraining) return { ...(await scans.check(scan)), isTraining };
  if (!isParty || scan.direction === "out" || scan.force) return confirmedBy(scans, scan);
  const { body } = await scans.check(scan);
  const tickets = body.reservation?.tickets_count ?? 1;
  if (!body.success || tickets === 1) return confirmedBy(scans, scan);
  const count = await askParty(tickets, nameOf(body.ticket));
  return count > 0 ? confirmedBy(scans, count > 1 ? { ...scan, count } : scan) : null;
}

/**
 * Scan, and put the event's question to the door, where it has one: a yes lets the same scan decide.
 *
 * @param {import("./scan.js").Scans} scans
 * @param {Scan} scan
 * @returns {Promise<Outcome>}
 */
async function confirmedBy(scans, scan) {
  const outcome = await scans.scan(scan);
  const { code, message, ticket } = outcome.body;
  const isConfirmed = code === "confirm" && (await askYes(message, nameOf(ticket)));
  return isConfirmed ? scans.scan({ ...scan, confirmed: true }) : outcome;
}

/**
 * Undo a scan.
 *
 * @param {DeviceSession} session
 * @param {import("./recent_scans.js").Recent} scan
 * @returns {Promise<import("./api.js").Answer>}
 */
export async function takeBack({ hub, queue, undo }, { ticket, seq, nonce, at }) {
  if (hub.now() - at > UNDO_WITHIN_MS) return { status: 409, body: { success: false, code: "too_late" } };
  if (nonce && (await queue.takeBack(nonce))) return { status: 200, body: { success: true } };
  return undo({ ticket_uuid: ticket, seq: seq ?? queue.seqOf(nonce ?? ""), nonce: crypto.randomUUID() });
}
