/** Words for the API's field errors: which field, and a sentence that says what to do. Pure. */

import { say, sayIfKnown } from "./messages.js";

/**
 * Name of a field as the page calls it: `doors[1].into` is "Door 2, leads into".
 *
 * @param {string} path as the API names a field
 */
export function fieldName(path) {
  const [first, ...others] = [...path.matchAll(/([^.[\]]+)(?:\[(\d+)\])?/g)].map(([, name, n]) => `${say(`field-${name}`) || plain(name)}${n === undefined ? "" : ` ${Number(n) + 1}`}`);
  return [first, ...others.map((part) => part[0].toLowerCase() + part.slice(1))].join(", ");
}

/** @param {string} name of a field that this page has no word for */
function plain(name) {
  const words = name.replaceAll("_", " ");
  return words[0].toUpperCase() + words.slice(1);
}

/**
 * Sentence for an error of the API, which is a predicate without its subject: "must be 1 to 100 characters".
 *
 * @param {string} text
 */
export function fieldProblem(text) {
  const known = sayIfKnown(`problem.${text}`);
  if (known) return known;
  const sentence = PREDICATE.test(text) ? say("problem.this", { text }) : text[0].toUpperCase() + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

const PREDICATE = /^(must|is|are|has|needs|names|cannot|may|holds|ends|begins|does)\b/;
