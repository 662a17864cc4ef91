/** DOM builder: elements and lists of them. Text is always text: names come from strangers. */

import { showProgress } from "../shared/progress.js";
import { formatLocale } from "../shared/locale.js";
import { say } from "../shared/say.js";

/**
 * Return an element: `el("a", {href: "/"}, "Home")`. Attributes that are null, undefined or false are left out.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes]
 * @param {...(Node | string | number | null | undefined)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined).map((child) => (child instanceof Node ? child : String(child))));
  return made;
}

/**
 * Return a button that works once at a time and shows the error of its action.
 *
 * @param {string} label
 * @param {() => unknown} work may be async
 * @param {string} [kind] classes beside `button`
 * @param {string} [about] what it is about, for those who do not see where it stands
 */
export function button(label, work, kind = "small", about = "") {
  const made = el("button", { type: "button", class: `button ${kind}` }, label, about ? el("span", { class: "hidden-text" }, ` ${about}`) : null);
  made.addEventListener("click", () => busy(made, work));
  return made;
}

/**
 * Run `work` while `control` is disabled; its error is shown.
 *
 * @param {HTMLButtonElement} control
 * @param {() => unknown} work
 */
export async function busy(control, work) {
  const hadFocus = document.activeElement === control;
  control.disabled = true;
  const end = showProgress(control);
  try {
    await work();
  } catch (error) {
    notify(error instanceof Error ? error.message : String(error), "refuse");
  } finally {
    end();
    control.disabled = false;
    // A control that is disabled loses the focus, and a dialog cannot give it back.
    if (hadFocus && (document.activeElement === document.body || document.activeElement === null)) control.focus();
  }
}

/**
 * Show a notice at the top of the page, announced to screen readers.
 *
 * @param {string} text
 * @param {"pass" | "refuse"} [tone]
 */
export function notify(text, tone = "pass") {
  const box = /** @type {HTMLElement} */ (document.querySelector("#notice"));
  box.hidden = !text;
  box.dataset.tone = tone;
  box.textContent = text;
  if (text) box.scrollIntoView({ block: "nearest" });
}

/**
 * Ask before something that cannot be taken back; return whether it is meant.
 *
 * @param {string} question
 * @param {string} yes what the button says that does it
 * @returns {Promise<boolean>}
 */
export function confirmed(question, yes) {
  const no = el("button", { class: "button", value: "no", autofocus: true }, say("any-cancel"));
  const form = el("form", { method: "dialog", class: "stack" }, el("p", {}, question));
  form.append(el("div", { class: "actions" }, no, el("button", { class: "button danger", value: "yes" }, yes)));
  const dialog = el("dialog", { class: "dialog" }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

/**
 * Return an instant as text, by the clock of `timeZone`: what is of an event by its event's, what is of the hub by the reader's, `HERE`.
 *
 * @param {string | null | undefined} at ISO 8601
 * @param {string} timeZone IANA name
 */
export function moment(at, timeZone) {
  return at ? new Date(at).toLocaleString(formatLocale(), { dateStyle: "medium", timeStyle: "short", timeZone }) : "";
}
