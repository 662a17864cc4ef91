/** Guard of unsaved changes: a page asks before it is left while a form holds what was typed there and not sent. */

/** Controls as text, by form, before anything was changed there. @type {Map<HTMLElement, string>} */
const untouched = new Map();
/** Forms in which something was changed. @type {Set<HTMLElement>} */
const touched = new Set();
/** Parts of a form's state that are no controls. @type {Map<HTMLElement, () => unknown>} */
const extras = new Map();

addEventListener("beforeunload", (event) => {
  if ([...touched].some(isUnsaved)) event.preventDefault();
});

/**
 * Guard a form, or another group of controls.
 *
 * @param {HTMLElement} form
 * @param {() => unknown} [extra] the part of its state that is no control
 */
export function guardForm(form, extra = () => null) {
  extras.set(form, extra);
  const remember = () => {
    if (!touched.has(form)) untouched.set(form, stateOf(form));
  };
  const touch = () => touched.add(form);
  for (const name of ["focusin", "pointerdown"]) form.addEventListener(name, remember);
  for (const name of ["input", "change"]) form.addEventListener(name, touch);
  const press = (/** @type {Event} */ { target }) => {
    if (/** @type {Element} */ (target).closest("button")) touch();
  };
  form.addEventListener("click", press, { capture: true }); // before what it changes gets the focus
  form.addEventListener("reset", () => touched.delete(form));
}

/**
 * Take what stands in a form for saved, as while it is being sent.
 *
 * @param {HTMLElement} form
 * @returns {() => void} to be called where it was not saved after all
 */
export function takeForSaved(form) {
  const wasTouched = touched.delete(form);
  return () => {
    if (wasTouched) touched.add(form);
  };
}

/** @param {HTMLElement} form */
function isUnsaved(form) {
  return form.isConnected && !form.closest("[hidden]") && stateOf(form) !== untouched.get(form);
}

/** @param {HTMLElement} form */
function stateOf(form) {
  const controls = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input, select, textarea"));
  return JSON.stringify([extras.get(form)?.(), [...controls].map((control) => [control.value, control.checked ?? null])]);
}
