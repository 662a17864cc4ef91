// Texts of the dashboard's large figures.
import assert from "node:assert/strict";
import test from "node:test";

import "./catalogues.mjs";
import { freePlaces, shareOfAttempts } from "../../web/static/dashboard/figures.js";

const said = (inside, limit, capacity) => freePlaces({ inside, limit, capacity });

test("beside the bar stands what it measures: the limit, or the places where there is none", () => {
  assert.equal(said(4, 10, 84), "6 free of 10");
  assert.equal(said(10, 10, 84), "Full: the limit is 10");
  assert.equal(said(12, 10, 84), "2 over the limit of 10");
  assert.equal(said(4, null, 84), "of 84 places; no limit is set");
  assert.equal(said(4, null, null), "No limit is set");
});

test("the share of refusals is said of ten attempts and more: of fewer one guest is a large part", () => {
  assert.equal(shareOfAttempts({ admitted: 0, denied: 0 }), "");
  assert.equal(shareOfAttempts({ admitted: 4, denied: 5 }), "");
  assert.equal(shareOfAttempts({ admitted: 4, denied: 6 }), "60\u202F% of attempts");
  assert.equal(shareOfAttempts({ admitted: 10, denied: 0 }), "0\u202F% of attempts");
});
