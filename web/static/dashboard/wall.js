/** Wall display: a screen that stays on, and goes full screen on request. */

import { keepAwake } from "../ticket/awake.js";

/** Lists whose rows all fit the screen, by their ids: the style sheet sizes rows by how many there are. */
const LISTS = ["doors", "people", "devices"];

/**
 * Make the page a wall display.
 *
 * @param {HTMLElement} page
 */
export function hang(page) {
  if (!page.classList.contains("wall")) return;
  keepAwake();
  for (const list of LISTS) countRows(page, list);
  const button = /** @type {HTMLButtonElement} */ (page.querySelector("#full-screen"));
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => document.documentElement.requestFullscreen().catch(() => {}));
  document.addEventListener("fullscreenchange", () => {
    button.hidden = document.fullscreenElement !== null;
  });
}

/**
 * Keep the number of a list's rows as a property of the page.
 *
 * @param {HTMLElement} page
 * @param {string} id
 */
function countRows(page, id) {
  const list = /** @type {HTMLElement} */ (page.querySelector(`#${id}`));
  const write = () => page.style.setProperty(`--${id}`, String(Math.max(1, list.childElementCount)));
  new MutationObserver(write).observe(list, { childList: true });
  write();
}
