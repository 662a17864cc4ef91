// Scanner: texts of verdicts, updates by the journal, and batches of scans that wait.
import assert from "node:assert/strict";
import test from "node:test";

import "./catalogues.mjs";
import { offlineAnswer } from "../../web/static/scanner/offline/response.js";
import { describe, seatText } from "../../web/static/scanner/verdict_text.js";
import { contactIn, findGuests } from "../../web/static/scanner/offline/guest_search.js";
import { after, newsOf, stateOf } from "../../web/static/scanner/offline/known_tickets.js";
import { currentShowing, showingText, showingsOf, timeOf } from "../../web/static/scanner/guest_showings.js";
import { conflictLine } from "../../web/static/scanner/health.js";
import { KeptScans } from "../../web/static/scanner/offline/kept_scans.js";
import { ScanQueue, asManyAsFit } from "../../web/static/scanner/offline/queue.js";
import { say } from "../../web/static/shared/say.js";

const here = { now: 1_000_000_000, timeZone: "Europe/Paris", may: new Set(), hasList: true };
const shown = (body, more = {}) => describe({ status: 200, body, ...more }, { ...here, ...more.here });

test("texts count, and fill in what they are given", () => {
  assert.equal(say("scan-health-offline-waiting", { count: 1 }), "Offline, 1 scan waits");
  assert.equal(say("scan-health-offline-waiting", { count: 1200 }), "Offline, 1,200 scans wait");
  assert.equal(say("scan-line-already", { when: "20:14", door: "", by: "by Gate 2" }), "Already scanned 20:14 by Gate 2");
});

test("a refusal says when, where and by whom, by the event's clock", () => {
  const ticket = { first_name: "Ada", last_name: null, scanned_at: "2026-12-24T19:14:00+00:00" };
  const body = { success: false, code: "already_scanned", ticket, scanned_at_door: "North door", scanned_by_name: "Gate 2" };
  const { line, name, tone, stays } = shown(body);
  assert.deepEqual([line, name, tone, stays], ["Already scanned 20:14 at North door by Gate 2", "Ada", "refuse", true]);
});

test("a ticket of another day names it, by the event's clock, online and offline", () => {
  const now = Date.parse("2026-11-28T22:30:00Z");
  const ticket = (date) => ({ date, time: "20:30" });
  const lineAt = (code, date, more = {}, at = now, timeZone = "Europe/Paris") =>
    shown({ code, ticket: ticket(date), message: "Ticket is for Sun 29 Nov, 20:30; from 18:30", ...more }, { here: { now: at, timeZone } }).line;
  assert.equal(lineAt("too_early", "2026-11-29"), "For tomorrow, Sunday 29 November, 20:30");
  assert.equal(lineAt("too_early", "2026-11-30"), "For Monday 30 November, 20:30");
  assert.equal(lineAt("too_early", "2027-01-02"), "For Saturday 2 January 2027, 20:30");
  assert.equal(lineAt("too_late", "2026-11-27"), "It was for yesterday, Friday 27 November, 20:30");
  assert.equal(lineAt("too_late", "2026-11-21"), "It was for Saturday 21 November, 20:30");
  assert.equal(lineAt("expired", "2026-11-27", { message: "Ticket expired" }), "Expired. It was for yesterday, Friday 27 November, 20:30");
  assert.equal(lineAt("expired", "2026-11-28", { message: "Ticket expired" }), "Expired");
  const opens = { opens_at: "2026-11-28T17:30:00Z" };
  assert.equal(lineAt("too_early", "2026-11-28", opens), "Ticket is for 20:30; from 18:30");
  assert.equal(lineAt("too_late", "2026-11-28", { closes_at: "2026-11-28T22:00:00+00:00" }), "Ticket is for 20:30; until 23:00");
  assert.equal(lineAt("too_early", "2026-11-28"), "Too early");
  // Half past eleven in Paris is the next day already in Auckland, and the day before in Honolulu.
  assert.match(lineAt("too_early", "2026-11-29", opens, now, "Pacific/Auckland"), /^Ticket is for/);
  assert.match(lineAt("too_early", "2026-11-30", {}, now, "Pacific/Auckland"), /^For tomorrow, Monday 30 November/);
  assert.match(lineAt("too_late", "2026-11-27", {}, now, "Pacific/Honolulu"), /^It was for yesterday, Friday 27 November/);
  // The night of a change of clocks is one day like the others.
  assert.match(lineAt("too_early", "2026-10-26", {}, Date.parse("2026-10-25T00:30:00Z")), /^For tomorrow, Monday 26 October/);
  assert.match(lineAt("too_early", "2026-03-30", {}, Date.parse("2026-03-28T23:30:00Z")), /^For tomorrow, Monday 30 March/);
  const doors = { code: "too_early", place: "North door", opens_at: "2026-11-28T18:00:00Z", ticket: ticket("2026-11-29") };
  assert.equal(shown(doors, { here: { now } }).line, "North door opens; from 19:00");
  const rules = { doors: [], policy: { products: [] }, event: { timezone: "Europe/Paris" } };
  const told = { uuid: "t", product: "VIP", starts_at: "2026-11-29T19:30:00Z" };
  const offline = offlineAnswer({ code: "too_early", details: { opens_at: new Date(now).toISOString() } }, told, rules, () => null);
  assert.equal(shown(offline, { here: { now } }).line, "For tomorrow, Sunday 29 November, 20:30");
  const closed = offlineAnswer({ code: "too_early", details: { opens_at: new Date(now).toISOString(), place: "North" } }, told, rules, () => null);
  assert.equal(shown(closed, { here: { now } }).line, "North opens; from 23:30");
});

