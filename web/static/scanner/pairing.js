/**
 * Pairing of the phone: the token behind the # of the address or in a code that the camera read, spent for a key.
 *
 * @typedef {{apiKey: string, uuid: string, device: string, tenant: string, addresses?: unknown}} Pairing `addresses`: where
 *   the event was served when the phone paired, as the hub named them
 */

import { say } from "../shared/say.js";
import { refusalText } from "./refusal_text.js";

const KEPT_AS = "scanhub.pairing";
const LINK = /^\/scan\/([^/]+)\/pair\/?$/;

/** Return the token of `/scanner#pair=TOKEN`, or null. What stands behind a # never leaves the phone by itself. */
export function tokenInAddress() {
  return new URLSearchParams(location.hash.slice(1)).get("pair");
}

/**
 * Return the token of a pairing code of this hub's, or null.
 *
 * @param {string} text what a QR holds
 */
export function tokenInCode(text) {
  if (!URL.canParse(text)) return null;
  const { origin, pathname, hash } = new URL(text);
  if (origin !== location.origin) return null;
  return LINK.exec(pathname)?.[1] ?? new URLSearchParams(hash.slice(1)).get("pair");
}

/** Take the token out of the address, so that a reload does not offer what is spent. */
export function clearAddress() {
  history.replaceState(null, "", location.pathname);
}

/**
 * Spend the token for a key, and keep it.
 *
 * @param {string} token
 * @returns {Promise<Pairing>} rejects with an Error whose text is for people
 */
export async function pair(token) {
  const answer = await ask(`/scan/${encodeURIComponent(token)}/pair`);
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok || !body.success) throw new Error(body.code ? refusalText(body) : say("scan-pair-failed"));
  const { api_key: apiKey, device_uuid: uuid, device_name: device, tenant_name: tenant, addresses } = body;
  const pairing = { apiKey, uuid, device, tenant, addresses };
  keep(pairing);
  return pairing;
}

/**
 * Ask what this phone joins by a token, which is not spent by that.
 *
 * @param {string} token
 * @returns {Promise<{organiser: string, device: string, event: string | null, door: string | null, may: string[]} | null>}
 *   null where the hub does not answer; rejects with an Error whose text is for people where the token is no good
 */
export async function offerOf(token) {
  const answer = await ask(`/scan/${encodeURIComponent(token)}/offer`).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 404) return null;
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.code ? refusalText(body) : say("scan-pair-failed"));
  return body;
}

/** @param {string} path */
async function ask(path) {
  try {
    return await fetch(path, { headers: { Accept: "application/json" }, cache: "no-store", credentials: "omit" });
  } catch {
    throw new Error(say("scan-pair-unreachable"));
  }
}

/**
 * Return the pairing of this browser.
 *
 * @returns {Pairing | null}
 */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Pairing} pairing */
function keep(pairing) {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(pairing));
  } catch {
    // A private window keeps nothing: the phone stays paired as long as this page is open.
  }
}

/**
 * Call `changed` when another page of this browser pairs anew or unpairs.
 *
 * @param {() => void} work
 */
export function onChangedElsewhere(work) {
  addEventListener("storage", ({ key }) => {
    if (key === KEPT_AS || key === null) work();
  });
}

/** Delete the pairing. */
export function forget() {
  localStorage.removeItem(KEPT_AS);
}
