// Guest list in pages: kept as they come, gone on with after a cut or a reload, one list in the end.
import assert from "node:assert/strict";
import test from "node:test";

import { ListTransfer } from "../../web/static/scanner/offline/list_transfer.js";

const CUT = { status: 0, body: {} };
const HUB = "https://hub.example.org";

/** What pages of one phone keep together, kept in memory as the browser's storage does it. */
class Shelf {
  state = undefined;
  kept = new Map();
  arriving = async () => structuredClone(this.state);
  putPage = async (number, tickets, arriving) => {
    if (number > 0 && !(this.state?.id === arriving.id && this.state.pages === number)) return false;
    if (number === 0) this.kept.clear();
    this.kept.set(number, structuredClone(tickets));
    this.state = structuredClone(arriving);
    return true;
  };
  pages = async (id) => (this.state?.id === id ? [...this.kept.values()] : null);
  dropPages = async (id) => {
    if (this.state?.id !== id) return;
    this.state = undefined;
    this.kept.clear();
  };
}

/** A hub whose tickets are `t000`, `t001`, ...; each change of one is an entry of its journal. */
class Journal {
  epoch = "k1";
  event = "e";
  shape = "s";
  seq = 0;
  tickets = new Map();
  changed = [];
  asked = [];
  /** Before so many answers from now the line is cut. */
  cutAfter = Infinity;
  constructor(count) {
    for (let number = 0; number < count; number += 1) this.change(`t${String(number).padStart(3, "0")}`);
  }
  change(uuid) {
    this.seq += 1;
    this.tickets.set(uuid, { uuid, at: this.seq });
    this.changed.push(uuid);
  }
  delete(uuid) {
    this.seq += 1;
    this.tickets.delete(uuid);
    this.changed.push(uuid);
  }
  ask = async (query) => {
    const { limit, after = "", epoch, since } = Object.fromEntries(new URLSearchParams(query));
    this.asked.push(query);
    if ((this.cutAfter -= 1) < 0) return CUT;
    const head = { epoch: this.epoch, event: { uuid: this.event }, shape: this.shape, is_full: true, gone: [], seq: this.seq };
    if (since !== undefined && epoch === this.epoch && Number(since) >= 0) return this.changes(head, Number(since), Number(limit));
    const ids = [...this.tickets.keys()].sort().filter((id) => id > after);
    const listed = ids.slice(0, Number(limit));
    const tickets = structuredClone(listed.map((id) => this.tickets.get(id)));
    const next = ids.length > listed.length ? listed.at(-1) : null;
    return { status: 200, address: HUB, body: { ...head, tickets, next, ...(after ? {} : { count: this.tickets.size }) } };
  };
  changes(head, since, limit) {
    const seq = Math.min(since + limit, this.seq);
    const ids = [...new Set(this.changed.slice(since, seq))];
    const tickets = structuredClone(ids.filter((id) => this.tickets.has(id)).map((id) => this.tickets.get(id)));
    const gone = ids.filter((id) => !this.tickets.has(id));
    return { status: 200, address: HUB, body: { ...head, seq, is_full: false, tickets, gone, more: seq < this.seq } };
  }
}

const transferOf = async (shelf, hub, onPage = () => {}) => {
  const transfer = new ListTransfer(shelf, hub.ask, onPage);
  await transfer.load();
  return transfer;
};
const ids = ({ tickets }) => tickets.map(({ uuid }) => uuid).sort();
function assertIsHub(list, hub) {
  assert.equal(list.head.seq, hub.seq);
  assert.equal(list.head.is_full, true);
  assert.deepEqual([...list.tickets].sort((one, other) => (one.uuid < other.uuid ? -1 : 1)), [...hub.tickets.values()].sort((one, other) => (one.uuid < other.uuid ? -1 : 1)));
}

test("a list comes in pages that grow while the line is quick, and says how far it is", async () => {
  const hub = new Journal(3000);
  const parts = [];
  const transfer = await transferOf(new Shelf(), hub, () => parts.push(transfer.part));
  const list = await transfer.fetch(null);
  assertIsHub(list, hub);
  assert.deepEqual(hub.asked.slice(0, 3).map((query) => query.match(/limit=(\d+)/)[1]), ["500", "1000", "2000"]);
  assert.deepEqual(parts, [500 / 3000, 0.5, 1]);
  await transfer.taken();
  assert.equal(transfer.part, null);
});

