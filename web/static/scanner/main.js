/** The scanner page: pair once, then scan by reader, by hand, or by camera where the browser can. */

import { Camera } from "./camera.js";
import { clearAddress, forget, kept, pair, tokenInAddress } from "./pairing.js";
import { Scans } from "./scan.js";
import { VerdictScreen } from "./verdict.js";

/** @param {string} selector */
const find = (selector) => /** @type {any} */ (document.querySelector(selector));

/** @type {Scans | null} */
let scans = null;
let isAsking = false;

const code = /** @type {HTMLInputElement} */ (find("#code"));
const verdict = new VerdictScreen(() => code.focus());
const camera = new Camera((text) => scan(text));

/** @param {"unpaired" | "pairing" | "scanning"} name */
function view(name) {
  for (const section of document.querySelectorAll(".view")) {
    const element = /** @type {HTMLElement} */ (section);
    element.hidden = element.dataset.view !== name;
  }
  find("main").dataset.view = name;
}

function begin() {
  const token = tokenInAddress();
  const pairing = kept();
  if (token) offerPairing(pairing);
  else if (pairing) open(pairing);
  else view("unpaired");
}

/** @param {import("./pairing.js").Pairing | null} pairing what this phone is already */
function offerPairing(pairing) {
  find("#keep").hidden = !pairing;
  if (pairing) find("#pairing-lead").textContent = `This phone is paired as ${pairing.device}. Pair it anew?`;
  view("pairing");
}

async function pairNow() {
  const button = find("#pair");
  button.disabled = true;
  try {
    const pairing = await pair(tokenInAddress() ?? "");
    clearAddress();
    open(pairing);
  } catch (wrong) {
    complain(wrong instanceof Error ? wrong.message : String(wrong));
  } finally {
    button.disabled = false;
  }
}

/** @param {string} text */
function complain(text) {
  const problem = find("#pairing-problem");
  problem.textContent = text;
  problem.hidden = false;
}

/** @param {import("./pairing.js").Pairing} pairing */
async function open(pairing) {
  scans = new Scans(pairing.apiKey);
  find("#device").textContent = pairing.device;
  view("scanning");
  code.focus();
  find("#camera-toggle").hidden = !(await Camera.isThere());
  showHealth(await scans.isKnown());
}

/** @param {string} text what the ticket's QR holds */
async function scan(text) {
  if (!scans || isAsking || !text) return;
  asking(true);
  verdict.close();
  const answer = await scans.scan(text, find("input[name=direction]:checked").value);
  asking(false);
  showHealth(answer.status === 0 ? null : answer.status !== 403);
  verdict.show(answer);
}

/** @param {boolean} is while a scan is under way there is no other: its verdict would hide this one's */
function asking(is) {
  isAsking = is;
  const button = find("#scan");
  button.disabled = is;
  button.textContent = is ? "Asking the hub" : "Scan";
}

/** @param {boolean | null} isKnown whether the hub knows this phone; null where it cannot be reached */
function showHealth(isKnown) {
  find("#health").textContent = isKnown ? "Ready" : isKnown === null ? "No connection" : "Not paired any more";
}

function unpair() {
  if (!confirm("Unpair this phone? It needs a new pairing code to scan again.")) return;
  camera.stop();
  scans = null;
  forget();
  view("unpaired");
}

async function toggleCamera() {
  if (camera.isOn) camera.stop();
  else await camera.start();
  find("#camera-toggle").textContent = camera.isOn ? "Turn the camera off" : "Use the camera";
}

find("#pair").addEventListener("click", pairNow);
find("#keep").addEventListener("click", () => {
  clearAddress();
  begin();
});
find("#unpair").addEventListener("click", unpair);
find("#camera-toggle").addEventListener("click", toggleCamera);
find("#code-form").addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  const text = code.value.trim();
  code.value = "";
  scan(text);
});
// A reader types wherever the focus happens to be: bring it to the field, a verdict on the screen or not.
document.addEventListener("keydown", (event) => {
  const isTyping = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ";
  if (!isTyping || document.activeElement === code || find("main").dataset.view !== "scanning") return;
  verdict.close();
  code.focus();
});
addEventListener("hashchange", begin);
begin();
