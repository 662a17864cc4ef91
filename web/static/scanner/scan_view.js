/** The scanning view: from a code, a name or a reader to the verdict on the screen. */

import { Camera } from "./camera.js";
import { describe } from "./verdict_text.js";
import { Headcount } from "./headcount.js";
import { showConflicts, showHealth, showNumbers } from "./health.js";
import { field, find, write } from "./page.js";
import { tokenInCode } from "./pairing.js";
import { askParty, askReason, askYes } from "./questions.js";
import { RecentList } from "./recent_scans.js";
import { Search } from "./search.js";
import { Sound } from "./sound.js";
import { VerdictScreen } from "./verdict_view.js";
import { say } from "../shared/messages.js";

/** As long as the hub lets a device take a scan back, counted to when it hears of it. */
const UNDO_WITHIN_MS = 15 * 60_000;

/**
 * @typedef {import("./scan.js").Scan} Scan
 * @typedef {import("./verdict_text.js").Outcome} Outcome
 */

export class ScanView {
  #sound = new Sound();
  #headcountView = new Headcount();
  #verdict;
  #camera;
  #recent;
  #search;
  #onPairingCode;
  /** @type {import("./device_session.js").DeviceSession | null} */
  #session = null;
  #isAsking = false;
  /** @type {{scan: Scan, word: string} | null} What may be forced. */
  #refused = null;

  /** @param {(token: string) => void} onPairingCode the camera read one */
  constructor(onPairingCode) {
    this.#onPairingCode = onPairingCode;
    this.#verdict = new VerdictScreen(this.#sound, { onClosed: () => this.#focus(), onForce: () => this.#force() });
    this.#camera = new Camera("camera", (code) => this.#seen(code), () => this.#showCamera());
    this.#recent = new RecentList((scan) => this.#undo(scan));
    this.#search = new Search((ticket) => this.#scan({ ticket_uuid: ticket, direction: this.#direction }));
    this.#wire();
  }