test("a full zone is named, so that the door knows where there is none left", () => {
  assert.deepEqual([shown({ code: "full", zone: "Balcony" }).line, shown({ code: "full" }).line], ["Full: Balcony", "Full"]);
});

test("an entry goes away by itself, unless there is something to hand out", () => {
  assert.equal(shown({ success: true, code: "admitted" }).stays, false);
  assert.equal(shown({ success: true, code: "admitted", notice: "Blue wristband" }).stays, true);
});

test("a guest's language is shown where it is another one than the phone's", () => {
  const speaks = (language) => shown({ success: true, code: "admitted", ticket: { first_name: "Ada", language } }).speaks;
  assert.deepEqual(["fr", "de", "pt-BR", "en", undefined, null, "", "no tag!"].map(speaks), ["Booked in French", "Booked in German", "Booked in Brazilian Portuguese", "", "", "", "", ""]);
  const rules = { doors: [], policy: { products: [] }, event: { timezone: "Europe/Paris" } };
  const offline = offlineAnswer({ code: "wrong_door", details: {} }, { uuid: "t", language: "fr", starts_at: "" }, rules, () => null);
  assert.equal(shown(offline).speaks, "Booked in French");
});

test("nobody is told green or red by a hub that did not answer", () => {
  for (const status of [0, 429, 500, 503]) assert.equal(describe({ status, body: {} }, here).tone, "warn");
  assert.match(describe({ status: 0, body: {} }, { ...here, hasList: false }).line, /no guest list/);
  assert.equal(describe({ status: 403, body: { code: "device_archived", message: "App is archived." } }, here).line, "This phone was taken out of service.");
});

test("only what may be overridden offers it, to a device that may", () => {
  const may = { here: { may: new Set(["force"]) } };
  assert.equal(shown({ code: "unpaid" }, may).canForce, true);
  assert.equal(shown({ code: "unpaid" }).canForce, false);
  assert.equal(shown({ code: "canceled" }, may).canForce, false);
  assert.equal(shown({ code: "full" }, may).canForce, false);
  assert.equal(shown({ code: "full" }, { here: { may: new Set(["force", "over_limit"]) } }).canForce, true);
});

