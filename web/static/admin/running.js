/** Page of the hub's operation: its health, the wallet's certificates, scheduled jobs, and dead letters. */

import { comesThrough } from "../live/probe.js";
import { formatLocale } from "../shared/locale.js";
import { get } from "./api.js";
import { el, moment, notify } from "./build.js";
import { showChecks } from "./checks.js";
import { deliveryRow } from "./deliveries.js";
import { fillList } from "./lists.js";
import { scheduleText } from "./schedule.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

const health = /** @type {HTMLElement} */ (document.querySelector("#health"));
const jobs = /** @type {HTMLElement} */ (document.querySelector("#jobs"));
const noJobs = /** @type {HTMLElement} */ (document.querySelector("#no-jobs"));

/** @type {Record<string, string>} how good a state is */
const TONES = { ready: "pass", through: "pass", blocked: "warn", configured: "pass", done: "pass", expiring: "warn", ended: "warn", unnamed: "warn", stopped: "warn", unusable: "refuse", failed: "refuse", away: "refuse" };

async function showHealth() {
  const [state, wallet, database, server, { version }] = await Promise.all([stateOfHub(), get("/api/wallet"), versionOfDatabase(), get("/api/server"), get("/healthz")]);
  const others = Object.entries(wallet).filter(([kind]) => kind !== "apple");
  const until = wallet.apple.ends_at && say("running-until", { time: moment(wallet.apple.ends_at, HERE) });
  const facts = [
    [say("running-state"), tag("running", state)],
    [say("running-live"), liveConnection()],
    [say("running-version"), version],
    [say("running-database"), database],
    ...placeInNetwork(server),
    [say("running-apple"), el("span", {}, tag("wallet", wallet.apple.state), " ", el("span", { class: "muted" }, until ?? say("wallet-development-more")))],
    ...others.map(([kind, { state: set }]) => [say(`running-${kind}`) || kind, tag("wallet", set)]),
  ];
  health.replaceChildren(...facts.flatMap(([name, fact]) => [el("dt", {}, name), el("dd", {}, fact)]));
}

/** State of the hub: whether it can be written to, and changes are heard. */
async function stateOfHub() {
  return get("/readyz").then(
    () => "ready",
    () => "away",
  );
}

/** Version of the database server, with a warning where its security holes are mended no longer. */
async function versionOfDatabase() {
  const { version, supported_until: until, is_supported: isSupported } = await get("/api/database").catch(() => ({ version: "–", is_supported: true }));
  if (isSupported) return el("span", {}, `MongoDB ${version}`);
  const since = until && el("span", { class: "muted" }, say("running-until", { time: new Date(`${until}T12:00`).toLocaleDateString(formatLocale(), { dateStyle: "medium" }) }));
  return el("span", {}, `MongoDB ${version} `, tag("database", "ended"), " ", since);
}

/** The certificate of the hub's own port, and a proxy that is not trusted, where there is one. @param {any} server */
function placeInNetwork({ certificate, unnamed_proxy: proxy }) {
  const until = certificate && el("span", { class: "muted" }, say("running-until", { time: moment(certificate.ends_at, HERE) }));
  return [
    ...(certificate ? [[say("running-certificate"), el("span", {}, tag("certificate", certificate.state), " ", until)]] : []),
    ...(proxy ? [[say("running-proxy"), el("span", {}, tag("proxy", "unnamed"), " ", el("span", { class: "muted" }, say("proxy-unnamed-more", { address: proxy })))]] : []),
  ];
}

/** Whether live updates come through to this browser, once that is known. */
function liveConnection() {
  const shown = el("span", {}, "–");
  comesThrough().then((isThrough) => shown.replaceChildren(tag("live", isThrough ? "through" : "blocked")));
  return shown;
}

async function showJobs() {
  const all = await get("/api/jobs");
  jobs.replaceChildren(...all.map(jobRow));
  noJobs.hidden = all.length > 0;
}

/** @param {any} job its newest run stands first */
function jobRow({ name, crontab, runs }) {
  const [last, ...before] = runs;
  const when = el("td", {}, last ? moment(last.started_at, HERE) : say("running-never"), el("br"), el("span", { class: "muted" }, scheduleText(crontab)));
  const older = el("details", {}, el("summary", {}, say("running-runs", { count: before.length })), el("ul", {}, ...before.map(runItem)));
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, say(`job-${name}`) || name),
    when,
    el("td", {}, ...(last ? resultOf(last) : [])),
    el("td", {}, before.length ? older : null),
  );
}

/** @param {any} run */
function runItem(run) {
  return el("li", {}, `${moment(run.started_at, HERE)}: `, ...resultOf(run));
}

/** @param {any} run */
function resultOf(run) {
  const changed = run.changed ? say("running-changed", { count: run.changed }) : "";
  return [tag("job-result", run.result), ` ${changed}`];
}

/**
 * @param {string} family
 * @param {string} state
 */
function tag(family, state) {
  return el("span", { class: "tag", "data-tone": TONES[state] }, say(`${family}-${state}`) || state);
}

/**
 * Show each section once those above it are filled: none is moved by what comes later.
 *
 * @param {Promise<unknown>[]} parts one of each section, in their order
 */
async function showInTurn(parts) {
  const sections = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#admin > section"));
  for (const [n, section] of sections.entries()) {
    await Promise.allSettled(parts.slice(0, n));
    section.hidden = false;
  }
}

const shown = [showHealth(), showChecks(), showJobs(), fillList("/api/outbox?limit=20", (delivery) => deliveryRow(delivery, `/api/outbox/${delivery.id}`))];
showInTurn(shown);
Promise.all(shown).catch((error) => notify(error.message, "refuse"));
