/**
 * A paired phone at its door: the hub, what the phone knows, what waits, the live flow; started and stopped together.
 *
 * @typedef {{uuid: string, name: string, event: string | null, door: string | null, may: string[]}} DeviceInfo
 * @typedef {"connecting" | "ready" | "offline" | "gone"} Health
 */

import { LiveClient } from "../live/client.js";
import { Subscription } from "../live/subscription.js";
import { say } from "../shared/say.js";
import { AGAIN, Hub } from "./api.js";
import { refusalText } from "./refusal_text.js";
import { EventData } from "./offline/event_data.js";
import { ScanQueue } from "./offline/queue.js";
import { KeptSale } from "./offline/kept_sale.js";
import { KeptScans } from "./offline/kept_scans.js";
import { Scans } from "./scan.js";

/** While scans wait, or the hub is away, it is looked for this often. */
const LOOK_MS = 4000;
/** So often a phone asks where it stands and what it may: an organiser may have changed that. */
const ASK_MS = 60_000;
/** So often a relay is asked whether the hub has what it decided. */
const ASK_HELD_MS = 15_000;

/** So long the flow and what waits are kept back for the guest list, which then goes on arriving beside them. */
const LIST_WITHIN_MS = 3000;

/** @param {number} ms @returns {Promise<void>} */
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class DeviceSession {
  #store;
  #around;
  /** @type {LiveClient | null} */
  #live = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  #isLive = false;
  #isGone = false;
  #isStopped = false;
  #hasAsked = false;
  #askedAt = 0;
  #movedAt = 0;
  /** @type {Promise<void> | null} */
  #asking = null;
  /** The guest list that was asked for last is here, or did not come. */
  listed = Promise.resolve();
  /** @type {DeviceInfo} */
  device;
  /** @type {any} The latest counts of the event. */
  counts = null;
  /** @type {Record<string, string>} Devices by id. */
  #devices = {};

  /**
   * @param {import("./offline/store.js").Store} store
   * @param {import("./pairing.js").Pairing} pairing
   * @param {{onChange: () => void, onLate: (outcome: import("./verdict_text.js").Outcome) => void}} around
   */
  constructor(store, pairing, around) {
    this.#store = store;
    this.#around = around;
    this.hub = new Hub(pairing.apiKey, () => this.#queue(), () => this.#moved());
    this.queue = new ScanQueue(store, { batch: (body) => this.hub.post("/scan/batch/", body), undo: this.undo }, {
      onChange: around.onChange,
      relay: () => this.hub.relay,
      onTaken: (scan, seq) => {
        this.eventData.taken(scan, seq);
        this.recentScans.numbered(scan.nonce, seq);
      },
    });
    this.recentScans = new KeptScans(store);
    this.keptSale = new KeptSale(store);
    this.eventData = new EventData(store, (query) => this.hub.getManifest(query), () => this.hub.address, around.onChange);
    this.device = { uuid: pairing.uuid, name: pairing.device, event: null, door: null, may: [] };
    this.scans = this.#makeScans();
  }

  /** @type {import("./offline/queue.js").Call} Take a scan back that the hub has. */
  undo = (body) => this.hub.post("/scan/undo/", body);

  /** Take up what was kept, then look for the hub. */
  async start() {
    const { uuid } = this.device;
    await Promise.all([this.eventData.load(), this.queue.load(uuid), this.keptSale.load(uuid), this.#loadFacts()]);
    this.#around.onChange();
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    addEventListener("online", this.#hurry);
    await Promise.all([this.#ask(), this.hub.lookForPreferred()]);
  }

  stop() {
    this.#isStopped = true;
    clearInterval(this.#timer);
    removeEventListener("online", this.#hurry);
    this.eventData.stop();
    this.#live?.stop();
  }

  /** @returns {Health} */
  get health() {
    if (this.#isGone) return "gone";
    if (this.hub.isThere && (this.#isLive || this.#hasAsked)) return "ready";
    return this.#hasAsked || !this.hub.isThere ? "offline" : "connecting";
  }

  get may() {
    return new Set(this.device.may);
  }

  /** @param {string | null} id */
  nameOfDevice(id) {
    return id === this.device.uuid ? this.device.name : ((id && this.#devices[id]) || null);
  }

  /** @returns {number} */
  #queue() {
    return this.queue.waiting.length;
  }

  /** Whether the event is so long over that names and keys are to be forgotten. */
  get isOver() {
    return this.eventData.isOver(this.hub.now());
  }

  // --- the hub ------------------------------------------------------------------------------------------------

  /** Ask who this phone is, and for what it needs to work alone; then send what waits. One at a time. */
  #ask() {
    this.#asking ??= this.#askNow().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** Ask after what is under way: that may have looked at the guest list before the flow began. */
  async #askOnceMore() {
    await this.#asking;
    await this.#ask();
  }

  async #askNow() {
    const began = Date.now();
    this.#askedAt = began;
    const { status, body } = await this.hub.get("/scan/test_api/");
    if (this.#isStopped) return;
    this.#hasAsked = true;
    this.#isGone = status === 403;
    if (status === 200) await this.#welcome(body, began);
    this.#around.onChange();
    if (status === 200 || status === 403) await this.#sendWaiting();
  }

  /** Send what waits; the hub, which every request says how much that is, hears once more when nothing is left. */
  async #sendWaiting() {
    const before = this.#queue();
    await this.queue.send();
    if (before > 0 && this.#queue() === 0) await this.hub.get("/scan/test_api/");
  }

  /**
   * @param {any} body
   * @param {number} began
   */
  async #welcome({ device_info: info, server_info: server }, began) {
    this.hub.clockAheadMs = Math.round((began + Date.now()) / 2 - Date.parse(server.timestamp));
    const hasMoved = info.event !== this.device.event;
    this.device = { uuid: info.uuid, name: info.name, event: info.event, door: info.door, may: info.may };
    await this.#store.putFact("device", this.device);
    await this.#store.putFact("clock", this.hub.clockAheadMs);
    await this.#takeAddresses(server);
    if (info.event) {
      this.listed = this.#refreshList();
      await Promise.race([this.listed, later(LIST_WITHIN_MS)]);
    }
    if (hasMoved || !this.#live) this.#follow();
  }

  async #refreshList() {
    await this.eventData.refresh();
    await this.#keepHeard();
    this.#around.onChange();
  }

  /**
   * Move to another door. What waits is sent before: it is recorded at the door where the phone stands then.
   *
   * @param {string} door
   * @returns {Promise<string>} what is wrong; empty: it stands there
   */
  async chooseDoor(door) {
    if (this.queue.waiting.length > 0) await this.queue.send();
    if (this.queue.waiting.length > 0) return say("scan-door-waiting");
    const { status, body } = await this.hub.post("/scan/door/", { door });
    if (!body.success) return AGAIN.has(status) ? say("scan-door-alone") : refusalText(body);
    await this.#asking;
    this.device = { ...this.device, door: body.door };
    await this.#store.putFact("device", this.device);
    this.#around.onChange();
    return "";
  }

  /** @param {{addresses?: object[], relay?: {sent: number}}} server where the event is served, and what a relay has sent */
  async #takeAddresses({ addresses, relay }) {
    if (relay) await this.queue.delivered(this.hub.address, relay.sent);
    this.hub.takeAddresses(addresses);
    await this.#store.putFact("addresses", this.hub.addresses);
    this.hub.lookForPreferred();
  }

  /** Another address is asked from now on: follow it, and ask there who this phone is. */
  #moved() {
    this.#isLive = false;
    if (this.#isStopped) return;
    if (this.#live) this.#follow();
    const isOften = Date.now() - this.#movedAt < LOOK_MS;
    this.#movedAt = Date.now();
    if (!isOften) this.#askOnceMore();
    this.#around.onChange();
  }

  #follow() {
    this.#live?.stop();
    if (!this.device.event) return;
    const { address } = this.hub;
    this.#live = new LiveClient({
      url: `${address}/live`.replace(/^http/, "ws"),
      subscription: new Subscription(this.device.event, "events"),
      hello: () => this.hub.hello(),
      onState: (state) => this.#heard(state),
      onItems: (items, first) => items.forEach((item, index) => this.eventData.heard(first + index, item, address)),
      onStatus: (status) => this.#linked(status),
    });
    this.#live.start();
  }

  /** @param {import("../live/event_state.js").EventState} state */
  #heard({ occupancy, devices }) {
    this.hub.heard();
    this.counts = occupancy;
    this.#devices = Object.fromEntries(devices.map(({ id, name }) => [id, name]));
    this.#around.onChange();
  }

  /** @param {import("../live/client.js").Status} status */
  #linked({ phase, code }) {
    const wasLive = this.#isLive;
    this.#isLive = phase === "live";
    if (this.#isLive && !wasLive) this.#askOnceMore();
    if (phase === "reconnecting" || phase === "stale") this.hub.isThere = false;
    if (phase === "ended" && code !== 4504) this.#ask();
    this.#around.onChange();
  }

  #hurry = () => this.#look();

  /** Look for a hub that is away, and send what waits. */
  #look() {
    const isUnfollowed = this.device.event !== null && !this.#live;
    const isLongAgo = Date.now() - this.#askedAt > ASK_MS;
    const isHeld = this.queue.held.length > 0 && Date.now() - this.#askedAt > ASK_HELD_MS;
    const isDue = !this.hub.isThere || isUnfollowed || isLongAgo || isHeld || this.queue.waiting.length > 0;
    if (isDue) this.#ask();
    else this.#keepHeard();
    this.hub.lookForPreferred();
  }

  // --- what is kept -------------------------------------------------------------------------------------------

  async #loadFacts() {
    const names = ["device", "clock", "heard", "addresses"];
    const [device, clock, heard, addresses] = await Promise.all(names.map((name) => this.#store.fact(name)));
    this.hub.takeAddresses(addresses);
    if (device) this.device = device;
    this.hub.clockAheadMs = clock ?? 0;
    this.hub.heardAt = heard?.at ?? 0;
    this.counts = heard?.counts ?? null;
    this.#devices = heard?.devices ?? {};
  }

  /** Keep how old this phone's event data is, for after a reload. */
  #keepHeard() {
    const heard = { at: this.hub.heardAt, counts: this.counts, devices: this.#devices };
    if (this.#isStopped) return Promise.resolve();
    return this.#store.putFact("heard", heard);
  }

  #makeScans() {
    const device = () => ({ ...this.device, may: this.may });
    return new Scans(this.hub, this.eventData, this.queue, device, {
      counts: () => this.#countsHere(),
      nameOfDevice: (id) => this.nameOfDevice(id),
      onLate: this.#around.onLate,
    });
  }

  /** People inside, as last heard, with those whom this phone let through since. */
  #countsHere() {
    if (!this.counts) return null;
    const zones = Object.fromEntries(this.counts.zones.map((/** @type {any} */ zone) => [zone.id, zone.inside]));
    let inside = this.counts.inside;
    for (const { verdict, door, undo } of this.queue.waiting) {
      if (undo) continue;
      const into = this.eventData.door(door)?.into;
      const by = verdict === "admitted" ? 1 : verdict === "exited" ? -1 : 0;
      inside += by;
      if (into) zones[into] = (zones[into] ?? 0) + by;
    }
    return { inside, zones };
  }
}
