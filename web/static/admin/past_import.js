/** Row of one import in the list: its state and numbers, and who began it. */

import { el, moment } from "./build.js";
import { say } from "../shared/say.js";

/** @type {Record<string, string>} */
const TONES = { completed: "pass", failed: "refuse", staging: "warn" };

/**
 * Row of one import.
 *
 * @param {any} past as the API tells of it
 * @param {string} timeZone of its event
 */
export function pastRow(past, timeZone) {
  const when = moment(past.created_at, timeZone);
  const count = past.state === "staging" ? say("import-past-some", past) : say("import-tickets", { count: past.rows });
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, when),
    el("td", {}, count),
    el("td", {}, ...stateOf(past, when)),
    el("td", { "data-label": say("import-past-by") }, past.who?.name ?? say(past.who ? "import-past-gone" : "import-past-unknown")),
  );
}

/**
 * @param {any} past
 * @param {string} when it began
 */
function stateOf(past, when) {
  const tag = el("span", { class: "tag", "data-tone": TONES[past.state] }, say(`import-past-${past.state}`));
  if (past.state === "completed") return [tag];
  const about = past.error ? say("import-past-why") : say("import-past-follow");
  const address = `?${new URLSearchParams({ event: past.event, import: past.id })}`;
  return [tag, el("br"), el("a", { href: address }, about, el("span", { class: "hidden-text" }, ` ${when}`))];
}
