/** Practice time: training ends by itself, so that no door stays in it while guests come. */

const LASTS_MS = 10 * 60_000;

export class PracticeTime {
  #onOver;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => void} onOver */
  constructor(onOver) {
    this.#onOver = onOver;
  }

  /** @param {boolean} is whether practice goes on; it begins anew each time */
  set(is) {
    clearTimeout(this.#timer);
    if (is) this.#timer = setTimeout(this.#onOver, LASTS_MS);
  }
}
