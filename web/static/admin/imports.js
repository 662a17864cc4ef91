/** Tickets in and out as files: a file is looked at first, then imported as a whole, with how far it is. */

import { ask, get, Refused } from "./api.js";
import { button, busy, el, tell } from "./build.js";
import { fillList } from "./lists.js";
import { pastRow } from "./past_import.js";
import { problemRow, sampleTable } from "./sheet.js";
import { showingText } from "./ticket.js";
import { say, sayCount } from "./messages.js";

const PAGE = 20;
const LOOK_EVERY_MS = 700;
const form = /** @type {HTMLFormElement} */ (document.querySelector("#file-form"));
const file = /** @type {HTMLInputElement} */ (document.querySelector("#file"));
const events = /** @type {HTMLSelectElement} */ (document.querySelector("#event"));
const progress = /** @type {HTMLProgressElement} */ (document.querySelector("#progress"));

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function start() {
  const all = await get("/api/events");
  const asked = new URLSearchParams(location.search);
  events.replaceChildren(...all.map((/** @type {any} */ event) => el("option", { value: event.uuid, selected: event.uuid === asked.get("event") }, event.name)));
  chosen();
  const running = asked.get("import");
  if (running) await follow(running);
}

/** Let the exports be those of the event that is chosen; what was looked at for another one is not good for it. */
function chosen() {
  at("export-tickets").setAttribute("href", `/api/events/${events.value}/tickets.csv`);
  at("export-scans").setAttribute("href", `/api/events/${events.value}/scans.csv`);
  forget();
  showPast();
}

function showPast() {
  return fillList(`/api/events/${events.value}/imports?limit=${PAGE}`, pastRow);
}

function forget() {
  for (const id of ["check", "problems", "progress-box"]) at(id).hidden = true;
  tell("");
}

// --- looking at a file -----------------------------------------------------------------------------------------

async function look() {
  forget();
  const chosenFile = file.files?.[0];
  if (!chosenFile) {
    tell(say("imports.noFile"), "refuse");
    file.focus();
    return;
  }
  const checked = await post(chosenFile, "?dry_run=true");
  if (checked) showCheck(await checked.json(), chosenFile);
}

/**
 * Send the file itself; rows that are wrong are listed.
 *
 * @param {File} chosenFile
 * @param {string} query
 * @returns {Promise<Response | null>} null where rows were refused
 */
async function post(chosenFile, query) {
  try {
    return await ask("POST", `/api/events/${events.value}/import${query}`, chosenFile, { "Content-Type": "text/csv" });
  } catch (error) {
    if (!(error instanceof Refused) || !error.problem.rows) throw error;
    showProblems(error.problem.rows, error.problem.rows_count);
    return null;
  }
}

/**
 * @param {any} checked
 * @param {File} chosenFile
 */
function showCheck(checked, chosenFile) {
  const facts = [
    [say("imports.rows"), sayCount("tickets.shown", checked.rows)],
    [say("imports.unpaid"), checked.unpaid || null],
    [say("imports.leftOut"), checked.left_out || null],
    ...checked.showings.map((/** @type {any} */ showing) => [showingText(showing.date, showing.time), say("imports.seats", { count: showing.tickets, left: showing.left })]),
    [say("imports.columns"), checked.columns.join(", ")],
    [say("imports.ignored"), checked.ignored.join(", ")],
    [say("imports.readAs"), `${checked.encoding}, ${checked.separator}`],
  ];
  at("check-facts").replaceChildren(...facts.filter(([, fact]) => fact).flatMap(([name, fact]) => [el("dt", {}, name), el("dd", {}, fact)]));
  at("sample").replaceChildren(...sampleTable(checked.sample));
  at("check-actions").replaceChildren(button(sayCount("imports.do", checked.rows), () => begin(chosenFile), "primary"));
  at("check").hidden = checked.rows === 0;
  if (checked.rows === 0) tell(say("imports.nothing"), "refuse");
  else at("check-title").focus();
}

/**
 * @param {any[]} rows the first of them
 * @param {number} count how many there are
 */
function showProblems(rows, count) {
  at("check").hidden = true;
  at("problems-title").textContent = count > rows.length ? say("imports.firstProblems", { shown: rows.length, count }) : sayCount("imports.problems", count);
  at("problem-rows").replaceChildren(...rows.map(problemRow));
  at("problems").hidden = false;
  at("problems-title").focus();
}

// --- importing it ----------------------------------------------------------------------------------------------

/** @param {File} chosenFile */
async function begin(chosenFile) {
  const begun = await post(chosenFile, "");
  if (!begun) return;
  const { id } = await begun.json();
  history.replaceState(null, "", `?${new URLSearchParams({ event: events.value, import: id })}`);
  at("check").hidden = true;
  form.reset();
  await follow(id);
}

/** @param {string} id */
async function follow(id) {
  at("progress-box").hidden = false;
  let now = await get(`/api/imports/${id}`);
  while (now.state === "staging") {
    showProgress(now);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    now = await get(`/api/imports/${id}`);
  }
  showProgress(now);
  if (now.state === "failed") showFailure(now);
  await showPast();
}

/** @param {any} now */
function showProgress(now) {
  progress.max = now.rows || 1;
  progress.value = now.staged;
  const word = now.state === "completed" ? "imports.completed" : "imports.staging";
  at("progress-text").textContent = now.state === "failed" ? say("imports.failed") : say(word, { staged: now.staged, rows: now.rows });
}

/** @param {any} now */
function showFailure(now) {
  tell(now.error.message, "refuse");
  if (now.error.rows_refused.length) showProblems(now.error.rows_refused, now.error.rows_count);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  busy(/** @type {HTMLButtonElement} */ (event.submitter ?? form.querySelector("button")), look);
});
file.addEventListener("change", forget);
events.addEventListener("change", chosen);
start().catch((error) => tell(error.message, "refuse"));
