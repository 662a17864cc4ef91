// Phone between a relay and its hub: which address is asked, and what it keeps of a relay's decisions.
import assert from "node:assert/strict";
import test from "node:test";

import "./catalogues.mjs";
import { Addresses } from "../../web/static/scanner/addresses.js";
import { EventData } from "../../web/static/scanner/offline/event_data.js";
import { ScanQueue } from "../../web/static/scanner/offline/queue.js";
import { Scans } from "../../web/static/scanner/scan.js";

const HUB = "https://hub.example.org";
const HALL = "https://hall.example.org:8443";
const BOTH = [{ url: HALL, relay: "Hall" }, { url: HUB }];
const NOW = Date.parse("2026-12-24T19:14:00Z");
const SILENT = { status: 0, body: {} };

function addressesAt(time, own = HUB, named = BOTH) {
  const addresses = new Addresses(own, () => time.now);
  addresses.take(named);
  return addresses;
}

test("a phone asks its own page's hub until it hears of a relay, and stays with what it asks then", () => {
  const addresses = new Addresses(HUB, () => 0);
  assert.deepEqual(addresses.current, { url: HUB });
  assert.equal(addresses.failed(HUB), false);
  assert.equal(addresses.take(BOTH), false);
  assert.deepEqual([addresses.current.url, addresses.due?.url], [HUB, HALL]);
  assert.deepEqual(addresses.take([{ url: HUB }]), false);
  assert.equal(addresses.hasOthers, false);
});

test("a preferred address that was not tried yet is asked after its first answer", () => {
  const addresses = addressesAt({ now: 0 });
  assert.equal(addresses.tried(true), true);
  assert.equal(addresses.current.relay, "Hall");
});

test("a preferred address that was away is returned to after two answers in a row", () => {
  const time = { now: 0 };
  const addresses = addressesAt(time);
  assert.equal(addresses.tried(false), false);
  assert.equal(addresses.due, null);
  time.now = 4000;
  assert.equal(addresses.due.url, HALL);
  assert.equal(addresses.tried(true), false);
  assert.equal(addresses.tried(true), true);
  assert.equal(addresses.current.relay, "Hall");
});

test("an address that failed is left at once, and tried again after pauses that double up to a minute", () => {
  const time = { now: 0 };
  const addresses = addressesAt(time, HALL);
  assert.equal(addresses.failed(HALL), true);
  assert.equal(addresses.failed(HALL), false); // a second call that was under way there
  assert.equal(addresses.current.url, HUB);
  const pauses = Array.from({ length: 6 }, () => {
    const from = time.now;
    while (!addresses.due) time.now += 1000;
    addresses.tried(true); // one answer alone
    addresses.tried(false);
    return time.now - from;
  });
  assert.deepEqual(pauses, [4000, 8000, 16_000, 32_000, 64_000, 64_000]);
});

test("with both away they are asked in turn", () => {
  const addresses = addressesAt({ now: 0 }, HALL);
  const asked = Array.from({ length: 4 }, () => {
    const { url } = addresses.current;
    addresses.failed(url);
    return url;
  });
  assert.deepEqual(asked, [HALL, HUB, HALL, HUB]);
});

test("addresses that are none, or without TLS, are left out, and the page's own is never", () => {
  const bad = [null, 7, {}, { url: "hall" }, { url: "http://hall.example.org" }, { url: `${HALL}/x` }, { url: "javascript:1" }, { url: HALL, relay: 3 }];
  for (const named of [bad, "all", null, 7, {}]) assert.deepEqual(addressesAt({ now: 0 }, HUB, named).all, [{ url: HUB }]);
  const many = Array.from({ length: 50 }, (_, index) => ({ url: `https://h${index}.example.org` }));
  assert.deepEqual(addressesAt({ now: 0 }, HUB, many).all.map(({ url }) => url), [...many.slice(0, 4).map(({ url }) => url), HUB]);
  const local = [{ url: "http://127.0.0.1:9000" }];
  assert.deepEqual(addressesAt({ now: 0 }, "http://127.0.0.1:8000", local).all.length, 2);
});

// --- scans -----------------------------------------------------------------------------------------------------------

const ADMITTED = { success: true, code: "admitted", decided_by: "relay", seq: 900, ticket: { uuid: "t" } };
const TICKET = {
  uuid: "t", issue: 1, status: "valid", product: null, starts_at: "2026-12-24T19:30:00Z", expires_at: "2026-12-25T05:00:00Z",
  is_expired: false, reservation: "r", where: [], entries: 0, entered: [],
};
const RULES = { offline: "admit", reentry: "single", max_inside: null, admit_before_min: null, admit_after_min: null, products: [] };