  #wire() {
    addEventListener("pointerdown", () => this.#sound.wake());
    addEventListener("keydown", (event) => this.#typed(event));
    find("#code-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#entered();
    });
    find("#camera-toggle").addEventListener("click", () => this.toggleCamera());
    find("#light").addEventListener("click", () => this.#camera.toggleLight());
    find("#find-open").addEventListener("click", () => this.#session && this.#search.open(this.#session));
    find("#conflicts-seen").addEventListener("click", () => this.#session?.queue.seen());
    field("#sound").addEventListener("change", () => (this.#sound.isOn = field("#sound").checked));
    field("#training").addEventListener("change", () => this.#showTraining());
  }

  /** @param {import("./device_session.js").DeviceSession} session */
  open(session) {
    this.#session = session;
    this.#recent.clear();
    this.#showTraining();
    this.#focus();
  }

  close() {
    this.#camera.stop();
    this.#verdict.close();
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
    find("#find-open").hidden = !session.may.has("search");
  }

  toggleCamera() {
    if (this.#camera.isOn) this.#camera.stop();
    else this.#camera.start();
  }

  // --- what is read -------------------------------------------------------------------------------------------

  /** @returns {"in" | "out"} */
  get #direction() {
    return field("input[name=direction]:checked").value === "out" ? "out" : "in";
  }

  #entered() {
    const code = field("#code").value.trim();
    field("#code").value = "";
    if (code) this.#read(code);
  }

  /** @param {string} code the camera sees it, perhaps while somebody has still to look at a refusal */
  #seen(code) {
    if (this.#verdict.isToBeSeen || document.querySelector("dialog[open]:not(#verdict)")) return;
    this.#read(code);
  }

  /** @param {string} code */
  #read(code) {
    const token = tokenInCode(code);
    if (token) this.#onPairingCode(token);
    else this.#scan({ qrcode_data: code, direction: this.#direction });
  }

  /**
   * A reader types wherever the focus happens to be: bring it to the field, a verdict on the screen or not.
   *
   * @param {KeyboardEvent} event
   */
  #typed(event) {
    this.#sound.wake();
    const isTyping = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ";
    const isElsewhere = document.activeElement?.matches("input:not([type=radio], [type=checkbox], #code), textarea");
    if (!isTyping || isElsewhere || !this.#session || find("main").dataset.view !== "scanning") return;
    if (document.querySelector("dialog[open]:not(#verdict)")) return;
    this.#verdict.close();
    const code = field("#code");
    code.focus();
    if (code.value === "") code.select(); // a tap on a verdict leaves the caret outside of the field that has the focus
  }

  // --- scanning -----------------------------------------------------------------------------------------------

  /** @param {Scan} scan */
  async #scan(scan) {
    const session = this.#session;
    if (!session || this.#isAsking) return;
    this.#asking(true);
    this.#verdict.close();
    try {
      const outcome = await this.#decided(session, scan);
      if (outcome) this.#tell(session, scan, outcome);
    } finally {
      this.#asking(false);
    }
  }

  /**
   * @param {import("./device_session.js").DeviceSession} session
   * @param {Scan} scan
   * @returns {Promise<Outcome | null>} null: nobody comes in after all
   */
  async #decided({ scans }, scan) {
    if (field("#training").checked) return { ...(await scans.check(scan)), isTraining: true };
    if (!field("#party-mode").checked || scan.direction === "out" || scan.force) return confirmedBy(scans, scan);
    const { body } = await scans.check(scan);
    const tickets = body.reservation?.tickets_count ?? 1;
    if (!body.success || tickets === 1) return confirmedBy(scans, scan);
    const count = await askParty(tickets, `${body.ticket?.first_name ?? ""} ${body.ticket?.last_name ?? ""}`.trim());
    return count > 0 ? confirmedBy(scans, count > 1 ? { ...scan, count } : scan) : null;
  }

  /**
   * @param {import("./device_session.js").DeviceSession} session
   * @param {Scan} scan
   * @param {Outcome} outcome
   */
  #tell(session, scan, outcome) {
    const shown = this.#describe(session, outcome);
    this.#refused = shown.canForce ? { scan, word: shown.line || shown.word } : null;
    this.#verdict.show(shown);
    this.show();
    if (outcome.isTraining || outcome.body.code === "just") return;
    const { body } = outcome;
    const seq = body.success && !body.tickets && Number.isInteger(body.seq) ? body.seq : null;
    const nonce = body.success ? (outcome.nonce ?? null) : null;
    const past = { at: session.hub.now(), ticket: body.ticket?.uuid ?? null, seq, nonce, isOffline: outcome.asOf !== undefined, isUndone: false };
    this.#recent.add({ ...shown, ...past }, { mayUndo: session.may.has("undo"), timeZone: this.#timeZone });
  }

  /**
   * The hub said otherwise, later: whatever is on the screen gives way.
   *
   * @param {Outcome} outcome
   */
  alarm(outcome) {
    if (this.#session) this.#verdict.show(this.#describe(this.#session, outcome));
  }

  /**
   * @param {import("./device_session.js").DeviceSession} session
   * @param {Outcome} outcome
   */
  #describe({ may, eventData }, outcome) {
    return describe(outcome, { now: Date.now(), timeZone: this.#timeZone, may, hasList: Boolean(eventData.house) });
  }

  get #timeZone() {
    return this.#session?.eventData.house?.event.timezone;
  }

  async #force() {
    if (!this.#refused) return;
    const { scan, word } = this.#refused;
    const reason = await askReason(word);
    if (reason) await this.#scan({ ...scan, force: true, reason });
  }

  /**
   * @param {import("./recent_scans.js").Recent} scan
   * @returns {Promise<boolean>}
   */
  async #undo(scan) {
    const session = this.#session;
    if (!session) return false;
    const { status, body } = await undo(session, scan);
    write("#recent-problem", body.success ? "" : status === 0 ? say("scan.undoFailed") : (body.message ?? say("scan.undoFailed")));
    if (body.success) session.scans.forgetJustNow();
    return Boolean(body.success);
  }

  // --- what is shown ------------------------------------------------------------------------------------------

  /** @param {boolean} is while a scan is under way there is no other: its verdict would hide this one's */
  #asking(is) {
    this.#isAsking = is;
    const button = /** @type {HTMLButtonElement} */ (find("#scan"));
    button.disabled = is;
    button.textContent = say(is ? "scan.asking" : "scan.scan");
  }

  #showCamera() {
    const { isOn } = this.#camera;
    write("#camera-toggle", say(isOn ? "camera.off" : "camera.on"));
    for (const loud of ["primary", "huge"]) find("#camera-toggle").classList.toggle(loud, !isOn);
    find("#light").hidden = !this.#camera.canLight;
    find("#light").ariaPressed = String(this.#camera.isLit);
  }

  #showTraining() {
    find("#training-on").hidden = !field("#training").checked;
    this.#focus();
  }

  /** With a camera or a thumb no keyboard should jump up: only where there is a real one. */
  #focus() {
    if (matchMedia("(hover: hover) and (pointer: fine)").matches && this.#session) field("#code").focus();
  }
}

/**
 * @param {import("./device_session.js").DeviceSession} session
 * @param {import("./recent_scans.js").Recent} scan
 * @returns {Promise<import("./api.js").Answer>}
 */
async function undo({ hub, queue, undo }, { ticket, seq, nonce, at }) {
  if (hub.now() - at > UNDO_WITHIN_MS) return { status: 409, body: { success: false, message: say("scan.undoLate") } };
  if (nonce && (await queue.takeBack(nonce))) return { status: 200, body: { success: true } };
  return undo({ ticket_uuid: ticket, seq: seq ?? queue.seqOf(nonce ?? ""), nonce: crypto.randomUUID() });
}

/**
 * Scan, and put the event's question to whoever stands at the door, where it has one: a yes lets the same scan decide.
 *
 * @param {import("./scan.js").Scans} scans
 * @param {Scan} scan
 * @returns {Promise<Outcome>}
 */
async function confirmedBy(scans, scan) {
  const outcome = await scans.scan(scan);
  const isAsked = outcome.body.code === "confirm" && (await askYes(outcome.body.message));
  return isAsked ? scans.scan({ ...scan, confirmed: true }) : outcome;
}
