/** The scanning view: from a code, a name or a reader to the verdict on the screen. */

import { Camera } from "./camera.js";
import { codeIn } from "./code_reading.js";
import { describe } from "./verdict_text.js";
import { DoorChoice } from "./door_choice.js";
import { Headcount } from "./headcount.js";
import { showConflicts, showHealth, showNumbers } from "./health.js";
import { speakersOf } from "./guest_sentence.js";
import { field, find, write } from "./page.js";
import { tokenInCode } from "./pairing.js";
import { askReason, askYes } from "./questions.js";
import { refusalText } from "./refusal_text.js";
import { PracticeTime } from "./practice_time.js";
import { ReadQueue } from "./read_queue.js";
import { ReaderInput } from "./reader_input.js";
import { RecentList } from "./recent_scans.js";
import { outcomeOf, takeBack } from "./scan_flow.js";
import { Search } from "./search.js";
import { SellView } from "./sell.js";
import { Sound } from "./sound.js";
import { VerdictScreen } from "./verdict_view.js";
import { formatLocale } from "../shared/locale.js";
import { say } from "../shared/say.js";

/** How long a verdict stands at least before the next one. */
const SEEN_MS = 1000;

/**
 * @typedef {import("./scan.js").Scan} Scan
 * @typedef {import("./verdict_text.js").Outcome} Outcome
 */

export class ScanView {
  #sound = new Sound();
  #headcountView = new Headcount();
  #doorChoice = new DoorChoice();
  #guests = speakersOf(find("#verdict").dataset.guests);
  #verdict;
  #camera;
  #recent;
  #practice;
  #search;
  #sell;
  #input;
  #reads;
  #onPairingCode;
  /** @type {import("./device_session.js").DeviceSession | null} */
  #session = null;
  /** @type {{scan: Scan, word: string, fits: number, take: import("./verdict_text.js").Due | null} | null} What may be forced, let in in part, or paid for. */
  #refused = null;
  #isForcing = false;
  /** @type {(() => void)[]} Those who wait for a verdict or a dialog to be closed. */
  #closing = [];

