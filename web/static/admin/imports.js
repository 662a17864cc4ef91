/** Import and export of tickets as files: a file is checked first, then imported as a whole, with its progress. */

import { setState, stateOf } from "./address.js";
import { ask, get, Refused } from "./api.js";
import { button, busy, el, notify } from "./build.js";
import { currentEvent, eventOptions, listedEvents } from "./event_choice.js";
import { showEventNav } from "./event_nav.js";
import { choiceFields, readChoices } from "./import_choices.js";
import { fillList } from "./lists.js";
import { pastRow } from "./past_import.js";
import { columnName, problemRow, sampleTable } from "./sheet.js";
import { showingText } from "./showing_text.js";
import { listText } from "../shared/locale.js";
import { say } from "../shared/say.js";
import { guardForm, takeForSaved } from "./unsaved.js";

const PAGE = 20;
const LOOK_EVERY_MS = 700;
const MEGABYTE = 2 ** 20;
const AWAY = [0, 503]; // no answer, or none of the database
const form = /** @type {HTMLFormElement} */ (document.querySelector("#file-form"));
const file = /** @type {HTMLInputElement} */ (document.querySelector("#file"));
const events = /** @type {HTMLSelectElement} */ (document.querySelector("#event"));
const choices = /** @type {HTMLFormElement} */ (document.querySelector("#choices"));
const progress = /** @type {HTMLProgressElement} */ (document.querySelector("#progress"));

/** Choices for the file, as the query has them. */
let chosenFor = new URLSearchParams();
/** Events by their ids. @type {Map<string, any>} */
let known = new Map();

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function start() {
  const asked = new URLSearchParams(location.search);
  const all = await listedEvents(asked.get("event"), "organiser");
  known = new Map(all.map((event) => [event.uuid, event]));
  events.replaceChildren(...eventOptions(all, asked.get("event") ?? currentEvent(all)?.uuid));
  chosen();
}

/** Follow the import that the address names, as after a reload. */
async function resume() {
  await started;
  const running = stateOf("import");
  if (running) await follow(running);
}

/** Let the exports be those of the event that is chosen; what was looked at for another one is not good for it. */
function chosen() {
  for (const part of [form, at("past-part"), at("export-part")]) part.hidden = !events.value;
  forget();
  showEventNav(undefined);
  setState({ event: events.value });
  if (events.value) showChosen();
}

function showChosen() {
  const inLanguage = new URLSearchParams({ language: document.documentElement.lang });
  showEventNav(known.get(events.value), "import");
  at("export-tickets").setAttribute("href", `/api/events/${events.value}/tickets.csv?${inLanguage}`);
  at("export-scans").setAttribute("href", `/api/events/${events.value}/scans.csv?${inLanguage}`);
  showPast();
}

/** Names of the products of the event that is chosen. @returns {string[]} */
function productsHere() {
  return (known.get(events.value)?.products ?? []).map((/** @type {any} */ each) => each.name);
}

function showPast() {
  const { timezone } = known.get(events.value);
  return fillList(`/api/events/${events.value}/imports?limit=${PAGE}`, (past) => pastRow(past, timezone));
}

function forget() {
  for (const id of ["check", "problems", "choices", "progress-box"]) at(id).hidden = true;
  notify("");
}

// --- looking at a file -----------------------------------------------------------------------------------------

async function look() {
  await started; // the events to choose from
  forget();
  const chosenFile = file.files?.[0];
  const wrong = chosenFile ? tooLarge(chosenFile) : say("import-no-file");
  if (!chosenFile || wrong) {
    notify(wrong, "refuse");
    file.focus();
    return;
  }
  const checked = await post(chosenFile, "dry_run=true");
  if (checked) showCheck(await checked.json(), chosenFile);
}

/**
 * Return why a file is too large, "" for one that is not: a browser does not get the answer to a body that is cut off.
 *
 * @param {File} chosenFile
 */
