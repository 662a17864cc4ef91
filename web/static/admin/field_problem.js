/** Words for the API's field errors, by their codes: which field, and a sentence that says what to do. Pure. */

import { formatLocale } from "../shared/locale.js";
import { say } from "../shared/say.js";

/**
 * Name of a field as the page calls it: `doors[1].into` is "Door 2, leads into".
 *
 * @param {string} path as the API names a field
 */
export function fieldName(path) {
  const [first, ...others] = [...path.matchAll(/([^.[\]]+)(?:\[(\d+)\])?/g)].map(([, name, n]) => `${say(`field-${name}`) || plain(name)}${n === undefined ? "" : ` ${Number(n) + 1}`}`);
  return [first, ...others.map(within)].join(", ");
}

/** @param {string} part of a name, within another: German nouns stay as they are */
function within(part) {
  return formatLocale().startsWith("de") ? part : part[0].toLowerCase() + part.slice(1);
}

/** @param {string} name of a field that this page has no word for */
function plain(name) {
  const words = name.replaceAll("_", " ");
  return words[0].toUpperCase() + words.slice(1);
}

/**
 * Sentence for an error of the API, whose text is a predicate without its subject: "must be 1 to 100 characters".
 *
 * @param {string} text in the page's language
 * @param {string} [code] of the text, the same in all languages
 */
export function fieldProblem(text, code) {
  const whatToDo = code && say(`mend-${code}`);
  if (whatToDo) return whatToDo;
  const whole = code && !STATEMENTS.has(code) ? say("mend-this", { text }) : text;
  const sentence = whole.charAt(0).toLocaleUpperCase(formatLocale()) + whole.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Codes of texts that are whole statements, and no predicates. */
const STATEMENTS = new Set(["many", "party", "name", "no_showing", "timezone", "no_such_door", "no_such_event", "no_such_id", "words_most", "length_most", "no_email", "no_mail", "no_such_kind", "others", "choice_most"]);
