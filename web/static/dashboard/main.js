/** Dashboard of one event: wires the live client to the parts of the page. */

import { Subscription } from "../live/subscription.js";
import { LiveClient } from "../live/client.js";
import { ConflictList } from "./conflicts.js";
import { showConnection } from "./connection.js";
import { Curve } from "./curve.js";
import { DeviceList } from "./devices.js";
import { showDoors } from "./doors.js";
import { EventStats } from "./event_stats.js";
import { showFeedback } from "./feedback.js";
import { showFigures } from "./figures.js";
import { showPeople } from "./people.js";
import { Polling } from "./polling.js";
import { offerRecount } from "./recount.js";
import { showRefusals } from "./refusals.js";
import { ScanList } from "./scans.js";
import { ShowingChoice } from "./showings.js";
import { AlertStrip } from "./alert_strip.js";
import { hang } from "./wall.js";

const page = /** @type {HTMLElement} */ (document.querySelector("#dashboard"));
const scans = new ScanList(page);
const strip = new AlertStrip(page);
const devices = new DeviceList(page);
const conflicts = new ConflictList(page);
const curve = new Curve(page);
const eventStats = new EventStats(page.dataset.event ?? "", showEvening);
const showings = new ShowingChoice(page, () => known && showCounts(known));
const subscription = new Subscription(page.dataset.event ?? "");
/** @type {import("../live/client.js").Status} */
let status = { phase: "connecting", heardAt: null };
const polling = new Polling(page.dataset.event ?? "", { onState: show, onChange: () => showConnection(status, polling) });
const client = new LiveClient({
  subscription,
  onState: show,
  onStatus: follow,
  onItems: (items, first) => eventStats.take(items, first),
});

/** @type {import("../live/event_state.js").EventState | null} */
let waiting = null;
/** @type {import("../live/event_state.js").EventState | null} */
let drawn = null;
/** The counts that are shown. @type {import("../live/event_state.js").Occupancy | null} */
let known = null;
/** Devices that no snapshot has named yet, and that were asked for once. @type {Set<string>} */
const strangers = new Set();

/** @param {import("../live/client.js").Status} now */
function follow(now) {
  status = now;
  polling.follow(now.phase);
  showConnection(now, polling);
}

/**
 * Show a state with the next picture that the browser draws: a rush of scans costs no more than one drawing each.
 *
 * @param {import("../live/event_state.js").EventState} state
 */
function show(state) {
  if (!waiting) requestAnimationFrame(draw);
  waiting = state;
}

function draw() {
  const state = waiting;
  waiting = null;
  if (!state) return;
  drawn = state;
  showCounts(state.occupancy);
  scans.show(state);
  devices.show(state);
  showConflicts(state);
  eventStats.keepUp(status.phase === "live" ? subscription.have : state.occupancy);
  if (hasNewStranger(state)) client.startOver();
}

/** @param {import("../live/event_state.js").Occupancy} counts */
function showCounts(counts) {
  known = counts;
  showFigures(page, counts, showings.scoped(counts, eventStats.stats?.showings));
  showDoors(page, counts.doors);
  showPeople(page, counts);
  curve.showBooked(showings.isOffered ? 0 : counts.booked);
}

/** @param {EventStats} now */
function showEvening(now) {
  curve.show(now);
  if (known) showCounts(known);
  if (now.stats) showRefusals(page, now.stats);
  if (drawn) showConflicts(drawn);
}

/** @param {import("../live/event_state.js").EventState} state */
function showConflicts(state) {
  conflicts.show(eventStats.conflicts, state, eventStats.stats !== null);
  strip.show(state, eventStats.conflicts);
}

/**
 * Whether a device scans that joined after the snapshot: a new one brings its name.
 *
 * @param {import("../live/event_state.js").EventState} state
 */
function hasNewStranger(state) {
  const known = new Set(state.devices.map((device) => device.id));
  const fresh = state.recent.slice(0, state.scans).map((item) => item.data?.device);
  const found = fresh.filter((id) => id !== undefined && !known.has(id) && !strangers.has(id));
  for (const id of found) strangers.add(id);
  return found.length > 0;
}

if (page.dataset.counts) showCounts(JSON.parse(page.dataset.counts));
offerRecount(page);
showFeedback(page);
hang(page);
follow(status);
client.start();
