/** Row of one import in the list: its state and numbers, and who began it. */

import { el, moment } from "./build.js";
import { say } from "../shared/say.js";

/** @type {Record<string, string>} */
const TONES = { completed: "pass", failed: "refuse", staging: "warn" };

/**
 * Row of one import.
 *
 * @param {any} past as the API tells of it
 */
export function pastRow(past) {
  const count = past.state === "staging" ? say("import-past-some", past) : say("import-tickets", { count: past.rows });
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, moment(past.created_at)),
    el("td", {}, count),
    el("td", {}, ...stateOf(past)),
    el("td", {}, past.who?.name ?? say(past.who ? "import-past-gone" : "import-past-unknown")),
  );
}

/** @param {any} past */
function stateOf(past) {
  const tag = el("span", { class: "tag", "data-tone": TONES[past.state] }, say(`import-past-${past.state}`));
  if (past.state === "completed") return [tag];
  const about = past.error ? say("import-past-why") : say("import-past-follow");
  const address = `?${new URLSearchParams({ event: past.event, import: past.id })}`;
  return [tag, el("br"), el("a", { href: address }, about, el("span", { class: "hidden-text" }, ` ${moment(past.created_at)}`))];
}
