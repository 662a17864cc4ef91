// Statistics in steps: entries add to them, and the series that is drawn.
import assert from "node:assert/strict";
import test from "node:test";

import "./catalogues.mjs";
import { arrivedBy, busiest, fromStats, reasonsOf, seriesOf, shifted, withItems } from "../../web/static/dashboard/stats.js";

const at = (time) => `2090-12-24T${time}Z`;
const seconds = (time) => Date.parse(at(time)) / 1000;
const read = () => fromStats({
  epoch: "e1", seq: 4,
  curve: [
    { at: at("19:00:00"), arrived: 3, inside: 3 },
    { at: at("19:10:00"), arrived: 2, inside: 4 },
  ],
  refusals: [{ code: "already_scanned", count: 2 }],
});
const scanned = (time, effect = { admitted: 1, inside: 1 }) => ({ kind: "ticket.scanned", at: at(time), data: { effect } });
const denied = (code) => ({ kind: "ticket.denied", at: at("19:11:00"), data: { code, effect: { denied: 1 } } });

test("entries move the steps of their own time, and empty steps are drawn too", () => {
  const stats = withItems(read(), [scanned("19:12:00"), scanned("19:20:01"), scanned("19:21:00", { inside: -1 })], 5);
  const series = seriesOf(stats);
  assert.deepEqual(series.each, [0, 3, 0, 3, 0, 1]);
  assert.deepEqual(series.arrived, [0, 3, 3, 6, 6, 7]);
  assert.deepEqual(series.inside, [0, 3, 3, 5, 5, 5]);
  assert.deepEqual([series.at[0], series.at[5]], [seconds("19:00:00"), seconds("19:25:00")]);
});

test("entries that it holds are not counted again, and a gap is told", () => {
  const stats = read();
  assert.equal(withItems(stats, [scanned("19:12:00")], 4), stats);
  assert.deepEqual(seriesOf(withItems(stats, [scanned("19:12:00"), scanned("19:12:00")], 4)).arrived.at(-1), 6);
  assert.equal(withItems(stats, [scanned("19:12:00")], 6), null);
});

test("what was before stays as it was", () => {
  const stats = read();
  withItems(stats, [scanned("19:12:00"), denied("blocked")], 5);
  assert.deepEqual([seriesOf(stats).arrived.at(-1), reasonsOf(stats, 5)], [5, [{ code: "already_scanned", count: 2 }]]);
});

test("an evening that goes on is drawn until now, one that is over until its end", () => {
  const ends = (now) => seriesOf(read(), now).at.at(-1);
  assert.equal(ends(seconds("19:12:30")), seconds("19:12:30"));
  assert.equal(ends(seconds("19:31:30")), seconds("19:31:30"));
  assert.equal(ends(seconds("19:12:30") + 86_400), seconds("19:15:00"));
});

test("a box office of years is drawn by its last hours, with all who came before", () => {
  const years = fromStats({ epoch: "e1", seq: 2, refusals: [], curve: [
    { at: "2020-01-01T10:00:00Z", arrived: 7, inside: 0 }, { at: at("19:00:00"), arrived: 1, inside: 1 }] });
  const series = seriesOf(years);
  assert.deepEqual([series.at.length, series.arrived[0], series.arrived.at(-1)], [434, 7, 8]);
});

test("nothing is drawn of an evening that has not begun", () => {
  const series = seriesOf(fromStats({ epoch: "e1", seq: 0, curve: [], refusals: [] }), seconds("19:00:00"));
  assert.deepEqual([series.at, busiest(series)], [[], null]);
});

test("another evening is laid under ours by when it began", () => {
  const series = shifted(seriesOf(read()), 86_400);
  assert.equal(arrivedBy(series, seconds("19:06:00") + 86_400), 3);
  assert.equal(arrivedBy(series, seconds("18:00:00") + 86_400), 0);
  assert.deepEqual(busiest(series), { at: seconds("19:00:00") + 86_400, count: 3 });
});

test("reasons are sorted by how often, and the rare ones summed up", () => {
  const stats = withItems(read(), ["blocked", "full", "unpaid", "full", "full"].map(denied), 5);
  assert.deepEqual(reasonsOf(stats, 3), [{ code: "full", count: 3 }, { code: "already_scanned", count: 2 }, { code: null, count: 2 }]);
});