  /** @param {(token: string) => void} onPairingCode the camera read one */
  constructor(onPairingCode) {
    this.#onPairingCode = onPairingCode;
    this.#verdict = new VerdictScreen(this.#sound, { onClosed: () => this.#focus(), onForce: () => this.#force(), onFits: () => this.#letInFitting(), onTake: (method) => this.#take(method) });
    this.#camera = new Camera("camera", (code) => this.#seen(code), () => this.#showCamera());
    this.#recent = new RecentList((scan) => this.#undo(scan));
    this.#practice = new PracticeTime(() => this.#endTraining());
    this.#reads = new ReadQueue({
      ask: (read) => this.#ask(read),
      untilSeen: (next) => this.#untilSeen(next),
      onChange: () => this.#showReads(),
    });
    this.#input = new ReaderInput(field("#code"), {
      isOn: () => this.#session !== null && find("main").dataset.view === "scanning",
      codeIn,
      onKey: () => this.#sound.wake(),
      onCode: (code, began) => this.#read(code, began),
    });
    this.#search = new Search({
      onChosen: ({ uuid, issue }) => this.#add({ ticket_uuid: uuid, issue, direction: this.#direction }),
      onCode: (code) => this.#read(code),
      choosing: () => say(field("#training").checked ? "scan-find-look" : this.#direction === "out" ? "scan-find-let-out" : "scan-find-let-in"),
    });
    this.#sell = new SellView({
      isTraining: () => field("#training").checked,
      onChange: () => this.show(),
      onAdmit: (code, count) => this.#add({ qrcode_data: code, direction: "in", ...(count > 1 ? { count } : {}) }),
    });
    this.#wire();
  }

  #wire() {
    addEventListener("pointerdown", () => this.#sound.wake());
    addEventListener("close", () => this.#closed(), { capture: true });
    find("#code-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#input.submit();
    });
    find("#camera-toggle").addEventListener("click", () => this.toggleCamera());
    find("#light").addEventListener("click", () => this.#camera.toggleLight());
    find("#find-open").addEventListener("click", () => this.#session && this.#search.open(this.#session));
    find("#sell-open").addEventListener("click", () => this.#session && this.#sell.open(this.#session));
    find("#conflicts-seen").addEventListener("click", () => this.#session?.queue.seen());
    field("#sound").addEventListener("change", () => (this.#sound.isOn = field("#sound").checked));
    field("#training").addEventListener("change", () => this.#showTraining());
    for (const way of ["in", "out"]) field(`input[name=direction][value=${way}]`).addEventListener("change", () => this.#showDirection());
  }

  /** @param {import("./device_session.js").DeviceSession} session */
  open(session) {
    this.#session = session;
    this.#recent.open(session);
    field("#training").checked = false;
    this.#showTraining();
    this.#showDirection();
    this.#focus();
  }

  close() {
    this.#camera.stop();
    this.#verdict.close();
    for (const dialog of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (dialog).close();
    this.#input.clear();
    this.#reads.clear();
    this.#session = null;
  }

  /** The session has news. */
  show() {
    const session = this.#session;
    if (!session) return;
    write("#device", session.device.name);
    showHealth(session);
    showNumbers(session);
    showConflicts(session);
    this.#headcountView.show(session);
    this.#doorChoice.show(session);
    this.#recent.show();
    find("#find-open").hidden = !session.may.has("search");
    this.#sell.show(session);
  }

  startCamera() {
    if (!this.#camera.isOn) this.#camera.start(() => this.#session?.eventData.hasBarcodes ?? false);
  }

  toggleCamera() {
    if (this.#camera.isOn) this.#camera.stop();
    else this.startCamera();
  }

  // --- what is read -------------------------------------------------------------------------------------------

  /** @returns {"in" | "out"} */
  get #direction() {
    return field("input[name=direction]:checked").value === "out" ? "out" : "in";
  }

  /**
   * @param {string} code the camera sees it
   * @returns {boolean} whether it is taken: not while another is asked for, or a refusal is still to be seen
   */
  #seen(code) {
    if (this.#reads.isBusy || this.#verdict.isToBeSeen || isAnswerDue()) return false;
    this.#read(code);
    return true;
  }

  /**
   * @param {string} code
   * @param {number} [began] when its first letter was typed
   */
  #read(code, began) {
    const token = tokenInCode(code);
    if (token) this.#onPairingCode(token);
    else this.#add({ qrcode_data: code, direction: this.#direction }, began);
  }

  /**
   * @param {Scan} scan
   * @param {number} [began]
   */
  #add(scan, began = performance.now()) {
    const isTaken = this.#reads.add({ scan, began, isTraining: field("#training").checked, isParty: field("#party-mode").checked });
    write("#read-problem", isTaken ? "" : say("scan-read-too-many"));
    if (!isTaken) this.#sound.play("warn");
  }

  // --- scanning -----------------------------------------------------------------------------------------------

  /**
   * Resolve when the next may be asked for: a verdict stands for a second at least, and a refusal until it is seen, unless
   * the next was read after it was shown.
   *
   * @param {import("./read_queue.js").Read} next
   */
  async #untilSeen(next) {
    while (this.#isHeldBack(next)) await this.#untilClosed();
    const left = this.#verdict.isOpen ? this.#verdict.shownAt + SEEN_MS - performance.now() : 0;
    if (left <= 0) return;
    await Promise.race([this.#untilClosed(), new Promise((resolve) => setTimeout(resolve, left))]);
    await this.#untilSeen(next);
  }

  /** @param {import("./read_queue.js").Read} next */
  #isHeldBack({ began }) {
    const isUnseen = this.#verdict.isToBeSeen && began < this.#verdict.shownAt;
    return this.#session !== null && (isUnseen || this.#isForcing || isAnswerDue());
  }

  #untilClosed() {
    return new Promise((/** @type {(none: void) => void} */ resolve) => this.#closing.push(resolve));
  }

  #closed() {
    for (const resolve of this.#closing.splice(0)) resolve();
  }

  /** @param {import("./read_queue.js").Read} read */
  async #ask(read) {
    const session = this.#session;
    if (!session) return;
    this.#verdict.close();
    const found = await outcomeOf(session, read);
    if (found && session === this.#session) this.#tell(session, found.scan, found.outcome);
  }

  /**
   * @param {import("./device_session.js").DeviceSession} session
   * @param {Scan} scan
   * @param {Outcome} outcome
   */
  #tell(session, scan, outcome) {
    const shown = this.#describe(session, outcome);
    this.#refused = { scan, word: shown.line || shown.word, fits: shown.fits, take: shown.take };
    this.#verdict.show(shown);
    this.show();
    if (outcome.isTraining || outcome.body.code === "just") return;
    const { body } = outcome;
    const seq = body.success && !body.tickets && Number.isInteger(body.seq) ? body.seq : null;
    const nonce = body.success ? (outcome.nonce ?? null) : null;
    const past = { at: session.hub.now(), ticket: body.ticket?.uuid ?? null, seq, nonce, isOffline: outcome.asOf !== undefined, isUndone: false, language: formatLocale(), code: body.code };
    const { tone, shape, word, name, line } = shown;
    this.#recent.add({ tone, shape, word, name, line, ...past });
  }

  /**
   * The hub said otherwise, later: whatever is on the screen gives way, with what it offered.
   *
   * @param {Outcome} outcome
   */
  alarm(outcome) {
    if (!this.#session) return;
    this.#refused = null;
    this.#verdict.show({ ...this.#describe(this.#session, outcome), canForce: false, fits: 0, take: null });
  }

  /**
   * @param {import("./device_session.js").DeviceSession} session
   * @param {Outcome} outcome
   */
  #describe({ may, eventData }, outcome) {
    return describe(outcome, { now: Date.now(), timeZone: this.#timeZone, may, hasList: Boolean(eventData.manifest), guests: this.#guests });
  }

  get #timeZone() {
    return this.#session?.eventData.manifest?.event.timezone;
  }

  async #force() {
    if (!this.#refused) return;
    const { scan, word } = this.#refused;
    this.#isForcing = true;
    const reason = await askReason(word);
    if (reason) this.#reads.addFirst({ scan: { ...scan, force: true, reason }, isTraining: false, isParty: false, began: performance.now() });
    this.#isForcing = false;
    this.#closed();
  }

  /** Let as many of the reservation in as the hub said could. */
  #letInFitting() {
    if (!this.#refused) return;
    const { scan, fits } = this.#refused;
    this.#reads.addFirst({ scan: { ...scan, count: fits }, isTraining: false, isParty: false, began: performance.now() });
  }

  /**
   * Take what the ticket costs, and let it in by the same scan.
   *
   * @param {"cash" | "card"} method
   */
  #take(method) {
    if (!this.#refused?.take) return;
    const { scan, take } = this.#refused;
    this.#reads.addFirst({ scan: { ...scan, payment: { method, ...take } }, isTraining: false, isParty: false, began: performance.now() });
  }

  /**
   * @param {import("./recent_scans.js").Recent} scan
   * @returns {Promise<boolean>}
   */
  async #undo(scan) {
    const session = this.#session;
    if (!session || !(await askYes(say("scan-undo-ask"), scan.name))) return false;
    const { status, body } = await takeBack(session, scan);
    const problem = body.code === "too_late" ? say("scan-undo-late") : (status === 0 ? say("scan-undo-failed") : refusalText(body));
    write("#recent-problem", body.success ? "" : problem);
    if (body.success) session.scans.forgetJustNow();
    return Boolean(body.success);
  }

  // --- what is shown ------------------------------------------------------------------------------------------

  /** Show the scans under way and those that wait. */
  #showReads() {
    const { size, isAsking } = this.#reads;
    const waiting = size > 0 ? say("scan-read-waiting", { count: size }) : "";
    write("#scan", say(isAsking ? "scan-asking" : "scan-scan"));
    write("#verdict-queue", this.#verdict.isToBeSeen ? waiting : "");
  }

  #showCamera() {
    const { isOn } = this.#camera;
    write("#camera-toggle", say(isOn ? "scan-camera-off" : "scan-camera-on"));
    for (const loud of ["primary", "huge"]) find("#camera-toggle").classList.toggle(loud, !isOn);
    find("#light").hidden = !this.#camera.canLight;
    find("#light").ariaPressed = String(this.#camera.isLit);
  }

  #showTraining() {
    const is = field("#training").checked;
    find("#training-on").hidden = !is;
    find("main").dataset.training = String(is);
    this.#practice.set(is);
    this.#tellTraining(is);
    this.#focus();
  }

  /** @param {boolean} is whether this phone is in training, which the organiser sees at once */
  #tellTraining(is) {
    const hub = this.#session?.hub;
    if (!hub || hub.isTraining === is) return;
    hub.isTraining = is;
    hub.get("/scan/test_api/");
  }

  /** It was long enough for practice: from now on scans count. */
  #endTraining() {
    field("#training").checked = false;
    this.#showTraining();
    write("#read-problem", say("scan-training-over"));
  }

  #showDirection() {
    const isOut = this.#direction === "out";
    find("main").dataset.direction = this.#direction;
    write("#direction-on", isOut ? say("scan-exit-on") : "");
  }

  /** With a camera or a thumb no keyboard should jump up: only where there is a real one. */
  #focus() {
    if (matchMedia("(hover: hover) and (pointer: fine)").matches && this.#session) field("#code").focus();
  }
}

/** Whether a dialog other than the verdict is open. */
function isAnswerDue() {
  return document.querySelector("dialog[open]:not(#verdict)") !== null;
}
