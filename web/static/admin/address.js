/** State of a list in the page's address: its search, filters, order and pages, kept for the way back in this tab. */

import { keepList } from "./crumbs.js";

const LIST = /^\/admin\/([a-z]+)\/?$/;

/**
 * @param {string} name
 * @returns {string} empty where the address says nothing
 */
export function stateOf(name) {
  return new URLSearchParams(location.search).get(name) ?? "";
}

/**
 * Write to the address what the list is looked at by; what is empty is left out.
 *
 * @param {Record<string, string | number>} state
 */
export function setState(state) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(state)) {
    if (value === "") query.delete(name);
    else query.set(name, String(value));
  }
  const text = query.toString();
  history.replaceState(history.state, "", text ? `?${text}` : location.pathname);
  const [, list] = LIST.exec(location.pathname) ?? [];
  if (list) keepList(list);
}

/**
 * Let a control show a part of the address's state, and write it there.
 *
 * @param {HTMLInputElement | HTMLSelectElement} control a tick is `1` or nothing
 * @param {string} name
 * @param {() => void} changed called after each change
 */
export function bindState(control, name, changed) {
  const isTick = control instanceof HTMLInputElement && control.type === "checkbox";
  if (isTick) control.checked = stateOf(name) === "1";
  else if (stateOf(name)) control.value = stateOf(name);
  control.addEventListener("input", () => {
    setState({ [name]: isTick ? (control.checked ? "1" : "") : control.value.trim() });
    changed();
  });
}
