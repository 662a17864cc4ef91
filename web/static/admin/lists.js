/** Paged list: its first page at once, each further one when it is asked for; the address says how many are shown. */

import { getPage } from "./api.js";
import { setState, stateOf } from "./address.js";
import { busy, notify } from "./build.js";

const MOST_PAGES = 20;
/** Path of each list that was filled on this page, by its prefix. @type {Map<string, string>} */
const filled = new Map();

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
  const isOther = filled.has(prefix) && filled.get(prefix) !== path;
  const wanted = isOther ? 1 : Math.min(Number(stateOf(`${prefix}pages`)) || 1, MOST_PAGES);
  filled.set(prefix, path);
  let next = /** @type {string | null} */ (path);
  let pages = 0;

  async function show() {
    const page = await getPage(/** @type {string} */ (next));
    if (more.onclick !== press) return; // another list has taken this one's place
    next = page.next;
    pages += 1;
    if (pages >= wanted) setState({ [`${prefix}pages`]: pages > 1 ? pages : "" });
    rows.append(...page.items.map(row));
    empty.hidden = rows.childElementCount > 0 || next !== null;
    more.hidden = next === null;
    shown(rows.childElementCount, next !== null, page.total);
  }

  async function showFirst() {
    do await show();
    // A page of a search may hold nothing yet, of a list too long to be looked through at once.
    while (next !== null && (pages < wanted || !rows.childElementCount) && more.onclick === press);
    if (pages < wanted) setState({ [`${prefix}pages`]: pages > 1 ? pages : "" });
  }

  const press = () => busy(more, show);
  rows.replaceChildren();
  more.onclick = press;
  await showFirst().catch((error) => notify(error.message, "refuse"));
}
