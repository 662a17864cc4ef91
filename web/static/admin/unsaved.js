/** Guard of unsaved changes: a page whose form holds some asks before it is left. */

/**
 * Guard a form.
 *
 * @param {() => string} read the form's state as text
 * @returns {() => void} to be called when what stands in the form is saved
 */
export function guardChanges(read) {
  let saved = read();
  addEventListener("beforeunload", (event) => {
    if (read() !== saved) event.preventDefault();
  });
  return () => {
    saved = read();
  };
}
