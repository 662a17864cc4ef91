/** Sound of alerts, once it is switched on: browsers let a page sound only after a touch. */

import { Sound } from "../scanner/sound.js";
import { say } from "../shared/say.js";
import { setText } from "./dom.js";

const KEPT = "scanhub.alerts.sound";

export class AlertSound {
  #sound = new Sound();
  #button;

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#button = /** @type {HTMLButtonElement} */ (page.querySelector("#sound"));
    this.#button.addEventListener("click", () => this.#turn());
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => this.#sound.wake(), { once: true });
    this.#sound.isOn = localStorage.getItem(KEPT) === "on";
    this.#show();
  }

  /** @param {"warn" | "refuse"} tone */
  ring(tone) {
    if (this.#sound.isOn) this.#sound.play(tone === "refuse" ? "alarm" : "warn");
  }

  #turn() {
    this.#sound.isOn = !this.#sound.isOn;
    localStorage.setItem(KEPT, this.#sound.isOn ? "on" : "off");
    this.#sound.wake();
    if (this.#sound.isOn) this.#sound.play("warn");
    this.#show();
  }

  #show() {
    this.#button.ariaPressed = String(this.#sound.isOn);
    setText(this.#button, say(this.#sound.isOn ? "sound-on" : "sound-off"));
  }
}
