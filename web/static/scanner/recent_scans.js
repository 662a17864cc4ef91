/**
 * The last scans of this phone, newest first, each to be taken back where the device may. Kept in memory alone: names
 * are nobody's business after a reload.
 *
 * @typedef {{tone: string, shape: string, word: string, name: string, line: string, at: number, ticket: string | null,
 *   seq: number | null, nonce: string | null, isOffline: boolean, isUndone: boolean}} Recent `seq` is its number in the
 *   journal, `nonce` that of one that was decided offline; with neither it cannot be taken back
 */

import { say, timeOfDay } from "../shared/messages.js";
import { find, makeButton, makeText } from "./page.js";

const MOST = 5;
const SVG = "http://www.w3.org/2000/svg";

export class RecentList {
  #list = find("#recent");
  #onUndo;
  /** @type {Recent[]} */
  #scans = [];

  /** @param {(scan: Recent) => Promise<boolean>} onUndo resolves to whether it was taken back */
  constructor(onUndo) {
    this.#onUndo = onUndo;
  }

  /**
   * @param {Recent} scan
   * @param {{mayUndo: boolean, timeZone?: string}} here
   */
  add(scan, here) {
    this.#scans = [scan, ...this.#scans].slice(0, MOST);
    this.#draw(here);
  }

  clear() {
    this.#scans = [];
    this.#draw({ mayUndo: false });
  }

  /** @param {{mayUndo: boolean, timeZone?: string}} here */
  #draw(here) {
    find("#no-recent").hidden = this.#scans.length > 0;
    this.#list.replaceChildren(...this.#scans.map((scan) => this.#row(scan, here)));
  }

  /**
   * @param {Recent} scan
   * @param {{mayUndo: boolean, timeZone?: string}} here
   */
  #row(scan, here) {
    const row = document.createElement("li");
    row.className = "recent-scan";
    row.dataset.tone = scan.isUndone ? "note" : scan.tone;
    row.append(makeShape(scan.isUndone ? "note" : scan.shape));
    const about = makeText("", "recent-about");
    const word = scan.isUndone ? say("scan.undone") : scan.isOffline ? `${scan.word} · ${say("health.offline")}` : scan.word;
    about.append(makeText(scan.name || say(scan.ticket ? "scan.guest" : "scan.unknown"), "recent-name"));
    about.append(makeText([word, scan.line].filter(Boolean).join(" · "), "recent-line"));
    row.append(about, makeText(timeOfDay(scan.at, here.timeZone), "recent-time"));
    const canUndo = here.mayUndo && !scan.isUndone && (scan.seq ?? scan.nonce) !== null && scan.ticket !== null;
    if (canUndo) row.append(makeButton(say("scan.undo"), "button small", () => this.#undo(scan, here)));
    return row;
  }

  /**
   * @param {Recent} scan
   * @param {{mayUndo: boolean, timeZone?: string}} here
   */
  async #undo(scan, here) {
    scan.isUndone = await this.#onUndo(scan);
    this.#draw(here);
  }
}

/** @param {string} shape */
function makeShape(shape) {
  const svg = document.createElementNS(SVG, "svg");
  svg.classList.add("recent-shape");
  svg.ariaHidden = "true";
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#shape-${shape}`);
  svg.append(use);
  return svg;
}
