// Verdicts as a phone shows them: for each line of its input, an answer of the hub or what the phone decides alone, the
// texts of its screen.
import { createInterface } from "node:readline";

import "./catalogues.mjs";
import { stateOf } from "../../web/static/scanner/offline/known_tickets.js";
import { offlineAnswer } from "../../web/static/scanner/offline/response.js";
import { decide } from "../../web/static/scanner/offline/rules.js";
import { describe } from "../../web/static/scanner/verdict_text.js";

const MAY = new Set(["force", "over_limit", "sell"]);

function decidedAlone({ ticket, rules, counts, ask }) {
  const door = rules.doors.find((each) => each.id === ask.door) ?? null;
  const at = Date.parse(ask.at);
  const verdict = decide(ticket, stateOf(ticket), rules, counts, { ...ask, at, door });
  const body = offlineAnswer(verdict, ticket, rules, () => "Palko");
  return { outcome: { status: 200, body, asOf: at - 120_000 }, now: at };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { answer, alone } = JSON.parse(line);
  const { outcome, now } = alone ? decidedAlone(alone) : { outcome: answer, now: Date.parse("2026-11-28T20:30:00Z") };
  const { word, line: why, more, origin, seat, speaks } = describe(outcome, { now, timeZone: "Europe/Paris", may: MAY, hasList: true });
  process.stdout.write(`${JSON.stringify({ code: outcome.body.code ?? "", why, texts: [word, why, more, origin, seat, speaks] })}\n`);
}
