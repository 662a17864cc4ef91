/** Picture of an event: chosen, shown, sent, and taken away. */

import { ask, send } from "./api.js";
import { button, busy, notify } from "./build.js";
import { withErrors } from "./form.js";
import { say } from "./messages.js";

const field = /** @type {HTMLElement} */ (document.querySelector("#picture-field"));
const input = /** @type {HTMLInputElement} */ (document.querySelector("#picture"));
const shown = /** @type {HTMLImageElement} */ (document.querySelector("#picture-shown"));
const actions = /** @type {HTMLElement} */ (document.querySelector("#picture-actions"));

/**
 * Show an event's picture; one that is chosen in its place is sent at once.
 *
 * @param {any} event
 */
export function followPicture(event) {
  show(event);
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) busy(/** @type {any} */ (input), () => withErrors(field, async () => saved(event, await put(event.uuid, file))));
  };
  const remove = button(say("event.picture.remove"), async () => saved(event, await send("DELETE", `/api/events/${event.uuid}/picture`)), "small");
  actions.replaceChildren(remove);
}

/**
 * Show the picture that a new event takes over from the one it is a copy of, and what is chosen in its place.
 *
 * @param {any} [copied] the event that is copied
 */
export function choosePicture(copied) {
  if (copied) show(copied);
  actions.hidden = true;
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) showAt(URL.createObjectURL(file));
  };
}

/**
 * Give a new event the picture that was chosen, else that of the event it is a copy of.
 *
 * @param {string} event
 * @param {any} [copied]
 */
export async function sendPicture(event, copied) {
  const [file] = input.files ?? [];
  if (file) await put(event, file);
  else if (copied?.picture) await put(event, await (await ask("GET", copied.picture.whole)).blob());
}

/**
 * @param {string} event
 * @param {Blob} file
 */
async function put(event, file) {
  const answer = await ask("PUT", `/api/events/${event}/picture`, file, { "Content-Type": "application/octet-stream" });
  return answer.json();
}

/**
 * @param {any} event
 * @param {any} changed
 */
function saved(event, changed) {
  event.picture = changed.picture;
  input.value = "";
  show(event);
  notify(say("any-saved"));
}

/** @param {any} event */
function show({ picture }) {
  actions.hidden = !picture;
  if (picture) showAt(picture.small);
  else shown.hidden = true;
}

/** @param {string} address */
function showAt(address) {
  shown.src = address;
  shown.hidden = false;
}
