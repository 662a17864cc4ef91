/** Copy buttons, for texts that people need elsewhere. */

import { button, el } from "./build.js";
import { say } from "../shared/say.js";

const SAID_MS = 2_000;

/**
 * Button that copies `text`, and says that it did.
 *
 * @param {string} text
 * @param {string} about what it copies, for those who do not see where the button stands
 * @param {string} [label]
 */
export function copyButton(text, about, label = say("any-copy")) {
  const made = button(label, async () => {
    await copy(text);
    made.firstChild?.replaceWith(say("any-copied"));
    setTimeout(() => made.firstChild?.replaceWith(label), SAID_MS);
  }, "small", about);
  return made;
}

/**
 * Box of a secret that is never shown again: to be selected as a whole, or copied.
 *
 * @param {string} text
 * @param {string} what secret it is
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
  if (!navigator.clipboard) throw new Error(say("any-copy-by-hand"));
  await navigator.clipboard.writeText(text);
}
