// Checks an AsyncAPI document by its own parser: `node asyncapi.mjs FILE` prints what it finds, and exits 1 for an error.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

/** Advice that we do not follow: the document is of AsyncAPI 3.0, which more tools read than 3.1. */
const LEFT = ["asyncapi-latest-version"];

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const found = diagnostics.filter(({ code }) => !LEFT.includes(String(code)));
for (const { code, path, message } of found) console.log(`${code} at ${path.join(".")}: ${message}`);
process.exitCode = document && found.length === 0 ? 0 : 1;
