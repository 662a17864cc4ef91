/** Live ticket on the page. Every sentence is in the page already: one of them is shown. */

import { TicketSubscription } from "../live/ticket_subscription.js";
import { LiveClient } from "../live/client.js";
import { formatLocale } from "../shared/locale.js";

const ANOTHER_NIGHT_MS = 12 * 3600 * 1000;

export class LivePass {
  #element;
  #client;
  #isFollowed = false;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
    const { ticket, token } = element.dataset;
    this.#client = new LiveClient({
      subscription: new TicketSubscription(),
      hello: () => ({ ticket, token }),
      onState: (state) => this.#show(state),
      onStatus: (status) => this.#tell(status),
    });
  }

  /** Follow the ticket. */
  start() {
    if (!this.#isFollowed) this.#client.start();
    this.#isFollowed = true;
  }

  /** Follow it no longer. */
  stop() {
    if (this.#isFollowed) this.#client.stop();
    this.#isFollowed = false;
  }

  /** @param {import("../live/ticket_subscription.js").TicketState} state */
  #show(state) {
    const { dataset } = this.#element;
    if (state.date !== dataset.date || state.time !== dataset.time) {
      this.stop();
      location.replace(addressAsMoved());
      return;
    }
    this.#write("[data-name]", state.name);
    this.#showStanding(state.standing);
  }

  /** @param {import("../live/ticket_subscription.js").TicketState["standing"]} standing */
  #showStanding({ state, at, door }) {
    this.#element.dataset.state = state;
    for (const sentence of this.#all("[data-is]")) sentence.hidden = sentence.dataset.is !== state;
    for (const line of this.#all(".scanned")) line.hidden = at === null;
    for (const part of this.#all("[data-at-door]")) part.hidden = door === null;
    if (at !== null) this.#write("[data-scanned]", lately(new Date(at), this.#element.dataset.timezone));
    this.#write("[data-door]", door ?? "");
    if (at !== null) showAsVisited();
  }

  /** @param {import("../live/client.js").Status} status */
  #tell(status) {
    for (const warning of this.#all("[data-behind]")) warning.hidden = status.phase === "live";
    if (status.phase === "ended") reloadIfGone();
  }

  /** @param {string} selector */
  #all(selector) {
    return /** @type {NodeListOf<HTMLElement>} */ (this.#element.querySelectorAll(selector));
  }

  /**
   * @param {string} selector
   * @param {string} text
   */
  #write(selector, text) {
    for (const place of this.#all(selector)) place.textContent = text;
  }
}

/** Ask how it was, and offer no change any more, once the ticket has let its guest in. */
function showAsVisited() {
  for (const [selector, hidden] of /** @type {[string, boolean][]} */ ([["[data-after]", false], ["[data-before]", true]])) {
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector))) part.hidden = hidden;
  }
}

/** Show what the hub says instead, where the token opens nothing any more: it was issued anew, handed on or deleted. */
async function reloadIfGone() {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.status === 404 || answer?.status === 410) location.reload();
}

/** This page's address, with the word that the ticket was moved: the new page says so. */
function addressAsMoved() {
  const address = new URL(location.href);
  address.searchParams.set("news", "moved");
  return address.href;
}

/**
 * Moment in words: the time of day, with the day where that is not clear.
 *
 * @param {Date} moment
 * @param {string | undefined} timeZone
 */
function lately(moment, timeZone) {
  const isTonight = Math.abs(Date.now() - moment.getTime()) < ANOTHER_NIGHT_MS;
  const weekday = isTonight ? undefined : "long";
  return moment.toLocaleString(formatLocale(), { weekday, hour: "2-digit", minute: "2-digit", timeZone });
}
