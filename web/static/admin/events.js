/** Page of all events. */

import { get } from "./api.js";
import { el, moment, notify } from "./build.js";
import { eventAddress } from "./crumbs.js";
import { leadOn } from "./first_run.js";
import { LocalList } from "./local_list.js";
import { isStaff } from "./role.js";
import { say } from "../shared/say.js";

/** @param {any} event */
function row(event) {
  const links = [[`/events/${event.uuid}`, say("admin-events-live")], [`/admin/tickets?event=${event.uuid}`, say("nav-tickets")], ...(event.ends_at && !isStaff ? [[`/admin/events/new?from=${event.uuid}`, say("admin-events-copy")]] : [])];
  const booking = say(event.booking === "open" ? "admin-events-open" : "admin-events-keys");
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("a", { href: eventAddress(event.uuid) }, event.name)),
    el("td", {}, moment(event.starts_at, event.timezone) || say("admin-events-any-time")),
    el("td", {}, event.closed ? el("span", { class: "tag" }, say("admin-events-closed")) : booking),
    el("td", {}, el("div", { class: "actions" }, ...links.map(([href, text]) => el("a", { href, class: "touch" }, text, el("span", { class: "hidden-text" }, ` ${event.name}`))))),
  );
}

const list = new LocalList(/** @type {HTMLTableElement} */ (document.querySelector("table")), {
  row,
  text: ({ name, venue }) => `${name} ${venue ?? ""}`,
  orders: { name: ({ name }) => name, when: ({ starts_at: at }) => (at ? Date.parse(at) : null), booking: ({ booking, closed }) => (closed ? "z" : booking) },
});

/** @param {any} event the box office, before anybody booked into it */
function showUnused(event) {
  const note = /** @type {HTMLElement} */ (document.querySelector("#unused"));
  note.hidden = !event;
  if (event) note.replaceChildren(say("admin-events-unused", { event: event.name }), " ", el("a", { href: eventAddress(event.uuid) }, say("admin-events-unused-settings", { event: event.name })));
}

get("/api/events")
  .then((events) => {
    list.show(events.filter((/** @type {any} */ event) => event.used));
    showUnused(events.find((/** @type {any} */ event) => !event.used));
    return isStaff ? undefined : leadOn(events);
  })
  .catch((error) => notify(error.message, "refuse"));
