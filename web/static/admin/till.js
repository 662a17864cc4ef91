/** Tills of an event: one as it stands, to be counted and closed; the others, and the closings, as lists. */

import { bindState, setState, stateOf } from "./address.js";
import { get, send } from "./api.js";
import { busy, button, confirmed, el, moment, notify } from "./build.js";
import { numberText } from "./amounts.js";
import { eventCrumb, showCrumbs } from "./crumbs.js";
import { showEventNav } from "./event_nav.js";
import { fillList } from "./lists.js";
import { LocalList } from "./local_list.js";
import { sumText } from "../shared/money.js";
import { say } from "../shared/say.js";
import { closingPanel, nameOf, tillPanel } from "./till_panels.js";

const PAGE = 20;
const path = `/api/events/${/** @type {HTMLElement} */ (document.querySelector("#admin")).dataset.thing}`;

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @type {any} */
let event;
let me = "";
/** @type {any} */
let answer;

const others = new LocalList(/** @type {HTMLTableElement} */ (at("other-tills")), {
  row: otherRow,
  text: titleOf,
  orders: {
    name: titleOf,
    since: (till) => till.opened_at,
    payments: paymentsOf,
    expected: (till) => (till.expected.length > 0 ? Number(till.expected[0].amount) : null),
  },
});

async function open() {
  const [known, user, tills] = await Promise.all([get(path), get("/api/me"), get(`${path}/tills`)]);
  event = known;
  me = user.id;
  showCrumbs([eventCrumb(event)], say("nav-till"));
  showEventNav(event, "till");
  at("report").setAttribute("href", `/events/${event.uuid}/report`);
  at("csv").setAttribute("href", `${path}/takings.csv?language=${document.documentElement.lang}`);
  at("refresh").addEventListener("click", ({ currentTarget }) => busy(/** @type {HTMLButtonElement} */ (currentTarget), async () => show(await get(`${path}/tills`))));
  bindState(/** @type {HTMLSelectElement} */ (at("closings-sort")), "closings-sort", showClosings);
  await show(tills);
}

/** @param {any} tills the hub's answer */
async function show(tills) {
  answer = tills;
  showTills();
  await showClosings();
}

function showTills() {
  const used = answer.tills.filter((/** @type {any} */ till) => till.opened_at !== null || till.holder.id === me);
  const mine = used.find((/** @type {any} */ till) => till.holder.id === me);
  const shown = used.find((/** @type {any} */ till) => till.holder.id === stateOf("till")) ?? mine;
  at("tills").replaceChildren(tillPanel(shown, { me, currency: answer.currency, timeZone: event.timezone, setFloat, close }));
  const rest = used.filter((/** @type {any} */ till) => till !== shown).toSorted((/** @type {any} */ a, /** @type {any} */ b) => Number(b === mine) - Number(a === mine));
  at("others").hidden = rest.length === 0;
  others.show(rest);
}

/** @param {any} till */
function otherRow(till) {
  const name = titleOf(till);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, name),
    el("td", { "data-label": till.opened_at && say("till-open-since") }, till.opened_at ? moment(till.opened_at, event.timezone) : ""),
    el("td", { "data-label": say("till-payments") }, numberText(String(paymentsOf(till)))),
    el("td", { "data-label": say("till-expected") }, sumText(till.expected)),
    el("td", {}, el("div", { class: "actions" }, button(say("till-show"), () => choose(till), "small", name))),
  );
}

/** @param {any} till */
function titleOf(till) {
  return till.holder.id === me ? say("till-mine") : nameOf(till.holder);
}

/** @param {any} till */
function paymentsOf(till) {
  return till.lines.reduce((/** @type {number} */ sum, /** @type {any} */ line) => sum + line.payments, 0);
}

/** @param {any} till that is shown from now on */
function choose(till) {
  setState({ till: till.holder.id === me ? "" : till.holder.id });
  showTills();
  const title = /** @type {HTMLElement} */ (at("tills").querySelector("h2"));
  title.tabIndex = -1;
  title.focus();
}

async function showClosings() {
  const sort = stateOf("closings-sort");
  await fillList(`${path}/closings?limit=${PAGE}${sort ? `&sort=${sort}` : ""}`, (closing) => closingPanel(closing, event), (shown, _, total) => {
    at("closings-asked").hidden = shown === 0;
    at("closings-count").textContent = shown && total ? say("any-some-of", { shown, total }) : "";
  }, "closings-");
}

/** @param {any} till @param {Record<string, string>} floats */
async function setFloat(till, floats) {
  await show(await send("POST", `${path}/tills/${till.holder.id}/open`, { number: till.number, floats }));
  notify(say("any-saved"));
}

/** @param {any} till @param {{counted: Record<string, string>, note?: string}} count */
async function close(till, count) {
  if (!(await confirmed(say("till-ask"), say("till-close")))) return;
  await show(await send("POST", `${path}/tills/${till.holder.id}/close`, { number: till.number, ...count }));
  notify(say("till-closed"));
}

open().catch((error) => notify(error.message, "refuse"));
