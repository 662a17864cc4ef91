/** Lists that come page by page: the first at once, each further one when it is asked for. */

import { getPage } from "./api.js";
import { busy, tell } from "./build.js";

/**
 * Fill the page's list: `#rows`, with `#empty` in place of none and `#more` for what follows.
 *
 * @param {string} path
 * @param {(item: any) => Node} row
 * @param {(count: number, hasMore: boolean) => void} [told] told after each page how many are shown
 */
export async function fillList(path, row, told = () => {}) {
  const rows = /** @type {HTMLElement} */ (document.querySelector("#rows"));
  const empty = /** @type {HTMLElement} */ (document.querySelector("#empty"));
  const more = /** @type {HTMLButtonElement} */ (document.querySelector("#more"));
  let next = /** @type {string | null} */ (path);

  async function show() {
    const page = await getPage(/** @type {string} */ (next));
    if (more.onclick !== press) return; // another list has taken this one's place
    next = page.next;
    rows.append(...page.items.map(row));
    empty.hidden = rows.childElementCount > 0;
    more.hidden = next === null;
    told(rows.childElementCount, next !== null);
  }

  const press = () => busy(more, show);
  rows.replaceChildren();
  more.onclick = press;
  await show().catch((error) => tell(error.message, "refuse"));
}
