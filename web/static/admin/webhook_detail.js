/** Page of one webhook: its deliveries, and its form. */

import { bindState } from "./address.js";
import { get, send } from "./api.js";
import { button, confirmed, el, moment, notify } from "./build.js";
import { secretBox } from "./copy.js";
import { listAddress, showCrumbs } from "./crumbs.js";
import { enableFields, onSubmit } from "./form.js";
import { chooseKinds } from "./kinds_field.js";
import { deliveryRow } from "./deliveries.js";
import { fillList } from "./lists.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

const PAGE = 20;
const SECRET_BYTES = 32;
const thing = /** @type {HTMLElement} */ (document.querySelector("#admin")).dataset.thing ?? "";
const path = `/api/webhooks/${thing}`;
const form = /** @type {HTMLFormElement} */ (document.querySelector("#change"));
const states = /** @type {HTMLSelectElement} */ (document.querySelector("#deliveries-state"));

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function show() {
  const webhook = await get(path);
  showCrumbs([[listAddress("webhooks"), say("nav-webhooks")]], webhook.url);
  at("url").textContent = webhook.url;
  at("state").textContent = say(webhook.paused ? "webhooks-paused" : "webhooks-active");
  at("state").dataset.tone = webhook.paused ? "warn" : "pass";
  at("state").hidden = false;
  at("because").textContent = webhook.paused_because ? say("webhooks-because", { reason: webhook.paused_because }) : "";
  at("because").hidden = !webhook.paused_because;
  /** @type {HTMLInputElement} */ (form.elements.namedItem("url")).value = webhook.url;
  chooseKinds(at("kinds"), webhook.kinds);
  enableFields(form);
  showActions(webhook.paused);
}

/** @param {boolean} isPaused */
function showActions(isPaused) {
  const pause = isPaused ? button(say("webhooks-resume"), () => change({ paused: false })) : button(say("webhooks-pause"), () => change({ paused: true }));
  at("actions").replaceChildren(button(say("webhooks-ping"), ping), pause, button(say("webhooks-rotate"), rotate), button(say("webhooks-delete"), remove, "small danger"));
}

/** @param {Record<string, unknown>} fields */
async function change(fields) {
  const changed = await send("PATCH", path, fields);
  await show();
  notify(say("any-saved"));
  return changed;
}

async function ping() {
  const { delivered, status, reason } = await send("POST", `${path}/ping`);
  notify(say(delivered ? "webhooks-pinged" : "webhooks-not-pinged", { why: [status, reason].filter(Boolean).join(", ") }), delivered ? "pass" : "refuse");
}

/** A new secret signs at once, and the one before beside it for a day. */
async function rotate() {
  if (!(await confirmed(say("webhooks-ask-rotate"), say("webhooks-rotate")))) return;
  const secret = [...crypto.getRandomValues(new Uint8Array(SECRET_BYTES))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const changed = await change({ secret });
  at("made").replaceChildren(el("h2", {}, say("webhooks-new-secret")), el("p", {}, say("webhooks-until", { time: moment(changed.old_secret_until, HERE) })), secretBox(secret, say("webhooks-secret")));
  at("made").hidden = false;
}

async function remove() {
  if (!(await confirmed(say("webhooks-ask"), say("webhooks-delete")))) return;
  await send("DELETE", path);
  location.assign(listAddress("webhooks"));
}

function showDeliveries() {
  const state = states.value ? `&state=${states.value}` : "";
  return fillList(`${path}/deliveries?limit=${PAGE}${state}`, (delivery) => deliveryRow(delivery, `${path}/deliveries/${delivery.id}`));
}

bindState(states, "state", showDeliveries);
onSubmit(form, change);
show().catch((error) => notify(error.message, "refuse"));
showDeliveries();
