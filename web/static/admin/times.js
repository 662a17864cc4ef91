/** All times of an event: forms that offer them cannot offer a page. */

import { getPage } from "./api.js";

const AT_ONCE = 1000;

/**
 * Return all showings of an event.
 *
 * @param {string} event
 * @returns {Promise<any[]>} Rejects with `Refused`
 */
export async function timesOf(event) {
  const times = [];
  let next = /** @type {string | null} */ (`/api/showings?event=${event}&limit=${AT_ONCE}`);
  while (next) {
    const page = await getPage(next);
    times.push(...page.items);
    next = page.next;
  }
  return times;
}
