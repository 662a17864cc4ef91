/** Locale of numbers and times of a page, as the hub has it: English with days before months and 24 hours. */

/** @returns {string} */
export function formatLocale() {
  const { lang } = document.documentElement;
  return lang === "en" ? "en-GB" : lang;
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
 */
export function timeOfDay(at, timeZone) {
  return new Date(at).toLocaleTimeString(formatLocale(), { timeStyle: "short", timeZone });
}
