/** Quarantined scans of a phone that was taken out of service: accepted as facts, or dropped. */

import { get, send } from "./api.js";
import { button, confirmed, el, moment, notify } from "./build.js";
import { say } from "../shared/say.js";
import { lookOfAnswer, reasonOf } from "../shared/verdicts.js";

/** Verdicts by which a guest went through the door. */
const PASSED = new Set(["admitted", "exited"]);

/**
 * Show the quarantined scans, where there are any.
 *
 * @param {string} device
 * @param {string} zone of its event, whose clock all times are by
 */
export async function showHeld(device, zone) {
  const batches = await get(`/api/devices/${device}/held`);
  const scans = batches.flatMap((/** @type {any} */ batch) => batch.scans.map((/** @type {any} */ scan) => row(scan, batch, zone)));
  /** @type {HTMLElement} */ (document.querySelector("#held")).hidden = scans.length === 0;
  document.querySelector("#held-scans")?.replaceChildren(...scans);
  const accept = button(say("held-accept"), () => decide(device, zone, "accept", scans.length), "primary");
  const drop = button(say("held-drop"), () => decide(device, zone, "drop", scans.length), "danger");
  document.querySelector("#held-actions")?.replaceChildren(accept, drop);
}

/**
 * @param {any} scan as the phone sent it: any of it may be missing
 * @param {any} batch
 * @param {string} zone
 */
function row(scan, batch, zone) {
  const at = Number.isNaN(Date.parse(scan.scanned_at)) ? "" : moment(scan.scanned_at, zone);
  return el("tr", {}, el("th", { scope: "row" }, at), el("td", { "data-label": say("devices-phone-said") }, verdictText(scan.verdict)), el("td", { "data-label": say("devices-received") }, moment(batch.received_at, zone)));
}

/** @param {unknown} verdict what the door's person saw; empty where the phone sent none */
function verdictText(verdict) {
  if (typeof verdict !== "string") return "";
  const { word } = lookOfAnswer({ code: verdict, success: PASSED.has(verdict) });
  return PASSED.has(verdict) ? word : [word, reasonOf(verdict)].filter(Boolean).join(": ");
}

/**
 * @param {string} device
 * @param {string} zone
 * @param {"accept" | "drop"} decision
 * @param {number} count
 */
async function decide(device, zone, decision, count) {
  const yes = say(decision === "accept" ? "held-accept" : "held-drop");
  if (!(await confirmed(say(`held-${decision}-asked`, { count }), yes))) return;
  await send("POST", `/api/devices/${device}/held/${decision}`);
  notify(say(decision === "accept" ? "held-accepted" : "held-dropped"));
  await showHeld(device, zone);
}
