/**
 * The camera, where the browser reads QR codes by itself (Chrome on Android, macOS and ChromeOS). Elsewhere the button
 * does not show, and readers and typing remain.
 */

const LOOK_EVERY_MS = 120;
const SAME_AGAIN_MS = 3000;

/** @type {Record<string, string>} */
const PROBLEMS = {
  NotAllowedError: "Allow the camera for this site in the browser's settings, then try again.",
  NotFoundError: "This device has no camera. Use a reader, or type the code.",
};

export class Camera {
  #box = /** @type {HTMLElement} */ (document.querySelector("#camera"));
  #video = /** @type {HTMLVideoElement} */ (document.querySelector("#video"));
  #problem = /** @type {HTMLElement} */ (document.querySelector("#camera-problem"));
  #onCode;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  #last = { code: "", at: 0 };

  /** @param {(code: string) => void} onCode */
  constructor(onCode) {
    this.#onCode = onCode;
  }

  static async isThere() {
    const Detector = /** @type {any} */ (globalThis).BarcodeDetector;
    const formats = (await Detector?.getSupportedFormats?.().catch(() => [])) ?? [];
    return formats.includes("qr_code") && Boolean(navigator.mediaDevices?.getUserMedia);
  }

  get isOn() {
    return this.#stream !== null;
  }

  async start() {
    this.#box.hidden = false;
    this.#problem.hidden = true;
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch (wrong) {
      this.#complain(wrong instanceof DOMException ? wrong.name : "");
      return;
    }
    this.#video.srcObject = this.#stream;
    await this.#video.play();
    const detector = new /** @type {any} */ (globalThis).BarcodeDetector({ formats: ["qr_code"] });
    this.#timer = setInterval(() => this.#look(detector), LOOK_EVERY_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.#box.hidden = true;
  }

  /** @param {any} detector */
  async #look(detector) {
    const [found] = await detector.detect(this.#video).catch(() => []);
    if (!found) return;
    const now = Date.now();
    const isSame = found.rawValue === this.#last.code && now - this.#last.at < SAME_AGAIN_MS;
    this.#last = { code: found.rawValue, at: now };
    if (!isSame) this.#onCode(found.rawValue);
  }

  /** @param {string} name */
  #complain(name) {
    this.#problem.textContent = PROBLEMS[name] ?? "The camera cannot be used now.";
    this.#problem.hidden = false;
  }
}
