/**
 * Subscription to one ticket, as its page has it: the hub sends how it stands, whole, whenever that changes. Pure.
 *
 * @typedef {{name: string, date: string, time: string,
 *   standing: {state: string, at: string | null, door: string | null}}} TicketState
 * @typedef {import("./client.js").FollowStep<TicketState>} Step
 */

export class TicketSubscription {
  /**
   * The hello said it all.
   *
   * @returns {Step[]}
   */
  subscribe() {
    return [];
  }

  /** @returns {Step[]} */
  startOver() {
    return [];
  }

  /**
   * @param {any} frame
   * @returns {Step[]}
   */
  take(frame) {
    if (frame.type === "ping") return [{ step: "send", frame: { type: "pong", at: {} } }];
    if (frame.type === "ticket") return [{ step: "show", state: frame }];
    return [];
  }
}
