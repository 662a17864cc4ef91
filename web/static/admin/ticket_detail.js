/** Page of one ticket: its history, and all actions on it. */

import { get, send } from "./api.js";
import { button, confirmed, el, notify } from "./build.js";
import { copyButton } from "./copy.js";
import { eventAddress, eventCrumb, listAddress, showCrumbs } from "./crumbs.js";
import { showEventNav } from "./event_nav.js";
import { onSubmit } from "./form.js";
import { doorDetails, fillDoorDetails, ofFields, seatText } from "./door_details.js";
import { historyRow, lastRefusal } from "./history.js";
import { askPayment, askRefund, newKey, paidFor, paidText, sendMoney } from "./payment.js";
import { showingText } from "./showing_text.js";
import { codeAddress, nameOf, stateTag } from "./ticket.js";
import { timesOf } from "./times.js";
import { moneyText } from "../shared/money.js";
import { say } from "../shared/say.js";

const thing = /** @type {HTMLElement} */ (document.querySelector("#admin")).dataset.thing ?? "";
const path = `/api/tickets/${thing}`;
const form = /** @type {HTMLFormElement} */ (document.querySelector("#correct"));
const times = /** @type {HTMLElement} */ (document.querySelector("#times"));

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function show() {
  const ticket = await get(path);
  const [event, history] = await Promise.all([get(`/api/events/${ticket.event}`), get(`${path}/history`)]);
  showCrumbs([eventCrumb(event), [listAddress("tickets"), say("tickets-list")]], nameOf(ticket));
  showEventNav(event);
  showTicket(ticket, event);
  showActions(ticket);
  at("history").replaceChildren(...history.toReversed().map((/** @type {any} */ entry) => historyRow(entry, history, event.timezone)));
  at("answer").textContent = lastRefusal(history, event.timezone);
  at("answer").hidden = !at("answer").textContent;
  await Promise.all([showLinks(), fillForm(ticket, event)]);
}

/**
 * @param {any} ticket
 * @param {any} event
 */
function showTicket(ticket, event) {
  at("holder").textContent = nameOf(ticket);
  const tag = stateTag(ticket);
  tag.id = "status";
  at("status").replaceWith(tag);
  const booked = el("a", { href: `/admin/reservations/${ticket.reservation}` }, say("admin-ticket-reservation"));
  const facts = [
    [say("admin-ticket-event"), el("a", { href: eventAddress(event.uuid) }, event.name)],
    [say("admin-ticket-when"), showingText(ticket.date, ticket.time)],
    [say("admin-ticket-product"), [ticket.product, ticket.price].filter(Boolean).join(", ")],
    [say("payment-price"), moneyText(ticket.amount ? ticket : null)],
    [say("payment-paid"), ticket.paid && paidText(ticket.paid)],
    [say("admin-ticket-seat"), seatText(ticket.seat)],
    [say("admin-ticket-phone"), ticket.phone_number],
    [say("admin-ticket-notice"), ticket.notice],
    ...Object.entries(ticket.fields),
    [say("admin-ticket-booked"), booked],
    [say("admin-ticket-number"), el("code", {}, ticket.id)],
  ];
  at("facts").replaceChildren(...facts.filter(([, fact]) => fact).flatMap(([name, fact]) => [el("dt", {}, name), el("dd", {}, fact)]));
  const picture = /** @type {HTMLImageElement} */ (at("qr"));
  picture.src = codeAddress(ticket);
  picture.alt = say("admin-ticket-qr", { name: nameOf(ticket) });
  picture.hidden = ticket.status === "canceled";
}

/** @param {any} ticket */
function showActions(ticket) {
  const isOver = ticket.status === "canceled";
  const block = ticket.status === "blocked" ? button(say("admin-ticket-do-unblock"), () => act("unblock")) : button(say("admin-ticket-do-block"), () => act("block"));
  const print = button(say("admin-ticket-do-print"), () => window.print());
  const change = [print, block, button(say("admin-ticket-do-reissue"), () => act("reissue", true)), button(say("admin-ticket-do-cancel"), () => act("cancel", true), "small danger")];
  const money = [
    ...(ticket.status === "unpaid" ? [button(say("payment-do-pay"), () => pay(ticket), "small primary")] : []),
    ...(ticket.paid ? [button(say("payment-do-refund"), () => giveBack(ticket))] : []),
  ];
  at("actions").replaceChildren(...money, ...(isOver ? [button(say("admin-ticket-do-restore"), () => act("restore"))] : change), button(say("admin-ticket-do-delete"), remove, "small danger"));
}