function tooLarge({ size }) {
  const most = Number(file.dataset.largest);
  return size > most ? say("import-too-large", { size: Math.ceil(size / MEGABYTE), most: Math.floor(most / MEGABYTE) }) : "";
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
    return await ask("POST", `/api/events/${events.value}/import?${query}&${chosenFor}`, chosenFile, { "Content-Type": "text/csv" });
  } catch (error) {
    if (!(error instanceof Refused) || !(error.problem.rows || error.problem.columns || error.problem.encoding)) throw error;
    if (!error.problem.rows) notify(error.message, "refuse");
    else showProblems(error.problem.rows, error.problem.rows_count);
    showChoices(error.problem);
    if (!error.problem.rows) choices.querySelector("select")?.focus();
    return null;
  }
}

/**
 * @param {any} checked
 * @param {File} chosenFile
 */
function showCheck(checked, chosenFile) {
  const facts = [
    [say("import-rows"), say("import-tickets", { count: checked.rows })],
    ...["added", "changed", "canceled", "unchanged", "untouched"].map((what) => [say(`import-change-${what}`), checked.unchanged + checked.changed + checked.canceled + checked.untouched ? checked[what] || null : null]),
    ...checked.untouched_tickets.map((/** @type {any} */ each) => [say("import-untouched", each), say(`import-why-${each.why}`)]),
    [say("import-unpaid"), checked.unpaid || null],
    [say("import-left-out"), checked.left_out || null],
    ...checked.showings.map((/** @type {any} */ showing) => [showingText(showing.date, showing.time), say("import-seats", { count: showing.tickets, left: showing.left })]),
    [say("import-columns"), listText(checked.columns.map(columnName))],
    [say("import-ignored"), listText(checked.ignored)],
    [say("import-read-as"), checked.sheet ?? say("import-read-as-csv", { encoding: checked.encoding, separator: say(`import-separator-${checked.separator}`) })],
    ...workbookFacts(checked),
    [say("import-batches"), checked.in_batches && say("import-batches-how")],
    ...statesOf(checked.states),
    ...checked.renamed_products.map((/** @type {any} */ each) => [say("import-product", { count: each.rows, product: each.product }), say("import-renamed", each)]),
    ...checked.unknown_products.filter(() => productsHere().length).map((/** @type {any} */ each) => [say("import-product", { count: each.rows, product: each.product }), say("import-unknown-product")]),
    ...checked.warnings.map((/** @type {any} */ each) => [say("import-warning", each), each.message]),
  ];
  at("check-facts").replaceChildren(...facts.filter(([, fact]) => fact).flatMap(([name, fact]) => [el("dt", {}, name), el("dd", {}, fact)]));
  at("sample").replaceChildren(...sampleTable(checked.sample));
  const isNews = checked.added + checked.changed + checked.canceled > 0;
  at("check-actions").replaceChildren(isNews ? button(doText(checked), () => begin(chosenFile), "primary") : say("import-same", { count: checked.unchanged + checked.untouched }));
  const isEmpty = checked.rows + checked.canceled + checked.unchanged + checked.untouched === 0;
  at("check").hidden = isEmpty;
  showChoices(checked);
  if (isEmpty) notify(say("import-nothing", { count: checked.left_out }), "refuse");
  else at("check-title").focus();
}

/**
 * Return the words for states and what each means, with their columns where several say one.
 *
 * @param {any[]} states
 */
function statesOf(states) {
  const isOne = new Set(states.map(({ column }) => column)).size === 1;
  const named = (/** @type {any} */ each) => (isOne ? say("import-state", each) : say("import-state-of", { ...each, column: say(`import-column-${each.column}`) }));
  return states.map((each) => [named(each), say(`import-means-${each.means}`)]);
}

/**
 * Return what a person who looks at a workbook does not see of it.
 *
 * @param {any} checked
 * @returns {string[][]}
 */
function workbookFacts({ hidden, sheet, unread_sheets }) {
  if (!hidden) return [];
  return [
    [say("import-hidden-sheet"), hidden.sheet && say("import-hidden-sheet-is", { sheet })],
    [say("import-hidden-rows"), hidden.rows && say("import-hidden-rows-read", { count: hidden.rows })],
    [say("import-hidden-columns"), listText(hidden.columns)],
    [say("import-unread"), unread_sheets.length && say("import-unread-are", { sheets: listText(unread_sheets) })],
  ];
}

