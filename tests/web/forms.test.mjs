/** The pure parts of the administration's forms: local times and instants, names of fields and JSON. */

import assert from "node:assert/strict";
import { test } from "node:test";

import "./catalogues.mjs";
import { fieldName } from "../../web/static/admin/field_problem.js";
import { nested, valueAt } from "../../web/static/admin/nested.js";
import { inZone, toInstant } from "../../web/static/admin/zoned.js";

const PARIS = "Europe/Paris";

test("a local time and its instant are told from each other, in summer and winter", () => {
  for (const [local, instant, zone] of [
    ["2090-12-24T20:30", "2090-12-24T19:30:00.000Z", PARIS],
    ["2026-07-14T20:30", "2026-07-14T18:30:00.000Z", PARIS],
    ["2026-07-14T00:15", "2026-07-13T18:30:00.000Z", "Asia/Kathmandu"],
    ["2026-07-14T20:30", "2026-07-14T20:30:00.000Z", "UTC"],
    ["2026-01-01T09:00", "2025-12-31T19:00:00.000Z", "Pacific/Kiritimati"],
  ]) {
    assert.equal(toInstant(local, zone), instant);
    assert.equal(inZone(instant, zone), local);
  }
});

test("of an hour that comes twice the first is meant, and one that is skipped is where it would have been", () => {
  assert.equal(toInstant("2026-10-25T02:30", PARIS), "2026-10-25T00:30:00.000Z");
  assert.equal(toInstant("2026-03-29T02:30", PARIS), "2026-03-29T01:30:00.000Z");
});

test("every hour of a year comes back as it went", () => {
  for (let at = Date.parse("2026-01-01T00:00Z"); at < Date.parse("2027-01-01T00:00Z"); at += 3_600_000 * 7) {
    const local = inZone(new Date(at).toISOString(), PARIS);
    assert.equal(inZone(toInstant(local, PARIS), PARIS), local);
  }
});

test("names of fields are the JSON that they describe, as the API's errors name them", () => {
  const flat = { name: "Concert", "doors[0].name": "North", "doors[1].name": "South", "products[0].prices[0].amount": 20 };
  const whole = { name: "Concert", doors: [{ name: "North" }, { name: "South" }], products: [{ prices: [{ amount: 20 }] }] };
  assert.deepEqual(nested(flat), whole);
  for (const [name, value] of Object.entries(flat)) assert.equal(valueAt(whole, name), value);
  assert.equal(valueAt(whole, "doors[7].name"), undefined);
});

test("a field within another is named in one phrase", () => {
  assert.equal(fieldName("doors[1].into"), "Door 2, leads into");
  assert.equal(fieldName("email"), "E-mail");
  assert.equal(fieldName("doors[0].some_thing"), "Door 1, some thing");
});
