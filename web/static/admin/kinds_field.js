/** Choosing kinds: a tick for each, folded into groups; patterns that somebody wrote through the API stay as they are. */

import { el } from "./build.js";
import { GROUPS } from "./kinds.js";
import { say } from "./messages.js";

/**
 * @param {readonly string[]} chosen kinds, or patterns such as `ticket.*`
 * @returns {HTMLElement[]} fields named `kinds`
 */
export function kindsFields(chosen) {
  const known = new Set(GROUPS.flatMap(({ kinds }) => kinds));
  const patterns = chosen.filter((kind) => !known.has(kind));
  const others = patterns.length ? [group(say("kinds.patterns"), patterns, chosen)] : [];
  return [...others, ...GROUPS.map(({ group: name, kinds }) => group(say(/** @type {any} */ (name)), kinds, chosen))];
}

/**
 * @param {string} name
 * @param {readonly string[]} kinds
 * @param {readonly string[]} chosen
 */
function group(name, kinds, chosen) {
  const ticks = kinds.map((kind) => el("label", { class: "tick" }, el("input", { type: "checkbox", name: "kinds", value: kind, checked: chosen.includes(kind) }), el("code", {}, kind)));
  const isOpen = kinds.some((kind) => chosen.includes(kind));
  return el("details", { open: isOpen }, el("summary", {}, name), el("div", { class: "ticks-grid" }, ...ticks));
}
