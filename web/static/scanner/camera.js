/** Camera: it looks for codes, keeps the screen awake, and lights the dark where the phone has a light. */

import { say } from "../shared/say.js";
import { makeDetector } from "./detector.js";
import { find, write } from "./page.js";

const LOOK_EVERY_MS = 100;
/** A code is read again only when it was out of sight for so long. */
const SAME_AGAIN_MS = 3000;
const PICTURE = { facingMode: { ideal: "environment" }, width: { ideal: 640 }, height: { ideal: 480 } };

export class Camera {
  #box;
  #problem;
  #video;
  #onCode;
  #onChange;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {WakeLockSentinel | null} */
  #awake = null;
  /** @type {Map<string, number>} Codes that were taken, and when each was last in sight. */
  #taken = new Map();
  #hasLight = false;
  /** Starts and stops so far: a permission prompt may be open meanwhile. */
  #attempt = 0;

  /**
   * @param {string} name of its box on the page, `#name`, which holds a video and `#name-problem`
   * @param {(code: string) => boolean} onCode returns whether the code was taken: if not, it is offered again
   * @param {() => void} onChange
   */
  constructor(name, onCode, onChange) {
    this.#box = find(`#${name}`);
    this.#problem = `#${name}-problem`;
    this.#video = /** @type {HTMLVideoElement} */ (find(`#${name} video`));
    this.#onCode = onCode;
    this.#onChange = onChange;
    document.addEventListener("visibilitychange", () => this.#stayAwake());
  }

  get isOn() {
    return this.#stream !== null;
  }

  /** Whether there is a light to turn on. */
  get canLight() {
    return this.isOn && Boolean(this.#capabilities.torch);
  }

  get isLit() {
    return this.#hasLight;
  }

  /** @param {() => boolean} [hasBarcodes] whether barcodes are to be read, too; asked again while it looks */
  async start(hasBarcodes = () => false) {
    const attempt = ++this.#attempt;
    this.#box.hidden = false;
    write(this.#problem, "");
    try {
      const [stream, detector] = await Promise.all([openCamera(), makeDetector(hasBarcodes).catch(() => null)]);
      if (attempt !== this.#attempt) return endStream(stream);
      await this.#show(stream, detector);
    } catch (wrong) {
      if (attempt !== this.#attempt) return;
      this.#complain(wrong instanceof Error ? wrong.name : "");
    }
    this.#onChange();
  }

  /**
   * @param {MediaStream} stream
   * @param {import("./detector.js").Detector | null} detector
   */
  async #show(stream, detector) {
    this.#stream = stream;
    this.#track?.addEventListener("ended", () => this.#ended(stream));
    this.#video.srcObject = stream;
    this.#video.hidden = false;
    await this.#video.play();
    this.#stayAwake();
    if (detector) this.#lookOn(stream, detector);
    else {
      this.stop();
      this.#box.hidden = false;
      write(this.#problem, say("scan-camera-reader"));
    }
  }

  stop() {
    this.#attempt += 1;
    if (this.#stream) endStream(this.#stream);
    this.#stream = null;
    this.#hasLight = false;
    this.#video.hidden = true;
    this.#awake?.release().catch(() => {});
    this.#box.hidden = true;
    this.#onChange();
  }

  /** Turn the light on or off, where the phone lets us. */
  async toggleLight() {
    const wanted = !this.#hasLight;
    const change = /** @type {any} */ ({ advanced: [{ torch: wanted }] });
    const isDone = await this.#track?.applyConstraints(change).then(() => true, () => false);
    if (isDone) this.#hasLight = wanted;
    this.#onChange();
  }

  get #track() {
    return this.#stream?.getVideoTracks()[0];
  }

  /** @returns {any} */
  get #capabilities() {
    return this.#track?.getCapabilities?.() ?? {};
  }

  /**
   * @param {MediaStream} stream
   * @param {import("./detector.js").Detector} detector
   */
  async #lookOn(stream, detector) {
    while (this.#stream === stream) {
      const isSeen = document.visibilityState === "visible" && this.#video.readyState >= this.#video.HAVE_CURRENT_DATA;
      const found = isSeen ? await detector.detect(this.#video).catch(() => []) : [];
      if (this.#stream === stream) this.#saw(found.map(({ rawValue }) => rawValue));
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /** @param {string[]} codes that are in sight */
  #saw(codes) {
    const now = performance.now();
    for (const [code, at] of this.#taken) if (now - at >= SAME_AGAIN_MS) this.#taken.delete(code);
    for (const code of codes) if (this.#taken.has(code) || this.#onCode(code)) this.#taken.set(code, now);
  }

  async #stayAwake() {
    if (!this.isOn || document.visibilityState !== "visible") return;
    const awake = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
    if (this.isOn) this.#awake = awake;
    else awake?.release().catch(() => {});
  }

  /** @param {MediaStream} stream was ended by the system: the permission was taken back, or the camera unplugged */
  #ended(stream) {
    if (this.#stream !== stream) return;
    this.stop();
    this.#box.hidden = false;
    this.#complain("ended");
  }

  /** @param {string} name of what went wrong */
  #complain(name) {
    this.#video.hidden = true;
    // says: scan-camera-{NotAllowedError, NotFoundError, NotReadableError, ended}
    const known = say(`scan-camera-${name}`) || say("scan-camera-other");
    write(this.#problem, window.isSecureContext ? known : say("scan-camera-insecure"));
  }
}

/** Return whether there is a camera that this page may use without asking. */
export async function mayOpen() {
  const name = /** @type {PermissionName} */ ("camera");
  const permission = await navigator.permissions?.query({ name }).catch(() => null);
  return permission?.state === "granted" && (await hasCamera());
}

/** Return whether the device has a camera. */
export async function hasCamera() {
  const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  return devices.some(({ kind }) => kind === "videoinput");
}

/** @param {MediaStream} stream */
function endStream(stream) {
  for (const track of stream.getTracks()) track.stop();
}

function openCamera() {
  if (!navigator.mediaDevices?.getUserMedia) return Promise.reject(new DOMException("no camera", "NotFoundError"));
  return navigator.mediaDevices.getUserMedia({ video: PICTURE });
}
