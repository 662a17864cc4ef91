/** Status of a relay in words. Pure. */

import { formatLocale, timeOfDay } from "../shared/locale.js";
import { say } from "../shared/say.js";

/** @typedef {import("./status.js").Status} Status */

/** Tones and shapes of the states, as a verdict has them. */
export const LOOKS = {
  connected: { tone: "pass", shape: "check" },
  degraded: { tone: "warn", shape: "warn" },
  alone: { tone: "warn", shape: "warn" },
  catching_up: { tone: "exit", shape: "out" },
  ended: { tone: "refuse", shape: "stop" },
};
/** A clock that is off by more than this is said so. */
const CLOCK_S = 2;
const HALF_A_DAY_MS = 12 * 3_600_000;

/**
 * @param {Status} status
 * @param {string} [timeZone] the event's
 */
export function stateText({ state, since }, timeZone) {
  // says: relay-state-{connected, degraded, alone, catching_up, ended}
  return say(`relay-state-${state}`, { time: momentText(since, timeZone) });
}

/** @param {Status} status what its state means, and what is to be done */
export function meaning({ state, ended }) {
  if (state !== "ended") {
    // says: relay-more-{connected, degraded, alone, catching_up}
    return say(`relay-more-${state}`);
  }
  // says: relay-ended-{relay_taken, relay_lost, restored, event_over}
  return say(`relay-ended-${ended}`) || say("relay-ended");
}

/** @param {number} aheadS how far the relay's clock is ahead of the hub's, in seconds */
export function clockText(aheadS) {
  const seconds = Math.round(Math.abs(aheadS));
  if (seconds < CLOCK_S) return say("relay-clock-right");
  return aheadS > 0 ? say("relay-clock-ahead", { seconds }) : say("relay-clock-behind", { seconds });
}

/**
 * @param {import("./status.js").Refusal} refusal
 * @param {string} [timeZone]
 */
export function refusalLine({ at, device, refused }, timeZone) {
  return say("relay-refused-line", { time: momentText(at, timeZone), device: device ?? say("relay-refused-device"), code: refused });
}

/**
 * Return a moment as its time of day, with its day where that is not plain.
 *
 * @param {string} at ISO 8601
 * @param {string} [timeZone]
 * @param {number} [now]
 */
export function momentText(at, timeZone, now = Date.now()) {
  const time = Date.parse(at);
  if (Math.abs(now - time) < HALF_A_DAY_MS) return timeOfDay(time, timeZone);
  return new Date(time).toLocaleString(formatLocale(), { dateStyle: "medium", timeStyle: "short", timeZone });
}
