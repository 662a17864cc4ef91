/** Health of the phone's connection, its event, and the live numbers of its door. */

import { timeOfDay } from "../shared/locale.js";
import { say } from "../shared/say.js";
import { lookOfAnswer, reasonOf } from "../shared/verdicts.js";
import { nameOf } from "./verdict_text.js";
import { currentShowing, showingText, showingsOf } from "./guest_showings.js";
import { find, write } from "./page.js";

/**
 * Show the health of the session.
 *
 * @param {import("./device_session.js").DeviceSession} session
 */
export function showHealth(session) {
  const element = find("#health");
  const { health, queue } = session;
  element.dataset.health = queue.waiting.length > 0 && health === "ready" ? "sending" : health;
  const text = healthText(session);
  if (element.textContent !== text) element.textContent = text;
}

/** @param {import("./device_session.js").DeviceSession} session */
function healthText({ health, queue, device, eventData }) {
  const count = queue.waiting.length;
  const part = eventData.manifest ? null : eventData.arrivedPart;
  const percent = part === null ? null : Math.floor(100 * part);
  if (health === "offline" && count) return say("scan-health-offline-waiting", { count });
  if (health === "offline" && percent !== null) return say("scan-health-offline-list", { percent });
  if (health === "ready" && count) return say("scan-health-sending", { count });
  if (health === "ready" && percent !== null) return say("scan-health-list", { percent });
  if (health === "ready" && device.event && !eventData.manifest) return say("scan-health-no-list");
  // says: scan-health-{connecting, ready, gone, offline}
  return say(`scan-health-${health}`);
}

/**
 * Show the live numbers of the door.
 *
 * @param {import("./device_session.js").DeviceSession} session
 */
export function showNumbers(session) {
  const { counts, device, eventData } = session;
  write("#event-name", eventData.manifest?.event.name ?? "");
  const known = eventData.manifest?.doors ?? [];
  const door = (counts?.doors ?? known).find((/** @type {{id: string}} */ each) => each.id === device.door);
  write("#door-name", door?.name ?? (counts ? say("scan-venue") : ""));
  write("#door-in", counts && door ? say("scan-at-door", { count: door.admitted }) : "");
  write("#door-out", counts && door?.exited ? say("scan-at-door-out", { count: door.exited }) : "");
  write("#inside", counts ? insideText(counts) : "");
  write("#showing-in", showingNow(session));
}

/**
 * Return how many guests came of the showing that is on or next, where the event has several.
 *
 * @param {import("./device_session.js").DeviceSession} session
 */
function showingNow({ eventData, queue, hub }) {
  const showings = showingsOf(eventData.tickets(), eventData.hasCome(queue.waiting));
  const current = showings.length > 1 ? currentShowing(showings, hub.now()) : null;
  return current ? showingText(current, hub.now(), eventData.manifest?.event.timezone) : "";
}

/** @param {{inside: number, limit: number | null}} counts */
function insideText({ inside, limit }) {
  return limit === null ? say("scan-inside", { count: inside }) : say("scan-inside-of", { count: inside, limit });
}

/**
 * Show the conflicts of offline scans, until they were acknowledged.
 *
 * @param {import("./device_session.js").DeviceSession} session
 */
export function showConflicts({ queue, eventData }) {
  const { conflicts, wrong, isHeld } = queue;
  const lines = conflicts.map((/** @type {import("./offline/store.js").Conflict} */ conflict) => conflictLine(conflict, eventData));
  if (wrong.length) lines.push(say("scan-conflict-wrong", { count: wrong.length }));
  if (isHeld) lines.push(say("scan-conflict-held"));
  find("#conflicts").hidden = lines.length === 0;
  find("#conflicts-seen").hidden = conflicts.length === 0;
  write("#conflicts-title", conflicts.length ? say("scan-conflict-title", { count: conflicts.length }) : "");
  find("#conflict-list").replaceChildren(...lines.map(makeLine));
}

/**
 * Return a conflict as one line.
 *
 * @param {import("./offline/store.js").Conflict} conflict
 * @param {import("./offline/event_data.js").EventData} eventData
 */
export function conflictLine({ ticket, at, verdict, conflict }, eventData) {
  const name = nameOf(eventData.ticket(ticket)) || say("scan-guest");
  const time = timeOfDay(Date.parse(at), eventData.manifest?.event.timezone);
  const reason = reasonOf(conflict) || conflict;
  if (verdict === "undone") return say(conflict === "too_late" ? "scan-conflict-undo-late" : "scan-conflict-undo-refused", { name, time, reason });
  return say("scan-conflict-line", { name, time, verdict: lookOfAnswer({ code: verdict, success: true }).word, reason });
}

/** @param {string} text */
function makeLine(text) {
  const line = document.createElement("li");
  line.textContent = text;
  return line;
}
