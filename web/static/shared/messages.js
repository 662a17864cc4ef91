/**
 * Tables of texts that are not in the catalogues yet (`admin/messages.js`). Pure.
 *
 * `{name}` stands for a value; of a text that counts there are two, `.one` and `.other`, chosen by `count`.
 */

const LANGUAGE = "en";
const plural = new Intl.PluralRules(LANGUAGE);
const numbers = new Intl.NumberFormat(LANGUAGE);

/**
 * Return the readers of a table of texts: `say` a text, its `{name}`s filled with values; `sayCount` a text that
 * counts, by its name without ending, of which there are `.one` and `.other`; `sayIfKnown` a text that may be missing,
 * empty then.
 *
 * @template {string} Known
 * @param {Record<Known, string>} texts
 */
export function speaking(texts) {
  /**
   * @param {Known} word
   * @param {Record<string, string | number>} [values]
   */
  function sayOf(word, values = {}) {
    return texts[word].replace(/\{(\w+)\}/g, (_, name) => written(values[name])).replace(/\s+/g, " ").trim();
  }
  /**
   * @param {string} word
   * @param {number} count
   * @param {Record<string, string | number>} [values] besides `count`
   */
  function sayCountOf(word, count, values = {}) {
    const form = plural.select(count) === "one" ? "one" : "other";
    return sayOf(/** @type {Known} */ (`${word}.${form}`), { ...values, count });
  }
  /**
   * @param {string} word
   * @param {Record<string, string | number>} [values]
   */
  function sayIfKnownOf(word, values) {
    return word in texts ? sayOf(/** @type {Known} */ (word), values) : "";
  }
  return { say: sayOf, sayCount: sayCountOf, sayIfKnown: sayIfKnownOf };
}

/** @param {string | number | undefined} value */
function written(value) {
  return typeof value === "number" ? numbers.format(value) : (value ?? "");
}