/** A phone at the relay's address, whose hubs answer as `answers` says, by address. */
async function phoneAt(relay, answers) {
  const event = { uuid: "e", name: "Concert", timezone: "UTC", starts_at: null, ends_at: null };
  const door = { id: "d", name: "North", into: null, out_of: null, products: null, opens_at: null, closes_at: null };
  const head = { is_full: true, epoch: "1", seq: 500, gone: [], event, doors: [door], zones: [], policy: RULES, keys: [], salt: "", address: HALL, began: 0 };
  const kept = new Map();
  const news = [];
  const store = {
    manifest: async () => ({ manifest: head, tickets: [TICKET], news }),
    position: async () => ({ manifest: head, news }),
    putManifest: async () => {},
    arriving: async () => undefined,
    putNews: async (each) => void news.push(each),
    waiting: async () => [...kept.values()],
    conflicts: async () => [],
    putWaiting: async (scan) => void kept.set(scan.nonce, scan),
    dropWaiting: async (nonce) => void kept.delete(nonce),
  };
  const hub = { isThere: true, heardAt: NOW, now: () => NOW, address: relay ? HALL : HUB, relay: relay ? "Hall" : undefined, asked: [] };
  hub.postScan = async () => {
    const { address } = hub;
    hub.asked.push(address);
    return { ...(await answers[address](hub)), address };
  };
  const sent = [];
  const batch = async (body) => {
    sent.push(...body.scans);
    return { status: 200, body: { results: body.scans.map(() => ({ success: true, code: "admitted", seq: 77 })) } };
  };
  const eventData = new EventData(store, async () => SILENT, () => hub.address);
  const queue = new ScanQueue(store, { batch, undo: async () => SILENT }, { onChange: () => {}, onTaken: () => {}, relay: () => hub.relay });
  await Promise.all([eventData.load(), queue.load("ours")]);
  const around = { counts: () => null, nameOfDevice: () => null, onLate: () => {} };
  const scans = new Scans(hub, eventData, queue, () => ({ uuid: "ours", door: "d", may: new Set() }), around);
  return { hub, scans, queue, eventData, sent, kept };
}

const moved = (hub) => Object.assign(hub, { address: HUB, relay: undefined });
const scan = (nonce) => ({ ticket_uuid: "t", direction: "in", reason: nonce });

test("a relay's own decision is kept until the relay says that the hub has it", async () => {
  const { scans, queue, kept } = await phoneAt(true, { [HALL]: async () => ({ status: 200, body: ADMITTED }) });
  assert.equal((await scans.scan(scan())).body.code, "admitted");
  assert.deepEqual([queue.waiting.length, queue.held.length, kept.size], [0, 1, 1]);
  await queue.delivered(HALL, 899);
  await queue.delivered(HUB, 900);
  assert.equal(queue.held.length, 1);
  await queue.delivered(HALL, 900);
  assert.deepEqual([queue.held.length, kept.size], [0, 0]);
});

test("what the hub itself decided is not kept", async () => {
  const { decided_by: _, ...body } = ADMITTED;
  const { scans, queue } = await phoneAt(true, { [HALL]: async () => ({ status: 200, body }) });
  await scans.scan(scan());
  assert.equal(queue.held.length, 0);
});

test("a phone whose relay is lost sends the hub what the relay decided, under the same nonce", async () => {
  const { hub, scans, queue, sent } = await phoneAt(true, { [HALL]: async () => ({ status: 200, body: ADMITTED }) });
  await scans.scan(scan());
  await queue.send();
  assert.equal(sent.length, 0);
  const [{ nonce }] = queue.held;
  moved(hub);
  await queue.send();
  assert.deepEqual(sent.map((each) => [each.nonce, each.verdict, each.held]), [[nonce, "admitted", undefined]]);
  assert.deepEqual([queue.waiting.length, queue.held.length], [0, 0]);
});

test("of a party that the relay let in each ticket is kept and sent to the hub, under the nonce of its one scan", async () => {
  const party = { ...ADMITTED, tickets: [{ uuid: "t", code: "admitted" }, { uuid: "u", code: "admitted" }], admitted_count: 2 };
  const { hub, scans, queue, sent, kept } = await phoneAt(true, { [HALL]: async () => ({ status: 200, body: party }) });
  assert.equal((await scans.scan({ ...scan(), count: 2 })).body.code, "admitted");
  assert.deepEqual([queue.held.length, kept.size, queue.isAheadOf("t"), queue.isAheadOf("u")], [2, 2, false, false]);
  await queue.delivered(HALL, 900);
  assert.deepEqual(queue.held.map(({ ticket }) => ticket), ["u"]);
  moved(hub);
  assert.equal(queue.isAheadOf("u"), true);
  await queue.send();
  assert.deepEqual(sent.map((each) => [each.ticket_uuid, each.of_party, each.count, each.party, each.nonce.includes("/")]), [["t", "u", undefined, undefined, false]]);
});

test("a ticket that the relay let in is not asked of a hub that may not know of it", async () => {
  const away = async (hub) => (moved(hub), SILENT);
  const answers = { [HALL]: async () => ({ status: 200, body: ADMITTED }), [HUB]: async () => ({ status: 200, body: { ...ADMITTED, decided_by: undefined, seq: 10 } }) };
  const { hub, scans, queue } = await phoneAt(true, answers);
  await scans.scan(scan("first"));
  answers[HALL] = away;
  queue.send = async () => {}; // the line is too slow for the batch
  assert.equal((await scans.scan(scan("again"))).body.code, "already_scanned");
  assert.deepEqual(hub.asked, [HALL, HALL]);
});

test("a scan that the relay did not answer is asked of the hub, under the same nonce, within the same verdict", async () => {
  const { hub, scans } = await phoneAt(true, {
    [HALL]: async (each) => (moved(each), SILENT),
    [HUB]: async () => ({ status: 200, body: { success: true, code: "admitted", seq: 10, ticket: { uuid: "t" } } }),
  });
  const outcome = await scans.scan(scan());
  assert.deepEqual([outcome.body.code, outcome.asOf, hub.asked], ["admitted", undefined, [HALL, HUB]]);
});

test("an entry by another journal's number stands on the phone, though the number is lower than the list's", async () => {
  const { hub, scans } = await phoneAt(false, { [HUB]: async () => ({ status: 200, body: { success: true, code: "admitted", seq: 10, ticket: { uuid: "t" } } }) });
  assert.equal((await scans.scan(scan("first"))).body.code, "admitted");
  hub.postScan = async () => SILENT;
  assert.equal((await scans.scan(scan("again"))).body.code, "already_scanned");
});
