/**
 * Failover of a phone between the addresses of its event: the relay in the venue first, then the hub. Pure but for the
 * clock that it is given.
 *
 * @typedef {{url: string, relay?: string}} Address origin of a hub; `relay` is the relay's name where it is one
 */

/** An address that failed is tried again after this long, doubled with each failure in a row. */
const FIRST_PAUSE_MS = 4_000;
const LONGEST_PAUSE_MS = 64_000;
/** A preferred address that was away is returned to after this many answers in a row; to one that was not, by the first. */
const ANSWERS_TO_RETURN = 2;
const MOST = 4;

export class Addresses {
  /** @type {Address[]} the most preferred first */
  #all;
  #current = 0;
  #own;
  #now;
  #pauseMs = 0;
  #tryAt = 0;
  #answers = 0;

  /**
   * @param {string} origin of this page
   * @param {() => number} [now] milliseconds of a clock
   */
  constructor(origin, now = Date.now) {
    this.#own = origin;
    this.#all = [{ url: origin }];
    this.#now = now;
  }

  /** @returns {Address} the one that is asked */
  get current() {
    return this.#all[this.#current];
  }

  get hasOthers() {
    return this.#all.length > 1;
  }

  /** @returns {Address[]} all, the most preferred first */
  get all() {
    return this.#all;
  }

  /**
   * Take the addresses that the hub names; the one in use stays in use where it is among them.
   *
   * @param {unknown} named by an answer, or as kept
   * @returns {boolean} whether another address is asked from now on
   */
  take(named) {
    const good = Array.isArray(named) ? named.slice(0, MOST).filter((each) => isAddress(each, this.#own)) : [];
    const all = good.some(({ url }) => url === this.#own) ? good : [...good, { url: this.#own }];
    const before = this.current.url;
    this.#all = all.map(({ url, relay }) => (relay ? { url, relay } : { url }));
    const index = this.#all.findIndex(({ url }) => url === before);
    this.#current = index < 0 ? 0 : index;
    return this.current.url !== before;
  }

  /**
   * The address in use did not answer: the next one is asked.
   *
   * @param {string} url which was asked
   * @returns {boolean} whether another address is asked from now on
   */
  failed(url) {
    if (url !== this.current.url || !this.hasOthers) return false;
    if (this.#current === 0) this.#pause();
    this.#current = (this.#current + 1) % this.#all.length;
    return true;
  }

  /** @returns {Address | null} the preferred address, where it is due to be tried again */
  get due() {
    return this.#current > 0 && this.#now() >= this.#tryAt ? this.#all[0] : null;
  }

  /**
   * The preferred address was tried again.
   *
   * @param {boolean} isThere
   * @returns {boolean} whether it is the one that is asked from now on
   */
  tried(isThere) {
    if (!isThere) this.#pause();
    this.#answers = isThere ? this.#answers + 1 : 0;
    if (this.#answers < (this.#pauseMs ? ANSWERS_TO_RETURN : 1)) return false;
    this.#current = 0;
    this.#answers = 0;
    return true;
  }

  /** The preferred address has answered a call: its next failure is the first in a row. */
  answered() {
    if (this.#current === 0) this.#pauseMs = 0;
  }

  #pause() {
    this.#pauseMs = Math.min(this.#pauseMs * 2 || FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
    this.#tryAt = this.#now() + this.#pauseMs;
    this.#answers = 0;
  }
}

/**
 * @param {any} address
 * @param {string} own origin of the page
 * @returns {address is Address} an origin by TLS, or by the page's own scheme
 */
function isAddress(address, own) {
  if (typeof address?.url !== "string" || !URL.canParse(address.url)) return false;
  const { origin, protocol } = new URL(address.url);
  const isSecure = protocol === "https:" || protocol === new URL(own).protocol;
  return isSecure && origin === address.url && (address.relay === undefined || typeof address.relay === "string");
}
