/** Checkboxes of a webhook's kinds: those it has are checked; patterns made over the API are a group of their own. */

import { el } from "./build.js";
import { say } from "../shared/say.js";

/**
 * Check the boxes of the chosen kinds.
 *
 * @param {HTMLElement} field holds the checkboxes of `kinds.html`
 * @param {readonly string[]} chosen kinds, or patterns such as `ticket.*`
 */
export function chooseKinds(field, chosen) {
  field.querySelector(".patterns")?.remove();
  nameKinds(field);
  const ticks = [.../** @type {NodeListOf<HTMLInputElement>} */ (field.querySelectorAll("input"))];
  const known = new Set(ticks.map((tick) => tick.value));
  for (const tick of ticks) tick.checked = chosen.includes(tick.value);
  for (const group of field.querySelectorAll("details")) group.open = group.querySelector(":checked") !== null;
  const patterns = chosen.filter((kind) => !known.has(kind));
  if (patterns.length) field.prepend(patternGroup(patterns));
}

/**
 * Return kinds as text, in one line.
 *
 * @param {readonly string[]} kinds
 */
export function kindsText(kinds) {
  return kinds.map((kind) => wordsOf(kind) || kind).join(", ");
}

/**
 * Put each kind in words, before the name that programs know it by.
 *
 * @param {HTMLElement} field
 */
function nameKinds(field) {
  for (const code of field.querySelectorAll("code")) {
    const words = wordsOf(code.textContent ?? "");
    if (words) code.replaceWith(el("span", {}, words, el("br"), el("code", { class: "muted small" }, code.textContent)));
  }
}

/** @param {string} kind */
function wordsOf(kind) {
  return say(`kind-${kind.replaceAll(".", "-")}`);
}

/** @param {readonly string[]} patterns */
function patternGroup(patterns) {
  const ticks = patterns.map((kind) => el("label", { class: "tick" }, el("input", { type: "checkbox", name: "kinds", value: kind, checked: true }), el("code", {}, kind)));
  return el("details", { class: "patterns", open: true }, el("summary", {}, say("kinds-patterns")), el("div", { class: "ticks-grid" }, ...ticks));
}
