/** DOM access of the scanner page: its elements and their texts. */

/**
 * Return an element of the page.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} selector of an element that is there
 * @returns {T}
 */
export function find(selector) {
  return /** @type {T} */ (document.querySelector(selector));
}

/**
 * Return an input of the page.
 *
 * @param {string} selector
 * @returns {HTMLInputElement}
 */
export function field(selector) {
  return find(selector);
}

/**
 * Write a text, and hide the element where there is none.
 *
 * @param {string} selector
 * @param {string} text
 */
export function write(selector, text) {
  const element = find(selector);
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === "";
}

/**
 * Return an element with a text.
 *
 * @param {string} text
 * @param {string} [className]
 */
export function makeText(text, className = "") {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

/**
 * Return a button.
 *
 * @param {string} text
 * @param {string} className
 * @param {() => void} onClick
 */
export function makeButton(text, className, onClick) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = text;
  button.addEventListener("click", onClick);
  return button;
}
