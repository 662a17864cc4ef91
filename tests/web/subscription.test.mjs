// Subscription rule of the live client: ignore, apply, or subscribe again.
import assert from "node:assert/strict";
import test from "node:test";

import { Subscription } from "../../web/static/live/subscription.js";
import { backOff, comesBack } from "../../web/static/live/reconnect.js";

const EVENT = "5d";
const occupancy = { epoch: "e1", seq: 4, inside: 0, limit: null, doors: [], zones: [] };
const snapshot = { type: "snapshot", event: EVENT, epoch: "e1", seq: 4, state: { occupancy, devices: [], recent: [] } };
const updates = (first, count, epoch = "e1") => ({
  type: "updates", event: EVENT, epoch, first,
  items: Array.from({ length: count }, () => ({ kind: "hidden", data: { effect: { inside: 1 } } })),
});
const subscribed = (id, recovered) => ({ type: "subscribed", id, event: EVENT, epoch: "e1", seq: 4, recovered });
const frames = (steps) => steps.filter((step) => step.step === "send").map((step) => step.frame);

function begun() {
  const subscription = new Subscription(EVENT);
  subscription.subscribe();
  subscription.take(subscribed(1, false));
  subscription.take(snapshot);
  return subscription;
}

test("the first time it asks from nothing and shows the snapshot", () => {
  const subscription = new Subscription(EVENT);
  assert.deepEqual(frames(subscription.subscribe()), [{ type: "subscribe", id: 1, event: EVENT, since: null, mode: "state" }]);
  assert.deepEqual(subscription.take(subscribed(1, false)), []);
  assert.equal(subscription.take(snapshot)[0].step, "show");
});

test("the next number is applied, what it has is ignored", () => {
  const subscription = begun();
  assert.equal(subscription.take(updates(5, 2))[0].state.occupancy.inside, 2);
  assert.deepEqual(subscription.take(updates(5, 2)), []);
  assert.deepEqual(subscription.take(updates(6, 1)), []);
  assert.equal(subscription.have.seq, 6);
});

for (const [what, frame] of Object.entries({
  "a gap": updates(7, 1), "an overlap": updates(4, 3), "another epoch": updates(5, 1, "e2"),
})) {
  test(`${what} makes it subscribe again from what it has, once`, () => {
    const subscription = begun();
    const [asked] = frames(subscription.take(frame));
    assert.deepEqual(asked.since, { epoch: "e1", seq: 4 });
    assert.deepEqual(subscription.take(frame), []);
    assert.deepEqual(subscription.take(updates(5, 1)), []);
    assert.equal(subscription.take(subscribed(asked.id, true))[0].step, "show");
    assert.equal(subscription.take(updates(5, 1))[0].state.occupancy.inside, 1);
  });
}

test("on a new socket it asks from what it has", () => {
  const subscription = begun();
  subscription.take(updates(5, 3));
  assert.deepEqual(frames(subscription.subscribe())[0].since, { epoch: "e1", seq: 7 });
});

test("an answer to an earlier request is not taken for the last one's", () => {
  const subscription = begun();
  subscription.subscribe();
  subscription.subscribe();
  assert.deepEqual(subscription.take(subscribed(2, true)), []);
  assert.equal(subscription.take(subscribed(3, true)).length, 1);
});

test("resync forgets the position until the snapshot", () => {
  const subscription = begun();
  subscription.take({ type: "resync", event: EVENT, reason: "behind" });
  assert.deepEqual(subscription.take(updates(90, 1)), []);
  assert.equal(subscription.take({ ...snapshot, seq: 90 })[0].step, "show");
  assert.equal(subscription.have.seq, 90);
});

test("a ping is answered with the position, as an acknowledgement", () => {
  assert.deepEqual(frames(begun().take({ type: "ping" })), [{ type: "pong", at: { [EVENT]: 4 } }]);
  assert.deepEqual(frames(new Subscription(EVENT).take({ type: "ping" })), [{ type: "pong", at: {} }]);
});

test("an error is tried again where that helps, else it is the end", () => {
  const subscription = new Subscription(EVENT);
  subscription.subscribe();
  assert.deepEqual(subscription.take({ type: "error", id: 1, code: "unavailable", message: "", retry: true, after: 2 }), [
    { step: "again", afterS: 2 },
  ]);
  subscription.subscribe();
  const [step] = subscription.take({ type: "error", id: 2, code: "unknown_event", message: "gone", retry: false });
  assert.deepEqual(step, { step: "refused", code: "unknown_event", message: "gone" });
});

test("devices are a state: the newest stands", () => {
  const devices = [{ id: "d1", name: "Gate", online: true }];
  const [step] = begun().take({ type: "devices", event: EVENT, devices });
  assert.deepEqual([step.step, step.state.devices], ["show", devices]);
  assert.deepEqual(new Subscription(EVENT).take({ type: "devices", event: EVENT, devices }), []);
});

test("frames of other events are not ours", () => {
  assert.deepEqual(begun().take({ ...updates(9, 1), event: "other" }), []);
});

test("4000 to 4499 and lost networks come back, 4500 to 4999 and a missing login do not", () => {
  assert.deepEqual([1006, 1001, 4000, 4001, 4007, 4499].map(comesBack), Array(6).fill(true));
  assert.deepEqual([4006, 4500, 4501, 4502, 4504, 4999].map(comesBack), Array(6).fill(false));
});

test("the pauses grow, are bounded, and differ from client to client", () => {
  assert.deepEqual([0, 1, 2, 10].map((attempt) => backOff(attempt, () => 1)), [0.5, 1, 2, 15]);
  assert.equal(backOff(10, () => 0), 7.5);
});
