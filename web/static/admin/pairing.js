/** Pairing codes on the screen and on paper: each with how long it works, until a phone has read it. */

import { get, send } from "./api.js";
import { button, el, moment } from "./build.js";
import { isPairable } from "./device_state.js";
import { qr } from "./qr.js";
import { say } from "../shared/say.js";

const TICK_MS = 1_000;
const TICKS_TO_LOOK = 2;
/** @typedef {{name: string, timeZone: string}} Place where devices stand, in words, and whose clock is there */

const OWN_HOST = /^(localhost|127\.|\[::1\])/;

/**
 * Show the codes of devices that were just made, or given new ones.
 *
 * @param {any[]} devices with `pairing`, of one event
 * @param {Place} place where they stand
 */
export function showPairings(devices, place) {
  const section = /** @type {HTMLElement} */ (document.querySelector("#pairing"));
  section.hidden = false;
  warnOfReach(new URL(devices[0].pairing.url));
  const cards = document.querySelector("#cards");
  cards?.replaceChildren(...devices.map((device) => card(device, place)));
  section.scrollIntoView({ block: "start" });
  if (cards) follow(devices, place, /** @type {Element} */ (cards.firstElementChild));
}

/**
 * A phone cannot open an address that only this machine has, and opens its camera on a secure page alone.
 *
 * @param {URL} url
 */
function warnOfReach(url) {
  const box = /** @type {HTMLElement} */ (document.querySelector("#reach"));
  const isOwn = OWN_HOST.test(url.host);
  box.hidden = !isOwn && url.protocol === "https:";
  box.textContent = say(isOwn ? "pairing-own-host" : "pairing-insecure", { address: url.origin });
}

/**
 * @param {any} device
 * @param {Place} place
 */
function card(device, place) {
  const { url, expires_at: until } = device.pairing;
  const made = el(
    "article",
    { class: "panel code-card", "data-device": device.uuid },
    el("h2", {}, device.name),
    el("p", { class: "muted" }, place.name),
    qr(url, say("pairing-label", { name: device.name })),
    el("p", { class: "pairing-state no-print" }),
    el("p", { class: "hint print-only" }, say("pairing-until", { until: moment(until, place.timeZone) })),
    el("a", { class: "hint no-print", href: url }, say("pairing-on-this")),
  );
  showState(device, place, made);
  return made;
}

/**
 * Keep the state of each code on its card up to date, every second, until another set of cards is shown; the hub is asked every other second, once for all.
 *
 * @param {any[]} devices
 * @param {Place} place
 * @param {Element} first the first of the cards
 */
function follow(devices, place, first) {
  const event = devices[0].event;
  const known = new Map(devices.map((device) => [device.uuid, device]));
  let ticks = 0;
  const watch = setInterval(async () => {
    if (!first.isConnected) return clearInterval(watch);
    if (++ticks % TICKS_TO_LOOK === 0 && !document.hidden) {
      const now = await get(`/api/devices${event ? `?event=${event}` : ""}`).catch(() => []); // the next look will do
      for (const device of now) if (known.has(device.uuid)) known.set(device.uuid, device);
    }
    for (const device of known.values()) showState(device, place, document.querySelector(`[data-device="${device.uuid}"]`));
  }, TICK_MS);
}

/**
 * @param {any} device
 * @param {Place} place
 * @param {HTMLElement | null} shown its card
 */
function showState(device, place, shown) {
  if (!shown) return;
  const state = device.pairing_until === null ? "paired" : isPairable(device) ? "open" : "over";
  const joined = device.uses === null ? "" : say("device-joined", { joined: device.joined, uses: device.uses });
  const text = { paired: say("pairing-paired"), over: say("pairing-over"), open: leftOf(device) }[state];
  const line = /** @type {HTMLElement} */ (shown.querySelector(".pairing-state"));
  const again = state === "over" ? (line.querySelector("button") ?? renewal(device, place, shown)) : null;
  line.replaceChildren([text, joined].filter(Boolean).join(" · "), ...(again ? [" ", again] : []));
  shown.dataset.state = state;
}

/** @param {any} device */
function leftOf(device) {
  const seconds = Math.max(0, Math.round((Date.parse(device.pairing_until) - Date.now()) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const clock = hours ? say("pairing-hours", { hours, minutes }) : `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  return say("pairing-left", { clock });
}

/**
 * @param {any} device
 * @param {Place} place
 * @param {HTMLElement} shown
 */
function renewal(device, place, shown) {
  return button(say("pairing-again"), async () => {
    const renewed = await send("POST", `/api/devices/${device.uuid}/pairing`);
    shown.replaceWith(card(renewed, place));
    follow([renewed], place, /** @type {Element} */ (document.querySelector(`[data-device="${device.uuid}"]`)));
  });
}
