// Event state: each entry moves the counts, once.
import assert from "node:assert/strict";
import test from "node:test";

import { fromSnapshot, RECENT, withItems, withOccupancy } from "../../web/static/live/event_state.js";

const counts = (seq, fields = {}) => ({
  epoch: "e1", seq, booked: 10, capacity: 20, admitted: 0, inside: 0, headcount: 0, denied: 0, limit: 5, free: 5,
  doors: [{ id: "d1", name: "North", admitted: 0, exited: 0, denied: 0 }],
  zones: [{ id: "z1", name: "Balcony", inside: 0, limit: 3 }],
  ...fields,
});
const snapshot = (seq) => fromSnapshot({ state: { occupancy: counts(seq), devices: [], recent: [] } });
const entry = { kind: "ticket.scanned", data: { effect: { admitted: 1, inside: 1, "doors.d1.admitted": 1, "zones.z1": 1 } } };

test("effects move counts, doors, zones and free places", () => {
  const { occupancy } = withItems(snapshot(4), [entry, entry], 5);
  assert.deepEqual([occupancy.admitted, occupancy.inside, occupancy.free, occupancy.seq], [2, 2, 3, 6]);
  assert.equal(occupancy.doors[0].admitted, 2);
  assert.equal(occupancy.zones[0].inside, 2);
});

test("hidden entries count and are not listed", () => {
  const state = withItems(snapshot(4), [{ kind: "hidden", data: { effect: { inside: 1 } } }, { kind: "hidden" }], 5);
  assert.deepEqual([state.occupancy.inside, state.recent.length, state.occupancy.seq], [1, 0, 6]);
});

test("an occupancy frame ahead of the updates is not counted again", () => {
  const ahead = withOccupancy(snapshot(4), counts(6, { inside: 2 }));
  const state = withItems(ahead, [entry, entry, entry], 5);
  assert.deepEqual([state.occupancy.inside, state.occupancy.seq, state.recent.length], [3, 7, 3]);
});

test("an older occupancy frame changes nothing", () => {
  const state = withItems(snapshot(4), [entry], 5);
  assert.equal(withOccupancy(state, counts(4)), state);
});

test("a door that is not known is left out, and the state before stays as it was", () => {
  const before = snapshot(4);
  withItems(before, [{ kind: "ticket.scanned", data: { effect: { "doors.d9.admitted": 1, inside: 1 } } }], 5);
  assert.deepEqual(before.occupancy, counts(4));
});

test("the list is bounded, newest first", () => {
  const many = Array.from({ length: RECENT + 30 }, (_, n) => ({ kind: "ticket.denied", data: { n } }));
  const { recent } = withItems(snapshot(4), many, 5);
  assert.deepEqual([recent.length, recent[0].data.n], [RECENT, RECENT + 29]);
});

const silent = (at) => ({ kind: "device.silent", at, data: { alert: "g1/device.silent", device: "g1", door: "d1", since: at } });
const near = { alert: "5d/limit.near", kind: "limit.near", at: "a", device: null, device_name: null, door: null, door_name: null, data: {} };
const standing = (alerts) => fromSnapshot({ state: { occupancy: counts(4), alerts } });

test("alerts stand as the snapshot says, and entries begin and end them", () => {
  const begun = withItems(standing([near]), [silent("b")], 5);
  assert.deepEqual(begun.alerts.map((each) => [each.kind, each.device, each.data.since]), [["limit.near", null, undefined], ["device.silent", "g1", "b"]]);
  const ended = withItems(begun, [{ kind: "limit.clear", data: { alert: near.alert } }], 6);
  assert.deepEqual(ended.alerts.map((each) => each.alert), ["g1/device.silent"]);
});

test("an alert that is told anew stands once, and the end of an unknown one changes nothing", () => {
  const again = withItems(standing([]), [silent("b"), silent("c"), { kind: "door.moving", data: { alert: "5d/d1/door.stalled" } }], 5);
  assert.deepEqual(again.alerts.map((each) => each.at), ["c"]);
});