/** @param {any} checked */
function doText(checked) {
  const known = checked.changed + checked.canceled + checked.unchanged + checked.untouched;
  return known ? say("import-do-again", checked) : say("import-do", { count: checked.rows });
}

/**
 * Ask for what a file does not say by itself.
 *
 * @param {any} found what the file holds, or the problem with it
 */
function showChoices(found) {
  const fields = choiceFields(found, productsHere());
  at("choice-fields").replaceChildren(...fields);
  choices.hidden = fields.length === 0;
}

/**
 * @param {any[]} rows the first of them
 * @param {number} count how many there are
 */
function showProblems(rows, count) {
  at("check").hidden = true;
  at("problems-title").textContent = count > rows.length ? say("import-first-problems", { shown: rows.length, count }) : say("import-problems", { count });
  at("problem-rows").replaceChildren(...rows.map(problemRow));
  at("problems").hidden = false;
  at("problems-title").focus();
}

// --- importing it ----------------------------------------------------------------------------------------------

/** @param {File} chosenFile */
async function begin(chosenFile) {
  const event = events.value;
  const begun = await post(chosenFile, "dry_run=false");
  if (!begun) return;
  const { id } = await begun.json();
  if (event !== events.value) return; // its progress is among the imports of the event before
  setState({ import: id });
  at("check").hidden = true;
  form.reset();
  await follow(id);
}

/**
 * Show an import's progress to its end, or until the address names it no more: another event is chosen.
 *
 * @param {string} id
 */
async function follow(id) {
  at("progress-box").hidden = false;
  let now = await importOf(id);
  while (now.state === "staging" && stateOf("import") === id) {
    showProgress(now);
    await pause();
    now = await importOf(id);
  }
  if (stateOf("import") !== id) return;
  showProgress(now);
  if (now.state === "failed") showFailure(now);
  await showPast();
}

/**
 * Return an import as it stands; while hub or database are away, it asks again.
 *
 * @param {string} id
 * @returns {Promise<any>}
 */
async function importOf(id) {
  try {
    return await get(`/api/imports/${id}`);
  } catch (error) {
    if (!(error instanceof Refused) || !AWAY.includes(error.status)) throw error;
    at("progress-text").textContent = error.message;
  }
  await pause();
  return importOf(id);
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}

/** @param {any} now */
function showProgress(now) {
  progress.max = now.rows || 1;
  progress.value = now.staged;
  at("progress-text").textContent = progressText(now);
}

/** @param {any} now */
function progressText(now) {
  if (now.state === "failed") return now.changed + now.canceled > 0 ? say("import-failed-partly", now) : say("import-failed");
  if (now.state === "staging") return say("import-staging", { staged: now.staged, rows: now.rows });
  if (now.changed + now.canceled + now.unchanged + now.untouched === 0) return say("import-completed", { rows: now.rows });
  return say(now.added + now.changed + now.canceled ? "import-corrected" : "import-nothing-new", now);
}

/** @param {any} now */
function showFailure(now) {
  notify(now.error.message, "refuse");
  if (now.error.rows_refused.length) showProblems(now.error.rows_refused, now.error.rows_count);
}

for (const part of [form, choices]) guardForm(part);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  busy(/** @type {HTMLButtonElement} */ (event.submitter ?? form.querySelector("button")), look);
});
choices.addEventListener("submit", (event) => {
  event.preventDefault();
  readChoices(choices, chosenFor);
  takeForSaved(choices);
  busy(/** @type {HTMLButtonElement} */ (event.submitter ?? choices.querySelector("button")), look);
});
file.addEventListener("change", () => {
  chosenFor = new URLSearchParams();
  forget();
});
events.addEventListener("change", () => {
  setState({ import: "" }); // that of another event
  chosen();
});
const started = start();
resume().catch((error) => notify(error.message, "refuse"));
