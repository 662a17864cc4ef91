// Replay of a dashboard: its figures by a snapshot and statistics of some moment, moved on by the entries since.
import { createInterface } from "node:readline";

import "./catalogues.mjs";
import { withItems } from "../../web/static/live/event_state.js";
import { fromStats, reasonsOf, withItems as statsWithItems } from "../../web/static/dashboard/stats.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { occupancy, stats, items, first } = JSON.parse(line);
  const state = withItems({ occupancy, devices: [], alerts: [], recent: [], scans: 0 }, items, first);
  const moved = statsWithItems(fromStats(stats), items, first);
  const steps = [...moved.steps].filter(([, { arrived, inside }]) => arrived || inside).sort(([one], [other]) => one - other);
  process.stdout.write(`${JSON.stringify({ occupancy: state.occupancy, steps, reasons: reasonsOf(moved, 99) })}\n`);
}
