/** Second factor on the page of one's own account: set up, turned off, recovery codes. */

import { send } from "./api.js";
import { el, notify } from "./build.js";
import { secretBox } from "./copy.js";
import { onSubmit } from "./form.js";
import { say } from "../shared/say.js";
import { qr } from "./qr.js";

const [setUp, confirm, off] = ["#app", "#app-confirm", "#app-off"].map((id) => /** @type {HTMLFormElement} */ (document.querySelector(id)));
const recovery = /** @type {HTMLElement} */ (document.querySelector("#recovery"));
const state = /** @type {HTMLElement} */ (document.querySelector("#factor-state"));

/**
 * Show how one's second factor stands.
 *
 * @param {any} account
 */
export function showFactor(account) {
  state.hidden = false;
  state.textContent = say(account.second_factor ? "account-factor-on" : "account-factor-off");
  state.dataset.tone = account.second_factor ? "pass" : "warn";
  setUp.hidden = account.second_factor;
  off.hidden = !account.second_factor;
  /** @type {HTMLElement} */ (document.querySelector("#recovery-left")).textContent = say("account-recovery-left", { count: account.recovery_codes_left });
}

/** @param {string[]} codes which are shown this once: the rest of the page waits */
function showCodes(codes) {
  for (const form of [setUp, confirm, off]) form.hidden = true;
  recovery.hidden = false;
  document.querySelector("#recovery-codes")?.replaceChildren(...codes.map((code) => el("li", {}, el("code", {}, code))));
  /** @type {HTMLElement} */ (document.querySelector("#recovery-title")).focus();
}

onSubmit(setUp, async (fields) => {
  const { secret, uri } = await send("POST", "/api/me/totp", { password: "", ...fields });
  setUp.reset();
  setUp.hidden = true;
  confirm.hidden = false;
  document.querySelector("#app-qr")?.replaceChildren(qr(uri, say("account-app-qr")));
  document.querySelector("#app-secret")?.replaceChildren(secretBox(secret, say("account-app-secret")));
  /** @type {HTMLInputElement} */ (confirm.elements.namedItem("code")).focus();
});

onSubmit(confirm, async (fields) => {
  const { recovery_codes: codes } = await send("POST", "/api/me/totp/confirm", { code: "", ...fields });
  state.textContent = say("account-factor-on");
  state.dataset.tone = "pass";
  showCodes(codes);
  notify(say("account-factor-turned-on"));
});

let isRenewal = false;
off.addEventListener("click", ({ target }) => {
  if (target instanceof HTMLButtonElement) isRenewal = target.value === "renew";
});

onSubmit(off, async (fields) => {
  const body = { password: "", code: "", ...fields };
  if (isRenewal) {
    showCodes((await send("POST", "/api/me/recovery_codes", body)).recovery_codes);
  } else {
    await send("POST", "/api/me/totp/off", body);
    location.reload();
  }
});

document.querySelector("#recovery-print")?.addEventListener("click", () => print());
document.querySelector("#recovery-done")?.addEventListener("click", () => location.reload());
