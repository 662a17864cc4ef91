/** Passkeys on the page of one's own account: listed, added, named, removed. */

import { isPossible, makePasskey } from "../shared/webauthn.js";
import { send } from "./api.js";
import { button, confirmed, el, moment, notify } from "./build.js";
import { onSubmit } from "./form.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("#passkey-add"));
const codeField = /** @type {HTMLElement} */ (document.querySelector("#passkey-code-field"));
const list = /** @type {HTMLElement} */ (document.querySelector("#passkeys"));

/** @type {() => Promise<void>} */
let changed = async () => {};

/** @param {() => Promise<void>} work what is done after each change */
export function onPasskeysChanged(work) {
  changed = work;
}

/**
 * Show one's passkeys.
 *
 * @param {any} account
 */
export function showPasskeys(account) {
  const isOffered = account.passkeys_possible && isPossible;
  form.hidden = !isOffered;
  codeField.hidden = !account.second_factor;
  /** @type {HTMLElement} */ (document.querySelector("#passkeys-impossible")).hidden = isOffered;
  list.replaceChildren(...account.passkeys.map(row));
}

/** @param {any} passkey */
function row(passkey) {
  const since = moment(passkey.created_at, HERE);
  const used = passkey.last_used_at ? say("account-passkey-used", { since, when: moment(passkey.last_used_at, HERE) }) : say("account-passkey-unused", { since });
  const name = el("input", { value: passkey.name, maxlength: 60, "aria-label": say("account-passkey-name") });
  const password = el("input", { type: "password", id: `remove-${passkey.id}`, autocomplete: "current-password" });
  const field = el("div", { class: "field" }, el("label", { for: password.id }, say("account-passkey-password")), password);
  const actions = el("div", { class: "actions" }, el("div", { class: "field" }, name), button(say("account-passkey-rename"), () => rename(passkey, name.value), "small", passkey.name), field, button(say("account-passkey-remove"), () => remove(passkey, password.value), "small danger", passkey.name));
  return el("li", {}, el("strong", {}, passkey.name), el("div", { class: "muted" }, used), actions);
}

/**
 * @param {any} passkey
 * @param {string} name
 */
async function rename(passkey, name) {
  await send("PATCH", `/api/me/passkeys/${passkey.id}`, { name });
  await changed();
  notify(say("any-saved"));
}

/**
 * @param {any} passkey
 * @param {string} password
 */
async function remove(passkey, password) {
  if (!(await confirmed(say("account-passkey-ask", { name: passkey.name }), say("account-passkey-remove")))) return;
  await send("DELETE", `/api/me/passkeys/${passkey.id}`, { password });
  location.reload();
}

onSubmit(form, async ({ name = say("account-passkey"), password = "", code = "" }) => {
  const options = await send("POST", "/api/me/passkeys/options", { password, code });
  const credential = await makePasskey(options).catch(() => null);
  if (!credential) throw new Error(say("account-passkey-not-made"));
  await send("POST", "/api/me/passkeys", { name, credential });
  form.reset();
  await changed();
  notify(say("account-passkey-added", { name }));
});
