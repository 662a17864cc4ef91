/** List of the guests that were found: a tap opens one, a second lets it in. */

import { makeButton, makeText } from "./page.js";

/** @typedef {import("./guest_query.js").Found} Found */

/** Nothing moves under a finger that taps twice at once: it closes what it opened, and lets nobody in. */
const SETTLED_MS = 400;

export class FoundList {
  #list;
  #around;
  /** The ticket that is opened; it stays so while more is typed. */
  #open = "";

  /**
   * @param {HTMLElement} list
   * @param {{onChosen: (guest: Found) => void, choosing: () => string}} around `choosing` is what the second tap does
   */
  constructor(list, around) {
    this.#list = list;
    this.#around = around;
  }

  clear() {
    this.#list.replaceChildren();
  }

  /** @param {Found[]} found */
  add(found) {
    this.#list.append(...found.map((guest) => this.#row(guest)));
  }

  /** @param {Found} guest */
  #row(guest) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "found-guest";
    button.dataset.inside = String(guest.isInside);
    button.ariaExpanded = "false";
    button.append(makeText(guest.name, "found-name"), makeFacts(guest.facts));
    if (guest.notice) button.append(makeText(guest.notice, "found-notice"));
    button.addEventListener("click", () => this.#toggle(row, button, guest));
    row.append(button);
    if (guest.uuid === this.#open) this.#show(row, button, guest);
    return row;
  }

  /**
   * @param {HTMLElement} row
   * @param {HTMLButtonElement} button
   * @param {Found} guest
   */
  #toggle(row, button, guest) {
    const isOpen = button.ariaExpanded === "true";
    for (const open of this.#list.querySelectorAll("[aria-expanded=true]")) {
      open.ariaExpanded = "false";
      open.nextElementSibling?.remove();
    }
    this.#open = "";
    if (isOpen) return;
    this.#show(row, button, guest);
    setTimeout(() => row.scrollIntoView({ block: "nearest" }), SETTLED_MS);
  }

  /**
   * @param {HTMLElement} row
   * @param {HTMLButtonElement} button
   * @param {Found} guest
   */
  #show(row, button, guest) {
    this.#open = guest.uuid;
    button.ariaExpanded = "true";
    row.append(this.#opened(guest));
  }

  /** Nothing is open any more. */
  close() {
    this.#open = "";
    this.clear();
  }

  /** @param {Found} guest */
  #opened(guest) {
    const opened = document.createElement("div");
    opened.className = "found-more";
    const facts = document.createElement("dl");
    facts.append(...guest.more.flatMap(([name, value]) => [makeFact("dt", name), makeFact("dd", value)]));
    opened.append(facts, makeButton(this.#around.choosing(), "button primary huge wide", () => this.#around.onChosen(guest)));
    return opened;
  }
}

/**
 * @param {"dt" | "dd"} tag
 * @param {string} text
 */
function makeFact(tag, text) {
  const fact = document.createElement(tag);
  fact.textContent = text;
  return fact;
}

/** @param {string[]} facts each stays in one piece where a line ends */
function makeFacts(facts) {
  const line = makeText("", "found-line");
  line.append(...facts.flatMap((fact, n) => [n ? " · " : "", makeText(fact, "found-fact")]));
  return line;
}
