/** Warnings of an event's form: what opening the booking page to everybody means for priced tickets. Pure. */

import { say } from "../shared/say.js";

/** @typedef {{name: string | null, public: boolean | null, prices?: {amount: string | null, currency: string | null}[]}} Product */

/**
 * Return the warnings, as sentences.
 *
 * @param {{booking: string, pay_at: string, pay_where: string | null, hold_minutes: number | null, products: Product[]}} event
 */
export function warningsOf(event) {
  if (event.booking !== "open") return [];
  const priced = event.products.filter((each) => (each.prices ?? []).some((price) => Number(price.amount) > 0));
  const sold = priced.filter((each) => each.public);
  const unsold = priced.filter((each) => !each.public).map((each) => say("event-warn-unsold", { name: each.name ?? "" }));
  if (sold.length === 0) return unsold;
  const names = sold.map((each) => each.name ?? "").join(", ");
  const unpaid = say(event.pay_at === "door" ? "event-warn-door" : "event-warn-ahead", { name: names });
  const isForever = event.pay_at !== "door" && !event.hold_minutes;
  return [...unsold, unpaid, ...(isForever ? [say("event-warn-hold")] : []), ...(event.pay_where ? [] : [say("event-warn-where")])];
}
