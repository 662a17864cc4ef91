/** Scanner page: pairs once, then scans by camera, by reader, by name or by hand, with a network or without. */

import { say } from "../shared/say.js";
import { Camera, hasCamera, mayOpen } from "./camera.js";
import { ScanView } from "./scan_view.js";
import { keepPage, keepReader } from "./install.js";
import { keepLanguage, prepareLanguages } from "./language.js";
import { find, write } from "./page.js";
import { clearAddress, forget, kept, onChangedElsewhere, pair, offerOf, tokenInAddress, tokenInCode } from "./pairing.js";
import { showOffer } from "./pairing_offer.js";
import { askYes, prepareQuestions } from "./questions.js";
import { DeviceSession } from "./device_session.js";
import { Store } from "./offline/store.js";

const LOOK_MS = 60_000;

/** @typedef {import("./pairing.js").Pairing} Pairing */

class Scanner {
  #store;
  #view = new ScanView((token) => this.#offer(token));
  /** @type {DeviceSession | null} */
  #session = null;
  #token = "";
  #camera = new Camera("pairing-camera", (code) => this.#seen(code), () => {});

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
    find("#pair-by-camera").addEventListener("click", () => this.#camera.start());
    find("#pair").addEventListener("click", () => this.#pair());
    find("#keep").addEventListener("click", () => this.#keep());
    find("#unpair").addEventListener("click", () => this.#unpair());
    addEventListener("hashchange", () => this.begin());
    onChangedElsewhere(() => this.#beginAnew());
    setInterval(() => this.#forgetWhenOver(), LOOK_MS);
  }

  begin() {
    const token = tokenInAddress();
    const pairing = kept();
    if (token) this.#offer(token);
    else if (pairing) this.#open(pairing);
    else view("unpaired");
  }

  /** Another page of this phone has paired or unpaired it. */
  #beginAnew() {
    this.#close();
    this.begin();
  }

  // --- pairing ------------------------------------------------------------------------------------------------

  /**
   * @param {string} code what the camera sees while this phone is not paired
   * @returns {boolean} whether it is dealt with: always
   */
  #seen(code) {
    const token = tokenInCode(code);
    write("#pairing-camera-problem", token ? "" : say("scan-pair-not-one"));
    if (token) this.#offer(token);
    return true;
  }

  /** @param {string} token */
  #offer(token) {
    this.#camera.stop();
    this.#token = token;
    const pairing = kept();
    find("#keep").hidden = !pairing;
    find("#pairing-lead").textContent = pairing ? say("scan-pair-anew", { device: pairing.device }) : say("scan-pair-lead");
    write("#pairing-problem", "");
    this.#close();
    view("pairing");
    this.#showOffer(token);
  }

  /**
   * Show the offer of a pairing code before the phone spends it.
   *
   * @param {string} token
   */
  async #showOffer(token) {
    const button = /** @type {HTMLButtonElement} */ (find("#pair"));
    find("#pairing-offer").hidden = true;
    button.hidden = false;
    try {
      const offer = await offerOf(token);
      if (offer && token === this.#token) showOffer(offer);
    } catch (wrong) {
      if (token !== this.#token) return;
      write("#pairing-problem", wrong instanceof Error ? wrong.message : String(wrong));
      button.hidden = true;
    }
  }

  async #pair() {
    const button = /** @type {HTMLButtonElement} */ (find("#pair"));
    const before = kept();
    if (before && !(await this.#mayLose())) return;
    button.disabled = true;
    try {
      const pairing = await pair(this.#token);
      if (before?.uuid !== pairing.uuid) await this.#store.forgetAll();
      await this.#store.putFact("addresses", pairing.addresses);
      clearAddress();
      await this.#open(pairing, await hasCamera());
    } catch (wrong) {
      write("#pairing-problem", wrong instanceof Error ? wrong.message : String(wrong));
    } finally {
      button.disabled = false;
    }
  }

  #keep() {
    clearAddress();
    this.begin();
  }

  /** Ask before scans are lost that the hub has not got, or a sale whose answer is due. */
  async #mayLose() {
    if (this.#session?.keptSale.sale && !(await askYes(say("scan-unpair-lose-sale")))) return false;
    const count = (await this.#store.waiting()).length;
    return count === 0 || askYes(say("scan-unpair-lose", { count }));
  }

  async #unpair() {
    if (!(await askYes(say("scan-unpair-ask"))) || !(await this.#mayLose())) return;
    this.#close();
    forget();
    await this.#store.forgetAll();
    view("unpaired");
  }

  // --- the door -----------------------------------------------------------------------------------------------

  /**
   * @param {Pairing} pairing
   * @param {boolean} [startsCamera] also where the browser has to ask for that
   */
  async #open(pairing, startsCamera = false) {
    this.#close();
    const session = new DeviceSession(this.#store, pairing, {
      onChange: () => this.#view.show(),
      onLate: (outcome) => this.#view.alarm(outcome),
    });
    this.#session = session;
    find("#device").textContent = pairing.device;
    view("scanning");
    this.#view.open(session);
    await session.start();
    if (this.#session === session && (startsCamera || (await mayOpen()))) this.#view.startCamera();
    await keepReader();
    await session.listed;
    if (this.#session !== session) return;
    await this.#forgetWhenOver();
    await keepLanguage(session.eventData.manifest?.event.language);
  }

  #close() {
    this.#view.close();
    this.#session?.stop();
    this.#session = null;
  }

  /** Forget all names and the key half a day after the event. */
  async #forgetWhenOver() {
    if (!this.#session?.isOver) return;
    this.#close();
    forget();
    await this.#store.forgetEvent();
    write("#unpaired-lead", say("scan-pair-over"));
    view("unpaired");
  }
}

/** @param {"unpaired" | "pairing" | "scanning"} name */
function view(name) {
  for (const section of document.querySelectorAll(".view")) {
    const element = /** @type {HTMLElement} */ (section);
    element.hidden = element.dataset.view !== name;
  }
  find("main").dataset.view = name;
}

prepareLanguages();
prepareQuestions();
keepPage();
keepLanguage();
try {
  new Scanner(await Store.open()).begin();
} catch (wrong) {
  write("#unpaired-lead", say(wrong instanceof TypeError ? "scan-pair-no-packages" : "scan-pair-no-store"));
  find("#pair-by-camera").hidden = true;
  view("unpaired");
}
