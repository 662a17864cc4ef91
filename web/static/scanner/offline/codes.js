/**
 * Codes in tickets' QRs (docs/scan-api.md), parsed as strictly as the hub does (hub/door/codes.py). Pure.
 *
 * @typedef {{uuid: string, kid: string | null, issue: number, data: string, signature: Uint8Array<ArrayBuffer>}} Code
 *   not yet proven: `data` is what was signed
 */

const LONGEST = 2048;
const UUID = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})$/i;
const MOST_ISSUES = 2 ** 31 - 1;
const ADDED_SPACE = "[ \\t\\r\\n\\v\\f\\u00a0\\ufeff]*";
/** Additions of readers to a code: white space around it, and a symbology identifier (ISO/IEC 15424) such as `]Q1`. */
const ADDED = new RegExp(`^${ADDED_SPACE}(\\][A-Za-z][0-9A-Za-z]${ADDED_SPACE})?|${ADDED_SPACE}$`, "g");
/** Objects and lists that a payload may open. */
const MOST_BRACKETS = 32;
/** The tokens of JSON that open, close or name something; of a name also what follows it, up to the value's end. */
const TOKENS = /[{}[\]]|("(?:[^"\\]|\\.)*")(?:\s*:\s*([\d.eE+-]+)?)?/g;

/**
 * Return the text of a code.
 *
 * @param {string} text as it was read
 * @returns {string} the code without what readers add
 */
export function trimmed(text) {
  return text.replace(ADDED, "");
}

/**
 * Return what a barcode may be known by: without what readers add, as it was read, and as UPC-A. A UPC-A of 12 digits and the EAN-13 of
 * a 0 before them are the same bars: readers differ in which they make of it.
 *
 * @param {string} text as it was read
 * @returns {Set<string>}
 */
export function barcodeSpellings(text) {
  const bare = trimmed(text);
  const found = new Set([bare, text]);
  if (/^[0-9]{12}$/.test(bare)) found.add(`0${bare}`);
  if (/^0[0-9]{12}$/.test(bare)) found.add(bare.slice(1));
  return found;
}

/**
 * Return a code's content, not yet verified.
 *
 * @param {string} text
 * @returns {Code | null} null: it is no code
 */
export function parseCode(text) {
  const [data, signature, more] = text.split(":");
  if (text.length > LONGEST || signature === undefined || more !== undefined) return null;
  try {
    const json = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytesOf(data));
    const { uuid, k = null, g = 1 } = JSON.parse(json, wellFormed);
    const isIssue = Number.isInteger(g) && g >= 1 && g <= MOST_ISSUES && isUnambiguous(json);
    const isRead = typeof uuid === "string" && UUID.test(uuid) && (k === null || typeof k === "string") && isIssue;
    return isRead ? { uuid: canonical(uuid), kid: k, issue: g, data, signature: bytesOf(signature) } : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} json valid JSON
 * @returns {boolean} whether every decoder reads it alike: it names nothing twice in an object, is not nested deep, and
 *   its issue is written without fraction or exponent, which JSON.parse makes a whole number of, and the hub does not
 */
function isUnambiguous(json) {
  if (json.replaceAll(/[^{[]/g, "").length > MOST_BRACKETS) return false;
  /** @type {Set<string>[]} the names of each object that is open; of a list none */
  const open = [];
  for (const [token, text, number = ""] of json.matchAll(TOKENS)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (text === undefined) open.pop();
    else if (token.length > text.length) {
      const name = JSON.parse(text);
      if (open.at(-1)?.has(name) || (name === "g" && open.length === 1 && /[.eE]/.test(number))) return false;
      open.at(-1)?.add(name);
    }
  }
  return true;
}

/**
 * Refuse half a surrogate pair, which is no text for the hub. A reviver for JSON.parse.
 *
 * @param {string} name
 * @param {unknown} value
 */
function wellFormed(name, value) {
  const isText = typeof value === "string";
  if (/\p{Surrogate}/u.test(isText ? name + value : name)) throw new SyntaxError("half a surrogate pair");
  return value;
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
