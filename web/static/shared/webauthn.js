/** Passkeys in the browser (WebAuthn): JSON of the hub to what the browser takes, and back. */

/** Whether this browser does passkeys at this address. */
export const isPossible = typeof PublicKeyCredential === "function" && isSecureContext;

/**
 * Make a passkey; the browser asks its user.
 *
 * @param {any} options as `/api/me/passkeys/options` answers them
 * @returns {Promise<any>} as `/api/me/passkeys` takes it. Rejects where the user stops it, or has one here already
 */
export async function makePasskey(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: options.excludeCredentials.map(withBytes),
  };
  const made = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({ publicKey }));
  const response = /** @type {AuthenticatorAttestationResponse} */ (made.response);
  return {
    ...named(made),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

/**
 * Show a passkey; the browser asks its user.
 *
 * @param {any} options as `/login/passkey/options` answers them
 * @returns {Promise<any>} as `/login/passkey` takes it. Rejects where the user stops it
 */
export async function showPasskey(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: (options.allowCredentials ?? []).map(withBytes) };
  const shown = /** @type {PublicKeyCredential} */ (await navigator.credentials.get({ publicKey }));
  const response = /** @type {AuthenticatorAssertionResponse} */ (shown.response);
  return {
    ...named(shown),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

/** @param {PublicKeyCredential} credential */
function named(credential) {
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: {}, authenticatorAttachment: credential.authenticatorAttachment };
}

/** @param {{id: string}} descriptor */
function withBytes(descriptor) {
  return { ...descriptor, id: bytes(descriptor.id) };
}

/** @param {string} encoded base64url */
function bytes(encoded) {
  const plain = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer */
function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