/**
 * @param {"block" | "unblock" | "reissue" | "cancel" | "restore"} action
 * @param {boolean} [isFinal] whether it cannot be taken back
 */
async function act(action, isFinal = false) {
  if (isFinal && !(await confirmed(say(`admin-ticket-ask-${action}`), say(`admin-ticket-do-${action}`)))) return;
  await send("POST", `${path}/${action}`);
  await show();
  notify(say(`admin-ticket-did-${action}`));
}

/** @param {any} ticket */
async function pay(ticket) {
  const key = newKey();
  const payment = await askPayment(ticket.payment?.due ?? [], { elsewhere: false });
  if (!payment) return;
  await sendMoney(path, "pay", payment, key);
  await show();
  notify(say("payment-taken", { sum: paidText({ amount: null, currency: null, ...payment }) }));
}

/** @param {any} ticket */
async function giveBack(ticket) {
  const key = newKey();
  const refund = await askRefund(paidFor([ticket]));
  if (refund === undefined) return;
  await sendMoney(path, "refund", refund, key);
  await show();
  notify(say("payment-refunded"));
}

async function remove() {
  if (!(await confirmed(say("admin-ticket-ask-delete"), say("admin-ticket-do-delete")))) return;
  await send("DELETE", path);
  location.assign(listAddress("tickets"));
}

async function showLinks() {
  const links = await get(`${path}/links`);
  const all = Object.entries(links).map(([kind, address]) => ({ address, label: say(`admin-ticket-link-${kind}`) }));
  const shown = all.filter(({ label }) => label); // a picture of the code is no page to open
  at("links").replaceChildren(
    ...shown.map(({ address, label }) => el("li", { class: "head" }, el("a", { href: address, rel: "noreferrer" }, label), copyButton(address, label))),
  );
}

// --- correct or move -------------------------------------------------------------------------------------------

/**
 * @param {any} ticket
 * @param {any} event
 */
async function fillForm(ticket, event) {
  for (const name of ["name", "phone_number"]) /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value = ticket[name];
  const showings = event.ends_at === null ? null : await timesOf(event.uuid);
  fillDoorDetails(form, ticket);
  times.replaceChildren(...(showings ? [showingField(ticket, showings)] : momentFields(ticket)));
  for (const control of form.elements) /** @type {HTMLInputElement} */ (control).disabled = ticket.status === "canceled";
}

/**
 * @param {any} ticket
 * @param {any[]} showings
 */
function showingField(ticket, showings) {
  const own = `${ticket.date}T${ticket.time}`;
  const values = showings.map(({ date, time, left, bookable }) => ({ value: `${date}T${time}`, text: say("admin-ticket-showing", { when: showingText(date, time), count: left }), bookable }));
  const options = values.filter(({ value, bookable }) => bookable && value !== own).map(({ value, text }) => el("option", { value }, text));
  const select = el("select", { id: "correct-showing", name: "showing" }, el("option", { value: own }, showingText(ticket.date, ticket.time)), ...options);
  return el("div", { class: "field" }, el("label", { for: "correct-showing" }, say("admin-ticket-when")), select);
}

/** @param {any} ticket @returns {Node[]} */
function momentFields(ticket) {
  return /** @type {const} */ (["date", "time"]).map((name) => {
    const input = el("input", { id: `correct-${name}`, name, type: name, value: ticket[name] });
    return el("div", { class: "field" }, el("label", { for: input.id }, say(`admin-ticket-${name}`)), input);
  });
}

onSubmit(form, async ({ showing, ...fields }) => {
  const [date, time] = (showing ?? "").split("T");
  const { holder, details } = doorDetails(fields);
  try {
    await send("PATCH", path, { ...holder, ...details, ...(showing ? { date, time } : {}) });
  } catch (error) {
    throw ofFields(error, details.fields);
  }
  await show();
  notify(say("any-saved"));
});

show().catch((error) => notify(error.message, "refuse"));
