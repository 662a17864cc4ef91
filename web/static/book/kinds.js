/** Kinds of tickets that the chosen time has left. */

/**
 * Show the number left of each kind at the chosen time, where its product has a capacity; one that is sold out cannot be chosen.
 *
 * @param {HTMLFormElement} form
 */
export function showKinds(form) {
  const kinds = form.elements.namedItem("product");
  if (!(kinds instanceof HTMLSelectElement)) return;
  const left = leftAt(form);
  for (const kind of kinds.options) {
    kind.dataset.text ??= kind.text;
    const count = left[kind.dataset.product ?? ""];
    kind.disabled = count === 0;
    const text = (count ? kinds.dataset.some : kinds.dataset.none) ?? "";
    kind.text = count === undefined ? kind.dataset.text : text.replace("[kind]", kind.dataset.text).replace("[count]", `${count}`);
  }
  const other = [...kinds.options].findIndex(({ disabled }) => !disabled);
  if (kinds.selectedOptions[0]?.disabled && other >= 0) kinds.selectedIndex = other;
}

/**
 * @param {HTMLFormElement} form
 * @returns {Record<string, number>} by product, of those with a capacity
 */
function leftAt(form) {
  const chosen = form.querySelector('input[name="when"]:checked');
  const slot = /** @type {HTMLElement | null | undefined} */ (chosen?.closest("[data-showing]"));
  return JSON.parse(slot?.dataset.products ?? "{}");
}
