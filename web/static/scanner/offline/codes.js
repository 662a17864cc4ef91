/**
 * The code in a ticket's QR (docs/scan-api.md), read as strictly as the hub reads it (hub/door/codes.py). Pure.
 *
 * @typedef {{uuid: string, kid: string | null, issue: number, data: string, signature: Uint8Array<ArrayBuffer>}} Code
 *   not yet proven: `data` is what was signed
 */

const LONGEST = 2048;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/**
 * @param {string} text
 * @returns {Code | null} null: it is no code
 */
export function parseCode(text) {
  const [data, signature, more] = text.split(":");
  if (text.length > LONGEST || signature === undefined || more !== undefined) return null;
  try {
    const payload = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(data)));
    const { uuid, k = null, g = 1 } = payload;
    const isRead = typeof uuid === "string" && UUID.test(uuid) && (k === null || typeof k === "string") && Number.isInteger(g) && g >= 1;
    return isRead ? { uuid: canonical(uuid), kid: k, issue: g, data, signature: bytesOf(signature) } : null;
  } catch {
    return null;
  }
}

/** @param {string} uuid with hyphens or without */
function canonical(uuid) {
  const digits = uuid.toLowerCase().replaceAll("-", "");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * Decode base64url without padding, or padded base64 of either alphabet. Throws for any other writing: else many texts
 * would be the same code.
 *
 * @param {string} text
 */
export function bytesOf(text) {
  const standard = text.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  const binary = atob(standard);
  const padded = btoa(binary);
  const url = padded.replaceAll("+", "-").replaceAll("/", "_");
  if (![url.replace(/=+$/, ""), url, padded].includes(text)) throw new Error("not as an encoder writes it");
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
