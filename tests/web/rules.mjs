// Decides what stands on each line of its input, and answers with a line: the code of the verdict.
import { createInterface } from "node:readline";

import { decide } from "../../web/static/scanner/offline/rules.js";
import { stateOf } from "../../web/static/scanner/offline/known_tickets.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { ticket, house, counts, ask } = JSON.parse(line);
  const door = house.doors.find((each) => each.id === ask.door) ?? null;
  const { code } = decide(ticket, stateOf(ticket), house, counts, { ...ask, at: Date.parse(ask.at), door });
  process.stdout.write(`${code}\n`);
}
