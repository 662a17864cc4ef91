/** The state of the connection, said in words: figures that nobody confirms must not look like the truth. */

import { say } from "./messages.js";

/** @type {Record<import("../live/client.js").Phase, string>} */
const WORDS = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  stale: "Not up to date",
  ended: "Stopped",
};

const NOT_LOGGED_IN = new Set([4006, 4501, 4502]);

/** @param {import("../live/client.js").Status} status */
export function showConnection(status) {
  if (status.phase === "ended" && NOT_LOGGED_IN.has(Number(status.code))) {
    location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
    return;
  }
  const box = /** @type {HTMLElement} */ (document.querySelector("#connection"));
  const [text, more] = [".connection-text", ".connection-more"].map((part) => box.querySelector(part));
  box.dataset.phase = status.phase;
  if (text) text.textContent = WORDS[status.phase];
  if (more) more.textContent = moreAbout(status);
  warn(status);
}

/**
 * Say large that the figures are old: nobody at a wall reads a small dot.
 *
 * @param {import("../live/client.js").Status} status
 */
function warn({ phase, heardAt }) {
  const banner = /** @type {HTMLElement} */ (document.querySelector("#stale"));
  const time = new Date(heardAt ?? Date.now()).toLocaleTimeString("en-GB");
  banner.textContent = phase === "ended" ? say("stale.ended") : phase === "stale" ? say("stale.since", { time }) : "";
  banner.hidden = banner.textContent === "";
}

/** @param {import("../live/client.js").Status} status */
function moreAbout({ phase, heardAt, message }) {
  if (phase === "ended") return `${message || "The hub ended this connection"}. Reload the page.`;
  const isBehind = phase === "reconnecting" || phase === "stale";
  return isBehind && heardAt ? `Figures of ${new Date(heardAt).toLocaleTimeString("en-GB")}` : "";
}
