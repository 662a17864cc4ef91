/** Rows of outbox messages, those of a webhook and all others: their state, and a button to send each again. */

import { send } from "./api.js";
import { button, el, moment } from "./build.js";
import { kindsText } from "./kinds_field.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

/** @type {Record<string, string>} */
const TONES = { delivered: "pass", set_aside: "refuse", waiting: "warn" };

/**
 * Row of one message.
 *
 * @param {any} delivery as the API tells of it
 * @param {string} path where `/send` sends it again
 */
export function deliveryRow(delivery, path) {
  const state = el("td", {}, ...stateOf(delivery));
  const again = button(say("letters-again"), async () => state.replaceChildren(...stateOf(await send("POST", `${path}/send`))), "small", kindsText([delivery.kind]));
  const to = delivery.consumer && el("span", { class: "muted" }, el("br"), say(`letters-to-${delivery.consumer}`) || delivery.consumer);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, kindsText([delivery.kind]), to),
    el("td", {}, moment(delivery.queued_at, HERE)),
    state,
    el("td", {}, delivery.state === "waiting" ? null : again),
  );
}

/** @param {any} delivery */
function stateOf(delivery) {
  const tag = el("span", { class: "tag", "data-tone": TONES[delivery.state] }, say(`letters-${delivery.state}`) || delivery.state);
  const tried = delivery.attempts ? say("letters-tries", { count: delivery.attempts }) : "";
  const why = [delivery.status, delivery.reason, tried].filter(Boolean).join(", ");
  return [tag, el("br"), el("span", { class: "muted" }, why)];
}
