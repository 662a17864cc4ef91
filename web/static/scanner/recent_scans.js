/**
 * The last scans of this phone, newest first, each to be taken back where the device may; kept through a reload, without
 * names, which are joined from the guest list where the device may see them.
 *
 * @typedef {{tone: string, shape: string, word: string, name: string, line: string, at: number, ticket: string | null,
 *   seq: number | null, nonce: string | null, isOffline: boolean, isUndone: boolean, language?: string, code?: string}} Recent
 *   `seq` is its number in the journal, `nonce` that of one that was decided offline; with neither it cannot be taken back;
 *   `language` is that of its texts, `code` its verdict, by which it is said in another one
 */

import { formatLocale, timeOfDay } from "../shared/locale.js";
import { say } from "../shared/say.js";
import { lookOfAnswer, reasonOf } from "../shared/verdicts.js";
import { nameOf } from "./verdict_text.js";
import { find, makeButton, makeText } from "./page.js";

const MOST = 5;
/** The language of scans that were kept before there were several. */
const SOURCE = "en-GB";
const SVG = "http://www.w3.org/2000/svg";

export class RecentList {
  #list = find("#recent");
  #onUndo;
  /** @type {Recent[]} */
  #scans = [];
  /** Scans that the rows were drawn by. */
  #known = "";

  /** @type {import("./device_session.js").DeviceSession | null} */
  #session = null;

  /** @param {(scan: Recent) => Promise<boolean>} onUndo resolves to whether it was taken back */
  constructor(onUndo) {
    this.#onUndo = onUndo;
  }

  /** @param {import("./device_session.js").DeviceSession} session whose scans these are */
  async open(session) {
    this.#session = session;
    this.#scans = [];
    this.#draw();
    const kept = await session.recentScans.kept();
    if (session !== this.#session) return;
    this.#scans = [...this.#scans, ...kept].slice(0, MOST);
    this.#draw();
  }

  /** The session has news: draw anew where a row has another name or button by that. */
  show() {
    const known = `${this.#session?.may.has("undo")} ${this.#session?.eventData.manifest?.event.uuid}`;
    if (known !== this.#known) this.#draw();
    this.#known = known;
  }

  /** @param {Recent} scan */
  add(scan) {
    this.#scans = [scan, ...this.#scans].slice(0, MOST);
    this.#keep();
    this.#draw();
  }

  #keep() {
    this.#session?.recentScans.keep(this.#scans);
  }

  #draw() {
    find("#no-recent").hidden = this.#scans.length > 0;
    this.#list.replaceChildren(...this.#scans.map((scan) => this.#row(scan)));
  }

  /** @param {Recent} scan */
  #row(scan) {
    const row = document.createElement("li");
    row.className = "recent-scan";
    row.dataset.tone = scan.isUndone ? "note" : scan.tone;
    row.append(makeShape(scan.isUndone ? "note" : scan.shape));
    const about = makeText("", "recent-about");
    const { word: verdict, line } = textsOf(scan);
    const word = scan.isUndone ? say("scan-undone") : scan.isOffline ? `${verdict} · ${say("scan-health-offline")}` : verdict;
    about.append(makeText(this.#nameOf(scan) || say(scan.ticket ? "scan-guest" : "scan-unknown"), "recent-name"));
    about.append(makeText([word, line].filter(Boolean).join(" · "), "recent-line"));
    row.append(about, makeText(timeOfDay(scan.at, this.#session?.eventData.manifest?.event.timezone), "recent-time"));
    const canUndo = this.#session?.may.has("undo") && !scan.isUndone && (scan.seq ?? scan.nonce) !== null && scan.ticket !== null;
    if (canUndo) row.append(makeButton(say("scan-undo"), "button recent-undo", () => this.#undo(scan)));
    return row;
  }

  /** @param {Recent} scan */
  #nameOf({ name, ticket }) {
    return name || nameOf(this.#session?.eventData.ticket(ticket));
  }

  /** @param {Recent} scan */
  async #undo(scan) {
    scan.isUndone = await this.#onUndo(scan);
    this.#keep();
    this.#draw();
  }
}

/**
 * Return the texts of a scan in the page's language: of one that was kept in another only its verdict and reason.
 *
 * @param {Recent} scan
 */
function textsOf({ word, line, tone, language = SOURCE, code = "" }) {
  if (language === formatLocale()) return { word, line };
  const isPassed = tone === "pass" || tone === "exit";
  return { word: lookOfAnswer({ code, success: isPassed }).word, line: isPassed ? "" : reasonOf(code) };
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
