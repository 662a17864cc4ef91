/** First steps on an empty hub, shown until all of them were taken: an event, a phone, a ticket. */

import { get } from "./api.js";
import { button, el } from "./build.js";
import { bookTest } from "./test_ticket.js";
import { say } from "../shared/say.js";

/**
 * Show the next step from where the organiser stands.
 *
 * @param {any[]} events as `/api/events` tells of them; the box office, which is always there, counts for none
 */
export async function leadOn(events) {
  const event = events.filter((each) => each.ends_at).at(-1);
  const [devices, tickets] = await Promise.all([get("/api/devices"), get("/api/tickets?limit=1")]);
  const hasPhone = devices.some((/** @type {any} */ device) => device.claimed || device.joined);
  const toEvent = el("a", { class: "button", href: "/admin/events/new" }, say("first-make-event"));
  const toPhone = el("a", { class: "button", href: `/admin/devices/new${event ? `?event=${event.uuid}` : ""}` }, say("first-pair-phone"));
  const steps = [
    step("first-event", Boolean(event), toEvent),
    step("first-phone", hasPhone, toPhone),
    step("first-ticket", tickets.length > 0, event ? button(say("first-book-ticket"), () => bookTest(event.uuid), "") : null),
  ];
  const next = steps.find((each) => each.dataset.done === undefined);
  next?.querySelector(".button")?.classList.add("primary");
  document.querySelector("#first-steps")?.replaceChildren(...steps);
  /** @type {HTMLElement} */ (document.querySelector("#first-run")).hidden = next === undefined;
}

/**
 * @param {"first-event" | "first-phone" | "first-ticket"} word
 * @param {boolean} isDone
 * @param {HTMLElement | null} act
 */
function step(word, isDone, act) {
  const done = el("span", { class: "tag", "data-tone": "pass" }, say("first-done"));
  return el("li", { class: "step", "data-done": isDone }, el("span", {}, say(word)), isDone ? done : act);
}