test("an offline verdict tells how old its knowledge is", () => {
  const asOf = here.now - 3 * 60_000;
  assert.equal(shown({ success: true, code: "admitted" }, { asOf }).origin, "Decided offline, by what was known 3 minutes ago");
  assert.equal(shown({ success: true, code: "admitted" }).origin, "");
});

test("in training a practice code looks like what it stands for", () => {
  assert.equal(shown({ code: "practice", shows: "admitted" }, { isTraining: true }).tone, "pass");
  assert.equal(shown({ code: "practice", shows: "canceled" }, { isTraining: true }).line, "Cancelled");
  assert.equal(shown({ code: "practice", shows: "admitted" }).tone, "note");
});

test("a scan heard of is news, one made offline is the hub's to place, a refusal is none", () => {
  const item = (kind, data = {}) => ({ kind, at: "2026-12-24T19:14:00Z", data: { ticket: "t", door: "d1", ...data } });
  assert.equal(newsOf(7, item("ticket.scanned")).direction, "in");
  assert.equal(newsOf(7, item("ticket.exited")).direction, "out");
  assert.equal(newsOf(7, item("ticket.scanned", { by: "batch" })), "ask");
  for (const kind of ["ticket.undone", "ticket.conflict", "ticket.booked", "event.changed"]) assert.equal(newsOf(7, item(kind)), "ask");
  for (const kind of ["ticket.denied", "headcount", "hidden"]) assert.equal(newsOf(7, item(kind)), null);
});

test("what was heard and done since moves a ticket on, in the order of time", () => {
  const doors = [{ id: "d1", into: null, out_of: null }];
  const passage = (at, direction) => ({ ticket: "t", direction, at, door: "d1", device: "a" });
  const state = after(stateOf(undefined), [passage(2, "out"), passage(1, "in")], doors);
  assert.deepEqual([state.where, state.entries], [[], 1]);
});

test("an offline entry hands out what its product says, a refusal does not", () => {
  const rules = { doors: [], policy: { products: [{ name: "VIP", notice: "Band" }] } };
  const ticket = { uuid: "t", product: "VIP" };
  assert.equal(offlineAnswer({ code: "admitted", details: {} }, ticket, rules, () => null).notice, "Band");
  assert.equal(offlineAnswer({ code: "canceled", details: {} }, ticket, rules, () => null).notice, undefined);
});

test("a phone that is alone says what is to be paid for an unpaid ticket", () => {
  const rules = { doors: [], policy: { products: [] } };
  const ticket = { uuid: "t", product: "VIP", due: { amount: "12.50", currency: "EUR" } };
  const alone = (code) => shown(offlineAnswer({ code, details: {} }, ticket, rules, () => null)).line;
  assert.equal(alone("unpaid"), "Not paid: 12.50 EUR to pay");
  assert.equal(alone("canceled").includes("12.50"), false);
});

test("a verdict shows seat and answers, as of the hub so on a phone that is alone", () => {
  const ticket = { uuid: "t", product: "VIP", seat: { block: "A", row: "3", seat: "12" }, fields: { Menu: "Vegan" } };
  const { seat, answers } = shown({ success: true, code: "admitted", ticket });
  assert.deepEqual([seat, answers], ["Block A, row 3, seat 12", [["Menu", "Vegan"]]]);
  const alone = offlineAnswer({ code: "admitted", details: {} }, ticket, { doors: [], policy: { products: [] } }, () => null);
  assert.deepEqual([shown(alone).seat, shown(alone).answers], [seat, answers]);
  assert.deepEqual([shown({ success: true, code: "admitted" }).seat, shown({ code: "invalid_code" }).answers], ["", []]);
  assert.equal(seatText({ row: null, seat: "7" }), "Seat 7");
});

