/**
 * Practice codes, known by their ticket's id, which is made of the event and the verdict (hub/door/practice.py): a uuid of
 * version 5 (RFC 9562), so that a phone knows them with nothing stored.
 */

export const SHOWS = [
  "admitted", "exited", "already_scanned", "canceled", "unpaid", "blocked", "replaced", "expired", "too_early",
  "too_late", "wrong_door", "full", "not_inside", "wrong_event", "invalid_code", "bad_signature", "unknown_ticket",
];

const MADE_VERSION = "5";

/**
 * Return the verdict of a practice code.
 *
 * @param {string} event
 * @param {string} ticket
 * @returns {Promise<string | null>} the verdict that a practice code stands for; null: it is none
 */
export async function practiceVerdict(event, ticket) {
  if (ticket[14] !== MADE_VERSION) return null;
  for (const shows of SHOWS) if ((await uuid5(event, `practice:${shows}`)) === ticket) return shows;
  return null;
}

/**
 * @param {string} namespace
 * @param {string} name
 */
async function uuid5(namespace, name) {
  const space = Uint8Array.from(namespace.replaceAll("-", "").match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const text = new TextEncoder().encode(name);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", new Uint8Array([...space, ...text]))).slice(0, 16);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const digits = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
