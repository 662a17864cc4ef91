/**
 * The reference client of `/live` (docs/live-protocol.md): follows one event, or whatever rule it is given, and comes
 * back by itself.
 *
 * The rules are in `live/`, pure; here is only what they need of the world: a socket and the time.
 *
 * @typedef {"connecting" | "live" | "reconnecting" | "stale" | "ended"} Phase
 * @typedef {{phase: Phase, heardAt: number | null, code?: number | string, message?: string}} Status
 *   `heardAt` is when the hub was last heard of, as `Date.now()`.
 */

/**
 * Subscription to an event or a ticket as a state machine: frames in, steps out.
 *
 * @template State
 * @typedef {{subscribe(): FollowStep<State>[], startOver(): FollowStep<State>[],
 *   take(frame: any): FollowStep<State>[]}} Follows
 */

/**
 * @template State
 * @typedef {{step: "send", frame: object} | {step: "show", state: State} | {step: "again", afterS: number}
 *   | {step: "items", items: import("./event_state.js").Item[], first: number}
 *   | {step: "refused", code: string, message: string}} FollowStep
 */

import { backOff, comesBack } from "./reconnect.js";

/** The hub pings every 20 seconds: after this long without any frame it is not there, whatever the socket says. */
const STALE_MS = 30_000;
/** How long a socket may take to be welcomed. */
const WELCOME_MS = 10_000;
const LOOK_MS = 1_000;

/** @template [State=import("./event_state.js").EventState] */
export class LiveClient {
  #options;
  /** @type {Follows<State>} */
  #subscription;
  /** @type {WebSocket | null} */
  #socket = null;
  #isWelcome = false;
  #hasEnded = true;
  #attempt = 0;
  #beganAt = 0;
  /** @type {number | null} */
  #heardAt = null;
  /** @type {Phase} */
  #phase = "connecting";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #watch;

  /**
   * Without `hello`, which makes the frame that says who asks, the browser's cookie does.
   *
   * @param {{subscription: Follows<State>, hello?: () => object, onState: (state: State) => void,
   *   onStatus: (status: Status) => void, onItems?: (items: import("./event_state.js").Item[], first: number) => void,
   *   url?: string, random?: () => number}} options
   */
  constructor(options) {
    this.#options = { url: new URL("/live", location.href).href.replace(/^http/, "ws"), random: Math.random, ...options };
    this.#subscription = options.subscription;
  }

  /** Connect, and stay connected. */
  start() {
    this.#hasEnded = false;
    this.#watch = setInterval(() => this.#look(), LOOK_MS);
    for (const sign of ["online", "pageshow"]) addEventListener(sign, this.#hurry);
    document.addEventListener("visibilitychange", this.#hurry);
    this.#connect();
  }

  /** Disconnect for good. */
  stop() {
    this.#hasEnded = true;
    clearInterval(this.#watch);
    for (const sign of ["online", "pageshow"]) removeEventListener(sign, this.#hurry);
    document.removeEventListener("visibilitychange", this.#hurry);
    this.#drop();
  }

  /** Ask for a whole new state: something arrived that this one does not know. */
  startOver() {
    if (this.#isWelcome) this.#carryOut(this.#subscription.startOver());
  }

  #connect() {
    this.#drop();
    this.#beganAt = Date.now();
    const socket = new WebSocket(this.#options.url, "scanhub.v1");
    this.#socket = socket;
    socket.onopen = () => this.#sayHello(socket);
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    socket.onclose = ({ code, reason }) => this.#closed(code, reason);
  }

  /** @param {WebSocket} socket */
  #sayHello(socket) {
    const { hello } = this.#options;
    if (hello) socket.send(JSON.stringify({ type: "hello", id: 0, ...hello() }));
  }

  /** Leave the socket at once: on a dead network its own goodbye would come much later. */
  #drop() {
    clearTimeout(this.#timer);
    this.#isWelcome = false;
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  /** @param {any} frame */
  #receive(frame) {
    this.#heardAt = Date.now();
    if (frame.type === "welcome") {
      this.#isWelcome = true;
      this.#carryOut(this.#subscription.subscribe());
    } else if (frame.type === "draining") {
      this.#later(frame.within * this.#options.random(), () => this.#connect());
    } else {
      this.#carryOut(this.#subscription.take(frame));
    }
  }

  /** @param {FollowStep<State>[]} steps */
  #carryOut(steps) {
    for (const step of steps) {
      if (step.step === "send") this.#socket?.send(JSON.stringify(step.frame));
      else if (step.step === "show") this.#show(step.state);
      else if (step.step === "items") this.#options.onItems?.(step.items, step.first);
      else if (step.step === "again") this.#later(step.afterS, () => this.#carryOut(this.#subscription.subscribe()));
      else this.#end(step.code, step.message);
    }
  }

  /** @param {State} state */
  #show(state) {
    this.#attempt = 0;
    this.#tell("live");
    this.#options.onState(state);
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #closed(code, reason) {
    this.#drop();
    if (comesBack(code, Boolean(this.#options.hello))) this.#comeBack();
    else this.#end(code, reason);
  }

  #comeBack() {
    this.#drop();
    if (this.#phase === "live") this.#tell("reconnecting");
    this.#later(backOff(this.#attempt++, this.#options.random), () => this.#connect());
  }

  /**
   * @param {number | string} code
   * @param {string} message
   */
  #end(code, message) {
    this.stop();
    this.#tell("ended", { code, message });
  }

  /** Look at the clock: a socket that says nothing is dead, and unconfirmed figures are stale. */
  #look() {
    const now = Date.now();
    const quietMs = now - Math.max(this.#heardAt ?? 0, this.#beganAt);
    if (this.#phase !== "connecting" && now - (this.#heardAt ?? 0) > STALE_MS) this.#tell("stale");
    if (this.#socket && quietMs > (this.#isWelcome ? STALE_MS : WELCOME_MS)) this.#comeBack();
  }

  /** The network is back, or the page is looked at again: do not wait out the pause. */
  #hurry = () => {
    if (!this.#socket && !this.#hasEnded && document.visibilityState === "visible") this.#connect();
  };

  /**
   * @param {number} seconds
   * @param {() => void} work
   */
  #later(seconds, work) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(work, seconds * 1000);
  }

  /**
   * @param {Phase} phase
   * @param {{code?: number | string, message?: string}} [why]
   */
  #tell(phase, why = {}) {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#options.onStatus({ phase, heardAt: this.#heardAt, ...why });
  }
}
