/** Amounts of money: whole minor units from what people type, and back; no floats. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { digitsOf, moneyText, sumOf, toDecimal, toMinor } from "../../web/static/shared/money.js";

test("an amount is read with a point or a comma, and none that is finer than its currency", () => {
  const read = ["12.5", "12,50", "12", ".5", "0", "1.005", "", ".", "-1", "1e3", "1 000", "12.5.0", "9".repeat(20)].map((text) => toMinor(text, 2));
  assert.deepEqual(read, [1250, 1250, 1200, 50, 0, null, null, null, null, null, null, null, null]);
  assert.deepEqual([toMinor("1500", 0), toMinor("1.5", 0), toMinor("1.005", 3)], [1500, null, 1005]);
});

test("what is written is read as the same amount, in any currency", () => {
  for (const digits of [0, 2, 3, 4]) {
    for (const minor of [0, 1, 9, 10, 99, 100, 101, 12345, 10 ** 12 + 1]) assert.equal(toMinor(toDecimal(minor, digits), digits), minor);
  }
  assert.equal(toDecimal(-5, 2), "-0.05");
  assert.deepEqual([digitsOf("20.00"), digitsOf("1500")], [2, 0]);
});

test("a sum of many small amounts is exact, and by currency", () => {
  const cents = Array.from({ length: 1000 }, () => ({ amount: "0.10", currency: "EUR" }));
  assert.deepEqual(sumOf([...cents, null, { amount: "5", currency: "JPY" }]), [
    { amount: "100.00", currency: "EUR" },
    { amount: "5", currency: "JPY" },
  ]);
});

test("an amount is written as each language does, exactly however large, and as it stands where it is none", () => {
  const texts = { en: "1,220.50 EUR", fr: "1\u202f220,50\u00a0€", de: "1.220,50\u00a0€", es: "1220,50\u00a0€" };
  for (const [lang, text] of Object.entries(texts)) {
    globalThis.document = { documentElement: { lang } };
    assert.equal(moneyText({ amount: "1220.50", currency: "EUR" }), text);
    assert.match(moneyText({ amount: "12345678901234567.89", currency: "EUR" }), /567[.,]89/);
    assert.equal(moneyText({ amount: "12", currency: "tokens" }), "12 tokens");
    assert.equal(moneyText({ amount: "many", currency: "EUR" }), "many EUR");
    assert.equal(moneyText(null), "");
  }
});
