/** Page of users: who may log in, with which role, for all events or for some. */

import { get, send } from "./api.js";
import { button, confirmed, el, moment, notify } from "./build.js";
import { secretBox } from "./copy.js";
import { currentEvent, eventOptions, listedEvents } from "./event_choice.js";
import { onSubmit } from "./form.js";
import { LocalList } from "./local_list.js";
import { nested } from "./nested.js";
import { RoleRows } from "./role_rows.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

const create = /** @type {HTMLFormElement} */ (document.querySelector("#create"));
const change = /** @type {HTMLFormElement} */ (document.querySelector("#change"));
const title = /** @type {HTMLElement} */ (document.querySelector("#change-title"));
const role = /** @type {HTMLSelectElement} */ (document.querySelector("#change-role"));
const stop = /** @type {HTMLButtonElement} */ (document.querySelector("#change-stop"));

/** @type {string} the user that the form changes */
let changed = "";
/** @type {string} the user who reads the page */
let own = "";
/** @type {Map<string, string>} names by event */
let events = new Map();
const [createRoles, changeRoles] = [create, change].map((form) => new RoleRows(form));

async function begin() {
  const [known, listed, me] = await Promise.all([get("/api/events"), listedEvents(null), get("/api/me")]);
  own = me.id;
  events = new Map(known.map((/** @type {any} */ event) => [event.uuid, event.name]));
  for (const roles of [createRoles, changeRoles]) roles.offer(eventOptions(listed, currentEvent(listed)?.uuid));
  await show();
}

async function show() {
  list.show(await get("/api/users"));
}

const list = new LocalList(/** @type {HTMLTableElement} */ (document.querySelector("table")), {
  row,
  text: (user) => [user.username, user.email ?? "", ...rolesOf(user).map((/** @type {string | Node} */ part) => (part instanceof Node ? part.textContent : part)), say(user.disabled ? "users-disabled" : "users-active")].join(" "),
  orders: {
    name: ({ username }) => username,
    role: ({ role }) => role,
    state: ({ disabled }) => Number(disabled),
    login: ({ last_login_at: at }) => (at ? Date.parse(at) : null),
  },
});

/** @param {any} user */
function row(user) {
  const state = el("span", { class: "tag", "data-tone": user.disabled ? undefined : "pass" }, say(user.disabled ? "users-disabled" : "users-active"));
  const isOwn = user.id === own;
  const reset = !isOwn && (user.second_factor || user.passkeys) ? button(say("users-reset-factor"), () => resetFactor(user), "small", user.username) : null;
  const opener = isOwn ? el("a", { class: "button small", href: "/admin/account" }, say("users-own")) : button(say("users-change"), () => open(user), "small", user.username);
  const actions = el("div", { class: "actions" }, reset, opener, button(say("users-delete"), () => remove(user), "small danger", user.username));
  return el("tr", {}, el("th", { scope: "row" }, user.username, el("div", { class: "muted" }, addressOf(user))), el("td", {}, ...rolesOf(user)), el("td", {}, state, user.second_factor ? el("div", { class: "muted" }, say("users-factor")) : null, user.passkeys ? el("div", { class: "muted" }, say("users-passkeys", { count: user.passkeys })) : null), el("td", { "data-label": say("users-last-login") }, moment(user.last_login_at, HERE) || say("users-never")), el("td", {}, actions));
}

/** @param {any} user */
function addressOf(user) {
  if (!user.email) return say("users-no-email");
  return user.email_verified ? user.email : say("users-address", { address: user.email, state: say("users-unconfirmed") });
}

/** @param {any} user */
function rolesOf(user) {
  if (user.role !== "staff") return [say(`users-role-${user.role}`)];
  return user.events.map((/** @type {any} */ each) => el("div", {}, say("users-event-role", { role: say(`users-role-${each.role}`), event: events.get(each.event) ?? say("users-event-gone") })));
}

/** @param {any} user */
function open(user) {
  changed = user.id;
  change.reset();
  title.textContent = say("users-change-of", { name: user.username });
  role.value = user.role;
  createRoles.fill([]);
  changeRoles.fill(user.events, events);
  /** @type {HTMLInputElement} */ (change.elements.namedItem("disabled")).checked = user.disabled;
  /** @type {HTMLInputElement} */ (change.elements.namedItem("must_change")).checked = user.must_change;
  /** @type {HTMLInputElement} */ (change.elements.namedItem("email")).value = user.email ?? "";
  turn(true);
  change.scrollIntoView({ block: "nearest" });
  // Once the button that was pressed is enabled again, it would take the focus.
  setTimeout(() => role.focus());
}

/**
 * Show the form that changes a user, or the one that makes one.
 *
 * @param {boolean} isChanging
 */
function turn(isChanging) {
  change.hidden = !isChanging;
  create.hidden = isChanging;
  if (!isChanging) createRoles.show();
}

/**
 * Show the password that was made for a new user.
 *
 * @param {string} username
 * @param {string | undefined} password
 */
function showMade(username, password) {
  /** @type {HTMLElement} */ (document.querySelector("#made")).hidden = !password;
  if (!password) return;
  /** @type {HTMLElement} */ (document.querySelector("#made-title")).textContent = say("users-made", { name: username });
  document.querySelector("#made-password")?.replaceChildren(secretBox(password, say("users-password-shown")));
}

/** @param {any} user */
async function resetFactor(user) {
  if (!(await confirmed(say("users-ask-reset", { name: user.username }), say("users-reset-factor")))) return;
  await send("POST", `/api/users/${user.id}/second_factor/reset`);
  await show();
  notify(say("users-factor-reset", { name: user.username }));
}

/** @param {any} user */
async function remove(user) {
  const ask = user.keys ? say("users-ask-keys", { name: user.username, count: user.keys }) : say("users-ask", { name: user.username });
  if (!(await confirmed(ask, say("users-delete")))) return;
  await send("DELETE", `/api/users/${user.id}`);
  turn(false);
  await show();
  notify(say("users-deleted", { name: user.username }));
}

stop.addEventListener("click", () => {
  changeRoles.fill([]);
  turn(false);
});

onSubmit(change, async (fields) => {
  const { keys_revoked: ended } = await send("PATCH", `/api/users/${changed}`, { events: [], email: null, ...nested(fields) });
  changeRoles.fill([]);
  turn(false);
  await show();
  notify(ended ? say("users-keys-ended", { count: ended }) : say("any-saved"));
});

onSubmit(create, async (fields) => {
  const { username, password } = await send("POST", "/api/users", { username: "", ...nested(fields) });
  create.reset();
  createRoles.fill([]);
  await show();
  showMade(username, password);
  notify(say("users-added", { name: username }));
});

begin().catch((error) => notify(error.message, "refuse"));
