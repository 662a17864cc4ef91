/**
 * Forms that send JSON. Each control's `name` is the field's; a refusal's errors stand beside their fields, the first of
 * which gets the focus, and what was typed stays.
 */

import { Refused } from "./api.js";
import { busy, el, tell } from "./build.js";
import { say } from "./messages.js";

/**
 * Let a form send what it holds.
 *
 * @param {HTMLFormElement} form
 * @param {(fields: Record<string, any>) => unknown} work may be async; what it throws is shown
 */
export function onSubmit(form, work) {
  form.noValidate = true;
  form.addEventListener("input", ({ target }) => clearError(/** @type {Element} */ (target)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const control = /** @type {HTMLButtonElement} */ (event.submitter ?? form.querySelector('[type="submit"]'));
    busy(control, async () => {
      try {
        checkTyped(form);
        await work(read(form));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        showErrors(form, error);
      }
    });
  });
}

/**
 * Refuse what the browser itself knows to be wrong, in its own words and language; the API looks at all of it again.
 *
 * @param {HTMLFormElement} form
 */
function checkTyped(form) {
  const wrong = [...form.elements].filter((control) => isTyped(control) && !control.validity.valid);
  if (wrong.length === 0) return;
  const errors = wrong.map((control) => [/** @type {HTMLInputElement} */ (control).name, /** @type {HTMLInputElement} */ (control).validationMessage]);
  throw new Refused(0, "invalid", say("any.wrong"), Object.fromEntries(errors));
}

/**
 * Read a form's fields: empty ones are left out, numbers are numbers, ticks are true or false, and several ticks of one name
 * (with values) are a list.
 *
 * @param {HTMLFormElement} form
 * @returns {Record<string, any>}
 */
export function read(form) {
  /** @type {Record<string, any>} */
  const fields = {};
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && control.type === "checkbox" && control.name) readTick(fields, control);
    else if (isTyped(control) && control.value.trim() !== "") fields[control.name] = valueOf(control);
  }
  return fields;
}

/**
 * @param {Record<string, any>} fields
 * @param {HTMLInputElement} tick
 */
function readTick(fields, tick) {
  if (!tick.hasAttribute("value")) fields[tick.name] = tick.checked;
  else fields[tick.name] = [...(fields[tick.name] ?? []), ...(tick.checked ? [tick.value] : [])];
}

/**
 * @param {Element} control
 * @returns {control is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement}
 */
function isTyped(control) {
  const isField = control instanceof HTMLInputElement || control instanceof HTMLSelectElement || control instanceof HTMLTextAreaElement;
  return isField && control.name !== "" && !control.disabled;
}

/** @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control */
function valueOf(control) {
  const isNumber = control instanceof HTMLInputElement && control.type === "number";
  return isNumber ? Number(control.value) : control.value.trim();
}

/**
 * @param {HTMLFormElement} form
 * @param {Refused} refusal
 */
function showErrors(form, refusal) {
  const shown = Object.entries(refusal.errors).filter(([name, text]) => showError(form, name, text));
  if (shown.length < Math.max(1, Object.keys(refusal.errors).length)) tell(sentence(refusal, shown.map(([name]) => name)), "refuse");
  /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid]"))?.focus();
}

/**
 * Say what has no field of its own on this form.
 *
 * @param {Refused} refusal
 * @param {string[]} shown
 */
function sentence(refusal, shown) {
  const rest = Object.entries(refusal.errors).filter(([name]) => !shown.includes(name));
  return rest.length ? rest.map(([name, text]) => `${name}: ${text}`).join("; ") : refusal.message;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} text
 */
function showError(form, name, text) {
  const control = form.elements.namedItem(name);
  if (!(control instanceof HTMLElement)) return false;
  const id = `${form.id || "form"}-${name.replace(/\W+/g, "-")}-error`;
  control.setAttribute("aria-invalid", "true");
  describe(control, [...describers(control), id]);
  control.closest("details")?.setAttribute("open", "");
  control.closest("details")?.parentElement?.closest("details")?.setAttribute("open", "");
  control.after(el("p", { id, class: "field-error" }, text));
  return true;
}

/** @param {HTMLFormElement} form */
function clearErrors(form) {
  tell("");
  for (const control of form.querySelectorAll("[aria-invalid]")) clearError(control);
}

/** @param {Element} control being mended: what was wrong with it is said again, if it still is, when it is sent */
function clearError(control) {
  if (!control.hasAttribute("aria-invalid")) return;
  const error = control.nextElementSibling;
  if (error?.matches(".field-error")) error.remove();
  control.removeAttribute("aria-invalid");
  describe(control, describers(control).filter((id) => id !== error?.id));
}

/** @param {Element} control */
function describers(control) {
  return (control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
}

/**
 * @param {Element} control
 * @param {string[]} ids of what describes it: a hint, an error
 */
function describe(control, ids) {
  if (ids.length) control.setAttribute("aria-describedby", ids.join(" "));
  else control.removeAttribute("aria-describedby");
}
