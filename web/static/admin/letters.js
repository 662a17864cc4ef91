/** Letters of the outbox, those of a webhook and all others: what became of each, and sending it again. */

import { send } from "./api.js";
import { button, el, moment } from "./build.js";
import { say, sayCount, sayIfKnown } from "./messages.js";

/** @type {Record<string, string>} */
const TONES = { delivered: "pass", set_aside: "refuse", waiting: "warn" };

/**
 * @param {any} letter as the API tells of it
 * @param {string} path where `/send` sends it again
 */
export function letterRow(letter, path) {
  const state = el("td", {}, ...stateOf(letter));
  const again = button(say("letters.again"), async () => state.replaceChildren(...stateOf(await send("POST", `${path}/send`))), "small", letter.kind);
  const to = letter.consumer && el("span", { class: "muted" }, el("br"), sayIfKnown(`letters.to.${letter.consumer}`) || letter.consumer);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("code", {}, letter.kind), to),
    el("td", {}, moment(letter.queued_at)),
    state,
    el("td", {}, letter.state === "waiting" ? null : again),
  );
}

/** @param {any} letter */
function stateOf(letter) {
  const tag = el("span", { class: "tag", "data-tone": TONES[letter.state] }, sayIfKnown(`letters.${letter.state}`) || letter.state);
  const tried = letter.attempts ? sayCount("letters.tries", letter.attempts) : "";
  const why = [letter.status, letter.reason, tried].filter(Boolean).join(", ");
  return [tag, el("br"), el("span", { class: "muted" }, why)];
}
