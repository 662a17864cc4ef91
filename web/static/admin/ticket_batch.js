/** Actions on several tickets: one request after the other, with progress, and a summary of those that were refused. */

import { Refused, send } from "./api.js";
import { confirmed, notify } from "./build.js";
import { askPayment, sendMoney } from "./payment.js";
import { sumOf } from "../shared/money.js";
import { nameOf } from "./ticket.js";
import { say } from "../shared/say.js";

const MOST_NAMED = 5;

/**
 * Ask before an action on several tickets that the guests would feel at once; return whether it is meant.
 *
 * @param {"cancel"} action
 * @param {any[]} tickets
 */
export function confirmedFor(action, tickets) {
  return confirmed(say(`tickets-ask-${action}`, { count: tickets.length }), say("tickets-cancel"));
}

/** @typedef {"block" | "unblock" | "cancel" | "pay" | "resend"} Action */

/**
 * Ask before an action on all tickets that match; of a payment how.
 *
 * @param {Action} action
 * @param {number} total
 * @returns {Promise<Record<string, string> | null>} what goes with the action, null: it is not meant
 */
export async function askedForAll(action, total) {
  if (action === "pay") {
    const payment = await askPayment([], { isFixed: true, elsewhere: false, chosen: "cash", title: say("tickets-ask-pay-all", { count: total }) });
    return payment ? { method: payment.method } : null;
  }
  const ask = action === "resend" ? "mail" : action;
  const yes = { block: say("admin-ticket-do-block"), unblock: say("admin-ticket-do-unblock"), cancel: say("tickets-cancel"), resend: say("tickets-resend") }[action];
  return (await confirmed(say(`tickets-ask-${ask}`, { count: total }), yes)) ? {} : null;
}

/**
 * Carry out an action on each ticket, and show the summary.
 *
 * @param {"block" | "unblock" | "cancel"} action
 * @param {any[]} tickets
 */
export async function actOnEach(action, tickets) {
  await each(tickets, (ticket) => send("POST", `/api/tickets/${ticket.id}/${action}`));
}

/**
 * Mark the unpaid orders of these tickets as paid, once confirmed.
 *
 * @param {any[]} tickets
 * @returns {Promise<boolean>} whether it was done
 */
export async function payAll(tickets) {
  const orders = ordersOf(tickets.filter(({ status }) => status === "unpaid"));
  if (orders.length === 0) throw new Error(say("tickets-none-payable"));
  const payment = await askPayment(sumOf(tickets.map((ticket) => (ticket.status === "unpaid" && ticket.amount ? ticket : null))), { isFixed: true, title: say("tickets-ask-pay", { count: orders.length }) });
  if (payment === undefined) return false;
  await each(orders, ({ reservation }) => sendMoney(`/api/reservations/${reservation}`, "pay", payment));
  return true;
}

/**
 * Mail the links of these tickets' orders again, each order's once.
 *
 * @param {any[]} tickets
 * @returns {Promise<boolean>} false: the list is as it was
 */
export async function resendAll(tickets) {
  const orders = ordersOf(tickets);
  if (!(await confirmed(say("tickets-ask-resend", { count: orders.length }), say("tickets-resend")))) return false;
  await each(orders, async ({ reservation }) => {
    const { sent } = await send("POST", `/api/reservations/${reservation}/resend`);
    if (!sent) throw new Error(say("tickets-no-mail"));
  });
  return false;
}

/** @param {any[]} tickets @returns {any[]} the first of each reservation */
function ordersOf(tickets) {
  return [...new Map(tickets.toReversed().map((ticket) => [ticket.reservation, ticket])).values()].toReversed();
}

/**
 * @param {any[]} tickets
 * @param {(ticket: any) => Promise<unknown>} work what it refuses is kept for the summary; another error ends it all
 */
async function each(tickets, work) {
  const refused = [];
  for (const [n, ticket] of tickets.entries()) {
    notify(say("tickets-progress", { n: n + 1, count: tickets.length }));
    try {
      await work(ticket);
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 0 || error.status >= 500) throw error;
      refused.push({ name: nameOf(ticket), why: error.message });
    }
  }
  notify(summary(tickets.length, refused), refused.length ? "refuse" : "pass");
}

/**
 * @param {number} count
 * @param {{name: string, why: string}[]} refused
 */
function summary(count, refused) {
  const done = say("tickets-done", { count: count - refused.length });
  if (refused.length === 0) return done;
  const named = refused.slice(0, MOST_NAMED).map(({ name, why }) => `${name}: ${why}`).join("; ");
  return `${done} ${say("tickets-not-done", { count: refused.length })} ${named}${refused.length > MOST_NAMED ? "; …" : "."}`;
}
