/**
 * Subscription to one event: the client's whole rule as a state machine. Pure: frames in, steps out.
 *
 * Same epoch and number not above what we have: ignore. The next number: apply. Anything else: subscribe again from
 * what we have.
 *
 * @typedef {import("./event_state.js").EventState} EventState
 * @typedef {{step: "send", frame: object} | {step: "show", state: EventState}
 *   | {step: "items", items: import("./event_state.js").Item[], first: number}
 *   | {step: "again", afterS: number} | {step: "refused", code: string, message: string}} Step
 */

import { fromSnapshot, withItems, withOccupancy } from "./event_state.js";

export class Subscription {
  /** @type {EventState | null} */
  state = null;
  /** @type {{epoch: string, seq: number} | null} */
  have = null;

  #event;
  #mode;
  #nextId = 1;
  /** @type {number | null} The request that is not answered yet: until then, whatever still arrives is of the past. */
  #asked = null;
  #awaitsSnapshot = false;

  /**
   * @param {string} event
   * @param {"state" | "events"} [mode] what becomes of a client that is too slow (live-protocol.md)
   */
  constructor(event, mode = "state") {
    this.#event = event;
    this.#mode = mode;
  }

  /**
   * Ask to follow from where we are; on each new socket, and whenever the rule says so.
   *
   * @returns {Step[]}
   */
  subscribe() {
    this.#asked = this.#nextId++;
    this.#awaitsSnapshot = false;
    const since = this.state && this.have;
    return [send({ type: "subscribe", id: this.#asked, event: this.#event, since, mode: this.#mode })];
  }

  /**
   * Ask for a snapshot: something is to be shown that this state does not know.
   *
   * @returns {Step[]}
   */
  startOver() {
    this.have = null;
    return this.subscribe();
  }

  /**
   * @param {any} frame
   * @returns {Step[]}
   */
  take(frame) {
    if (frame.type === "ping") return [send({ type: "pong", at: this.have ? { [this.#event]: this.have.seq } : {} })];
    if (frame.type === "error") return this.#error(frame);
    if (frame.event !== this.#event) return [];
    if (frame.type === "subscribed") return this.#subscribed(frame);
    return this.#asked === null ? this.#flow(frame) : [];
  }

  /** @param {any} frame */
  #flow(frame) {
    switch (frame.type) {
      case "snapshot":
        return this.#snapshot(frame);
      case "updates":
        return this.#updates(frame);
      case "occupancy":
        return this.#occupancy(frame);
      case "devices":
        return this.#devices(frame);
      case "resync":
        this.have = null;
        this.#awaitsSnapshot = true;
    }
    return [];
  }

  /** @param {any} frame */
  #subscribed(frame) {
    if (frame.id !== this.#asked) return [];
    this.#asked = null;
    this.#awaitsSnapshot = !frame.recovered;
    return this.#awaitsSnapshot ? [] : this.#show();
  }

  /** @param {any} frame */
  #snapshot(frame) {
    this.#awaitsSnapshot = false;
    this.have = { epoch: frame.epoch, seq: frame.seq };
    this.state = fromSnapshot(frame);
    return this.#show();
  }

  /** @param {any} frame */
  #updates(frame) {
    if (this.#awaitsSnapshot || !this.have || !this.state) return [];
    const { epoch, first, items } = frame;
    const isOurs = epoch === this.have.epoch;
    if (isOurs && first + items.length - 1 <= this.have.seq) return [];
    if (!isOurs || first !== this.have.seq + 1) return this.subscribe();
    this.state = withItems(this.state, items, first);
    this.have = { epoch, seq: first + items.length - 1 };
    return [...this.#show(), /** @type {Step} */ ({ step: "items", items, first })];
  }

  /** @param {any} frame */
  #occupancy(frame) {
    if (!this.state || this.have?.epoch !== frame.epoch) return [];
    this.state = withOccupancy(this.state, frame);
    return this.#show();
  }

  /** @param {any} frame */
  #devices(frame) {
    if (!this.state) return [];
    this.state = { ...this.state, devices: frame.devices };
    return this.#show();
  }

  /** @param {any} frame */
  #error(frame) {
    if (frame.id === undefined || frame.id !== this.#asked) return [];
    this.#asked = null;
    if (frame.retry) return [/** @type {Step} */ ({ step: "again", afterS: frame.after ?? 1 })];
    return [/** @type {Step} */ ({ step: "refused", code: frame.code, message: frame.message })];
  }

  /** @returns {Step[]} */
  #show() {
    return this.state ? [{ step: "show", state: this.state }] : [];
  }
}

/**
 * @param {object} frame
 * @returns {Step}
 */
function send(frame) {
  return { step: "send", frame };
}
