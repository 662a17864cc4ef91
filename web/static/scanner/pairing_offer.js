/** Pairing offer: what a phone joins by a code, said before it does. */

import { say } from "../shared/say.js";
import { find } from "./page.js";

const RIGHTS = /** @type {const} */ (["force", "over_limit", "undo", "search", "names", "headcount", "door", "sell"]);

/**
 * @param {{organiser: string, device: string, event: string | null, door: string | null, may: string[]}} offer
 */
export function showOffer({ organiser, device, event, door, may }) {
  // says: scan-offer-may-{force, over_limit, undo, search, names, headcount, door, sell}
  const rights = [say("scan-offer-scan"), ...RIGHTS.filter((right) => may.includes(right)).map((right) => say(`scan-offer-may-${right}`))];
  const lines = [
    [say("scan-offer-organiser"), organiser],
    [say("scan-offer-event"), event ?? say("scan-offer-all-events")],
    [say("scan-offer-door"), door ?? say("scan-offer-no-door")],
    [say("scan-offer-device"), device],
    [say("scan-offer-may"), rights.join(", ")],
  ];
  const list = find("#pairing-offer");
  list.replaceChildren(...lines.flatMap(([name, text]) => [made("dt", name), made("dd", text)]));
  list.hidden = false;
}

/**
 * @param {"dt" | "dd"} tag
 * @param {string} text
 */
function made(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