test("a phone that is alone finds guests by all that it has of them", () => {
  const ada = { uuid: "7e970627-62ac-488d-86c4-9b62cfd40d8d", reservation: "aaaa0000-0000-4000-8000-000000000000", first_name: "Ada", last_name: "Lovelace-Müller", product: "VIP", seat: { block: "A", row: "3", seat: "12" }, fields: { Company: "Analytical" } };
  const bob = { uuid: "11111111-62ac-488d-86c4-9b62cfd40d8d", reservation: "bbbb0000-0000-4000-8000-000000000000", product: "Standard", seat: { row: "3", seat: "13" } };
  const found = (text, byBarcode = null) => findGuests([ada, bob], text, { byBarcode }).map(({ first_name: name = "Bob" }) => name);
  for (const text of ["love ada", "MULLER", "müll", "7e97", "AAAA0000", "a 12", "A/3/12", "12", "vip", "analyt"]) assert.deepEqual(found(text), ["Ada"], text);
  assert.deepEqual(found("3 13"), ["Bob"]);
  assert.deepEqual(found("4006381333931", bob.uuid), ["Bob"]);
  for (const text of ["b 12", "lace", "zzz", "---", "3 3 12 a b"]) assert.deepEqual(found(text), [], text);
  assert.deepEqual(findGuests([{ ...ada, contacts: ["h"] }, bob], "zzz", { byContact: "h" }).length, 1);
});

test("a phone number is looked for by its digits in any writing, an address in small letters", () => {
  for (const text of ["+33 (0)6 12-34.56/78", "0033612345678", "33612345678", "tel: +33 6 12 34 56 78", "＋33 6 12 34 56 78"]) assert.equal(contactIn(text), "33612345678", text);
  assert.equal(contactIn("06 12 34 56 78"), "0612345678");
  assert.equal(contactIn(" Ada@Example.ORG "), "ada@example.org");
  for (const text of ["lovelace", "12", "a 12", "+", "7e970627"]) assert.equal(contactIn(text), null, text);
});

test("guests are counted by showing, and the one that is on or next comes first", () => {
  const of = (uuid, starts, status = "valid") => ({ uuid, starts_at: starts, expires_at: new Date(Date.parse(starts) + 8 * 3_600_000).toISOString(), status });
  const [early, late] = ["2026-12-24T17:00:00Z", "2026-12-25T17:00:00Z"];
  const showings = showingsOf([of("a", late), of("b", early), of("c", early), of("d", early, "canceled")], ({ uuid }) => uuid === "b");
  assert.deepEqual(showings.map(({ id, booked, came }) => [id, booked, came]), [[early, 2, 1], [late, 1, 0]]);
  const at = (time) => currentShowing(showings, Date.parse(time))?.id;
  assert.deepEqual(["2026-12-01T00:00:00Z", "2026-12-25T00:59:00Z", "2026-12-25T01:00:00Z", "2027-01-01T00:00:00Z"].map(at), [early, early, late, late]);
  assert.equal(showingText(showings[0], Date.parse(early), "Europe/Paris"), "Today, 18:00: 1 of 2 came");
  assert.deepEqual(timeOf(showings[0], "Asia/Tokyo"), { date: "2026-12-25", time: "02:00" });
  assert.equal(currentShowing([], 0), null);
});

// --- what waits -------------------------------------------------------------------------------------------------

const waiting = (nonce, more = {}) => ({
  nonce, device: "a", ticket: "t", door: "d1", at: Number(nonce), direction: "in", verdict: "admitted",
  scanned_at: "2026-12-24T19:14:00Z", qrcode_data: "x".repeat(165), ...more,
});

class Shelf {
  kept = new Map();
  conflictsKept = [];
  waiting = async () => [...this.kept.values()];
  conflicts = async () => this.conflictsKept;
  putWaiting = async (scan) => void this.kept.set(scan.nonce, { ...scan });
  dropWaiting = async (nonce) => void this.kept.delete(nonce);
  putConflict = async (conflict) => void this.conflictsKept.push(conflict);
}

