/** Locale of numbers and times of a page, as the hub has it: English with days before months and 24 hours. */

/**
 * @param {string} [lang] tag of another language than the page's
 * @returns {string}
 */
export function formatLocale(lang = document.documentElement.lang) {
  return lang === "en" ? "en-GB" : lang;
}

/** Return the order of names in the page's language: "Gate 2" before "Gate 10", "é" beside "e". */
export function nameOrder() {
  return new Intl.Collator(formatLocale(), { sensitivity: "base", numeric: true });
}

/**
 * Return several texts as one list, as the language writes it, without "and" where it can be.
 *
 * @param {string[]} texts
 */
export function listText(texts) {
  return new Intl.ListFormat(formatLocale(), { type: "unit", style: "short" }).format(texts);
}

/**
 * Return a time of day, by the event's clock where its zone is known.
 *
 * @param {number} at milliseconds since 1970
 * @param {string} [timeZone]
 * @param {string} [lang]
 */
export function timeOfDay(at, timeZone, lang) {
  return new Date(at).toLocaleTimeString(formatLocale(lang), { timeStyle: "short", timeZone });
}
