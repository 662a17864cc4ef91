// Scan whose answer does not come in time: the verdict from the live flow or from the phone itself.
import assert from "node:assert/strict";
import test from "node:test";

import "./catalogues.mjs";
import { EventData } from "../../web/static/scanner/offline/event_data.js";
import { ScanQueue } from "../../web/static/scanner/offline/queue.js";
import { unlessAgainstItself } from "../../web/static/scanner/own_scans.js";
import { Scans } from "../../web/static/scanner/scan.js";

const NOW = Date.parse("2026-12-24T19:14:00Z");
const HUB = "https://hub.example.org";
const SILENT = { status: 0, body: {} };
const TICKET = {
  uuid: "t", issue: 1, status: "valid", product: null, starts_at: "2026-12-24T19:30:00Z", expires_at: "2026-12-25T05:00:00Z",
  is_expired: false, reservation: "r", where: [], entries: 0, entered: [],
};
const INSIDE = { ...TICKET, where: [null], entries: 1, entered: ["2026-12-24T19:00:00Z"], last: { at: "2026-12-24T19:00:00Z", door: "d", device: "ours" } };
const door = { id: "d", name: "North", into: null, out_of: null, products: null, opens_at: null, closes_at: null };

/** What a browser keeps, kept in memory. */
class Shelf {
  kept = new Map();
  constructor(ticket, policy) {
    const rules = { offline: "admit", reentry: "single", max_inside: null, admit_before_min: null, admit_after_min: null, products: [], ...policy };
    const event = { uuid: "e", name: "Concert", timezone: "UTC", starts_at: null, ends_at: null };
    this.head = { is_full: true, epoch: "1", seq: 5, gone: [], event, doors: [door], zones: [], policy: rules, keys: [], salt: "" };
    this.tickets = [ticket];
  }
  manifest = async () => ({ manifest: this.head, tickets: this.tickets, news: [] });
  news = [];
  position = async () => ({ manifest: this.head, news: this.news });
  arriving = async () => undefined;
  putNews = async (news) => void this.news.push(news);
  waiting = async () => [...this.kept.values()];
  conflicts = async () => [];
  putWaiting = async (scan) => void this.kept.set(scan.nonce, scan);
  dropWaiting = async (nonce) => void this.kept.delete(nonce);
}

/**
 * A phone that knows one ticket, and whose hub does with a scan what `meanwhile` says, and answers as that resolves to.
 */
async function phoneOf(ticket, meanwhile, policy = {}) {
  return pageOf(new Shelf(ticket, policy), meanwhile);
}

/** A page of a phone that keeps on this shelf. */
async function pageOf(shelf, meanwhile) {
  const eventData = new EventData(shelf, async () => SILENT, () => HUB);
  const queue = new ScanQueue(shelf, { batch: async () => SILENT, undo: async () => SILENT }, { onChange: () => {}, onTaken: () => {} });
  const hub = { isThere: false, heardAt: NOW, now: () => NOW, post: async () => meanwhile(eventData), postScan: async () => meanwhile(eventData) };
  await Promise.all([eventData.load(), queue.load("ours")]);
  const device = () => ({ uuid: "ours", door: "d", may: new Set() });
  const around = { counts: () => null, nameOfDevice: () => null, onLate: () => {} };
  return { scans: new Scans(hub, eventData, queue, device, around), shelf, hub, queue };
}
const heard = (kind, device) => ({ kind, at: new Date(NOW).toISOString(), data: { ticket: "t", door: "d", device } });
const hearing = (kind, device) => async (eventData) => {
  eventData.heard(6, heard(kind, device));
  return SILENT;
};
const scan = (direction) => ({ ticket_uuid: "t", direction });

test("a phone that hears of its own entry before the answer does not call it a second one", async () => {
  const { scans, shelf } = await phoneOf(TICKET, hearing("ticket.scanned", "ours"));
  assert.equal((await scans.scan(scan("in"))).body.code, "admitted");
  assert.deepEqual([...shelf.kept.values()].map(({ verdict }) => verdict), ["admitted"]);
});

test("a phone that hears of its own exit before the answer does not call it nobody's", async () => {
  const { scans, shelf } = await phoneOf(INSIDE, hearing("ticket.exited", "ours"));
  assert.equal((await scans.scan(scan("out"))).body.code, "exited");
  assert.deepEqual([...shelf.kept.values()].map(({ verdict }) => verdict), ["exited"]);
});

test("an event that lets nobody in alone has let in whom the journal tells of", async () => {
  const { scans } = await phoneOf(TICKET, hearing("ticket.scanned", "ours"), { offline: "refuse" });
  assert.equal((await scans.scan(scan("in"))).body.code, "admitted");
});

