/** Passkeys on the page of one's own account: listed, added, named, removed. */

import { isPossible, makePasskey } from "../shared/webauthn.js";
import { send } from "./api.js";
import { button, confirmed, el, moment, notify } from "./build.js";
import { onSubmit } from "./form.js";
import { say } from "./messages.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("#passkey-add"));
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
  /** @type {HTMLElement} */ (document.querySelector("#passkeys-impossible")).hidden = isOffered;
  list.replaceChildren(...account.passkeys.map(row));
}

/** @param {any} passkey */
function row(passkey) {
  const used = passkey.last_used_at ? say("account.passkey_used", { when: moment(passkey.last_used_at) }) : say("account.passkey_unused");
  const name = el("input", { value: passkey.name, maxlength: 60, "aria-label": say("account.passkey_name") });
  const actions = el("div", { class: "actions" }, el("div", { class: "field" }, name), button(say("account.passkey_rename"), () => rename(passkey, name.value), "small", passkey.name), button(say("account.passkey_remove"), () => remove(passkey), "small danger", passkey.name));
  return el("li", {}, el("strong", {}, passkey.name), el("div", { class: "muted" }, say("account.since", { when: moment(passkey.created_at) }), ". ", used), actions);
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

/** @param {any} passkey */
async function remove(passkey) {
  if (!(await confirmed(say("account.passkey_ask", { name: passkey.name }), say("account.passkey_remove")))) return;
  await send("DELETE", `/api/me/passkeys/${passkey.id}`);
  await changed();
  notify(say("account.passkey_removed", { name: passkey.name }));
}

onSubmit(form, async ({ name = say("account.passkey"), password = "" }) => {
  const options = await send("POST", "/api/me/passkeys/options", { password });
  const credential = await makePasskey(options).catch(() => null);
  if (!credential) throw new Error(say("account.passkey_not_made"));
  await send("POST", "/api/me/passkeys", { name, credential });
  form.reset();
  await changed();
  notify(say("account.passkey_added", { name }));
});
