// Wedge readers: where a code ends, leftovers, keyboard layouts, and the order of requests.
import assert from "node:assert/strict";
import test from "node:test";

import { codeIn, readText } from "../../web/static/scanner/code_reading.js";
import { OTHERS, isForeignLayout, isPlausible, otherLayouts } from "../../web/static/scanner/keyboard_layout.js";
import { ReadQueue } from "../../web/static/scanner/read_queue.js";
import { ReaderPace, isLetter, isSuffix, lettersTyped } from "../../web/static/scanner/reader.js";

const base64 = (bytes) => Buffer.from(bytes).toString("base64url");
const CODE = `${base64(JSON.stringify({ uuid: "7e970627-62ac-488d-86c4-9b62cfd40d8d", k: "eb049e39" }))}:${base64(new Uint8Array(64).map((_, at) => (at * 37) % 256))}`;
const US = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";
const typedBy = (layout, text) => Array.from(text, (letter) => Array.from(OTHERS[layout])[US.indexOf(letter)]).join("");

const paced = (...letters) => {
  const pace = new ReaderPace();
  for (const at of letters) pace.typed(1, at);
  return pace;
};
const burst = (from, count, each) => Array.from({ length: count }, (_, index) => from + index * each);

test("a reader is known by its pace and its length, a person by theirs", () => {
  assert.equal(paced(...burst(0, 5, 10)).isReader, true);
  assert.equal(paced(...burst(0, 40, 49)).isReader, true);
  assert.equal(paced(...burst(0, 4, 1)).isReader, false);
  assert.equal(paced(...burst(0, 40, 120)).isReader, false);
  assert.equal(new ReaderPace().isReader, false);
});

test("what stood in the field before a reader began is not of its code, what a person goes on with is", () => {
  assert.equal(paced(0, ...burst(4000, 5, 10)).lastCode("a90011"), "90011");
  assert.equal(paced(...burst(0, 7, 5), ...burst(3000, 5, 10)).lastCode("9001190111"), "90111");
  assert.equal(paced(0, 100, 3000, 3200, 3400).lastCode("90211"), "90211");
});

test("a suffix follows at once, and the next code after a pause", () => {
  const pace = paced(...burst(0, 5, 10));
  assert.deepEqual([pace.isSuffixAt(60), pace.isSuffixAt(900)], [true, false]);
  assert.deepEqual([pace.began, pace.ended], [0, 40]);
});

test("Enter, Tab, LF and CR may end a code; a person's shortcuts do not", () => {
  const key = (key, more = {}) => ({ key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...more });
  for (const ends of [key("Enter"), key("Tab"), key("j", { ctrlKey: true }), key("M", { ctrlKey: true })]) assert.equal(isSuffix(ends), true);
  for (const none of [key("Tab", { shiftKey: true }), key("Enter", { altKey: true }), key("a"), key("c", { ctrlKey: true })]) assert.equal(isSuffix(none), false);
  assert.equal(isLetter(key("ç")), true);
  assert.equal(isLetter(key("@", { ctrlKey: true, altKey: true })), true); // AltGr
  for (const none of [key("c", { ctrlKey: true }), key("F5"), key("Dead"), key("v", { metaKey: true })]) assert.equal(isLetter(none), false);
});

test("an input method's letters are what its field grew by, not its whole composition", () => {
  const composed = (data, grown) => lettersTyped({ inputType: "insertCompositionText", data }, grown);
  assert.deepEqual([composed("s", 1), composed("smith", 1), composed("smith", 0), composed("smit", -1)], [1, 1, 0, null]);
  assert.equal(lettersTyped({ inputType: "insertText", data: "90111" }, 5), 5);
  for (const inputType of ["deleteContentBackward", "insertFromPaste", undefined]) assert.equal(lettersTyped({ inputType, data: null }, 3), null);
});

test("each layout is a permutation of keys, so that every code comes back out of it", () => {
  for (const layout of Object.keys(OTHERS)) {
    assert.equal(new Set(OTHERS[layout]).size, US.length, layout);
    assert.ok(otherLayouts(typedBy(layout, CODE)).includes(CODE), layout);
    assert.ok(otherLayouts(typedBy(layout, "AB-90011")).includes("AB-90011"), layout);
  }
  assert.ok(otherLayouts("çàà&&").includes("90011"));
  assert.ok(otherLayouts("QB)é&").includes("AB-21"));
});

