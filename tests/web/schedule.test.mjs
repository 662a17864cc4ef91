/** Schedules of jobs in words. */

import assert from "node:assert/strict";
import { test } from "node:test";

import "./catalogues.mjs";
import { scheduleText } from "../../web/static/admin/schedule.js";

test("a cron line is said in words, and one of another form is shown as it is", () => {
  for (const [line, text] of [
    ["* * * * *", "Every minute"],
    ["*/5 * * * *", "Every 5 minutes"],
    ["*/1 * * * *", "Every minute"],
    ["*/10 * * * * *", "Every 10 seconds"],
    ["40 5 * * *", "Every day at 05:40 UTC"],
    ["0 0 5 * * *", "Every day at 05:00 UTC"],
    ["0 4 * * 1", "By a schedule of its own: 0 4 * * 1"],
    ["5 * * * *", "By a schedule of its own: 5 * * * *"],
    ["1,2 3 * * *", "By a schedule of its own: 1,2 3 * * *"],
  ]) {
    assert.equal(scheduleText(line), text);
  }
});
