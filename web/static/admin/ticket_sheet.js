/** Sheet of tickets to print: a card for each, with its code. */

import { el } from "./build.js";
import { seatText } from "./door_details.js";
import { showingText } from "./showing_text.js";
import { codeAddress, nameOf } from "./ticket.js";
import { say } from "../shared/say.js";

/**
 * Print these tickets; those that are cancelled have no code, and are left out.
 *
 * @param {any[]} tickets
 */
export async function printTickets(tickets) {
  const good = tickets.filter(({ status }) => status !== "canceled");
  if (good.length === 0) throw new Error(say("tickets-none-printable"));
  const cards = good.map(card);
  document.querySelector("#sheet")?.replaceChildren(...cards);
  await Promise.all(cards.map((each) => each.querySelector("img")?.decode()));
  window.print();
}

/** @param {any} ticket */
function card(ticket) {
  const about = [ticket.product, ticket.price, seatText(ticket.seat)].filter(Boolean).join(", ");
  return el(
    "article",
    { class: "panel code-card" },
    el("h2", {}, nameOf(ticket)),
    el("img", { class: "qr", src: codeAddress(ticket), alt: say("admin-ticket-qr", { name: nameOf(ticket) }), width: 240, height: 240 }),
    el("p", {}, showingText(ticket.date, ticket.time)),
    about ? el("p", {}, about) : null,
  );
}
