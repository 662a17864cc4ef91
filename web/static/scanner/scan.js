/**
 * One scan over REST: asked again under the same nonce until the hub has answered, so that a lost answer never lets
 * anybody in twice nor shows red to somebody who was let in.
 *
 * @typedef {{status: number, body: Record<string, any>}} Answer `status` 0: the hub could not be reached
 */

const PAUSES_MS = [300, 700, 1500];
const ANSWER_WITHIN_MS = 3000;
const AGAIN = new Set([0, 429, 500, 502, 503, 504]);

export class Scans {
  #apiKey;
  /** @type {Map<string, string>} Nonces of scans that nobody confirmed: the next try of the same is the same scan. */
  #unconfirmed = new Map();

  /** @param {string} apiKey */
  constructor(apiKey) {
    this.#apiKey = apiKey;
  }

  /**
   * @param {string} code what the ticket's QR holds
   * @param {"in" | "out"} direction
   * @returns {Promise<Answer>}
   */
  async scan(code, direction) {
    const what = `${direction} ${code}`;
    const nonce = this.#unconfirmed.get(what) ?? crypto.randomUUID();
    this.#unconfirmed.set(what, nonce);
    const answer = await this.#untilAnswered({ qrcode_data: code, direction, nonce });
    if (!AGAIN.has(answer.status)) this.#unconfirmed.delete(what);
    return answer;
  }

  /** Return whether the hub still knows this phone; null where it cannot be reached. */
  async isKnown() {
    const { status } = await this.#ask("/scan/test_api/", { method: "GET" });
    return AGAIN.has(status) ? null : status === 200;
  }

  /** @param {object} body */
  async #untilAnswered(body) {
    const request = { method: "POST", body: JSON.stringify(body) };
    let answer = await this.#ask("/scan/ticket/", request);
    for (const pause of PAUSES_MS) {
      if (!AGAIN.has(answer.status)) break;
      await new Promise((resolve) => setTimeout(resolve, pause));
      answer = await this.#ask("/scan/ticket/", request);
    }
    return answer;
  }

  /**
   * @param {string} path
   * @param {RequestInit} request
   * @returns {Promise<Answer>}
   */
  async #ask(path, request) {
    const headers = { Authorization: `Api-Key ${this.#apiKey}`, "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    try {
      const answer = await fetch(path, { ...request, headers, signal, credentials: "omit", cache: "no-store" });
      return { status: answer.status, body: await answer.json() };
    } catch {
      return { status: 0, body: {} };
    }
  }
}
