/**
 * Turns: one page of this phone at a time, where the browser can tell (Web Locks). A phone may have the scanner open in two
 * tabs, or in a tab and as an app; both are one device to the hub.
 */

/** As long as a scan may take that another page began before. */
const WAIT_MS = 5000;

/**
 * Run work in this page's turn, and return its result.
 *
 * @template T
 * @param {string} what is done in turn
 * @param {() => Promise<T>} work
 * @returns {Promise<T | null>} null: another page has had its turn for so long that the work was not begun
 */
export async function inTurn(what, work) {
  if (!globalThis.navigator?.locks) return work();
  const signal = AbortSignal.timeout(WAIT_MS);
  let isBegun = false;
  const begin = () => {
    isBegun = true;
    return work();
  };
  try {
    return await navigator.locks.request(`scanhub.${what}`, { signal }, begin);
  } catch (wrong) {
    if (isBegun) throw wrong;
    return null;
  }
}
