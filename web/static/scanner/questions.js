/** Questions to the door before a scan: the size of a party, the reason of a forced entry, a confirmation. */

import { say } from "../shared/say.js";
import { field, find, makeButton, write } from "./page.js";

const MOST = 20;
const REASONS = /** @type {const} */ (["scan-force-list", "scan-force-paid", "scan-force-back", "scan-force-known"]);

/**
 * Ask how many of a reservation come in now.
 *
 * @param {number} tickets
 * @param {string} name
 * @returns {Promise<number>} 0: none
 */
export function askParty(tickets, name) {
  const dialog = /** @type {HTMLDialogElement} */ (find("#party"));
  find("#party-title").textContent = say("scan-party-title", { count: tickets });
  find("#party-name").textContent = name;
  const counts = Array.from({ length: Math.min(tickets, MOST) }, (_, index) => index + 1).reverse();
  const buttons = counts.map((count) => makeButton(String(count), "button huge", () => dialog.close(String(count))));
  buttons[0]?.classList.add("primary");
  find("#party-counts").replaceChildren(...buttons);
  return answerOf(dialog).then((answer) => Number(answer) || 0);
}

/**
 * Ask for the reason of a forced entry.
 *
 * @param {string} verdict
 * @returns {Promise<string>} the reason; empty: they are not let in
 */
export function askReason(verdict) {
  const dialog = /** @type {HTMLDialogElement} */ (find("#force"));
  find("#force-verdict").textContent = verdict;
  field("#force-reason").value = "";
  // says: scan-force-{list, paid, back, known}
  find("#force-reasons").replaceChildren(...REASONS.map((word) => makeButton(say(word), "button", () => dialog.close(say(word)))));
  return answerOf(dialog).then((answer) => (answer === "yes" ? field("#force-reason").value.trim() : answer));
}

/**
 * Ask a question of yes or no. The focus is on neither: nothing that is typed answers by itself.
 *
 * @param {string} question
 * @param {string} [name] whom it is about
 * @returns {Promise<boolean>}
 */
export function askYes(question, name = "") {
  const dialog = /** @type {HTMLDialogElement} */ (find("#question"));
  find("#question-text").textContent = question;
  write("#question-name", name);
  const answer = answerOf(dialog);
  find("#question-text").focus();
  return answer.then((given) => given === "yes");
}

/** @param {HTMLDialogElement} dialog */
function answerOf(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((/** @type {(answer: string) => void} */ resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

/** Wire the dialogs. */
export function prepareQuestions() {
  const party = /** @type {HTMLDialogElement} */ (find("#party"));
  find("#party-none").addEventListener("click", () => party.close(""));
  const force = /** @type {HTMLDialogElement} */ (find("#force"));
  find("#force-no").addEventListener("click", () => force.close(""));
  const question = /** @type {HTMLDialogElement} */ (find("#question"));
  find("#question-yes").addEventListener("click", () => question.close("yes"));
  find("#question-no").addEventListener("click", () => question.close(""));
}
