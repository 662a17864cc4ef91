/** Pairing offer: what a phone joins by a code, said before it does. */

import { say } from "../shared/messages.js";
import { find } from "./page.js";

const RIGHTS = /** @type {const} */ (["force", "over_limit", "undo", "search", "names", "headcount", "door", "sell"]);

/**
 * @param {{organiser: string, device: string, event: string | null, door: string | null, may: string[]}} offer
 */
export function showOffer({ organiser, device, event, door, may }) {
  const rights = [say("offer.scan"), ...RIGHTS.filter((right) => may.includes(right)).map((right) => say(`offer.may.${right}`))];
  const lines = [
    [say("offer.organiser"), organiser],
    [say("offer.event"), event ?? say("offer.allEvents")],
    [say("offer.door"), door ?? say("offer.noDoor")],
    [say("offer.device"), device],
    [say("offer.may"), rights.join(", ")],
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
