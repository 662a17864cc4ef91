/** Scans of one phone since a time, and undo of those that should not have been. */

import { setState, stateOf } from "./address.js";
import { get, send } from "./api.js";
import { el, moment, notify } from "./build.js";
import { enableFields, onSubmit } from "./form.js";
import { lookOfEntry } from "../shared/verdicts.js";
import { say } from "../shared/say.js";
import { HERE, inZone, toInstant } from "./zoned.js";

const USUAL_MS = 2 * 3_600_000;
const MOST = 200;
const PASSED = new Set(["ticket.scanned", "ticket.exited"]);

/**
 * Show a device's scans, each with a tick to undo it.
 *
 * @param {string} device
 * @param {any} event its own, if it serves one
 */
export function showScans(device, event) {
  const zone = event?.timezone ?? HERE;
  const since = /** @type {HTMLInputElement} */ (document.querySelector("#since"));
  const form = /** @type {HTMLFormElement} */ (document.querySelector("#scans-form"));
  since.value = inZone(new Date(Date.now() - USUAL_MS).toISOString(), zone);
  if (stateOf("since")) since.value = stateOf("since");
  const filter = /** @type {HTMLFormElement} */ (document.querySelector("#since-form"));
  enableFields(filter);
  const look = () => list(device, event?.uuid, toInstant(since.value, zone), zone, form);
  onSubmit(filter, () => {
    setState({ since: since.value });
    return look();
  }, { isFilter: true });
  if (stateOf("since") && since.value) look().catch((error) => notify(error.message, "refuse"));
  onSubmit(form, async () => {
    await undoTicked(form);
  });
}

/**
 * @param {string} device
 * @param {string | undefined} event
 * @param {string} since
 * @param {string} zone of the event, whose clock all times are by
 * @param {HTMLFormElement} form
 */
async function list(device, event, since, zone, form) {
  const from = `since=${encodeURIComponent(since)}`;
  const within = event ? `&event=${event}` : "";
  const scans = await get(`/api/scans?device=${device}&${from}&limit=${MOST}${within}`);
  const undos = await get(`/api/scans?code=undone&${from}&limit=1000${within}`);
  const holders = await holdersOf(scans);
  document.querySelector("#scans")?.replaceChildren(...scans.map((/** @type {any} */ scan) => row(scan, holders, zone, isStanding(scan, scans, undos))));
  form.hidden = scans.length === 0;
  /** @type {HTMLElement} */ (document.querySelector("#no-scans")).hidden = scans.length > 0;
  if (scans.length === MOST) notify(say("scans-more", { count: MOST }));
}

/**
 * Whether a scan seems to stand: each undo of a ticket takes back the last one that stood. The hub looks again.
 *
 * @param {any} scan
 * @param {any[]} scans
 * @param {any[]} undos whoever made them
 */
function isStanding(scan, scans, undos) {
  const isLater = (/** @type {any} */ other) => other.ticket === scan.ticket && other.seq >= scan.seq;
  const passed = scans.filter((each) => PASSED.has(each.kind) && isLater(each));
  return PASSED.has(scan.kind) && undos.filter(isLater).length < passed.length;
}

/**
 * Ask who the guests are, each once; who was deleted has no name.
 *
 * @param {any[]} scans
 * @returns {Promise<Map<string, string>>} by ticket
 */
async function holdersOf(scans) {
  const ids = [...new Set(scans.map((scan) => scan.ticket).filter(Boolean))];
  const names = await Promise.all(ids.map((id) => get(`/api/tickets/${id}`).then((ticket) => ticket.name, () => say("scans-gone"))));
  return new Map(ids.map((id, n) => [id, names[n]]));
}

/**
 * @param {any} scan
 * @param {Map<string, string>} holders
 * @param {string} zone
 * @param {boolean} canUndo
 */
function row(scan, holders, zone, canUndo) {
  const { word, reason, tone } = lookOfEntry({ kind: scan.kind, data: scan });
  const who = holders.get(scan.ticket) ?? "";
  const when = moment(scan.at, zone);
  const tick = el("input", { type: "checkbox", value: scan.ticket, "data-seq": scan.seq, "aria-label": say("scans-tick", { who, when }) });
  const answer = el("td", {}, el("span", { class: "tag", "data-tone": tone }, word), reason ? ` ${reason}` : null);
  return el("tr", {}, el("th", { scope: "row" }, canUndo ? el("label", { class: "tick" }, tick, when) : when), el("td", {}, who), answer);
}

/**
 * Take back what is ticked, the newest first: of a ticket only its last scan can be.
 *
 * @param {HTMLFormElement} form
 */
async function undoTicked(form) {
  const ticks = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input:checked")]);
  if (ticks.length === 0) throw new Error(say("scans-none-ticked"));
  let done = 0;
  for (const tick of ticks) done += Number(await undoOne(tick));
  notify(say("scans-undone", { count: done }), done === ticks.length ? "pass" : "refuse");
}

/**
 * @param {HTMLInputElement} tick
 * @returns {Promise<boolean>} whether it was taken back; why not stands beside it
 */
async function undoOne(tick) {
  const answer = /** @type {HTMLElement} */ (tick.closest("tr")?.lastElementChild);
  try {
    await send("POST", "/scan/undo/", { ticket_uuid: tick.value, seq: Number(tick.dataset.seq) });
  } catch (error) {
    answer.append(el("p", { class: "field-error" }, error instanceof Error ? error.message : String(error)));
    return false;
  }
  answer.replaceChildren(el("span", { class: "tag" }, say("scans-taken-back")));
  tick.checked = false;
  tick.disabled = true;
  return true;
}
