/** Page of one reservation: its tickets, and the actions on all of them at once. */

import { get, send } from "./api.js";
import { button, confirmed, el, notify } from "./build.js";
import { copyButton } from "./copy.js";
import { eventAddress, eventCrumb, listAddress, showCrumbs } from "./crumbs.js";
import { askPayment, askRefund, newKey, paidAndReturned, paidFor, sendMoney } from "./payment.js";
import { seatText } from "./door_details.js";
import { showEventNav } from "./event_nav.js";
import { showingText } from "./showing_text.js";
import { nameOf, stateTag, ticketPath } from "./ticket.js";
import { moneyText, sumText } from "../shared/money.js";
import { say } from "../shared/say.js";

const thing = /** @type {HTMLElement} */ (document.querySelector("#admin")).dataset.thing ?? "";
const path = `/api/reservations/${thing}`;

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function show() {
  const reservation = await get(path);
  const event = await get(`/api/events/${reservation.event}`);
  at("buyer").textContent = nameOf(reservation);
  showCrumbs([eventCrumb(event), [listAddress("tickets"), say("tickets-list")]], say("admin-reservation-of", { name: nameOf(reservation) }));
  showEventNav(event);
  showPaid(reservation);
  showFacts(reservation, event);
  showActions(reservation, event);
  at("rows").replaceChildren(...reservation.tickets.map(row));
}

/** @param {any} reservation */
function showPaid(reservation) {
  const { paid } = reservation;
  at("paid").textContent = paid ? say("admin-reservation-paid") : say("admin-reservation-unpaid");
  at("paid").dataset.tone = paid ? "pass" : "warn";
  at("paid").hidden = false;
}

/**
 * @param {any} reservation
 * @param {any} event
 */
function showFacts(reservation, event) {
  const facts = [
    [say("admin-ticket-event"), el("a", { href: eventAddress(event.uuid) }, event.name)],
    [say("admin-ticket-phone"), reservation.phone_number],
    [say("admin-reservation-email"), reservation.email],
    [say("payment-owed"), sumText(reservation.payment?.due ?? [])],
    [say("payment-paid"), paidAndReturned(reservation.tickets)],
    [say("admin-reservation-tickets"), say("tickets-shown", { count: reservation.tickets_count })],
    [say("admin-ticket-notice"), reservation.notice],
    ...Object.entries(reservation.fields),
    [say("admin-reservation-number"), el("code", {}, reservation.uuid)],
  ];
  at("facts").replaceChildren(...facts.filter(([, fact]) => fact).flatMap(([name, fact]) => [el("dt", {}, name), el("dd", {}, fact)]));
}

/**
 * @param {any} reservation
 * @param {any} event
 */
function showActions(reservation, event) {
  const isOver = reservation.tickets.every((/** @type {any} */ ticket) => ticket.status === "canceled");
  const invite = reservation.invited ? button(say("admin-reservation-do-uninvite"), () => act("uninvite")) : button(say("admin-reservation-do-invite"), () => act("invite"));
  const actions = [
    reservation.paid ? null : button(say("admin-reservation-do-pay"), () => pay(reservation), "primary"),
    button(say("admin-reservation-do-resend"), resend),
    ["invited", "percent"].includes(event.wallet) ? invite : null,
    button(say("admin-reservation-do-cancel"), cancel, "small danger"),
  ];
  const refund = reservation.tickets.some((/** @type {any} */ ticket) => ticket.paid) ? [button(say("payment-do-refund"), () => giveBack(reservation))] : [];
  at("actions").replaceChildren(...(isOver ? [button(say("admin-reservation-do-restore"), () => act("restore"))] : actions.filter((each) => each !== null)), ...refund);
}

/** @param {any} ticket */
function row(ticket) {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("a", { href: ticketPath(ticket.id) }, nameOf(ticket))),
    el("td", {}, showingText(ticket.date, ticket.time)),
    el("td", {}, [ticket.product, ticket.price, seatText(ticket.seat)].filter(Boolean).join(", ")),
    el("td", {}, moneyText(ticket.amount ? ticket : null)),
    el("td", {}, stateTag(ticket)),
  );
}

/** @param {"cancel" | "restore" | "invite" | "uninvite"} action */
async function act(action) {
  await send("POST", `${path}/${action}`);
  await show();
  notify(say(`admin-reservation-did-${action}`));
}

/** @param {any} reservation */
async function pay(reservation) {
  const key = newKey();
  const payment = await askPayment(reservation.payment?.due ?? []);
  if (payment === undefined) return;
  await sendMoney(path, "pay", payment, key);
  await show();
  notify(say("admin-reservation-did-pay"));
}

/** @param {any} reservation */
async function giveBack(reservation) {
  const key = newKey();
  const refund = await askRefund(paidFor(reservation.tickets));
  if (refund === undefined) return;
  await sendMoney(path, "refund", refund, key);
  await show();
  notify(say("payment-refunded"));
}

async function cancel() {
  if (await confirmed(say("admin-reservation-ask-cancel"), say("admin-reservation-do-cancel"))) await act("cancel");
}

async function resend() {
  const { sent, link } = await send("POST", `${path}/resend`);
  at("sent").replaceChildren(
    el("p", {}, say(sent ? "admin-reservation-mailed" : "admin-reservation-hand-on")),
    el("div", { class: "secret" }, el("code", {}, link), copyButton(link, say("admin-reservation-link"))),
  );
  at("sent").hidden = false;
}

show().catch((error) => notify(error.message, "refuse"));
