/** Copying what people need elsewhere. */

import { button, el } from "./build.js";
import { say } from "./messages.js";

const SAID_MS = 2_000;

/**
 * Make a button that copies `text`, and says that it did.
 *
 * @param {string} text
 * @param {string} what it is, for those who do not see where the button stands
 */
export function copyButton(text, what) {
  const made = button(say("any.copy"), async () => {
    await copy(text);
    made.firstChild?.replaceWith(say("any.copied"));
    setTimeout(() => made.firstChild?.replaceWith(say("any.copy")), SAID_MS);
  }, "small", what);
  return made;
}

/**
 * Show a secret that is never shown again: to be selected as a whole, or copied.
 *
 * @param {string} text
 * @param {string} what
 */
export function secretBox(text, what) {
  return el("div", { class: "secret" }, el("code", { tabindex: "0", role: "textbox", "aria-readonly": "true", "aria-label": what }, text), copyButton(text, what));
}

/**
 * Browsers keep the clipboard from pages without https: then the text is selected by hand.
 *
 * @param {string} text
 */
async function copy(text) {
  if (!navigator.clipboard) throw new Error(say("any.copyByHand"));
  await navigator.clipboard.writeText(text);
}
