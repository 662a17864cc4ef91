/** Row of a ticket in the list: its holder, time, product, code, order and state. */

import { el } from "./build.js";
import { seatText } from "./door_details.js";
import { showingText } from "./showing_text.js";
import { nameOf, stateTag, ticketPath } from "./ticket.js";
import { moneyText } from "../shared/money.js";
import { say } from "../shared/say.js";

const BEGINNING = 8;

/**
 * Row of a ticket.
 *
 * @param {any} ticket
 * @param {any} event its own, where the list is of several
 * @param {import("./ticket_picks.js").Picks} picks
 */
export function ticketRow(ticket, event, picks) {
  const name = nameOf(ticket);
  return el(
    "tr",
    {},
    el("td", {}, picks.tick(ticket)),
    el("th", { scope: "row" }, el("a", { href: ticketPath(ticket.id) }, name), el("br"), el("span", { class: "muted" }, ticket.phone_number)),
    event ? el("td", {}, event.name) : null,
    el("td", {}, showingText(ticket.date, ticket.time)),
    el("td", {}, [ticket.product, ticket.price, moneyText(ticket.amount ? ticket : null), seatText(ticket.seat)].filter(Boolean).join(" · ")),
    el("td", {}, ...codes(ticket)),
    el("td", {}, stateTag(ticket)),
  );
}

/** @param {any} ticket */
function codes(ticket) {
  const order = el("a", { href: `/admin/reservations/${ticket.reservation}`, class: "muted" }, say("tickets-order", { order: ticket.reservation.slice(0, BEGINNING) }));
  return ticket.barcode ? [el("code", {}, ticket.barcode), el("br"), order] : [order];
}
