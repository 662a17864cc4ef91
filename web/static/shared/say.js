/**
 * Messages in the page's language, from the catalogues in `web/locales` (docs/translating.md).
 *
 * A page loads Fluent and the catalogues as plain scripts before its modules: they are there when the first one runs.
 */

import { formatLocale } from "./locale.js";

/** @typedef {typeof import("@fluent/bundle")} Fluent the package's script is a plain one: it sets a global */
/** @typedef {import("@fluent/bundle").FluentBundle} Bundle */

const { FluentBundle: fluent, catalogues } = /** @type {{FluentBundle?: Fluent, catalogues?: string[]}} */ (/** @type {unknown} */ (globalThis));
const { lang, dir } = document.documentElement;
const bundle = fluent && catalogues ? bundleOf(fluent, catalogues, { lang, dir }) : tellMissing();

/**
 * @param {Fluent} package_
 * @param {string[]} texts
 * @param {{lang: string, dir: string}} language
 */
function bundleOf({ FluentBundle, FluentResource }, texts, { lang, dir }) {
  const made = new FluentBundle(formatLocale(lang), { useIsolating: dir === "rtl" });
  for (const text of texts) made.addResource(new FluentResource(text));
  return made;
}

/** Show what the page says of itself where the texts could not be loaded. */
function tellMissing() {
  document.getElementById("no-texts")?.removeAttribute("hidden");
  return null;
}

/**
 * Say a message: numbers by the language's rules, values that are not there left out.
 *
 * @param {string} id
 * @param {Record<string, string | number | null | undefined>} [values]
 * @returns {string} empty for an id that no catalogue of the page has
 */
export function say(id, values = {}) {
  return bundle ? sayOf(bundle, id, values) : "";
}

/**
 * Return how to say messages in one more language.
 *
 * @param {string} text its catalogue
 * @param {{lang: string, dir: string}} language
 * @returns {typeof say}
 */
export function sayIn(text, language) {
  const other = fluent ? bundleOf(fluent, [text], language) : null;
  return (id, values = {}) => (other ? sayOf(other, id, values) : "");
}

/**
 * @param {Bundle} from
 * @param {string} id
 * @param {Record<string, string | number | null | undefined>} values
 */
function sayOf(from, id, values) {
  const pattern = from.getMessage(id)?.value;
  if (!pattern) return "";
  const known = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? ""]));
  return from.formatPattern(pattern, known, []).replace(/ +(?=[ \u00a0\u202f])/g, "").trim();
}