async function outboxOf(count, answer, undone = async () => ({ status: 200, body: { success: true, code: "undone" } })) {
  const shelf = new Shelf();
  for (let each = 1; each <= count; each += 1) shelf.kept.set(String(each), waiting(String(each)));
  const posted = [];
  const batch = async (body) => {
    posted.push(body.scans.map((scan) => scan.nonce));
    return answer(body.scans);
  };
  const undo = async ({ seq }) => {
    posted.push(`undo ${seq}`);
    return undone();
  };
  const taken = [];
  const queue = new ScanQueue(shelf, { batch, undo }, { onChange: () => {}, onTaken: ({ nonce }, seq) => taken.push([nonce, seq]) });
  await queue.load("a");
  return { queue, shelf, posted, taken };
}
const admitted = (scans) => ({ status: 200, body: { results: scans.map(({ nonce }) => ({ status: 200, success: true, code: "admitted", seq: 10 + Number(nonce) })) } });

test("a batch is no larger than the hub takes", () => {
  const many = Array.from({ length: 600 }, (_, index) => waiting(String(index)));
  const batch = asManyAsFit(many);
  assert.ok(batch.length > 100 && batch.length < 500);
  assert.ok(JSON.stringify({ scans: batch }).length < 100_000);
  assert.equal(asManyAsFit([waiting("1", { qrcode_data: "x".repeat(60_000) }), waiting("2")]).length, 1);
});

test("what waits is sent oldest first until nothing is left", async () => {
  const { queue, shelf, posted } = await outboxOf(400, admitted);
  await queue.send();
  assert.deepEqual([queue.waiting.length, shelf.kept.size], [0, 0]);
  assert.deepEqual(posted.flat().map(Number), Array.from({ length: 400 }, (_, index) => index + 1));
});

test("what the hub did not confirm waits on", async () => {
  const { queue, posted } = await outboxOf(3, () => ({ status: 503, body: {} }));
  await queue.send();
  assert.deepEqual([queue.waiting.length, posted.length], [3, 1]);
});

test("a scan on which the hub broke waits on, and the others of its batch are through", async () => {
  for (const status of [429, 500, 503]) {
    const results = (scans) => scans.map(({ nonce }) => (nonce === "2" ? { status, code: "internal" } : { status: 200, success: true, code: "admitted" }));
    const { queue, shelf } = await outboxOf(3, (scans) => ({ status: 200, body: { results: results(scans) } }));
    await queue.send();
    assert.deepEqual([queue.waiting.map((scan) => scan.nonce), queue.conflicts, shelf.kept.size], [["2"], [], 1]);
  }
});

test("a scan that the hub would not have is set aside, and jams nothing", async () => {
  const results = (scans) => scans.map(({ nonce }) => (nonce === "1" ? { status: 400, code: "bad_request", message: "no" } : { status: 200, success: true, code: "admitted" }));
  const { queue, shelf } = await outboxOf(3, (scans) => ({ status: 200, body: { results: results(scans) } }));
  await queue.send();
  assert.deepEqual([queue.waiting.length, queue.wrong.length, shelf.kept.size], [0, 1, 1]);
});

test("a conflict is kept until somebody has seen it", async () => {
  const conflict = { status: 200, success: true, code: "admitted", conflict: "already_scanned" };
  const { queue, shelf } = await outboxOf(1, () => ({ status: 200, body: { results: [conflict] } }));
  await queue.send();
  assert.equal(queue.conflicts[0].conflict, "already_scanned");
  assert.equal(shelf.conflictsKept.length, 1);
});

test("a scan that the hub is being asked for is not sent beside that", async () => {
  const { queue, posted } = await outboxOf(2, admitted);
  queue.asking("1");
  await queue.send();
  assert.deepEqual(posted, [["2"]]);
  queue.asked("1");
  await queue.send();
  assert.deepEqual(posted, [["2"], ["1"]]);
});

