/**
 * Guest query: the guests of a time, or those that a search finds, by the hub, or on this phone where that is alone.
 *
 * @typedef {import("./device_session.js").DeviceSession} DeviceSession
 * @typedef {import("./guest_showings.js").GuestShowing} GuestShowing
 * @typedef {import("./offline/rules.js").Ticket} Ticket
 * @typedef {{uuid: string, issue: number, name: string, facts: string[], notice: string, isInside: boolean,
 *   more: [string, string][]}} Found `more` is shown of the one that is opened
 * @typedef {{found: Found[], total: number, others: number, said: string}} Page `others` are found at other times
 * @typedef {{text: string, showing: GuestShowing | null, page: number}} Query `text` is empty for the whole list,
 *   `showing` null for all times; pages count from 1
 */

import { AGAIN } from "./api.js";
import { timeOf } from "./guest_showings.js";
import { contactIn, findGuests } from "./offline/guest_search.js";
import { refusalText } from "./refusal_text.js";
import { nameOf, seatText } from "./verdict_text.js";
import { dayOf } from "../shared/days.js";
import { nameOrder } from "../shared/locale.js";
import { say } from "../shared/say.js";

const PAGE = 40;
/** A hub that does not answer within this is not waited for. */
const WITHIN_MS = 3000;
const NUMBER_CHARS = 8;
/** States by the labels that the hub answers, which are English in every language. @type {Record<string, string>} */
const STATES = {
  "Valid and not scanned": "valid",
  "Valid and scanned": "scanned",
  "Not paid": "unpaid",
  Canceled: "canceled",
  Blocked: "blocked",
  Expired: "expired",
};

/**
 * Return a page of guests.
 *
 * @param {DeviceSession} session
 * @param {Query} query
 * @returns {Promise<Page>}
 */
export async function guestsFor(session, query) {
  const answer = session.hub.isThere ? await asked(session, query) : null;
  if (!answer || AGAIN.has(answer.status)) return guestsHere(session, query);
  const { status, body } = answer;
  if (status !== 200) return { found: [], total: 0, others: 0, said: status === 403 ? refusalText(body) : say("scan-find-failed") };
  const found = body.results.map((/** @type {any} */ guest) => foundByHub(guest, query.showing ? "" : whenOf(session, guest)));
  return { found, total: body.total, others: body.other_times ?? 0, said: countText(query, body.total) };
}

/**
 * @param {DeviceSession} session
 * @param {Query} query
 */
function asked({ hub, device, eventData }, { text, showing, page }) {
  const path = text ? "/scan/search_ticket/" : "/scan/list_tickets/";
  const wanted = text ? { search: text } : { order_by: "name", order_dir: "asc" };
  const time = showing ? timeOf(showing, eventData.manifest?.event.timezone) : {};
  const late = new Promise((/** @type {(none: null) => void} */ resolve) => setTimeout(() => resolve(null), WITHIN_MS));
  return Promise.race([hub.post(path, { ...wanted, ...time, event_uuid: device.event, page, page_size: PAGE }), late]);
}

/**
 * @param {Query} query
 * @param {number} total
 */
function countText({ text, showing }, total) {
  if (total === 0) return say(text ? "scan-find-none" : showing ? "scan-find-none-then" : "scan-find-no-guests");
  return say("scan-find-count", { count: total });
}

/**
 * Return the day and time of a ticket.
 *
 * @param {DeviceSession} session
 * @param {{uuid: string, date: string, time: string}} guest
 */
function whenOf({ eventData, hub }, { uuid, date, time }) {
  const startsAt = eventData.ticket(uuid)?.starts_at;
  return startsAt ? dayOf(Date.parse(startsAt), hub.now(), eventData.manifest?.event.timezone) : `${date}, ${time}`;
}

/**
 * @param {any} guest
 * @param {string} when
 * @returns {Found}
 */
