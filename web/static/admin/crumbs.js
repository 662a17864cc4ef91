/** Breadcrumbs: links from a page to the lists it belongs to, which keep their filters and searches. */

import { el } from "./build.js";
import { hasRole } from "./role.js";

/**
 * Keep the address of this list, so that crumbs lead back to its filters and search.
 *
 * @param {string} list `tickets`
 */
export function keepList(list) {
  sessionStorage.setItem(`admin.${list}`, location.search);
}

/**
 * Address of a list as it was looked at last in this tab.
 *
 * @param {string} list
 */
export function listAddress(list) {
  return `/admin/${list}${sessionStorage.getItem(`admin.${list}`) ?? ""}`;
}

/**
 * Address of an event's page: its form for those who may change it, else its dashboard.
 *
 * @param {string} event
 */
export function eventAddress(event) {
  return hasRole(event, "organiser") ? `/admin/events/${event}` : `/events/${event}`;
}

/**
 * Crumb of an event: its address and its name.
 *
 * @param {any} event
 * @returns {[string, string]}
 */
export function eventCrumb(event) {
  return [eventAddress(event.uuid), event.name];
}

/**
 * Show the breadcrumbs of a page: links to the lists it belongs to, the page itself last.
 *
 * @param {[string, string][]} links addresses with their texts
 * @param {string} here
 */
export function showCrumbs(links, here) {
  const items = links.map(([href, text]) => el("li", {}, el("a", { href }, text)));
  const crumbs = /** @type {HTMLElement} */ (document.querySelector("#crumbs"));
  crumbs.replaceChildren(el("ol", {}, ...items, el("li", { "aria-current": "page" }, here)));
  crumbs.hidden = false;
}
