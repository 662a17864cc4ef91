import assert from "node:assert/strict";
import { test } from "node:test";

import "./catalogues.mjs";
import { warningsOf } from "../../web/static/admin/booking_warnings.js";
import { totalText } from "../../web/static/book/total.js";

test("totals are exact in the digits of their currency, and written as the language writes money", () => {
  const total = (...given) => totalText(...given).replaceAll(/\s/gu, " ");
  assert.equal(total(1010, 3, "EUR", 2, "en-GB"), "€30.30");
  assert.equal(total(7, 1, "EUR", 2, "de"), "0,07 €");
  assert.equal(total(1500, 20, "JPY", 0, "en-GB"), "JP¥30,000");
  assert.equal(total(1005, 2, "KWD", 3, "fr"), "2,010 KWD");
  assert.equal(total(99_999_999_999, 20, "EUR", 2, "fr"), "19 999 999 999,80 €");
});

const event = { booking: "open", pay_at: "ahead", pay_where: "Here", hold_minutes: 60 };
const priced = (name, is_public) => ({ name, public: is_public, prices: [{ amount: "20.00", currency: "EUR" }] });

test("opening the booking to everybody beside a price is warned of", () => {
  assert.deepEqual(warningsOf({ ...event, booking: "keys", products: [priced("VIP", true)] }), []);
  assert.deepEqual(warningsOf({ ...event, products: [{ name: "Free", public: null, prices: [] }] }), []);
  const [unsold, ...none] = warningsOf({ ...event, products: [priced("VIP", null)] });
  assert.match(unsold, /VIP has a price/);
  assert.deepEqual(none, []);
  assert.match(warningsOf({ ...event, products: [priced("Standard", true)] })[0], /not paid/);
  assert.equal(warningsOf({ ...event, pay_where: null, hold_minutes: null, products: [priced("Standard", true)] }).length, 3);
  assert.match(warningsOf({ ...event, pay_at: "door", products: [priced("Standard", true)] })[0], /at the door/);
});
