// Answers each line of its input, a guest and a text, with whether a phone that is alone finds the guest by the text.
import { createInterface } from "node:readline";

import { findGuests } from "../../web/static/scanner/offline/guest_search.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { guest, text } = JSON.parse(line);
  const ticket = { uuid: "-", reservation: "-", ...guest };
  process.stdout.write(`${JSON.stringify(findGuests([ticket], text, 1).length === 1)}\n`);
}
