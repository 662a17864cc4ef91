/** DOM writers that touch the page only where something has changed. */

import { formatLocale } from "../shared/locale.js";

const COUNTS = new Intl.NumberFormat(formatLocale());

/**
 * Return a number as text.
 *
 * @param {number} value
 */
export function count(value) {
  return COUNTS.format(value);
}

/**
 * Return the time of day, to the second, by the clock of the event whose dashboard this is.
 *
 * @param {number} at milliseconds since 1970
 */
export function timeOfDaySeconds(at) {
  const page = /** @type {HTMLElement} */ (document.querySelector("#dashboard"));
  return new Date(at).toLocaleTimeString(formatLocale(), { timeStyle: "medium", timeZone: page.dataset.timezone });
}

/**
 * Set an element's text where it differs.
 *
 * @param {Element | null | undefined} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/**
 * Fill a bar to `value` of `most`; without a `most` it stays empty.
 *
 * @param {Element | null} bar
 * @param {number} value
 * @param {number} most
 */
export function setBar(bar, value, most) {
  if (!(bar instanceof HTMLElement)) return;
  const share = most > 0 ? Math.min(1, Math.max(0, value / most)) : 0;
  bar.hidden = !most;
  bar.dataset.level = share >= 1 ? "full" : share >= 0.9 ? "near" : "";
  bar.style.setProperty("--share", String(share));
}

/**
 * Make the children of `parent` those of `items`, by id; rows that are right already stay untouched.
 *
 * @param {HTMLElement} parent
 * @param {string} kind the name of the rows' data attribute
 * @param {{id: string}[]} items
 * @param {() => HTMLElement} makeRow
 */
export function keepRows(parent, kind, items, makeRow) {
  const there = Array.from(parent.children, (row) => /** @type {HTMLElement} */ (row).dataset[kind]);
  if (there.length === items.length && items.every((item, index) => item.id === there[index])) return;
  const rows = items.map((item) => {
    const row = makeRow();
    row.dataset[kind] = item.id;
    return row;
  });
  parent.replaceChildren(...rows);
}

/**
 * Row of a list: a span for each part by its class, and a bar for its share.
 *
 * @param {...string} parts
 */
export function barRow(...parts) {
  const row = document.createElement("li");
  for (const part of [...parts, "bar"]) {
    const span = document.createElement("span");
    span.className = part;
    row.append(span);
  }
  const bar = /** @type {HTMLElement} */ (row.lastElementChild);
  bar.ariaHidden = "true";
  bar.append(document.createElement("span"));
  return row;
}
