/** Page of a ticket, or of a whole reservation: its live state, a screen that stays awake, and printing. */

import { keepAwake } from "./awake.js";
import { LivePass } from "./pass.js";

/** @type {WeakMap<Element, LivePass>} */
const passes = new WeakMap();

/** Only what is looked at is followed: a class of thirty on one phone needs one socket, not thirty. */
const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) passes.get(target)?.start();
    else passes.get(target)?.stop();
  }
});

for (const element of document.querySelectorAll("[data-ticket]")) {
  passes.set(element, new LivePass(/** @type {HTMLElement} */ (element)));
  watch.observe(element);
}

for (const button of document.querySelectorAll("[data-print]")) {
  /** @type {HTMLElement} */ (button).hidden = false;
  button.addEventListener("click", () => print());
}

keepAwake();