test("an entry that the hub has taken stands on this phone until the manifest that holds it is here", async () => {
  const shelf = new Shelf(TICKET);
  shelf.putManifest = async () => {};
  let answer = SILENT;
  const eventData = new EventData(shelf, async () => answer, () => HUB);
  await eventData.load();
  const here = { at: NOW + 1000, device: "ours", door: "d", overLimit: false, counts: null, waiting: [] };
  const code = async () => (await eventData.decide(scan("in"), here)).code;
  assert.equal(await code(), "admitted");
  const passage = { ticket: "t", direction: "in", at: NOW, door: "d", device: "ours" };
  eventData.taken({ ...passage, verdict: "already_scanned" }, 6);
  eventData.taken({ ...passage, verdict: "admitted", undo: "taken back" }, 6);
  assert.equal(await code(), "admitted");
  eventData.taken({ ...passage, verdict: "admitted" }, 6);
  assert.equal(await code(), "already_scanned");
  await eventData.refresh();
  assert.equal(await code(), "already_scanned");
  answer = { status: 200, body: { ...shelf.head, is_full: false, seq: 7, tickets: [TICKET] } };
  await eventData.refresh();
  assert.equal(await code(), "admitted");
});

test("whom another door let in meanwhile is refused here", async () => {
  const { scans } = await phoneOf(TICKET, hearing("ticket.scanned", "theirs"));
  const { body } = await scans.scan(scan("in"));
  assert.deepEqual([body.code, body.same_device], ["already_scanned", false]);
});

test("whom this phone let in before is refused, whatever it hears, and who is outside cannot leave", async () => {
  const inside = await phoneOf(INSIDE, async () => SILENT);
  assert.equal((await inside.scans.scan(scan("in"))).body.code, "already_scanned");
  const twice = await phoneOf(INSIDE, hearing("ticket.scanned", "ours"));
  assert.equal((await twice.scans.scan(scan("in"))).body.code, "already_scanned");
  const outside = await phoneOf(TICKET, async () => SILENT);
  assert.equal((await outside.scans.scan(scan("out"))).body.code, "not_inside");
});

test("of two pages of one phone that are alone one lets a guest in, and the other says so", async () => {
  const { scans, shelf } = await phoneOf(TICKET, async () => SILENT);
  const other = await pageOf(shelf, async () => SILENT);
  const codes = (await Promise.all([scans, other.scans].map((page) => page.scan(scan("in"))))).map(({ body }) => body.code);
  assert.deepEqual(codes.sort(), ["admitted", "already_scanned"]);
  assert.deepEqual([...shelf.kept.values()].map(({ verdict }) => verdict).sort(), ["admitted", "already_scanned"]);
});

test("what another page of this phone let in is not this page's own scan", async () => {
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true }); // a browser without Web Locks
  const { scans: first, shelf } = await phoneOf(TICKET, async () => SILENT);
  let meanwhile = null;
  const other = await pageOf(shelf, async (eventData) => {
    meanwhile ??= first.scan(scan("in"));
    assert.equal((await meanwhile).body.code, "admitted");
    eventData.heard(6, heard("ticket.scanned", "ours")); // the first page's scan has reached the hub, its answer was lost
    return SILENT;
  });
  other.hub.isThere = true;
  assert.equal((await other.scans.scan(scan("in"))).body.code, "already_scanned");
});

test("a guest of whom the hub does not know yet is not asked for: what waits goes first", async () => {
  const { scans, hub, queue } = await phoneOf(TICKET, async () => SILENT);
  assert.equal((await scans.scan(scan("in"))).body.code, "admitted");
  const asked = [];
  hub.postScan = async (path) => (asked.push(path), { status: 200, body: { success: true, code: "admitted", seq: 9 } });
  hub.isThere = true;
  assert.equal((await scans.scan(scan("in"))).body.code, "already_scanned");
  assert.deepEqual([asked, queue.waiting.length], [[], 2]);
});

test("what another page has heard, kept or settled is known here before the next scan", async () => {
  const { scans, shelf } = await phoneOf(TICKET, async () => SILENT);
  shelf.news.push({ seq: 6, ticket: "t", direction: "in", at: NOW - 1000, door: "d", device: "theirs" });
  assert.equal((await scans.scan(scan("in"))).body.code, "already_scanned");
  shelf.head = { ...shelf.head, is_full: false, seq: 8 };
  shelf.news = [];
  shelf.tickets = [{ ...TICKET, status: "canceled" }];
  assert.equal((await scans.scan(scan("in"))).body.code, "canceled");
});

test("the list of another event is taken up, though its numbers are lower", async () => {
  const { scans, shelf } = await phoneOf(TICKET, async () => SILENT);
  shelf.head = { ...shelf.head, seq: 2, event: { ...shelf.head.event, uuid: "other" } };
  shelf.tickets = [{ ...TICKET, status: "canceled" }];
  assert.equal((await scans.scan(scan("in"))).body.code, "canceled");
});

test("a phone without a list foresees nothing", () => {
  const judged = { code: "already_scanned", details: { same_device: true, last: { at: NOW, door: "d", device: "ours" } } };
  assert.equal(unlessAgainstItself(null, judged), judged);
});

