/** Tills of an event: as they stand, counted, closed; and their closings. */

import { get, send } from "./api.js";
import { busy, confirmed, notify } from "./build.js";
import { eventCrumb, showCrumbs } from "./crumbs.js";
import { showEventNav } from "./event_nav.js";
import { say } from "../shared/say.js";
import { closingPanel, tillPanel } from "./till_panels.js";

const path = `/api/events/${/** @type {HTMLElement} */ (document.querySelector("#admin")).dataset.thing}`;

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function open() {
  const [event, me, answer] = await Promise.all([get(path), get("/api/me"), get(`${path}/tills`)]);
  showCrumbs([eventCrumb(event)], say("nav-till"));
  showEventNav(event, "till");
  at("report").setAttribute("href", `/events/${event.uuid}/report`);
  at("csv").setAttribute("href", `${path}/takings.csv?language=${document.documentElement.lang}`);
  /** @param {any} tills */
  const show = (tills) => showTills(tills, event, me.id, show);
  at("refresh").addEventListener("click", ({ currentTarget }) => busy(/** @type {HTMLButtonElement} */ (currentTarget), async () => show(await get(`${path}/tills`))));
  show(answer);
}

/**
 * @param {any} answer
 * @param {any} event
 * @param {string} me
 * @param {(answer: any) => void} show
 */
function showTills(answer, event, me, show) {
  /** @param {any} till @param {Record<string, string>} floats */
  const setFloat = async (till, floats) => {
    show(await send("POST", `${path}/tills/${till.holder.id}/open`, { number: till.number, floats }));
    notify(say("any-saved"));
  };
  /** @param {any} till @param {{counted: Record<string, string>, note?: string}} count */
  const close = async (till, count) => {
    if (!(await confirmed(say("till-ask"), say("till-close")))) return;
    show(await send("POST", `${path}/tills/${till.holder.id}/close`, { number: till.number, ...count }));
    notify(say("till-closed"));
  };
  const mineFirst = answer.tills.toSorted((/** @type {any} */ a, /** @type {any} */ b) => Number(b.holder.id === me) - Number(a.holder.id === me));
  const shown = mineFirst.filter((/** @type {any} */ till) => till.opened_at !== null || till.holder.id === me);
  at("tills").replaceChildren(...shown.map((/** @type {any} */ till) => tillPanel(till, { me, currency: answer.currency, timeZone: event.timezone, setFloat, close })));
  const closings = answer.closings.map((/** @type {any} */ closing) => closingPanel(closing, event));
  at("closings").replaceChildren(...closings);
  if (closings.length === 0) at("closings").textContent = say("till-no-closings");
}

open().catch((error) => notify(error.message, "refuse"));
