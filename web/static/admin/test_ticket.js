/** Test ticket of an event, booked for its first time that has a seat. */

import { send } from "./api.js";
import { timesOf } from "./times.js";
import { say } from "../shared/say.js";

/**
 * Book a test ticket, and open its page: its code is there to be scanned.
 *
 * @param {string} event
 */
export async function bookTest(event) {
  const showings = await timesOf(event);
  const showing = showings.find((/** @type {any} */ each) => each.bookable);
  if (!showing) throw new Error(say("first-no-seat"));
  const { date, time } = showing;
  const guest = { name: say("first-guest"), phone_number: "000" };
  const ticket = await send("POST", "/api/tickets", { event, date, time, ...guest });
  location.assign(`/admin/tickets/${ticket.id}`);
}
