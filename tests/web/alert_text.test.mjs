// Texts of the strip of alerts, and when a dismissed one shows again.
import assert from "node:assert/strict";
import test from "node:test";

import "./catalogues.mjs";
import { tell } from "../../web/static/dashboard/alert_text.js";

const at = (time) => `2090-12-24T${time}Z`;
const occupancy = { inside: 9, limit: 10, doors: [{ id: "d1", name: "North" }], zones: [{ id: "z1", name: "Balcony", inside: 3, limit: 3 }] };
const alert = (kind, data = {}, fields = {}) => ({ alert: `g1/${kind}`, kind, at: at("20:30:00"), device: "g1", device_name: null, door: "d1", door_name: null, data, ...fields });
const state = (alerts) => ({ occupancy, devices: [{ id: "g1", name: "Gate 1" }], alerts, recent: [], scans: 0 });
const said = (...alerts) => tell(state(alerts), [], "UTC").map(({ text }) => text);
const conflict = (seq) => ({ seq, at: at("20:40:00"), ticket: "t", reason: "already_scanned", entry: {}, counted: null });

test("each kind is a sentence with its device, door and time", () => {
  assert.deepEqual(said(alert("device.silent", { since: at("20:29:00") })), ["Gate 1 at North has been silent since 20:29. Look whether it is on and has a network."]);
  assert.deepEqual(said(alert("device.low_battery", { battery: 12 })), ["Gate 1 at North is low on battery: 12 %."]);
  assert.deepEqual(said(alert("device.queue", { queue: 11 })), ["Gate 1 at North works offline: 11 scans wait."]);
  assert.deepEqual(said(alert("door.stalled", { since: at("20:20:00"), others: 7 })), ["North has not scanned since 20:20; the other doors have 7 times."]);
});

test("a relay that is on its own is told by its name, since when it was last heard", () => {
  const alone = alert("relay.alone", { name: "Hall", since: at("20:41:00"), waiting: 3 }, { device: null, door: null });
  assert.deepEqual(said(alone), ["Hall has been on its own since 20:41: its doors go on, and what they did comes once its line is back."]);
});

test("a limit is told as of now, and a full place in another tone", () => {
  const [venue, zone] = tell(state([
    alert("limit.near", { zone: null, inside: 8, limit: 10 }), alert("limit.near", { zone: "Balcony", inside: 2, limit: 3 }),
  ]), [], "UTC");
  assert.deepEqual([venue.text, venue.tone], ["The venue is nearly full: 9 of 10 inside.", "warn"]);
  assert.deepEqual([zone.text, zone.tone], ["Balcony is full: 3 of 3 inside.", "refuse"]);
});

test("a zone that has another name since is told by the one it had, as it was", () => {
  assert.deepEqual(said(alert("limit.near", { zone: "Gallery", inside: 2, limit: 3 })), ["Gallery is nearly full: 2 of 3 inside."]);
});

test("an alert of a kind that this page does not know, or that cannot be read, is a sentence too", () => {
  const sentence = "There is an alert that this page cannot read. Look at the phones and doors, then load this page again.";
  assert.deepEqual(said(alert("door.on_fire")), [`Gate 1, North: ${sentence}`]);
  for (const kind of ["unknown", "limit.near", "device.low_battery"]) {
    assert.deepEqual(said(alert(kind, { unreadable: true }, { device: null, door: null, at: "no time" })), [sentence]);
  }
});

test("an alert of a device or door that this page does not know names them as the hub does", () => {
  const known = { device: "g9", device_name: "Gate 9", door: "d9", door_name: "South" };
  assert.deepEqual(said(alert("device.low_battery", { battery: 3 }, known)), ["Gate 9 at South is low on battery: 3 %."]);
});

test("what comes again is another alert, and so is another conflict; what only goes on is the same", () => {
  const ids = (alerts, conflicts) => tell(state(alerts), conflicts, "UTC").map(({ id }) => id);
  const once = alert("device.silent", { since: at("20:29:00") });
  assert.deepEqual(ids([once], []), ids([{ ...once, data: { since: at("20:29:59") } }], []));
  assert.notDeepEqual(ids([once], []), ids([{ ...once, at: at("21:00:00") }], []));
  assert.notDeepEqual(ids([], [conflict(4)]), ids([], [conflict(4), conflict(9)]));
  assert.equal(tell(state([]), [conflict(4), conflict(9)])[0].text, "2 conflicts: people were let in whom the hub would have refused.");
});
