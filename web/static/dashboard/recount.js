/** Recount form: sets a count of people to the number counted by hand, for users who may change an event. */

import { Refused, send } from "../admin/api.js";
import { say } from "../shared/say.js";

/**
 * Show the form where the user may.
 *
 * @param {HTMLElement} page
 */
export function offerRecount(page) {
  const form = page.querySelector("#recount");
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(form, `/api/events/${page.dataset.event}/recount`);
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {string} path
 */
async function submit(form, path) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  const place = /** @type {HTMLSelectElement} */ (form.elements.namedItem("zone"));
  const fields = new FormData(form);
  const inside = Number(fields.get("inside"));
  const name = place.selectedOptions[0]?.text ?? "";
  button.disabled = true;
  try {
    await send("POST", path, { zone: place.value || null, inside, reason: String(fields.get("reason")).trim() });
    form.reset();
    answer(form, say("recount-done", { name, inside }));
  } catch (refused) {
    answer(form, refused instanceof Refused ? [refused.message, ...Object.values(refused.errors)].join(". ") : String(refused));
  }
  button.disabled = false;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} text
 */
function answer(form, text) {
  const line = /** @type {HTMLElement} */ (form.querySelector(".recount-answer"));
  line.textContent = text;
}
