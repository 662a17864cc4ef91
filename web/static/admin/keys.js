/** Page of API keys: made with scopes, shown once, revoked. */

import { get, send } from "./api.js";
import { button, confirmed, el, moment, notify } from "./build.js";
import { secretBox } from "./copy.js";
import { onSubmit } from "./form.js";
import { LocalList } from "./local_list.js";
import { listText } from "../shared/locale.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("#create"));
const made = /** @type {HTMLElement} */ (document.querySelector("#made"));

async function show() {
  const keys = await get("/api/keys");
  const order = keys.toSorted((/** @type {any} */ a, /** @type {any} */ b) => Number(a.revoked) - Number(b.revoked));
  list.show(order);
}

const list = new LocalList(/** @type {HTMLTableElement} */ (document.querySelector("table")), {
  row,
  text: ({ name, prefix, scopes }) => `${name} ${prefix} ${scopes.map(scopeName).join(" ")}`,
  orders: { name: ({ name }) => name, made: ({ created_at: at }) => Date.parse(at) },
});

/** @param {string} scope as the API names it */
function scopeName(scope) {
  return say(`keys-may-${scope.replace(":", "-")}`) || scope;
}

/** @param {any} key */
function row(key) {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, key.name, el("br"), el("code", { class: "muted" }, `${key.prefix}.…`)),
    el("td", {}, listText(key.scopes.map(scopeName))),
    el("td", { "data-label": say("keys-created") }, moment(key.created_at, HERE)),
    el("td", {}, key.revoked ? el("span", { class: "tag" }, say("keys-revoked")) : button(say("keys-revoke"), () => revoke(key), "small danger", key.name)),
  );
}

/** @param {any} key */
async function revoke(key) {
  if (!(await confirmed(say("keys-ask", { name: key.name }), say("keys-revoke")))) return;
  await send("POST", `/api/keys/${key.id}/revoke`);
  await show();
  notify(say("keys-ended"));
}

onSubmit(form, async (fields) => {
  const { key, name } = await send("POST", "/api/keys", { name: "", ...fields });
  made.replaceChildren(el("h2", {}, say("keys-made", { name })), el("p", {}, say("any-once")), secretBox(key, say("keys-key")));
  made.hidden = false;
  form.reset();
  await show();
  made.scrollIntoView({ block: "nearest" });
});

show().catch((error) => notify(error.message, "refuse"));
