/** Locale of numbers and times of a page, as the hub has it: English with days before months and 24 hours. */

/** @returns {string} */
export function formatLocale() {
  const { lang } = document.documentElement;
  return lang === "en" ? "en-GB" : lang;
}
