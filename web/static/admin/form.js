/**
 * Form that sends JSON. Each control's `name` is the field's; a refusal's errors stand beside their fields, the first of
 * which gets the focus, and what was typed stays.
 */

import { Refused } from "./api.js";
import { busy, el, notify } from "./build.js";
import { fieldName, fieldProblem } from "./field_problem.js";
import { say } from "../shared/say.js";
import { guardForm, takeForSaved } from "./unsaved.js";

/**
 * Submit handler of a form that sends JSON. The page asks before it is left with changes that are not saved.
 *
 * @param {HTMLFormElement} form
 * @param {(fields: Record<string, any>) => unknown} work may be async; a refusal is shown beside its fields
 * @param {{isFilter?: boolean}} [how] `isFilter`: it chooses what is shown, and saves nothing
 */
export function onSubmit(form, work, { isFilter = false } = {}) {
  form.noValidate = true;
  if (!isFilter) guardForm(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const control = /** @type {HTMLButtonElement} */ (event.submitter ?? form.querySelector('[type="submit"]'));
    busy(control, () => saving(form, () => withErrors(form, () => work(read(form)))));
  });
}

/**
 * Enable a form that shows what is stored, once it is filled: what is typed before would be written over.
 *
 * @param {HTMLFormElement} form its controls stand in one disabled `fieldset.whole`
 */
export function enableFields(form) {
  /** @type {HTMLFieldSetElement} */ (form.querySelector("fieldset.whole")).disabled = false;
}

/**
 * Take what stands in a form for saved while it is sent, and from then on where it was.
 *
 * @param {HTMLElement} form
 * @param {() => Promise<boolean>} work
 */
export async function saving(form, work) {
  const takeBack = takeForSaved(form);
  let isSaved = false;
  try {
    isSaved = await work();
  } finally {
    if (!isSaved) takeBack();
  }
}

/**
 * Error boundary of a group of controls: errors of an earlier try go, and those of a refusal are shown beside their fields.
 *
 * @param {HTMLElement} group a form, or a row of a list
 * @param {() => unknown} work may be async
 * @returns {Promise<boolean>} whether it was done. Rejects with what is no refusal
 */
export async function withErrors(group, work) {
  group.oninput = ({ target }) => clearError(/** @type {Element} */ (target));
  clearErrors(group);
  try {
    checkTyped(group);
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    showErrors(group, error);
    return false;
  }
}

/**
 * Refusal of one of several things by the names of that one's own fields: `showings[0].date` is `date`.
 *
 * @param {unknown} error
 * @param {string} within `showings[0]`
 * @returns {unknown} the error itself where it is no refusal
 */
export function ofOne(error, within) {
  if (!(error instanceof Refused)) return error;
  return error.renamed((name) => (name.startsWith(`${within}.`) ? name.slice(within.length + 1) : name));
}

/**
 * Refuse what the browser itself knows to be wrong, in its own words and language; the API looks at all of it again.
 *
 * @param {HTMLElement} group
 */
function checkTyped(group) {
  const wrong = controlsOf(group).filter((control) => isTyped(control) && !control.validity.valid);
  if (wrong.length === 0) return;
  const errors = wrong.map((control) => [/** @type {HTMLInputElement} */ (control).name, /** @type {HTMLInputElement} */ (control).validationMessage]);
  throw new Refused(0, "invalid", say("any-wrong"), Object.fromEntries(errors));
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
 * Read one tick into `fields`: true or false, or one more of a list, which is empty where none of its name is ticked.
 *
 * @param {Record<string, any>} fields
 * @param {HTMLInputElement} tick
 */
export function readTick(fields, tick) {
  if (!tick.hasAttribute("value")) fields[tick.name] = tick.checked;
  else fields[tick.name] = [...(fields[tick.name] ?? []), ...(tick.checked ? [tick.value] : [])];
}

/** @param {HTMLElement} group */
function controlsOf(group) {
  return group instanceof HTMLFormElement ? [...group.elements] : [...group.querySelectorAll("input, select, textarea")];
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
 * @param {HTMLElement} group
 * @param {Refused} refusal
 */
function showErrors(group, refusal) {
  const shown = Object.entries(refusal.errors).filter(([name, text]) => showError(group, name, fieldProblem(text, refusal.codes[name])));
  if (shown.length < Math.max(1, Object.keys(refusal.errors).length)) notify(sentence(refusal, shown.map(([name]) => name)), "refuse");
  /** @type {HTMLElement | null} */ (group.querySelector("[aria-invalid]"))?.focus();
}

/**
 * Sentence on the errors that have no field of their own on this form.
 *
 * @param {Refused} refusal
 * @param {string[]} shown
 */
function sentence(refusal, shown) {
  const rest = Object.entries(refusal.errors).filter(([name]) => !shown.includes(name));
  return rest.length ? rest.map(([name, text]) => say("any-field-wrong", { field: fieldName(name), why: fieldProblem(text, refusal.codes[name]) })).join(" ") : refusal.message;
}

/**
 * @param {HTMLElement} group
 * @param {string} name
 * @param {string} text
 */
function showError(group, name, text) {
  const control = controlsOf(group).find((each) => /** @type {any} */ (each).name === name);
  if (!(control instanceof HTMLElement)) return false;
  const id = `${group.id || "form"}-${name.replace(/\W+/g, "-")}-error`;
  control.setAttribute("aria-invalid", "true");
  describe(control, [...describers(control), id]);
  for (let part = control.closest("details"); part; part = part.parentElement?.closest("details") ?? null) part.open = true;
  (control.closest(".ticks .actions, label.tick") ?? control).after(el("p", { id, class: "field-error" }, text));
  return true;
}

/** @param {HTMLElement} group */
function clearErrors(group) {
  notify("");
  for (const control of group.querySelectorAll("[aria-invalid]")) clearError(control);
}

/** @param {Element} control being mended: what was wrong with it is said again, if it still is, when it is sent */
function clearError(control) {
  if (!control.hasAttribute("aria-invalid")) return;
  const ids = describers(control).filter((id) => document.getElementById(id)?.matches(".field-error"));
  for (const id of ids) document.getElementById(id)?.remove();
  control.removeAttribute("aria-invalid");
  describe(control, describers(control).filter((id) => !ids.includes(id)));
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
