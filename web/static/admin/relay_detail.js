/** Page of an event's relay: who holds the role, its keys, and what is done where it is lost. */

import { get, send } from "./api.js";
import { button, confirmed, el, moment, notify } from "./build.js";
import { secretBox } from "./copy.js";
import { eventCrumb, showCrumbs } from "./crumbs.js";
import { showEventNav } from "./event_nav.js";
import { onSubmit } from "./form.js";
import { commandOf } from "./relay_command.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

/**
 * @typedef {{name: string, url: string, is_named: boolean, key: string, joined_at: string, heard_at: string,
 *   alone_since: string | null, waiting: number, clock_ahead_s: number, lost_at: string | null, is_held: boolean}} Relay
 * @typedef {{id: string, name: string, prefix: string, scopes: string[], event: string | null, created_at: string,
 *   revoked: boolean}} Key
 */

const EVERY_MS = 5_000;
/** Where a relay is that is tried on the hub's own machine. */
const ON_THIS_MACHINE = "http://127.0.0.1:8889";
const event = /** @type {HTMLElement} */ (document.querySelector("#admin")).dataset.thing ?? "";
const form = /** @type {HTMLFormElement} */ (document.querySelector("#create"));
const made = /** @type {HTMLElement} */ (document.querySelector("#made"));
let timeZone = HERE;
/** What stands in the page, so that nothing is drawn anew that has not changed. */
let shown = "";

async function begin() {
  const { name, timezone } = await get(`/api/events/${event}`);
  timeZone = timezone;
  showEventNav({ uuid: event, name, timezone }, "relay");
  showCrumbs([eventCrumb({ uuid: event, name })], say("nav-relay"));
  await show();
  setInterval(() => show().catch(() => {}), EVERY_MS);
}

async function show() {
  const [{ relay }, keys] = await Promise.all([get(`/api/events/${event}/relay`), get("/api/keys").catch(ofOwners)]);
  const state = JSON.stringify([relay, keys]);
  if (state === shown) return;
  shown = state;
  showRole(relay);
  showKeys(keys?.filter(isOurs) ?? null, relay);
}

/** @param {{status?: number}} refusal */
function ofOwners(refusal) {
  if (refusal.status === 403) return null;
  throw refusal;
}

/** @param {Key} key */
function isOurs({ scopes, event: bound }) {
  return scopes.includes("relay") && bound === event;
}

/** @param {Relay | null} relay */
function showRole(relay) {
  write("#role-title", titleOf(relay));
  write("#role-more", relay ? moreOf(relay) : "");
  document.querySelector("#role")?.replaceChildren(...(relay ? factsOf(relay) : []));
  write("#not-named", relay && !relay.lost_at && !relay.is_named ? say("relay-not-named", { address: relay.url }) : "");
  const isThere = relay && !relay.lost_at;
  document.querySelector("#role-actions")?.replaceChildren(...(isThere ? [button(say("relay-lose"), () => lose(relay), "danger")] : []));
}

/** @param {Relay | null} relay */
function titleOf(relay) {
  if (!relay) return say("relay-none");
  const { name } = relay;
  if (relay.lost_at) return say("relay-is-lost", { name, time: moment(relay.lost_at, timeZone) });
  if (relay.alone_since) return say("relay-is-alone", { name, time: moment(relay.alone_since, timeZone) });
  return say("relay-is-there", { name });
}

/** @param {Relay} relay */
function moreOf(relay) {
  if (relay.lost_at) return say("relay-lost-more");
  if (relay.alone_since) return say(relay.is_held ? "relay-alone-more" : "relay-alone-free");
  return say("relay-there-more");
}

/** @param {Relay} relay */
function factsOf({ url, joined_at: joined, heard_at: heard, waiting, clock_ahead_s: aheadS, alone_since: alone, lost_at: lost }) {
  const isThere = !alone && !lost;
  const facts = [
    [say("relay-address"), url],
    [say("relay-joined"), moment(joined, timeZone)],
    isThere ? null : [say("relay-heard"), moment(heard, timeZone)],
    [say(isThere ? "relay-waiting-now" : "relay-waited"), String(waiting)],
    [say("relay-clock-ahead-s"), say("relay-seconds", { seconds: Math.round(aheadS) || 0 })],
  ];
  return facts.flatMap((each) => (each ? [el("dt", {}, each[0]), el("dd", {}, each[1])] : []));
}

/** @param {Relay} relay */
async function lose({ name, waiting }) {
  const question = [say("relay-lose-ask", { name }), waiting ? say("relay-lose-waited", { count: waiting }) : ""];
  if (!(await confirmed(question.join(" ").trim(), say("relay-lose")))) return;
  await send("POST", `/api/events/${event}/relay/lost`);
  await show();
  notify(say("relay-lose-done", { name }));
}

/**
 * @param {Key[] | null} keys null: the reader may make none
 * @param {Relay | null} relay
 */
function showKeys(keys, relay) {
  form.hidden = keys === null;
  hide("#no-keys", keys !== null);
  hide("#keys", !keys?.length);
  const order = (keys ?? []).toSorted((a, b) => Number(a.revoked) - Number(b.revoked) || Date.parse(b.created_at) - Date.parse(a.created_at));
  document.querySelector("#rows")?.replaceChildren(...order.map((key) => row(key, relay?.key === key.id)));
}

/**
 * @param {Key} key
 * @param {boolean} isUsed whether the event's relay joined by it
 */
function row(key, isUsed) {
  const state = say(key.revoked ? "relay-key-ended" : isUsed ? "relay-key-used" : "relay-key-ready");
  const act = key.revoked ? null : button(say("relay-key-revoke"), () => revoke(key), "small danger", key.name);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, key.name, el("br"), el("code", { class: "muted" }, `${key.prefix}.…`)),
    el("td", { "data-label": say("admin-when") }, moment(key.created_at, timeZone)),
    el("td", {}, state),
    el("td", {}, act),
  );
}

/** @param {Key} key */
async function revoke({ id, name }) {
  if (!(await confirmed(say("relay-key-ask", { name }), say("relay-key-revoke")))) return;
  await send("POST", `/api/keys/${id}/revoke`);
  await show();
  notify(say("relay-key-revoked", { name }));
}

onSubmit(form, async ({ name = "", address = "" }) => {
  const { key } = await send("POST", "/api/keys", { name, scopes: ["relay"], event });
  const command = commandOf({ key, upstream: location.origin, name, address });
  const origin = address ? new URL(address).origin : ON_THIS_MACHINE;
  made.replaceChildren(
    el("h2", {}, say("relay-made", { name })),
    el("p", {}, say("any-once")),
    el("p", {}, say("relay-made-run")),
    secretBox(command, say("relay-command")),
    el("p", {}, say("relay-made-named", { address: origin })),
    el("p", { class: "hint" }, say("relay-made-hint", { package: "scan-hub", checkout: ".venv/bin/python run.py" })),
  );
  made.hidden = false;
  form.reset();
  await show();
  made.scrollIntoView({ block: "nearest" });
});

/**
 * @param {string} selector
 * @param {string} text
 */
function write(selector, text) {
  const element = /** @type {HTMLElement} */ (document.querySelector(selector));
  element.hidden = !text;
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {string} selector
 * @param {boolean} isHidden
 */
function hide(selector, isHidden) {
  /** @type {HTMLElement} */ (document.querySelector(selector)).hidden = isHidden;
}

begin().catch((error) => notify(error.message, "refuse"));
