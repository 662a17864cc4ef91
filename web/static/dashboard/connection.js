/** State of the connection in words: figures that are not confirmed must not look like the truth. */

import { setText, timeOfDaySeconds } from "./dom.js";
import { say } from "../shared/say.js";

/** @typedef {import("./polling.js").Polling} Polling */
/** @typedef {import("../live/client.js").Status} Status */

const NOT_LOGGED_IN = new Set([4006, 4501, 4502]);
/** So long it may take to connect before it is said that something is wrong. */
const PATIENCE_MS = 5_000;
/** An answer over REST is as good as the next one, a little late. */
const FRESH_MS = 12_000;

/**
 * Show the state of the connection.
 *
 * @param {Status} status
 * @param {Polling} polling
 */
export function showConnection(status, polling) {
  if (status.phase === "ended" && NOT_LOGGED_IN.has(Number(status.code))) {
    location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
    return;
  }
  const phase = isPolled(polling) ? "polled" : status.phase;
  const box = /** @type {HTMLElement} */ (document.querySelector("#connection"));
  const [text, more] = [".connection-text", ".connection-more"].map((part) => box.querySelector(part));
  box.dataset.phase = phase;
  // says: connection-{connecting, live, polled, reconnecting, stale, ended}
  setText(text, say(`connection-${phase}`));
  setText(more, moreAbout(status, polling));
  warn(status, polling);
}

/** @param {Polling} polling */
function isPolled({ answeredAt, since }) {
  return since !== null && answeredAt !== null && Date.now() - answeredAt < FRESH_MS;
}

/**
 * Show a lost connection large: a small dot is not read from a wall.
 *
 * @param {Status} status
 * @param {Polling} polling
 */
function warn(status, polling) {
  const banner = /** @type {HTMLElement} */ (document.querySelector("#stale"));
  const text = problemOf(status, polling);
  banner.dataset.tone = isPolled(polling) ? "warn" : "refuse";
  if (banner.textContent !== text) banner.textContent = text;
  banner.hidden = text === "";
}

/**
 * @param {Status} status
 * @param {Polling} polling
 */
function problemOf(status, polling) {
  if (status.phase === "ended") return say("stale-ended");
  if (polling.since === null || Date.now() - polling.since < PATIENCE_MS) return "";
  if (isPolled(polling)) return say("stale-blocked");
  const isKnown = polling.hasFailed || status.phase === "stale";
  return isKnown ? say("stale-since", { time: timeOfDaySeconds(figuresOf(status, polling)) }) : "";
}

/**
 * @param {Status} status
 * @param {Polling} polling
 */
function moreAbout(status, polling) {
  if (status.phase === "ended") return say("connection-ended-more");
  if (status.phase === "live") return "";
  return say("stale-figures", { time: timeOfDaySeconds(figuresOf(status, polling)) });
}

/**
 * When the figures that are shown were true: as polled, as last heard, or as the page was made.
 *
 * @param {Status} status
 * @param {Polling} polling
 */
function figuresOf({ heardAt }, { answeredAt }) {
  return Math.max(answeredAt ?? 0, heardAt ?? 0) || performance.timeOrigin;
}
