/** Status page of a relay. */

import { formatLocale, timeOfDay } from "../shared/locale.js";
import { say } from "../shared/say.js";
import { followStatus } from "./status.js";
import { LOOKS, clockText, meaning, momentText, refusalLine, stateText } from "./texts.js";

/** @typedef {import("./status.js").Status} Status */

const page = /** @type {HTMLElement} */ (document.querySelector("#relay"));
const timeZone = page.dataset.timezone;
const number = new Intl.NumberFormat(formatLocale());

/** @param {Status} status */
function show(status) {
  const look = LOOKS[status.state];
  const line = /** @type {HTMLElement} */ (page.querySelector("#line"));
  line.dataset.state = status.state;
  line.dataset.tone = look.tone;
  line.querySelector("use")?.setAttribute("href", `#shape-${look.shape}`);
  write("#line-state", stateText(status, timeZone));
  write("#line-more", meaning(status));
  showFigures(status);
  showRefusals(status);
}

/** @param {Status} status */
function showFigures({ inside, admitted, booked, waiting, behind, last_exchange: heard, clock_ahead_s: aheadS, refused }) {
  const lines = [
    [say("relay-inside"), number.format(inside)],
    [say("relay-admitted"), say("relay-admitted-of", { admitted, booked })],
    [say("relay-waiting"), number.format(waiting)],
    [say("relay-behind"), number.format(behind)],
    [say("relay-exchange"), heard ? momentText(heard, timeZone) : say("relay-exchange-never")],
    [say("relay-clock"), clockText(aheadS)],
    [say("relay-refused"), number.format(refused)],
  ];
  const list = /** @type {HTMLElement} */ (page.querySelector("#figures"));
  if (list.children.length === 0) list.replaceChildren(...lines.map(() => made("div", made("dt"), made("dd"))));
  lines.forEach((texts, index) => texts.forEach((text, part) => writeTo(list.children[index].children[part], text)));
}

/** @param {Status} status */
function showRefusals({ refusals }) {
  const section = /** @type {HTMLElement} */ (page.querySelector("#refusals"));
  section.hidden = refusals.length === 0;
  const texts = refusals.map((each) => refusalLine(each, timeZone));
  const list = section.querySelector("ul");
  if (list?.textContent === texts.join("")) return;
  list?.replaceChildren(...texts.map((text) => made("li", text)));
}

/** @param {number | null} staleSince */
function showAge(staleSince) {
  const stale = /** @type {HTMLElement} */ (page.querySelector("#stale"));
  stale.hidden = staleSince === null;
  page.dataset.stale = String(!stale.hidden);
  write("#stale", staleSince === null ? "" : say("relay-stale", { time: timeOfDay(staleSince, timeZone) }));
}

/**
 * @param {string} tag
 * @param {...(Node | string)} children
 */
function made(tag, ...children) {
  const element = document.createElement(tag);
  element.append(...children);
  return element;
}

/**
 * @param {string} selector
 * @param {string} text
 */
function write(selector, text) {
  writeTo(page.querySelector(selector), text);
}

/**
 * @param {Element | null} element
 * @param {string} text a screen reader says it again only where it has changed
 */
function writeTo(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

followStatus(show, showAge);