function foundByHub(guest, when) {
  const { status, product, seat, phone_end: phoneEnd, reservation_uuid: order } = guest;
  const more = Object.entries(guest.custom_form ?? {});
  if (guest.price) more.unshift([say("scan-find-price"), guest.price]);
  return {
    uuid: guest.uuid,
    issue: guest.issue,
    name: nameOf(guest),
    facts: factsOf([stateText(STATES[status]) || status, when, product, seatText(seat)], phoneEnd, order),
    notice: guest.notice ?? "",
    isInside: guest.is_scanned,
    more: /** @type {[string, string][]} */ ([[say("scan-find-ticket"), guest.uuid.slice(0, NUMBER_CHARS)], ...more]),
  };
}

/**
 * @param {(string | null | undefined)[]} parts
 * @param {string | undefined} phoneEnd
 * @param {string} order
 */
function factsOf(parts, phoneEnd, order) {
  const phone = phoneEnd ? say("scan-find-phone", { end: phoneEnd }) : "";
  return /** @type {string[]} */ ([...parts, phone, order ? say("scan-find-order", { order: order.slice(0, NUMBER_CHARS) }) : ""].filter(Boolean));
}

/** @param {string | undefined} state of a ticket @returns {string} empty for one that is not known */
function stateText(state) {
  // says: scan-state-{valid, scanned, unpaid, canceled, blocked, expired}
  return state ? say(`scan-state-${state}`) : "";
}

// --- on this phone -------------------------------------------------------------------------------------------------

/**
 * @param {DeviceSession} session
 * @param {Query} query
 * @returns {Promise<Page>}
 */
async function guestsHere({ eventData, queue, may, hub }, { text, showing, page }) {
  const hasCome = eventData.hasCome(queue.waiting);
  const found = text ? await searchedHere(eventData, text) : [...eventData.tickets()];
  const wanted = showing ? found.filter((ticket) => ticket.starts_at === showing.id) : found;
  const shown = inOrder(wanted).slice((page - 1) * PAGE, page * PAGE);
  const { timezone } = eventData.manifest?.event ?? {};
  return {
    found: shown.map((ticket) => foundHere(ticket, hasCome(ticket), showing === null ? dayOf(Date.parse(ticket.starts_at), hub.now(), timezone) : "")),
    total: wanted.length,
    others: found.length - wanted.length,
    said: [countText({ text, showing, page }, wanted.length), say(may.has("names") ? "scan-find-offline" : "scan-find-offline-no-names")].join(" "),
  };
}

/**
 * @param {DeviceSession["eventData"]} eventData
 * @param {string} text
 */
async function searchedHere(eventData, text) {
  const contact = contactIn(text);
  return findGuests(eventData.tickets(), text, {
    byBarcode: await eventData.named(text),
    byContact: contact && (await eventData.contactHash(contact)),
  });
}

const names = nameOrder();

/** @param {Ticket[]} tickets */
function inOrder(tickets) {
  const key = (/** @type {Ticket} */ ticket) => [ticket.last_name, ticket.first_name].filter(Boolean).join(" ");
  return tickets.sort((one, other) => names.compare(key(one), key(other)) || (one.uuid < other.uuid ? -1 : 1));
}

/**
 * @param {Ticket} ticket
 * @param {boolean} isInside
 * @param {string} when
 * @returns {Found}
 */
function foundHere(ticket, isInside, when) {
  const state = stateText(ticket.status === "valid" && isInside ? "scanned" : ticket.status === "valid" && ticket.is_expired ? "expired" : ticket.status);
  return {
    uuid: ticket.uuid,
    issue: ticket.issue,
    name: nameOf(ticket) || say("scan-guest"),
    facts: factsOf([state, when, ticket.product, seatText(ticket.seat)], ticket.phone_end, ticket.reservation),
    notice: ticket.notice ?? "",
    isInside,
    more: [[say("scan-find-ticket"), ticket.uuid.slice(0, NUMBER_CHARS)], ...Object.entries(ticket.fields ?? {})],
  };
}
