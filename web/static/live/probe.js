/** Probe of the live connection: whether a socket to the hub gets its welcome from this browser, by this way. */

const WITHIN_MS = 5_000;

/**
 * Return whether the probe's socket got its welcome in time.
 *
 * @param {number} [withinMs]
 * @returns {Promise<boolean>}
 */
export function comesThrough(withinMs = WITHIN_MS) {
  return new Promise((resolve) => {
    const socket = new WebSocket(new URL("/live", location.href).href.replace(/^http/, "ws"), "scanhub.v1");
    /** @param {boolean} isThrough */
    const end = (isThrough) => {
      clearTimeout(timer);
      socket.onmessage = socket.onclose = null;
      socket.close();
      resolve(isThrough);
    };
    const timer = setTimeout(() => end(false), withinMs);
    socket.onmessage = () => end(true);
    socket.onclose = () => end(false);
  });
}
