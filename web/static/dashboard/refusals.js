/** Refusals by reason, as bars with their counts. A fixed number of rows: the page stays where it is. */

import { reasonOf } from "../shared/verdicts.js";
import { reasonsOf } from "./stats.js";
import { say } from "../shared/say.js";
import { barRow, count, setText } from "./dom.js";

const MOST = 6;

/**
 * Show the refusals.
 *
 * @param {HTMLElement} page
 * @param {import("./stats.js").Stats} stats
 */
export function showRefusals(page, stats) {
  const list = /** @type {HTMLElement} */ (page.querySelector("#refusals"));
  const reasons = reasonsOf(stats, MOST);
  const most = Math.max(1, ...reasons.map((each) => each.count));
  while (list.children.length < reasons.length) list.append(barRow("refusal-name", "refusal-count"));
  while (list.children.length > reasons.length) list.lastElementChild?.remove();
  reasons.forEach((reason, index) => fill(list.children[index], reason, most));
  /** @type {HTMLElement} */ (page.querySelector("#no-refusals")).hidden = reasons.length > 0;
}

/**
 * @param {Element} row
 * @param {{code: string | null, count: number}} reason
 * @param {number} most
 */
function fill(row, { code, count: times }, most) {
  setText(row.querySelector(".refusal-name"), code === null ? say("refusals-others") : reasonOf(code) || say("refusals-unknown"));
  setText(row.querySelector(".refusal-count"), count(times));
  const bar = /** @type {HTMLElement} */ (row.querySelector(".bar"));
  bar.style.setProperty("--share", String(times / most));
}
