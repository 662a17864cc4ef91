/** Login by a passkey on the login pages: the button shows where the browser does passkeys. */

import { showProgress } from "../shared/progress.js";
import { isPossible, showPasskey } from "../shared/webauthn.js";

const box = /** @type {HTMLElement | null} */ (document.querySelector("#passkey"));
const control = /** @type {HTMLButtonElement | null} */ (document.querySelector("#passkey-button"));
const problem = /** @type {HTMLElement | null} */ (document.querySelector("#passkey-problem"));

if (box && control && problem && isPossible) {
  box.hidden = false;
  control.addEventListener("click", () => enter(box, control, problem));
}

/**
 * @param {HTMLElement} box
 * @param {HTMLButtonElement} control
 * @param {HTMLElement} problem
 */
async function enter(box, control, problem) {
  const step = box.dataset.step === "true";
  control.disabled = true;
  const end = showProgress(control);
  problem.hidden = true;
  try {
    const credential = await showPasskey(await send("/login/passkey/options", { step }));
    location.assign((await send("/login/passkey", { credential, step, next: box.dataset.next ?? "" })).next);
  } catch (error) {
    problem.hidden = false;
    problem.textContent = error instanceof Refused ? error.message : (box.dataset.failed ?? "");
    control.disabled = false;
  } finally {
    end();
  }
}

/** Refusal by the hub, in the page's language. */
class Refused extends Error {}

/**
 * @param {string} path
 * @param {unknown} body
 */
async function send(path, body) {
  const headers = { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  const found = await answer.json();
  if (!answer.ok) throw new Refused(found.detail);
  return found;
}
