/** Tickets of a sale: the codes, to be shown, printed or sent, and the change to give. */

import { button, el } from "./build.js";
import { copyButton } from "./copy.js";
import { soldText } from "./sell_payment.js";
import { showingText } from "./showing_text.js";
import { codeAddress, nameOf } from "./ticket.js";
import { moneyText } from "../shared/money.js";
import { say } from "../shared/say.js";

/** @typedef {import("../shared/money.js").Amount} Amount */

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @param {any} sold the reservation that was made
 * @param {any} event
 * @param {{paid: Record<string, any> | null, change: string, total: Amount[]}} payment
 */
export function showSold(sold, event, { paid, change, total }) {
  at("sold-title").textContent = say("sell-sold", { count: sold.tickets_count, paid: soldText(total, paid) });
  at("sold-change").textContent = change ? say("payment-change", { sum: change }) : "";
  at("sold-change").hidden = !change;
  at("sold-order").setAttribute("href", `/admin/reservations/${sold.uuid}`);
  at("sold-send").replaceChildren(...sending(location.origin + sold.links.page, event));
  at("sold-codes").replaceChildren(...sold.tickets.map((/** @type {any} */ ticket) => codeOf(ticket, event)));
  at("sold").hidden = false;
  at("next-customer").focus();
  at("sold").scrollIntoView({ block: "start" });
}

/**
 * @param {string} link
 * @param {any} event
 */
function sending(link, event) {
  const share = navigator.share ? [button(say("sell-share"), () => navigator.share({ title: event.name, url: link }).catch(() => {}), "")] : [];
  return [...share, copyButton(link, say("admin-reservation-link"), say("sell-copy-link"))];
}

/**
 * @param {any} ticket
 * @param {any} event
 */
function codeOf(ticket, event) {
  const kind = [ticket.product, ticket.price === ticket.product ? null : ticket.price, moneyText(ticket.amount ? ticket : null)].filter(Boolean).join(", ");
  return el(
    "li",
    { class: "sold-code" },
    el("img", { src: codeAddress(ticket), alt: say("admin-ticket-qr", { name: nameOf(ticket) }), width: 288, height: 288 }),
    el("strong", {}, event.name),
    el("span", {}, showingText(ticket.date, ticket.time)),
    el("span", {}, kind),
    ticket.status === "unpaid" ? el("span", { class: "tag", "data-tone": "warn" }, say("admin-ticket-unpaid")) : null,
  );
}
