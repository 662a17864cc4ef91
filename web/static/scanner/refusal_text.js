/** Text of a refusal that is no verdict, by its code: what the hub says on the wire is English (docs/scan-api.md). Pure. */

import { reasonOf } from "../shared/verdicts.js";
import { say } from "../shared/say.js";

/**
 * Return why the hub refused a request.
 *
 * @param {Record<string, any>} answer
 * @returns {string} a general text for a code that is not known
 */
export function refusalText({ code = "", uses }) {
  if (code === "pairing_failed" && Number.isInteger(uses)) return say("scan-pair-used-up", { count: uses });
  // says: scan-said-*
  return say(`scan-said-${code}`) || reasonOf(code) || say("scan-said-other");
}