for (let cut = 0; cut < 4; cut += 1) {
  test(`after a cut before answer ${cut}, and a reload, the rest is fetched and no page twice`, async () => {
    const hub = new Journal(3000);
    const shelf = new Shelf();
    hub.cutAfter = cut;
    assert.equal(await (await transferOf(shelf, hub)).fetch(null), null);
    assert.equal(shelf.kept.size, Math.min(cut, 3));
    const [had] = [[...shelf.kept.values()].flat().length];
    hub.asked = [];
    hub.cutAfter = Infinity;
    hub.change("t001"); // which is on a page that is here already
    hub.delete("t002");
    hub.change("t9999");
    const transfer = await transferOf(shelf, hub);
    const list = await transfer.fetch(null);
    assertIsHub(list, hub);
    const firstPages = hub.asked.filter((query) => !query.includes("after") && !query.includes("since")).length;
    assert.equal(firstPages, had ? 0 : 1);
  });
}

test("a line that gives up after each page still ends with the whole list", async () => {
  const hub = new Journal(2000);
  const shelf = new Shelf();
  let list = null;
  let tries = 0;
  while (!list && (tries += 1) < 40) {
    hub.cutAfter = 1;
    const transfer = await transferOf(shelf, hub);
    list = await transfer.fetch(null);
    hub.change(`t${String(tries).padStart(3, "0")}`);
  }
  assert.deepEqual(ids(list), [...hub.tickets.keys()].sort());
  assert.ok(tries < 10);
});

test("on a bad line pages become small, and grow again", async () => {
  const hub = new Journal(3000);
  hub.cutAfter = 0;
  const transfer = await transferOf(new Shelf(), hub);
  for (let tries = 0; tries < 4; tries += 1) await transfer.fetch(null);
  assert.deepEqual(hub.asked.map((query) => query.match(/limit=(\d+)/)[1]), ["500", "250", "125", "125"]);
  hub.cutAfter = Infinity;
  assertIsHub(await transfer.fetch(null), hub);
});

test("a list of another event, epoch or shape begins anew, and nothing of the one before is in it", async () => {
  for (const [name, value] of Object.entries({ epoch: "k2", event: "other", shape: "s2" })) {
    const hub = new Journal(1200);
    const shelf = new Shelf();
    hub.cutAfter = 1;
    await (await transferOf(shelf, hub)).fetch(null);
    hub.cutAfter = Infinity;
    hub[name] = value;
    hub.tickets.delete("t003");
    const list = await (await transferOf(shelf, hub)).fetch(null);
    assertIsHub(list, hub);
    assert.equal(name === "event" ? list.head.event.uuid : list.head[name], value);
  }
});

test("with a list here only what changed is fetched, in as many parts as it takes", async () => {
  const hub = new Journal(1500);
  const transfer = await transferOf(new Shelf(), hub);
  const { head } = await transfer.fetch(null);
  await transfer.taken();
  for (const uuid of hub.tickets.keys()) hub.change(uuid);
  hub.delete("t000");
  hub.asked = [];
  const { head: changed, tickets } = await transfer.fetch(head);
  assert.deepEqual([changed.is_full, changed.seq, changed.gone, tickets.length], [false, hub.seq, ["t000"], 1499]);
  assert.ok(hub.asked.every((query) => query.includes("since=")));
});

test("where the journal does not reach back, the whole is fetched, and the list here stays until it is", async () => {
  const hub = new Journal(1500);
  const have = { epoch: "k0", event: { uuid: "e" }, shape: "s", seq: 7, address: HUB };
  const transfer = await transferOf(new Shelf(), hub);
  hub.cutAfter = 2;
  assert.equal(await transfer.fetch(have), null);
  hub.cutAfter = Infinity;
  assertIsHub(await transfer.fetch(have), hub);
});

test("two pages of one phone that fetch at once end with the whole list each", async () => {
  const hub = new Journal(3000);
  const shelf = new Shelf();
  const [one, other] = [await transferOf(shelf, hub), await transferOf(shelf, hub)];
  const lists = await Promise.all([one.fetch(null), other.fetch(null)]);
  const whole = lists.filter((list) => list !== null);
  assert.ok(whole.length > 0);
  for (const list of whole) assertIsHub(list, hub);
});

test("a phone that is unpaired meanwhile keeps nothing more", async () => {
  const hub = new Journal(3000);
  const shelf = new Shelf();
  const transfer = await transferOf(shelf, hub, () => transfer.stop());
  assert.equal(await transfer.fetch(null), null);
  assert.equal(shelf.kept.size, 1);
});

test("a hub of before, which knows no pages, sends all at once", async () => {
  const hub = new Journal(30);
  const { ask } = hub;
  hub.ask = async (query) => {
    const answer = await ask(query.replace(/limit=\d+/, "limit=1000"));
    for (const name of ["next", "count", "more"]) delete answer.body[name];
    return answer;
  };
  assertIsHub(await (await transferOf(new Shelf(), hub)).fetch(null), hub);
});
