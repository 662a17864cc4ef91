/** The verdict that fills the screen: colour, shape and word; then who it is, and what the door has to know. */

import { lookOfAnswer, reasonOf } from "../verdicts.js";

const GOES_AWAY_MS = 2500;

/** @type {Record<string, number[]>} What the hand feels. */
const PULSES = { pass: [60], exit: [60], refuse: [180, 80, 180], warn: [180], note: [60] };

export class VerdictScreen {
  #dialog = /** @type {HTMLDialogElement} */ (document.querySelector("#verdict"));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => void} onClosed */
  constructor(onClosed) {
    this.#dialog.addEventListener("close", onClosed);
    this.#dialog.addEventListener("click", () => this.#dialog.close());
  }

  /** @param {import("./scan.js").Answer} answer */
  show(answer) {
    const shown = describe(answer);
    clearTimeout(this.#timer);
    this.#dialog.dataset.tone = shown.tone;
    write("#verdict-word", shown.word);
    write("#verdict-name", shown.name);
    write("#verdict-line", shown.line);
    write("#verdict-notice", shown.notice);
    write("#spoken", [shown.word, shown.name, shown.line, shown.notice].filter(Boolean).join(". "));
    document.querySelector("#verdict-shape")?.setAttribute("href", `#shape-${shown.shape}`);
    if (!this.#dialog.open) this.#dialog.showModal();
    navigator.vibrate?.(PULSES[shown.tone]);
    if (goesAway(shown)) this.#timer = setTimeout(() => this.#dialog.close(), GOES_AWAY_MS);
  }

  close() {
    clearTimeout(this.#timer);
    if (this.#dialog.open) this.#dialog.close();
  }
}

/**
 * What asks nothing of the door goes by itself; a refusal, and a wristband to hand out, stay until they are seen.
 *
 * @param {{tone: string, notice: string}} shown
 */
function goesAway({ tone, notice }) {
  return (tone === "pass" || tone === "exit") && !notice;
}

/** @param {import("./scan.js").Answer} answer */
function describe({ status, body }) {
  if (status === 0 || status >= 500 || status === 429) return NOT_CONFIRMED;
  if (!body.code || status === 403) return { ...NOT_CONFIRMED, word: "No verdict", line: body.message ?? "Scan again" };
  const ticket = body.ticket ?? {};
  const name = [ticket.first_name, ticket.last_name].filter(Boolean).join(" ");
  return { ...lookOfAnswer(body), name, line: lineOf(body, ticket), notice: body.notice ?? "" };
}

const NOT_CONFIRMED = {
  tone: "warn",
  shape: "warn",
  word: "Scan again",
  name: "",
  line: "The hub did not confirm. Do not let in yet.",
  notice: "",
};

/**
 * @param {Record<string, any>} body
 * @param {Record<string, any>} ticket
 */
function lineOf(body, ticket) {
  if (body.success) return [ticket.product, ticket.price].filter(Boolean).join(", ");
  if (body.code !== "already_scanned") return body.code === "wrong_door" ? body.message : reasonOf(body.code) || body.message;
  const when = ticket.scanned_at ? new Date(ticket.scanned_at).toLocaleTimeString("en-GB", { timeStyle: "short" }) : "";
  const where = body.scanned_at_door ? `at ${body.scanned_at_door}` : "";
  const by = body.scanned_by_name ? `by ${body.scanned_by_name}` : "";
  return ["Already scanned", when, where, by].filter(Boolean).join(" ");
}

/**
 * @param {string} selector
 * @param {string} text
 */
function write(selector, text) {
  const element = /** @type {HTMLElement} */ (document.querySelector(selector));
  element.textContent = text;
  if (!element.classList.contains("hidden-text")) element.hidden = !text;
}
