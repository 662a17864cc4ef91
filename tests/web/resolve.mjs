// Code reader by a manifest: for each line of its input a line with the ticket, or the reason why there is none.
import { createInterface } from "node:readline";

import "./catalogues.mjs";
import { TicketResolver } from "../../web/static/scanner/offline/resolve.js";
import { trimmed } from "../../web/static/scanner/offline/codes.js";
import { packaged } from "./packages.mjs";
import { proofBy } from "../../web/static/scanner/offline/signature.js";

if (process.argv[2] === "old browser") {
  const { importKey } = crypto.subtle;
  crypto.subtle.importKey = function (format, key, algorithm, ...rest) {
    if (algorithm === "Ed25519") return Promise.reject(new DOMException("no such algorithm", "NotSupportedError"));
    return importKey.call(this, format, key, algorithm, ...rest);
  };
}
const prove = (key) => proofBy(key, () => packaged("@noble/ed25519"));

for await (const line of createInterface({ input: process.stdin })) {
  const { manifest, barcodes, text, isTrimmedOnly } = JSON.parse(line);
  const read = isTrimmedOnly ? trimmed(text) : await new TicketResolver(manifest, (hash) => barcodes[hash], prove).read(text);
  process.stdout.write(`${JSON.stringify(read)}\n`);
}
