/** Navigation of one event, and whose clock its pages are by: its dashboard, form, tickets, sale, till, phones, import, passes, practice codes, relay and report. */

import { el } from "./build.js";
import { hasRole } from "./role.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

/** @typedef {"live" | "event" | "tickets" | "sell" | "till" | "phones" | "import" | "passes" | "practice" | "relay" | "report"} Place */

/** @type {Record<Place, (id: string) => string>} */
const PLACES = {
  event: (id) => `/admin/events/${id}`,
  live: (id) => `/events/${id}`,
  tickets: (id) => `/admin/tickets?event=${id}`,
  sell: (id) => `/admin/sell/${id}`,
  till: (id) => `/admin/till/${id}`,
  phones: (id) => `/admin/devices?event=${id}`,
  import: (id) => `/admin/imports?event=${id}`,
  passes: (id) => `/admin/wallet/${id}`,
  practice: (id) => `/admin/practice/${id}`,
  relay: (id) => `/admin/relay/${id}`,
  report: (id) => `/events/${id}/report`,
};

/** Roles for single events that may see a place, where not all may. @type {Partial<Record<Place, string[]>>} */
const ROLES = {
  event: ["organiser"],
  tickets: ["organiser", "box_office"],
  sell: ["organiser", "box_office"],
  till: ["organiser", "box_office"],
  phones: ["organiser", "door_lead"],
  import: ["organiser"],
  passes: ["organiser"],
  practice: ["organiser", "door_lead"],
  relay: ["organiser"],
  report: ["organiser", "box_office", "viewer"],
};

/**
 * Show the pages of an event; none where no event is chosen.
 *
 * @param {{uuid: string, name: string, timezone: string} | undefined} event
 * @param {Place} [here] the page that is open
 */
export function showEventNav(event, here) {
  const nav = /** @type {HTMLElement} */ (document.querySelector("#event-nav"));
  nav.hidden = !event;
  if (!event) return;
  nav.setAttribute("aria-label", say("nav-pages", { event: event.name }));
  const places = /** @type {[Place, (id: string) => string][]} */ (Object.entries(PLACES)).filter(([place]) => !ROLES[place] || hasRole(event.uuid, ...ROLES[place]));
  const links = places.map(([place, address]) => el("li", {}, el("a", { href: address(event.uuid), "aria-current": place === here && "page" }, say(/** @type {any} */ (`nav-${place}`)))));
  nav.replaceChildren(el("ul", {}, ...links), clockNote(event.timezone));
}

/**
 * Say once, for all times of a page, whose clock they are by, where the reader's own is another.
 *
 * @param {string} timeZone
 */
function clockNote(timeZone) {
  return el("p", { class: "hint", hidden: timeZone === HERE }, say("nav-clock", { timezone: timeZone }));
}
