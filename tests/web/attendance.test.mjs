// Attendance by showing: what entries add to which showing, and which showing is the one of now.
import assert from "node:assert/strict";
import test from "node:test";

import "./catalogues.mjs";
import { byShowing, withEntries } from "../../web/static/dashboard/attendance.js";
import { currentOf } from "../../web/static/shared/days.js";

const read = () => byShowing([
  { id: "fri", booked: 5, came: 2, capacity: 10 },
  { id: "sat", booked: 1, came: 0, capacity: 20 },
]);
const entry = (kind, data) => ({ kind, at: "2090-12-24T19:00:00Z", data });
const after = (...items) => Object.fromEntries([...withEntries(read(), items)].map(([id, { booked, came }]) => [id, [booked, came]]));

test("an entry counts for the showing of its ticket", () => {
  assert.deepEqual(after(entry("ticket.scanned", { showing: "fri", effect: { admitted: 1, inside: 1 } })), { fri: [5, 3], sat: [1, 0] });
  assert.deepEqual(after(entry("ticket.undone", { showing: "fri", effect: { admitted: -1 } })), { fri: [5, 1], sat: [1, 0] });
  assert.deepEqual(after(entry("ticket.booked", { showing: "sat", effect: { booked: 1 } })), { fri: [5, 2], sat: [2, 0] });
  assert.deepEqual(after(entry("ticket.canceled", { showing: "sat", effect: { booked: -1 } })), { fri: [5, 2], sat: [0, 0] });
});

test("a moved ticket leaves one showing and joins another", () => {
  assert.deepEqual(after(entry("ticket.moved", { showing: "sat", from: "fri" })), { fri: [4, 2], sat: [2, 0] });
});

test("an import counts for each of its showings, one that is new included", () => {
  const products = [{ name: "Standard", showing: "fri", booked: 3 }, { name: null, showing: "sun", booked: 2 }];
  assert.deepEqual(after(entry("import.completed", { products })), { fri: [8, 2], sat: [1, 0], sun: [2, 0] });
});

test("a ticket deleted after its time was booked all the same, and entries without tickets change nothing", () => {
  const before = read();
  assert.equal(withEntries(before, [entry("ticket.deleted", { showing: "fri", expired: true, effect: { booked: -1 } })]), before);
  assert.equal(withEntries(before, [entry("headcount", { effect: { inside: 1 } }), { kind: "hidden" }]), before);
});

test("the showing of now is the one that is on, or the next, or the last", () => {
  const times = [{ id: "fri", starts: 100, ends: 200 }, { id: "sat", starts: 300, ends: 400 }];
  assert.deepEqual([50, 150, 250, 350, 450].map((now) => currentOf(times, now)), ["fri", "fri", "sat", "sat", "sat"]);
  assert.equal(currentOf([], 50), "");
});
