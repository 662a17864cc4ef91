/** Page of the rollout of an event's passes: its funnel, its waves, and the stop. */

import { get, send } from "./api.js";
import { busy, button, confirmed, el, moment, notify } from "./build.js";
import { eventCrumb, showCrumbs } from "./crumbs.js";
import { showEventNav } from "./event_nav.js";
import { onSubmit } from "./form.js";
import { say } from "../shared/say.js";
import { nested } from "./nested.js";
import { HERE } from "./zoned.js";

const event = /** @type {HTMLElement} */ (document.querySelector("#admin")).dataset.thing ?? "";
const path = `/api/events/${event}/wallet`;
const form = /** @type {HTMLFormElement} */ (document.querySelector("#wave"));

/** The event's, once it is known. */
let timeZone = HERE;

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @typedef {{wave: number, above: number, percent: number, started_at: string, letter: {text: string, subject?: string | null} | null, sent: number, unknown: number}} Wave
 * @typedef {{offered: {reservations: number, tickets: number}, opened: number, added: number, scanned: number, feedback: {worked: number, failed: number}}} Funnel
 * @typedef {{name: string, wallet: "off" | "invited" | "percent" | "on", percent: number, mail: boolean, funnel: Funnel, waves: Wave[]}} Rollout
 */

at("event-link").setAttribute("href", `/admin/events/${event}`);
at("refresh").addEventListener("click", ({ currentTarget }) => busy(/** @type {HTMLButtonElement} */ (currentTarget), refresh));
onSubmit(form, startWave);
start().catch((error) => notify(error.message, "refuse"));

async function start() {
  timeZone = (await get(`/api/events/${event}`)).timezone;
  await refresh();
}

async function refresh() {
  show(await get(path));
}

/** @param {Record<string, any>} fields */
async function startWave(fields) {
  show(await send("POST", `${path}/waves`, nested(fields)));
  form.reset();
  notify(say("passes-started"));
}

/** @param {Rollout} rollout */
function show(rollout) {
  at("event-name").textContent = rollout.name;
  showEventNav({ uuid: event, name: rollout.name, timezone: timeZone }, "passes");
  showCrumbs([eventCrumb({ uuid: event, name: rollout.name })], say("nav-passes"));
  at("offer").textContent = say(`passes-${rollout.wallet}`, { percent: rollout.percent });
  at("offer-actions").replaceChildren(...actions(rollout));
  showFunnel(rollout.funnel);
  at("next").hidden = rollout.wallet === "on" || rollout.percent === 100;
  at("letter").hidden = !rollout.mail;
  at("no-mail").hidden = rollout.mail;
  at("past").hidden = rollout.waves.length === 0;
  at("waves").replaceChildren(...rollout.waves.map(waveRow));
}

/** @param {Rollout} rollout */
function actions(rollout) {
  if (rollout.wallet === "off") return [button(say("passes-resume"), () => act("resume"), "primary")];
  const stop = button(say("passes-stop"), stopAsked, "danger");
  return rollout.wallet === "on" ? [button(say("passes-invite"), inviteOnly, ""), stop] : [stop];
}

async function stopAsked() {
  if (await confirmed(say("passes-ask-stop"), say("passes-stop"))) await act("stop");
}

/** @param {"stop" | "resume"} action */
async function act(action) {
  show(await send("POST", `${path}/${action}`));
  notify(say(`passes-did-${action}`));
}

async function inviteOnly() {
  await send("PATCH", `/api/events/${event}`, { wallet: "invited" });
  await refresh();
}

/** @param {Funnel} funnel */
function showFunnel(funnel) {
  at("funnel").replaceChildren(
    stepRow(say("passes-step-offered"), funnel.offered.tickets, 0),
    stepRow(say("passes-step-opened"), funnel.opened, funnel.offered.tickets),
    stepRow(say("passes-step-added"), funnel.added, funnel.opened),
    stepRow(say("passes-step-scanned"), funnel.scanned, funnel.added),
  );
  const { worked, failed } = funnel.feedback;
  at("answers").textContent = `${say("passes-reservations", { count: funnel.offered.reservations })} ${say("passes-answers", { worked, failed })}`;
}

/**
 * @param {string} label
 * @param {number} count
 * @param {number} before of the step before; 0 has no share
 */
function stepRow(label, count, before) {
  const share = before ? say("passes-share", { share: Math.round((100 * count) / before) }) : "";
  return el("tr", {}, el("th", { scope: "row" }, label), el("td", { "data-label": say("passes-tickets") }, count), el("td", { "data-label": share && say("passes-part") }, share));
}

/** @param {Wave} wave */
function waveRow(wave) {
  const percent = wave.percent === 0 ? say("passes-testers") : say("passes-percents", { above: wave.above, percent: wave.percent });
  return el("tr", {}, el("th", { scope: "row" }, moment(wave.started_at, timeZone)), el("td", { "data-label": say("passes-of-percent") }, percent), el("td", { "data-label": say("passes-letters") }, lettersOf(wave)));
}

/** @param {Wave} wave */
function lettersOf(wave) {
  if (wave.letter === null) return say("passes-no-letter");
  return wave.unknown ? say("passes-sent-unknown", { sent: wave.sent, unknown: wave.unknown }) : say("passes-sent", { count: wave.sent });
}
