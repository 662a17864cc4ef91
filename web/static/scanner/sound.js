/**
 * Sound and vibration of verdicts: each tone has a tune and a pulse of its own, so that a door in the dark need not
 * look. Browsers let a page sound only after a touch.
 *
 * @typedef {import("../shared/verdicts.js").Tone} Tone
 */

/** @type {Record<Tone | "alarm", {hz: number, at: number, lasts: number}[]>} */
const TUNES = {
  pass: [{ hz: 880, at: 0, lasts: 0.09 }, { hz: 1320, at: 0.1, lasts: 0.14 }],
  exit: [{ hz: 880, at: 0, lasts: 0.09 }, { hz: 587, at: 0.1, lasts: 0.14 }],
  refuse: [{ hz: 196, at: 0, lasts: 0.22 }, { hz: 165, at: 0.26, lasts: 0.34 }],
  warn: [{ hz: 440, at: 0, lasts: 0.14 }, { hz: 440, at: 0.2, lasts: 0.14 }],
  note: [{ hz: 660, at: 0, lasts: 0.1 }],
  alarm: [0, 0.3, 0.6, 0.9].map((at) => ({ hz: at % 0.6 ? 620 : 930, at, lasts: 0.26 })),
};

/** @type {Record<Tone | "alarm", number[]>} */
const PULSES = {
  pass: [60],
  exit: [60, 40, 60],
  refuse: [180, 80, 180],
  warn: [180],
  note: [60],
  alarm: [300, 100, 300, 100, 300],
};

const LOUD = 0.25;

export class Sound {
  isOn = true;
  /** @type {AudioContext | null} */
  #context = null;

  /** Somebody touched the page: from now on it may sound. */
  wake() {
    this.#context ??= typeof AudioContext === "undefined" ? null : new AudioContext();
    if (this.#context?.state === "suspended") this.#context.resume().catch(() => {});
  }

  /** @param {Tone | "alarm"} tone */
  play(tone) {
    navigator.vibrate?.(PULSES[tone]);
    const context = this.#context;
    if (!this.isOn || !context) return;
    for (const { hz, at, lasts } of TUNES[tone]) sing(context, tone, hz, context.currentTime + at, lasts);
  }
}

/**
 * @param {AudioContext} context
 * @param {Tone | "alarm"} tone
 * @param {number} hz
 * @param {number} at
 * @param {number} lasts
 */
function sing(context, tone, hz, at, lasts) {
  const voice = new OscillatorNode(context, { frequency: hz, type: tone === "refuse" || tone === "alarm" ? "square" : "sine" });
  const volume = new GainNode(context, { gain: LOUD });
  volume.gain.setTargetAtTime(0, at + lasts - 0.03, 0.015);
  voice.connect(volume).connect(context.destination);
  voice.start(at);
  voice.stop(at + lasts + 0.05);
}
