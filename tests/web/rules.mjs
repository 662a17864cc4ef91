// Offline rules: for each line of its input a line with the code of the verdict, or the question before an entry.
import { createInterface } from "node:readline";

import "./catalogues.mjs";
import { decide, questionFor } from "../../web/static/scanner/offline/rules.js";
import { stateOf } from "../../web/static/scanner/offline/known_tickets.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { ticket, rules, counts, ask } = JSON.parse(line);
  const door = rules.doors.find((each) => each.id === ask.door) ?? null;
  const asked = { ...ask, at: Date.parse(ask.at), door };
  const { code } = decide(ticket, stateOf(ticket), rules, counts, asked);
  const question = code === "admitted" ? questionFor(ticket, stateOf(ticket), rules, asked) : null;
  process.stdout.write(`${question ?? code}\n`);
}
