// Answers each line of its input, a guest and a text, with whether a phone that is alone finds the guest by the text;
// of a text alone with what it is looked for by where it is a phone number or an address.
import { createInterface } from "node:readline";

import "./catalogues.mjs";
import { contactIn, findGuests } from "../../web/static/scanner/offline/guest_search.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { guest, text } = JSON.parse(line);
  const ticket = { uuid: "-", reservation: "-", ...guest };
  const answer = guest ? findGuests([ticket], text).length === 1 : contactIn(text);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
