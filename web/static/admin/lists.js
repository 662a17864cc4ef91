/** Paged list: its first page at once, each further one when it is asked for. */

import { getPage } from "./api.js";
import { busy, notify } from "./build.js";

/**
 * Fill a list of the page: `#rows`, with `#empty` in place of none and `#more` for further pages.
 *
 * @param {string} path
 * @param {(item: any) => Node} row
 * @param {(count: number, hasMore: boolean, total: number | null) => void} [shown] called after each page with how many are shown
 * @param {string} [prefix] of the three ids, where the page has several lists
 */
export async function fillList(path, row, shown = () => {}, prefix = "") {
  const rows = /** @type {HTMLElement} */ (document.querySelector(`#${prefix}rows`));
  const empty = /** @type {HTMLElement} */ (document.querySelector(`#${prefix}empty`));
  const more = /** @type {HTMLButtonElement} */ (document.querySelector(`#${prefix}more`));
  let next = /** @type {string | null} */ (path);

  async function show() {
    const page = await getPage(/** @type {string} */ (next));
    if (more.onclick !== press) return; // another list has taken this one's place
    next = page.next;
    rows.append(...page.items.map(row));
    empty.hidden = rows.childElementCount > 0;
    more.hidden = next === null;
    shown(rows.childElementCount, next !== null, page.total);
  }

  const press = () => busy(more, show);
  rows.replaceChildren();
  more.onclick = press;
  await show().catch((error) => notify(error.message, "refuse"));
}
