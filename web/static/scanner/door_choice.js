/** Choice of a door: a phone that may moves itself to another door of its event, by the hub alone. */

import { say } from "../shared/say.js";
import { find, makeButton, write } from "./page.js";

/**
 * @typedef {import("./device_session.js").DeviceSession} DeviceSession
 * @typedef {import("./offline/rules.js").Door} Door
 */

export class DoorChoice {
  #dialog = /** @type {HTMLDialogElement} */ (find("#doors"));
  /** @type {DeviceSession | null} */
  #session = null;
  #isBusy = false;

  constructor() {
    find("#door-open").addEventListener("click", () => this.#open());
    find("#door-keep").addEventListener("click", () => this.#dialog.close());
  }

  /** @param {DeviceSession} session */
  show(session) {
    if (session !== this.#session) write("#door-said", "");
    this.#session = session;
    find("#door-open").hidden = !session.may.has("door") || this.#doors.length < 2;
  }

  /** @returns {Door[]} */
  get #doors() {
    return this.#session?.eventData.manifest?.doors ?? [];
  }

  #open() {
    const here = this.#session?.device.door;
    write("#door-problem", "");
    write("#door-said", "");
    find("#door-list").replaceChildren(...this.#doors.map((door) => this.#button(door, door.id === here)));
    this.#dialog.showModal();
  }

  /**
   * @param {Door} door
   * @param {boolean} isHere
   */
  #button(door, isHere) {
    const button = makeButton(door.name, isHere ? "button primary" : "button", () => (isHere ? this.#dialog.close() : this.#choose(door)));
    button.ariaPressed = String(isHere);
    return button;
  }

  /** @param {Door} door */
  async #choose({ id, name }) {
    const session = this.#session;
    if (!session || this.#isBusy) return;
    this.#isBusy = true;
    const problem = await session.chooseDoor(id).finally(() => (this.#isBusy = false));
    if (session !== this.#session) return;
    write("#door-problem", problem);
    if (problem) return;
    write("#door-said", say("scan-door-now", { door: name }));
    this.#dialog.close();
  }
}
