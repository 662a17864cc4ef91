/**
 * Answer to an offline scan, in the shape of the hub's answers (docs/scan-api.md), so that both are shown alike. Pure.
 *
 * @typedef {{uuid: string, name: string}} Named
 */

import { clockOf, dateOf } from "../../shared/days.js";

const PASSED = new Set(["admitted", "exited"]);

/**
 * Return the answer of a verdict.
 *
 * @param {{code: string, details: Record<string, any>}} verdict
 * @param {import("./rules.js").Ticket | undefined} ticket
 * @param {import("./rules.js").EventRules} rules
 * @param {(device: string | null) => string | null} nameOfDevice
 * @returns {Record<string, any>}
 */
export function offlineAnswer({ code, details }, ticket, rules, nameOfDevice) {
  const { last, ...told } = details;
  const answer = { success: PASSED.has(code), code, ...told };
  if (!ticket) return answer;
  const previous = code === "already_scanned" && last ? previousOf(last, rules, nameOfDevice) : {};
  const notice = PASSED.has(code) ? noticeOf(ticket, rules) : null;
  return {
    ...answer,
    ...previous,
    ...(notice ? { notice } : {}),
    ...(ticket.due ? { due: ticket.due } : {}),
    ticket: {
      uuid: ticket.uuid,
      first_name: ticket.first_name ?? null,
      last_name: ticket.last_name ?? null,
      product: ticket.product,
      price: null,
      seat: ticket.seat,
      fields: ticket.fields,
      language: ticket.language,
      ...localStart(ticket, rules),
      scanned_at: last ? new Date(last.at).toISOString() : null,
    },
  };
}

/**
 * The date and the time that a ticket is for, by its event's clock.
 *
 * @param {import("./rules.js").Ticket} ticket
 * @param {import("./rules.js").EventRules} rules
 */
function localStart({ starts_at: starts }, { event }) {
  const at = Date.parse(starts);
  return Number.isNaN(at) ? {} : { date: dateOf(at, event?.timezone), time: clockOf(at, event?.timezone) };
}

/**
 * @param {import("./ticket_state.js").Last} last
 * @param {import("./rules.js").EventRules} rules
 * @param {(device: string | null) => string | null} nameOfDevice
 */
function previousOf(last, rules, nameOfDevice) {
  const door = rules.doors.find((each) => each.id === last.door)?.name ?? null;
  return { scanned_at_door: door, scanned_by_name: nameOfDevice(last.device) };
}

/**
 * @param {import("./rules.js").Ticket} ticket
 * @param {import("./rules.js").EventRules} rules
 */
function noticeOf({ notice, product }, { policy }) {
  return notice ?? policy.products.find((each) => each.name === product)?.notice ?? null;
}
