/** Row of one import in the list: its state and numbers, and who began it. */

import { el, moment } from "./build.js";
import { say, sayIfKnown } from "./messages.js";

/** @type {Record<string, string>} */
const TONES = { completed: "pass", failed: "refuse", staging: "warn" };

/**
 * Row of one import.
 *
 * @param {any} past as the API tells of it
 */
export function pastRow(past) {
  const count = past.state === "staging" ? say("imports.past.some", past) : say("tickets-shown", { count: past.rows });
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, moment(past.created_at)),
    el("td", {}, count),
    el("td", {}, ...stateOf(past)),
    el("td", {}, past.who?.name ?? say(past.who ? "imports.past.gone" : "imports.past.unknown")),
  );
}

/** @param {any} past */
function stateOf(past) {
  const tag = el("span", { class: "tag", "data-tone": TONES[past.state] }, sayIfKnown(`imports.past.${past.state}`));
  if (past.state === "completed") return [tag];
  const about = past.error ? say("imports.past.why") : say("imports.past.follow");
  const address = `?${new URLSearchParams({ event: past.event, import: past.id })}`;
  return [tag, el("br"), el("a", { href: address }, about, el("span", { class: "hidden-text" }, ` ${moment(past.created_at)}`))];
}
