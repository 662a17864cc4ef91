/** Page of webhooks: listed, and made with the kinds of entries that they subscribe to. */

import { get, send } from "./api.js";
import { el, notify } from "./build.js";
import { secretBox } from "./copy.js";
import { onSubmit } from "./form.js";
import { chooseKinds, kindsText } from "./kinds_field.js";
import { LocalList } from "./local_list.js";
import { say } from "../shared/say.js";

const empty = /** @type {HTMLElement} */ (document.querySelector("#empty"));
const made = /** @type {HTMLElement} */ (document.querySelector("#made"));
const form = /** @type {HTMLFormElement} */ (document.querySelector("#create"));

async function show() {
  const webhooks = await get("/api/webhooks");
  list.show(webhooks);
  empty.hidden = webhooks.length > 0;
}

const list = new LocalList(/** @type {HTMLTableElement} */ (document.querySelector("table")), {
  row,
  text: ({ url, kinds, paused }) => `${url} ${kindsText(kinds)} ${say(paused ? "webhooks-paused" : "webhooks-active")}`,
  orders: { url: ({ url }) => url, state: ({ paused }) => Number(paused) },
});

/** @param {any} webhook */
function row(webhook) {
  const state = el("span", { class: "tag", "data-tone": webhook.paused ? "warn" : "pass" }, say(webhook.paused ? "webhooks-paused" : "webhooks-active"));
  return el("tr", {}, el("th", { scope: "row" }, el("a", { href: `/admin/webhooks/${webhook.id}` }, webhook.url)), el("td", {}, kindsText(webhook.kinds)), el("td", {}, state));
}

onSubmit(form, async (fields) => {
  const { id, secret } = await send("POST", "/api/webhooks", fields);
  const link = el("a", { class: "button", href: `/admin/webhooks/${id}` }, say("webhooks-open"));
  made.replaceChildren(el("h2", {}, say("webhooks-made")), el("p", {}, say("webhooks-signs")), secretBox(secret, say("webhooks-secret")), el("div", { class: "actions" }, link));
  made.hidden = false;
  form.reset();
  await show();
  made.scrollIntoView({ block: "nearest" });
});

chooseKinds(/** @type {HTMLElement} */ (document.querySelector("#kinds")), []);
show().catch((error) => notify(error.message, "refuse"));
