/**
 * Batch over all tickets that match the list: step by step with progress, to be stopped and gone on with, also after a
 * reload; at the end a summary of what was refused, by reason.
 */

import { getPage, Refused, send } from "./api.js";
import { button, el, notify } from "./build.js";
import { newKey } from "./payment.js";
import { ticketPath } from "./ticket.js";
import { say } from "../shared/say.js";

/**
 * @typedef {{code: string, detail: string, count: number, tickets: {id: string, name: string}[]}} Refusal
 * @typedef {{body: Record<string, string>, cursor: string | null | undefined, total: number, done: number, unchanged: number, refused: Refusal[]}} Batch
 *   `cursor` is where the next step begins: undefined before the first, null after the last
 */

const KEPT = "admin.tickets.batch";
const MOST_NAMED = 5;
const MOST_PRINTED = 1000;
const PAUSES_MS = [1000, 3000, 9000];

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

let isStopped = false;

/**
 * Carry out an action on all tickets that match.
 *
 * @param {Record<string, string>} body of each step: the action and the filters
 * @param {number} total
 * @returns {Promise<void>} resolves when it is through, or stopped
 */
export function beginBatch(body, total) {
  return goOn({ body: { ...body, key: newKey() }, cursor: undefined, total, done: 0, unchanged: 0, refused: [] });
}

/**
 * Offer to go on with a batch that was stopped or cut off in this tab.
 *
 * @param {() => Promise<void>} refresh shows the list anew
 */
export function offerKept(refresh) {
  const kept = sessionStorage.getItem(KEPT);
  if (kept) showStopped(JSON.parse(kept), refresh);
}

/** @param {Batch} batch */
async function goOn(batch) {
  isStopped = false;
  keep(batch);
  showProgress(batch);
  try {
    while (batch.cursor !== null && !isStopped) {
      add(batch, await stepOf(batch));
      keep(batch);
      showProgress(batch, true);
    }
  } catch (error) {
    showStopped(batch, async () => location.reload());
    throw error;
  }
  if (batch.cursor === null) showSummary(batch);
  else showStopped(batch, async () => location.reload());
}

/**
 * Ask for a step; where the hub is not reached, again after a pause: a step that is asked for twice is done once.
 *
 * @param {Batch} batch
 */
async function stepOf({ body, cursor }) {
  for (let n = 0; ; n++) {
    try {
      return await send("POST", "/api/tickets/batch", { ...body, ...(cursor ? { cursor } : {}) });
    } catch (error) {
      const isPassing = error instanceof Refused && (error.status === 0 || error.status === 429 || error.status === 503);
      if (!isPassing || n >= PAUSES_MS.length) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[n]));
    }
  }
}

/**
 * @param {Batch} batch
 * @param {{done: number, unchanged: number, refused: Refusal[], cursor: string | null}} step
 */
function add(batch, { done, unchanged, refused, cursor }) {
  batch.done += done;
  batch.unchanged += unchanged;
  batch.cursor = cursor;
  for (const each of refused) {
    const known = batch.refused.find(({ code, detail }) => code === each.code && detail === each.detail);
    if (!known) batch.refused.push(each);
    else Object.assign(known, { count: known.count + each.count, tickets: [...known.tickets, ...each.tickets].slice(0, MOST_NAMED) });
  }
}

/** @param {Batch} batch */
function keep(batch) {
  if (batch.cursor === null) sessionStorage.removeItem(KEPT);
  else sessionStorage.setItem(KEPT, JSON.stringify(batch));
}

/** @param {Batch} batch @returns {number} how many tickets it has been at */
function walked({ done, unchanged, refused }) {
  return done + unchanged + refused.reduce((sum, { count }) => sum + count, 0);
}

/** @param {Batch} batch */
function titleOf({ body, total }) {
  return say(`tickets-all-${body.action}`, { count: total });
}

/**
 * @param {Batch} batch
 * @param {boolean} [isUnderWay] whether its progress is shown already
 */
function showProgress(batch, isUnderWay = false) {
  const progress = /** @type {HTMLProgressElement} */ (at("batch-progress"));
  progress.max = Math.max(batch.total, walked(batch), 1);
  progress.value = walked(batch);
  const text = say("tickets-progress", { n: walked(batch), count: batch.total });
  if (isUnderWay) {
    at("batch-text").textContent = text; // the button to stop it stays, with its focus
    return;
  }
  const stop = button(say("tickets-all-stop"), () => {
    isStopped = true;
  });
  showPart(titleOf(batch), text, [], [stop]);
  progress.hidden = false;
}

/**
 * @param {Batch} batch
 * @param {() => Promise<void>} refresh
 */
function showStopped(batch, refresh) {
  const leave = button(say("tickets-all-leave"), async () => {
    sessionStorage.removeItem(KEPT);
    at("batch").hidden = true;
    await refresh();
  });
  const more = button(
    say("tickets-all-go-on"),
    async () => {
      await goOn(batch);
      await refresh();
    },
    "small primary",
  );
  showPart(titleOf(batch), say("tickets-all-stopped", { n: walked(batch), count: batch.total }), batch.refused, [more, leave]);
}

/** @param {Batch} batch */
function showSummary(batch) {
  const parts = [say("tickets-done", { count: batch.done }), batch.unchanged ? say("tickets-all-unchanged", { count: batch.unchanged }) : ""];
  const close = button(say("tickets-all-close"), () => {
    at("batch").hidden = true;
  });
  showPart(titleOf(batch), parts.filter(Boolean).join(" "), batch.refused, [close]);
  at("batch-title").focus();
}

/**
 * @param {string} title
 * @param {string} text
 * @param {Refusal[]} refused
 * @param {HTMLElement[]} actions
 */
function showPart(title, text, refused, actions) {
  at("batch").hidden = false;
  at("batch-progress").hidden = true;
  at("batch-title").textContent = title;
  at("batch-text").textContent = text;
  at("batch-refused").replaceChildren(...refused.map(refusal));
  at("batch-actions").replaceChildren(...actions);
}

/** @param {Refusal} refusal */
function refusal({ detail, count, tickets }) {
  const links = tickets.flatMap(({ id, name }, n) => [n ? ", " : " ", el("a", { href: ticketPath(id) }, name || say("admin-ticket-no-name"))]);
  return el("li", {}, say("tickets-all-refused", { count, why: detail }), ...links, count > tickets.length ? ", …" : "");
}

/**
 * Return all tickets of a list, to be printed.
 *
 * @param {string} path of its first page
 * @param {number} total
 */
export async function allOf(path, total) {
  if (total > MOST_PRINTED) throw new Error(say("tickets-all-most-printed", { most: MOST_PRINTED }));
  const tickets = [];
  let next = /** @type {string | null} */ (path);
  while (next !== null) {
    const page = await getPage(next);
    tickets.push(...page.items);
    next = page.next;
    notify(say("tickets-progress", { n: tickets.length, count: total }));
  }
  notify("");
  return tickets;
}
