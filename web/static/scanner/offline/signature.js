/**
 * Signature verification in the page: Ed25519, and RSASSA-PSS for keys imported from a TiBillet server.
 *
 * Browsers that know no Ed25519 yet (Chrome before 137, Firefox before 129, Safari before 17) verify it by the package
 * @noble/ed25519, fetched only then.
 *
 * @typedef {{kid: string | null, pem: string}} Key as a manifest holds it
 * @typedef {(code: import("./codes.js").Code) => Promise<boolean>} Proof
 */

/** The last bytes of a public key in SubjectPublicKeyInfo (RFC 8410) are the 32 of Ed25519 itself. */
const ED25519_BYTES = 32;
const ED25519_DER_BYTES = 44;
const RSA = { name: "RSA-PSS", hash: "SHA-256" };
const SHA256_BYTES = 32;

/**
 * Return a verifier of signatures by a key.
 *
 * @param {Key} key
 * @param {() => Promise<any>} [loadNoble] where this browser has no Ed25519
 * @returns {Promise<Proof>}
 */
export async function proofBy({ pem }, loadNoble = fetchNoble) {
  const der = derOf(pem);
  if (der.length !== ED25519_DER_BYTES) return rsaProof(der);
  try {
    const key = await crypto.subtle.importKey("spki", der, "Ed25519", false, ["verify"]);
    return ({ data, signature }) => crypto.subtle.verify("Ed25519", key, signature, encode(data));
  } catch {
    return nobleProof(der.slice(-ED25519_BYTES), await loadNoble());
  }
}

/**
 * @param {Uint8Array} key
 * @param {any} noble
 * @returns {Proof}
 */
function nobleProof(key, noble) {
  return ({ data, signature }) => noble.verifyAsync(signature, encode(data), key).catch(() => false);
}

/**
 * PSS tells the length of its salt nowhere, and signers choose any: the usual ones first, then all.
 *
 * @param {Uint8Array<ArrayBuffer>} der
 * @returns {Promise<Proof>}
 */
async function rsaProof(der) {
  const key = await crypto.subtle.importKey("spki", der, RSA, false, ["verify"]);
  const { modulusLength } = /** @type {RsaHashedKeyAlgorithm} */ (key.algorithm);
  const longest = modulusLength / 8 - SHA256_BYTES - 2;
  const lengths = new Set([longest, SHA256_BYTES, 0, ...Array(longest).keys()]);
  return async ({ data, signature }) => {
    for (const saltLength of lengths) {
      if (await crypto.subtle.verify({ name: RSA.name, saltLength }, key, signature, encode(data))) return true;
    }
    return false;
  };
}

/** @param {string} text */
function encode(text) {
  return new TextEncoder().encode(text);
}

/** @param {string} pem */
function derOf(pem) {
  const base64 = pem.replace(/-----[^-]+-----/g, "").replace(/\s/g, "");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function fetchNoble() {
  return import("/static/vendor/noble-ed25519@3.2.0/index.js");
}