test("a scan taken back while it waits is sent, then its undo, then what came after", async () => {
  const { queue, shelf, posted } = await outboxOf(3, admitted);
  assert.equal(await queue.takeBack("2"), true);
  assert.ok(shelf.kept.get("2").undo);
  await queue.send();
  assert.deepEqual(posted, [["1", "2"], "undo 12", ["3"]]);
  assert.deepEqual([shelf.kept.size, queue.conflicts.length], [0, 0]);
});

test("an undo that the hub did not answer is sent again with its scan, before all that comes after", async () => {
  const answers = [{ status: 0, body: {} }, { status: 200, body: { success: true, code: "undone" } }];
  const { queue, posted } = await outboxOf(2, admitted, async () => answers.shift());
  await queue.takeBack("1");
  await queue.send();
  assert.deepEqual([posted, queue.waiting.length], [[["1"], "undo 11"], 2]);
  await queue.send();
  assert.deepEqual([posted.slice(2), queue.waiting.length], [[["1"], "undo 11", ["2"]], 0]);
});

test("an undo that the hub refuses is told", async () => {
  const { queue } = await outboxOf(1, admitted, async () => ({ status: 409, body: { success: false, code: "too_late" } }));
  await queue.takeBack("1");
  await queue.send();
  assert.deepEqual(queue.conflicts.map(({ verdict, conflict }) => [verdict, conflict]), [["undone", "too_late"]]);
});

test("an undo that came too late says what to do instead", () => {
  const eventData = { ticket: () => ({ first_name: "Ada" }), manifest: { event: { timezone: "UTC" } } };
  const line = (conflict) => conflictLine({ nonce: "1", ticket: "t", at: "2026-12-24T19:14:00Z", verdict: "undone", conflict }, eventData);
  assert.equal(line("too_late"), "Ada, 19:14: taken back here, but it still counts: after 15 minutes only an organiser can take a scan back. Tell one.");
  assert.match(line("not_last"), /Scanned again since/);
});

test("what the hub has put on record is told with its number, what it has not is not", async () => {
  const results = [{ status: 200, success: true, code: "admitted", seq: 11 }, { status: 200, success: false, code: "unknown_ticket", seq: 12 }];
  const { queue, taken } = await outboxOf(2, () => ({ status: 200, body: { results } }));
  await queue.send();
  assert.deepEqual(taken, [["1", 11]]);
});

test("a scan that the hub has by now is known by its number, and no longer taken back here", async () => {
  const { queue } = await outboxOf(1, admitted);
  await queue.send();
  assert.deepEqual([await queue.takeBack("1"), queue.seqOf("1")], [false, 11]);
});

test("a scan that was taken back before its late answer is still sent, with its undo", async () => {
  const { queue } = await outboxOf(2, admitted);
  await queue.takeBack("1");
  await Promise.all(["1", "2"].map((nonce) => queue.confirmed(nonce, { seq: 9 })));
  assert.deepEqual(queue.waiting.map(({ nonce }) => nonce), ["1"]);
});

test("of last scans that are kept and numbered at once none is lost, and a store that fails stops nothing", async () => {
  let fact = [{ nonce: "a", name: "Ada", seq: null }];
  let isFull = false;
  const later = () => new Promise((resolve) => setImmediate(resolve));
  const store = {
    fact: async () => (isFull ? Promise.reject(new Error("full")) : (await later(), fact)),
    putFact: async (_name, value) => (await later(), (fact = value)),
  };
  const scans = new KeptScans(store);
  const both = [{ nonce: "b", name: "Bob", seq: null }, ...fact];
  await Promise.all([scans.numbered("a", 7), scans.keep(both), scans.numbered("b", 8)]);
  assert.deepEqual(fact, [{ nonce: "b", name: "", seq: 8 }, { nonce: "a", name: "", seq: 7 }]);
  isFull = true;
  await scans.numbered("c", 9);
  isFull = false;
  await scans.keep([{ nonce: "c", name: "", seq: null }]);
  assert.deepEqual(fact, [{ nonce: "c", name: "", seq: 9 }]);
});
