// Verifies deliveries by the library of Standard Webhooks: each line of JSON (`secret`, `body`, `headers`) gets a line,
// `verified` or why it is refused.
import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, body, headers } = JSON.parse(line);
  try {
    new Webhook(secret).verify(body, headers);
    console.log("verified");
  } catch (error) {
    console.log(`refused: ${error instanceof Error ? error.message : error}`);
  }
}
