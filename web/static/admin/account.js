/** Page of one's own account: e-mail address, password, logins. */

import { get, send } from "./api.js";
import { showFactor } from "./account_factor.js";
import { onPasskeysChanged, showPasskeys } from "./account_passkeys.js";
import { busy, el, moment, notify } from "./build.js";
import { onSubmit } from "./form.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

const password = /** @type {HTMLFormElement} */ (document.querySelector("#password"));
const email = /** @type {HTMLFormElement} */ (document.querySelector("#email"));
const again = /** @type {HTMLButtonElement} */ (document.querySelector("#email-again"));

const endLogins = /** @type {HTMLButtonElement} */ (document.querySelector("#logins-end"));

async function show() {
  const account = await get("/api/me/account");
  showAddress(account);
  showFactor(account);
  showPasskeys(account);
  showLogins(account.logins);
}

/** @param {any[]} logins */
function showLogins(logins) {
  const list = /** @type {HTMLElement} */ (document.querySelector("#logins"));
  list.replaceChildren(...logins.map((login) => el("li", {}, login.asked_from || say("account-somewhere"), " ", login.is_this ? el("span", { class: "tag", "data-tone": "pass" }, say("account-this-one")) : null, el("div", { class: "muted" }, say("account-since", { when: moment(login.began_at, HERE) })))));
  endLogins.hidden = logins.length < 2;
}

endLogins.addEventListener("click", () => busy(endLogins, async () => {
  await send("POST", "/api/me/logins/end");
  location.reload();
}));

/** @param {any} account */
function showAddress(account) {
  const now = /** @type {HTMLElement} */ (document.querySelector("#email-now"));
  const state = /** @type {HTMLElement} */ (document.querySelector("#email-state"));
  const open = /** @type {HTMLElement} */ (document.querySelector("#email-open"));
  now.textContent = account.email ?? say("account-no-email");
  state.hidden = !account.email;
  state.textContent = say(account.email_verified ? "account-confirmed" : "account-unconfirmed");
  state.dataset.tone = account.email_verified ? "pass" : "warn";
  const isOpen = account.email && !account.email_verified;
  open.hidden = !isOpen;
  open.textContent = isOpen ? say(account.sends_mail ? "account-link-sent" : "account-no-mail") : "";
  again.hidden = !(isOpen && account.sends_mail);
  // Its default alone: an address that is typed meanwhile stays.
  /** @type {HTMLInputElement} */ (email.elements.namedItem("email")).defaultValue = account.email ?? "";
}

again.addEventListener("click", () => busy(again, async () => {
  await send("POST", "/api/me/email/verify");
  notify(say("account-sent-again"));
}));

onSubmit(email, async (fields) => {
  await send("POST", "/api/me/email", { email: null, password: "", ...fields });
  await show();
  email.reset();
  notify(say("any-saved"));
});

onSubmit(password, async (fields) => {
  await send("POST", "/api/me/password", { old: "", new: "", ...fields });
  location.assign("/login");
});

onPasskeysChanged(show);
show().catch((error) => notify(error.message, "refuse"));
