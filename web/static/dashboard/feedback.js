/** Feedback of guests on their tickets: whether they worked, and the newest complaints. */

import { get } from "../admin/api.js";
import { timeOfDay } from "../shared/locale.js";
import { say } from "../shared/say.js";
import { setText } from "./dom.js";

const EVERY_MS = 60_000;
const TEXTS = 3;

/**
 * Show the feedback, read again at intervals.
 *
 * @param {HTMLElement} page
 */
export function showFeedback(page) {
  if (!page.querySelector("#feedback")) return;
  const look = () => document.visibilityState === "visible" && read(page);
  setInterval(look, EVERY_MS);
  look();
}

/** @param {HTMLElement} page */
async function read(page) {
  const sum = page.querySelector("#feedback-sum");
  try {
    const { answers, worked, failed, texts } = await get(`/api/events/${page.dataset.event}/feedback`);
    const share = Math.round((worked / answers) * 100);
    setText(sum, answers ? `${say("feedback-worked", { count: answers, share })} ${say("feedback-failed", { count: failed })}` : say("feedback-none"));
    page.querySelector("#feedback")?.replaceChildren(...texts.slice(0, TEXTS).map((/** @type {any} */ each) => rowOf(each, page.dataset.timezone)));
  } catch {
    setText(sum, say("feedback-unreadable"));
  }
}

/**
 * @param {{at: string, text: string}} answer
 * @param {string | undefined} timeZone
 */
function rowOf({ at, text }, timeZone) {
  const row = document.createElement("li");
  const time = document.createElement("span");
  time.className = "label";
  time.textContent = timeOfDay(Date.parse(at), timeZone);
  row.append(`${say("feedback-said", { text })} `, time);
  return row;
}
