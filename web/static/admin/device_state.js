/** Device state in a word or two. Pure. */

import { moment } from "./build.js";
import { say } from "../shared/say.js";

/**
 * Return the state of a device as text, with its tone.
 *
 * @param {any} device as `/api/devices` tells of it
 * @param {string} timeZone of its event
 * @returns {{text: string, tone?: "pass" | "refuse" | "warn"}}
 */
export function stateOf(device, timeZone) {
  if (device.archived) return { text: say("device-archived") };
  if (isUsedUp(device)) return { text: say("device-used-up", { uses: device.uses }) };
  if (device.uses !== null) return { text: say("device-joined", { joined: device.joined, uses: device.uses }) };
  if (device.online && device.info.training) return { text: say("device-is-training"), tone: "warn" };
  if (device.online) return { text: say("device-is-online"), tone: "pass" };
  if (device.silent) return { text: say("device-silent-from", { since: moment(device.last_seen_at, timeZone) }), tone: "refuse" };
  if (!device.claimed) return { text: say(isPairable(device) ? "device-waiting" : "device-code-over"), tone: "warn" };
  return { text: device.last_seen_at ? say("device-seen-at", { at: moment(device.last_seen_at, timeZone) }) : say("device-paired") };
}

/**
 * Return whether a phone may still pair by the device's code.
 *
 * @param {any} device
 */
export function isPairable(device) {
  return device.pairing_until !== null && Date.parse(device.pairing_until) > Date.now();
}

/**
 * Whether a device is a pairing code by which all its phones have joined.
 *
 * @param {{uses: number | null, joined: number}} device
 */
export function isUsedUp({ uses, joined }) {
  return uses !== null && joined >= uses;
}
