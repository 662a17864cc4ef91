/** Reconnection rules of a client whose socket has closed: whether, and when. Pure. */

const HELLO_TIMEOUT = 4006;
const FIRST_S = 0.5;
const LONGEST_S = 15;

/**
 * Return whether a client reconnects after a close code: 4500 to 4999 are final; so is 4006 for a page that has nothing
 * but its cookie to say hello with.
 *
 * @param {number} code the socket's close code
 * @param {boolean} [saysHello]
 */
export function comesBack(code, saysHello = false) {
  return (saysHello || code !== HELLO_TIMEOUT) && !(code >= 4500 && code <= 4999);
}

/**
 * Return the seconds to wait before try number `attempt` (0, 1, ...): longer each time, and with jitter, since all
 * clients lost their hub at the same moment.
 *
 * @param {number} attempt
 * @param {() => number} random
 */
export function backOff(attempt, random) {
  const longest = Math.min(LONGEST_S, FIRST_S * 2 ** attempt);
  return longest * (0.5 + random() / 2);
}