test("Caps Lock is undone, in other layouts too, and letters without another case stay", () => {
  const capped = (text) => Array.from(text, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join("");
  assert.ok(otherLayouts(capped(CODE)).includes(CODE));
  assert.ok(otherLayouts(capped(typedBy("french", CODE))).includes(CODE));
  assert.ok(otherLayouts("ß").every((other) => [...other].length === 1));
});

test("a text that may be a code itself is no other layout's", () => {
  for (const plain of ["AZ12", "90011", "AB-12.3", "nonsense"]) assert.deepEqual([isPlausible(plain), isForeignLayout(plain)], [true, false], plain);
  for (const foreign of ["çàà&&", "&é\"'(", typedBy("french", CODE), typedBy("german", CODE)]) assert.equal(isForeignLayout(foreign), true, foreign);
  for (const neither of ["", "not a code", "\u202a"]) assert.equal(isForeignLayout(neither), false);
});

test("a code is found by its shape, whole, and behind what stood there before", () => {
  for (const text of [CODE, ` ${CODE}\r\n`, `]Q1${CODE}`, `smith${CODE}`, `${CODE.slice(0, 30)}${CODE}`]) assert.equal(codeIn(text), CODE, text);
  for (const text of [CODE.slice(0, -2), CODE.slice(0, 40), "90011", "eyJeyJ", ""]) assert.equal(codeIn(text), null, text);
});

const knowing = (tickets) => async (text) => tickets[text] ?? null;

test("other layouts are tried only where the text names nothing, and barcodes only where one ticket can be meant", async () => {
  const read = (text, tickets = {}) => readText(text, knowing(tickets));
  assert.deepEqual(await read(CODE), { text: CODE, isForeign: false });
  assert.deepEqual(await read(typedBy("french", CODE)), { text: CODE, isForeign: false });
  assert.deepEqual(await read("çàà&&", { 90011: "t" }), { text: "90011", isForeign: false });
  assert.deepEqual(await read("çàà&&", { "çàà&&": "own", 90011: "t" }), { text: "çàà&&", isForeign: false });
  assert.deepEqual(await read("çàà&&"), { text: "çàà&&", isForeign: true });
  // Letters and digits alike: another guest's ticket must not be guessed at, but the door is told why.
  assert.deepEqual(await read("AZ12", { AY12: "t" }), { text: "AZ12", isForeign: true });
  assert.deepEqual(await read("AZ12", { AZ12: "own", AY12: "other" }), { text: "AZ12", isForeign: false });
  assert.deepEqual(await read("ab12", { AB12: "t" }), { text: "ab12", isForeign: true });
  assert.deepEqual(await read("nonsense"), { text: "nonsense", isForeign: false });
});

test("a text that two layouts make two tickets of is nobody's", async () => {
  const text = "&é\"'(";
  const meant = otherLayouts(text).filter(isPlausible);
  assert.equal(meant.includes("12345"), true);
  assert.deepEqual(await readText(text, knowing({ 12345: "t" })), { text: "12345", isForeign: false });
  const tickets = { 181: "by the Belgian layout", "1/1": "by the French" };
  assert.deepEqual(await readText("&!&", knowing(tickets)), { text: "&!&", isForeign: true });
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("what is read while one is asked for is asked for afterwards, in order, and one at a time", async () => {
  const asked = [];
  const answers = [];
  const queue = new ReadQueue({
    ask: ({ scan }) => new Promise((resolve) => (asked.push(scan), answers.push(resolve))),
    untilSeen: async () => {},
    onChange: () => {},
  });
  for (const scan of ["a", "b", "c"]) assert.equal(queue.add({ scan }), true);
  await settled();
  assert.deepEqual([asked, queue.size, queue.isAsking], [["a"], 2, true]);
  queue.addFirst({ scan: "a forced" });
  for (let each = 0; each < 4; each += 1) {
    answers[each]();
    await settled();
  }
  assert.deepEqual([asked, queue.isBusy], [["a", "a forced", "b", "c"], false]);
});

test("the queue is bounded, and what was forgotten is not asked for", async () => {
  const asked = [];
  let isSeen = () => {};
  const queue = new ReadQueue({
    ask: async ({ scan }) => {
      asked.push(scan);
    },
    untilSeen: () => new Promise((resolve) => (isSeen = resolve)),
    onChange: () => {},
  });
  const taken = Array.from({ length: 25 }, (_, scan) => queue.add({ scan }));
  assert.equal(taken.filter(Boolean).length, 20);
  queue.clear();
  isSeen();
  await settled();
  assert.deepEqual([asked, queue.isBusy], [[], false]);
  queue.add({ scan: "next" });
  isSeen();
  await settled();
  assert.deepEqual(asked, ["next"]);
});
