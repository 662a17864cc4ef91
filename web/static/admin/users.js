/** Page of users: who may log in, with which role. */

import { get, send } from "./api.js";
import { button, confirmed, el, notify } from "./build.js";
import { onSubmit } from "./form.js";
import { say } from "./messages.js";

const rows = /** @type {HTMLElement} */ (document.querySelector("#rows"));
const create = /** @type {HTMLFormElement} */ (document.querySelector("#create"));
const change = /** @type {HTMLFormElement} */ (document.querySelector("#change"));
const title = /** @type {HTMLElement} */ (document.querySelector("#change-title"));
const role = /** @type {HTMLSelectElement} */ (document.querySelector("#change-role"));
const stop = /** @type {HTMLButtonElement} */ (document.querySelector("#change-stop"));

/** @type {string} the user that the form changes */
let changed = "";

async function show() {
  rows.replaceChildren(...(await get("/api/users")).map(row));
}

/** @param {any} user */
function row(user) {
  const state = el("span", { class: "tag", "data-tone": user.disabled ? undefined : "pass" }, say(user.disabled ? "users.disabled" : "users.active"));
  const actions = el("div", { class: "actions" }, button(say("users.change"), () => open(user), "small", user.username), button(say("users.delete"), () => remove(user), "small danger", user.username));
  return el("tr", {}, el("th", { scope: "row" }, user.username), el("td", {}, say(/** @type {any} */ (`users.role.${user.role}`))), el("td", {}, state), el("td", {}, actions));
}

/** @param {any} user */
function open(user) {
  changed = user.id;
  change.reset();
  title.textContent = say("users.title", { name: user.username });
  role.value = user.role;
  /** @type {HTMLInputElement} */ (change.elements.namedItem("disabled")).checked = user.disabled;
  change.hidden = false;
  change.scrollIntoView({ block: "nearest" });
  // Once the button that was pressed is enabled again, it would take the focus.
  setTimeout(() => role.focus());
}

/** @param {any} user */
async function remove(user) {
  const ask = user.keys ? say("users.ask_keys", { name: user.username, count: user.keys }) : say("users.ask", { name: user.username });
  if (!(await confirmed(ask, say("users.delete")))) return;
  await send("DELETE", `/api/users/${user.id}`);
  change.hidden = true;
  await show();
  notify(say("users.deleted", { name: user.username }));
}

stop.addEventListener("click", () => {
  change.hidden = true;
});

onSubmit(change, async (fields) => {
  const { keys_revoked: ended } = await send("PATCH", `/api/users/${changed}`, fields);
  change.hidden = true;
  await show();
  notify(ended ? say("users.keys_ended", { count: ended }) : say("any.saved"));
});

onSubmit(create, async (fields) => {
  const { username } = await send("POST", "/api/users", { username: "", password: "", ...fields });
  create.reset();
  await show();
  notify(say("users.added", { name: username }));
});

show().catch((error) => notify(error.message, "refuse"));