test("an answer that comes late and agrees is not forgotten with what no longer waits", async () => {
  let answer = () => {};
  const { scans, shelf, hub } = await phoneOf(TICKET, () => new Promise((resolve) => (answer = resolve)));
  assert.equal((await scans.scan(scan("in"))).body.code, "admitted");
  answer({ status: 200, body: { success: true, code: "admitted", seq: 6, ticket: { uuid: "t" } } });
  while (shelf.kept.size > 0) await new Promise((resolve) => setImmediate(resolve));
  hub.postScan = async () => SILENT;
  assert.equal((await scans.scan(scan("in"))).body.code, "already_scanned");
});

test("who was taken back while the hub is away may come in", async () => {
  const { scans, shelf, queue } = await phoneOf(TICKET, async () => SILENT);
  const { nonce } = await scans.scan(scan("in"));
  assert.equal((await scans.scan(scan("in"))).body.code, "already_scanned");
  await queue.takeBack(nonce);
  assert.equal((await scans.scan(scan("in"))).body.code, "admitted");
  assert.equal(shelf.kept.size, 3);
});

const ASKING = { confirm: "ID seen?" };

test("a phone that is alone puts the event's question first, and keeps the entry that a yes makes under the same nonce", async () => {
  const sent = [];
  const { scans, shelf, hub } = await phoneOf(TICKET, async () => SILENT, ASKING);
  hub.postScan = async (path, body) => (sent.push(body), SILENT);
  const asked = await scans.scan(scan("in"));
  assert.deepEqual([asked.body.code, asked.body.message, asked.body.success], ["confirm", "ID seen?", false]);
  assert.equal(shelf.kept.size, 0);
  const { body } = await scans.scan({ ...scan("in"), confirmed: true });
  assert.equal(body.code, "admitted");
  const [kept] = shelf.kept.values();
  assert.deepEqual([kept.verdict, kept.confirmed], ["admitted", true]);
  assert.deepEqual(new Set(sent.map(({ nonce }) => nonce)), new Set([kept.nonce]));
});

test("after a no nothing is kept, and the next scan asks anew under a nonce of its own", async () => {
  const { scans, shelf, hub } = await phoneOf(TICKET, async () => SILENT, ASKING);
  const nonces = new Set();
  hub.postScan = async (path, { nonce }) => (nonces.add(nonce), SILENT);
  for (const _ of [1, 2]) assert.equal((await scans.scan(scan("in"))).body.code, "confirm");
  assert.deepEqual([shelf.kept.size, nonces.size], [0, 2]);
});

test("a product's question goes before the event's, and neither stops who leaves", async () => {
  const products = [{ name: "VIP", reentry: null, notice: null, confirm: "Wristband?" }];
  const vip = await phoneOf({ ...TICKET, product: "VIP" }, async () => SILENT, { ...ASKING, products });
  assert.equal((await vip.scans.scan(scan("in"))).body.message, "Wristband?");
  const inside = await phoneOf(INSIDE, async () => SILENT, ASKING);
  assert.equal((await inside.scans.scan(scan("out"))).body.code, "exited");
});

test("an event that lets nobody in alone asks nothing, and a check, like the hub's, does not either", async () => {
  const refusing = await phoneOf(TICKET, async () => SILENT, { ...ASKING, offline: "refuse" });
  assert.equal((await refusing.scans.scan(scan("in"))).body.code, "offline");
  const checking = await phoneOf(TICKET, async () => SILENT, ASKING);
  assert.equal((await checking.scans.check(scan("in"))).body.code, "admitted");
});

test("a hub that asks no more has let in whom the journal tells of", async () => {
  const { scans } = await phoneOf(TICKET, hearing("ticket.scanned", "ours"), ASKING);
  assert.equal((await scans.scan(scan("in"))).body.code, "admitted");
});

test("an event is over half a day after its end, unless a ticket is still good", async () => {
  const end = Date.parse("2026-12-25T01:00:00Z");
  const half = 12 * 3_600_000;
  const overOf = async (ticket) => {
    const shelf = new Shelf(ticket);
    shelf.head.event.ends_at = new Date(end).toISOString();
    const eventData = new EventData(shelf, async () => SILENT, () => HUB);
    await eventData.load();
    return (ms) => eventData.isOver(end + ms);
  };
  const tonight = await overOf(TICKET);
  assert.deepEqual([tonight(half), tonight(half + 1)], [false, true]);
  const tomorrow = await overOf({ ...TICKET, expires_at: new Date(end + 2 * half).toISOString() });
  assert.deepEqual([tomorrow(half + 1), tomorrow(2 * half)], [false, true]);
  const nothing = new EventData({ manifest: async () => ({ manifest: null }), arriving: async () => undefined }, async () => SILENT, () => HUB);
  await nothing.load();
  assert.equal(nothing.isOver(Infinity), false);
});
