/**
 * Verdict screen: colour, shape, word, sound and pulse; then the guest, and details for the door.
 *
 * @typedef {import("./verdict_text.js").Shown} Shown
 */

import { moneyText } from "../shared/money.js";
import { say } from "../shared/say.js";
import { find, write } from "./page.js";

const GOES_AWAY_MS = 2500;
/** With a seat, answers or a sentence for the guest there is more to read. */
const READ_MS = 5000;

export class VerdictScreen {
  #dialog = /** @type {HTMLDialogElement} */ (find("#verdict"));
  #force = find("#verdict-force");
  #fits = find("#verdict-fits");
  #guest = find("#verdict-guest");
  #takes = /** @type {const} */ (["cash", "card"]).map((method) => ({ method, button: find(`#verdict-${method}`) }));
  #sound;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #stays = false;
  /** Whether it goes by itself. */
  #goes = false;
  /** When the verdict on the screen was shown, in the time of events. */
  shownAt = -Infinity;

  /**
   * @param {import("./sound.js").Sound} sound
   * @param {{onClosed: () => void, onForce: () => void, onFits: () => void, onTake: (method: "cash" | "card") => void}} around
   */
  constructor(sound, { onClosed, onForce, onFits, onTake }) {
    this.#sound = sound;
    this.#dialog.addEventListener("close", onClosed);
    this.#guest.addEventListener("click", (event) => this.#turn(event));
    this.#dialog.addEventListener("click", ({ target }) => {
      this.#dialog.close();
      if (target === this.#force) onForce();
      if (target === this.#fits) onFits();
      for (const { method, button } of this.#takes) if (target === button) onTake(method);
    });
  }

  /** Whether it stays until it is seen: no camera may take it away. */
  get isToBeSeen() {
    return this.#dialog.open && this.#stays;
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** @param {Shown} shown */
  show(shown) {
    clearTimeout(this.#timer);
    this.shownAt = performance.now();
    this.#stays = shown.stays;
    this.#goes = !shown.stays;
    this.#dialog.dataset.tone = shown.tone;
    const hasDetails = shown.seat !== "" || shown.answers.length > 0 || shown.guest !== null;
    this.#dialog.dataset.details = String(hasDetails);
    this.#dialog.dataset.training = String(shown.isTraining);
    this.#dialog.dataset.alarm = String(shown.isAlarm);
    for (const part of /** @type {const} */ (["word", "name", "speaks", "line", "more", "seat", "notice", "origin", "ribbon"])) {
      write(`#verdict-${part}`, shown[part]);
    }
    this.#showGuest(shown.guest);
    find("#verdict-answers").replaceChildren(...shown.answers.map(makeAnswer));
    find("#verdict-answers").hidden = shown.answers.length === 0;
    this.#force.hidden = !shown.canForce;
    write("#verdict-fits", shown.fits > 0 ? say("scan-let-fits", { count: shown.fits }) : "");
    for (const { method, button } of this.#takes) {
      // says: scan-pay-{cash, card}
      write(`#${button.id}`, shown.take ? say("scan-take", { sum: moneyText(shown.take), method: say(`scan-pay-${method}`) }) : "");
    }
    find("#verdict-shape").setAttribute("href", `#shape-${shown.shape}`);
    find("#spoken").textContent = spoken(shown);
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#sound.play(shown.isAlarm ? "alarm" : shown.tone);
    if (!shown.stays) this.#timer = setTimeout(() => this.#dialog.close(), hasDetails ? READ_MS : GOES_AWAY_MS);
  }

  /** @param {import("./guest_sentence.js").Sentence | null} sentence */
  #showGuest(sentence) {
    const text = find("#verdict-guest-text");
    this.#guest.ariaPressed = "false";
    this.#guest.hidden = sentence === null;
    text.lang = sentence?.lang ?? "";
    text.dir = sentence?.dir ?? "";
    text.textContent = sentence?.text ?? "";
  }

  /**
   * Make the guest's sentence as large as the screen, for as long as the guest reads; then come back to a verdict that is still to be seen.
   *
   * @param {Event} event
   */
  #turn(event) {
    const isTurned = this.#guest.ariaPressed === "true";
    if (isTurned && this.#goes) return; // an admission was read by both: the dialog closes
    event.stopPropagation();
    clearTimeout(this.#timer);
    this.#stays = true;
    this.#guest.ariaPressed = String(!isTurned);
  }

  close() {
    clearTimeout(this.#timer);
    if (this.#dialog.open) this.#dialog.close();
  }
}

/** @param {Shown} shown */
function spoken({ word, name, speaks, line, more, seat, notice, answers, origin }) {
  const told = answers.map(([question, answer]) => `${question}: ${answer}`);
  return [word, name, speaks, line, more, seat, notice, ...told, origin].filter(Boolean).join(". ");
}

/** @param {[string, string]} answer */
function makeAnswer([question, answer]) {
  const [row, term, text] = ["div", "dt", "dd"].map((name) => document.createElement(name));
  row.className = "verdict-answer";
  term.textContent = question;
  text.textContent = answer;
  row.append(term, text);
  return row;
}
