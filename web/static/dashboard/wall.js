/** A screen on the wall: it stays on, and fills the screen where somebody asks for it. */

import { keepAwake } from "../ticket/awake.js";

/** @param {HTMLElement} page */
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
