/** Wall display: a screen that stays on, and goes full screen on request. */

import { keepAwake } from "../ticket/awake.js";

/**
 * Make the page a wall display.
 *
 * @param {HTMLElement} page
 */
export function hang(page) {
  if (!page.classList.contains("wall")) return;
  keepAwake();
  const button = /** @type {HTMLButtonElement} */ (page.querySelector("#full-screen"));
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => document.documentElement.requestFullscreen().catch(() => {}));
  document.addEventListener("fullscreenchange", () => {
    button.hidden = document.fullscreenElement !== null;
  });
}
