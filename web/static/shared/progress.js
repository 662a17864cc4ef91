/** Progress of a button whose work goes on for longer than people take for at once. */

const AT_ONCE_MS = 300;

/**
 * Show on a control that it is at work, once that lasts longer than 0.3 s.
 *
 * @param {HTMLElement} control
 * @returns {() => void} ends it
 */
export function showProgress(control) {
  const timer = setTimeout(() => control.setAttribute("aria-busy", "true"), AT_ONCE_MS);
  return () => {
    clearTimeout(timer);
    control.removeAttribute("aria-busy");
  };
}
