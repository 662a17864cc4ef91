// Offline answers: for each line of its input, a ticket of a manifest and the event's rules, the answer of a phone that
// admits it alone, and what its screen shows.
import { createInterface } from "node:readline";

import "./catalogues.mjs";
import { offlineAnswer } from "../../web/static/scanner/offline/response.js";
import { describe } from "../../web/static/scanner/verdict_text.js";

const here = { now: 0, timeZone: "UTC", may: new Set(), hasList: true };

for await (const line of createInterface({ input: process.stdin })) {
  const { ticket, rules } = JSON.parse(line);
  const body = offlineAnswer({ code: "admitted", details: {} }, ticket, rules, () => null);
  process.stdout.write(`${JSON.stringify({ body, shown: describe({ status: 200, body }, here) })}\n`);
}
