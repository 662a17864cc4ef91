// Tokens of scripts: for each path of its input the number of the script's tokens, and a hash over them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { tokenizer } from "../../web/node_modules/acorn/dist/acorn.mjs";

for await (const line of createInterface({ input: process.stdin })) {
  const hash = createHash("sha256");
  let count = 0;
  for (const { type, value } of tokenizer(readFileSync(JSON.parse(line), "utf-8"), { ecmaVersion: "latest" })) {
    hash.update(`${type.label} ${JSON.stringify(value?.pattern ?? value)}\n`);
    count += 1;
  }
  process.stdout.write(`${count} ${hash.digest("hex")}\n`);
}
