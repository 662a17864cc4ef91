/** Guests who gave no name: the hub keeps one for them, in English (`NO_NAME` in hub/sales/sell.py). */

const NO_NAME = "Guest";

/**
 * Return a guest's name as it is shown; empty for one who gave none.
 *
 * @param {string | null | undefined} name
 * @returns {string}
 */
export function givenName(name) {
  return !name || name === NO_NAME ? "" : name;
}
