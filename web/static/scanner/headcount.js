/** People without tickets - crew, children, walk-ins - counted in and out by hand, where the device may. */

import { AGAIN } from "./api.js";
import { field, find, write } from "./page.js";
import { refusalText } from "./refusal_text.js";
import { say } from "../shared/say.js";

/** @typedef {import("./device_session.js").DeviceSession} DeviceSession */

export class Headcount {
  /** @type {DeviceSession | null} */
  #session = null;
  /** @type {Map<string, string>} Nonces of counts that the hub did not answer: the next try of the same is the same count. */
  #unanswered = new Map();

  constructor() {
    find("#heads-more").addEventListener("click", () => this.#count(1));
    find("#heads-less").addEventListener("click", () => this.#count(-1));
  }

  /** @param {DeviceSession} session has news */
  show(session) {
    this.#session = session;
    const { headcount } = session.counts ?? {};
    find("#heads").hidden = !session.may.has("headcount");
    write("#heads-count", headcount === undefined ? "" : say("scan-heads-count", { count: headcount }));
  }

  /** @param {1 | -1} delta */
  async #count(delta) {
    if (!this.#session) return;
    if (field("#training").checked) return write("#heads-problem", say("scan-training-on"));
    this.#waiting(true);
    const answer = await this.#ask(this.#session, { delta, kind: field("input[name=heads-kind]:checked").value });
    this.#waiting(false);
    write("#heads-problem", problemOf(answer));
    if (answer.body.success) write("#heads-count", say("scan-heads-count", { count: answer.body.headcount }));
  }

  /**
   * @param {DeviceSession} session
   * @param {{delta: number, kind: string}} count
   */
  async #ask({ hub }, count) {
    const what = JSON.stringify(count);
    const nonce = this.#unanswered.get(what) ?? crypto.randomUUID();
    const answer = await hub.post("/scan/headcount/", { ...count, nonce });
    if (AGAIN.has(answer.status)) this.#unanswered.set(what, nonce);
    else this.#unanswered.delete(what);
    return answer;
  }

  /** @param {boolean} is while the hub is asked */
  #waiting(is) {
    for (const name of ["#heads-more", "#heads-less"]) /** @type {HTMLButtonElement} */ (find(name)).disabled = is;
  }
}

/** @param {import("./api.js").Answer} answer @returns {string} empty where it was counted */
function problemOf({ status, body }) {
  if (body.success) return "";
  if (AGAIN.has(status)) return say("scan-heads-unanswered");
  return body.code === "not_inside" ? say("scan-heads-none") : refusalText(body);
}
