/** Picture of an event: chosen, shown, sent, and taken away. */

import { Refused, ask, send } from "./api.js";
import { button, busy, notify } from "./build.js";
import { withErrors } from "./form.js";
import { say } from "../shared/say.js";

const field = /** @type {HTMLElement} */ (document.querySelector("#picture-field"));
const input = /** @type {HTMLInputElement} */ (document.querySelector("#picture"));
const shown = /** @type {HTMLImageElement} */ (document.querySelector("#picture-shown"));
const preview = /** @type {HTMLCanvasElement} */ (document.querySelector("#picture-preview"));
const actions = /** @type {HTMLElement} */ (document.querySelector("#picture-actions"));

const PREVIEW_SIDE = 960;

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
  const remove = button(say("event-picture-remove"), async () => saved(event, await send("DELETE", `/api/events/${event.uuid}/picture`)), "small");
  actions.replaceChildren(remove);
}

/**
 * Show the picture that a new event takes over from the one it is a copy of, and what is chosen in its place.
 *
 * @param {any} [copied] the event that is copied
 */
export function choosePicture(copied) {
  const showCopied = () => {
    show({ picture: copied?.picture });
    actions.hidden = true;
  };
  showCopied();
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) withErrors(field, () => drawPreview(file));
    else showCopied();
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
 * Draw a picture that is chosen; the page's policy lets no address of a local file in. Rejects where the browser cannot read it.
 *
 * @param {File} file
 */
async function drawPreview(file) {
  shown.hidden = preview.hidden = true;
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (input.files?.[0] !== file) return bitmap?.close(); // another one is chosen by now
  if (!bitmap) throw new Refused(0, "invalid", say("any-wrong"), { picture: say("event-picture-unreadable") });
  const scale = Math.min(1, PREVIEW_SIDE / Math.max(bitmap.width, bitmap.height));
  preview.width = Math.max(1, Math.round(bitmap.width * scale));
  preview.height = Math.max(1, Math.round(bitmap.height * scale));
  preview.getContext("2d")?.drawImage(bitmap, 0, 0, preview.width, preview.height);
  bitmap.close();
  preview.hidden = false;
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
  preview.hidden = true;
  shown.hidden = !picture;
  if (picture) shown.src = picture.small;
}
