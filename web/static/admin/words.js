/**
 * What the administration says, in one place, so that another language is another table. Pure.
 *
 * `{name}` stands for a value; of a text that counts there are two, `.one` and `.other`, chosen by `count`. Words begin with
 * the page that says them; `any.` is said by several.
 */

import { speaking } from "../words.js";

export const { say, sayCount } = speaking({
  "any.unreachable": "The hub cannot be reached. Check the connection, then try again.",
  "any.failed": "Something went wrong here: try again",
  "any.cancel": "Cancel",
  "any.wrong": "Something is not right yet: see below.",
  "any.saved": "Saved.",
  "any.none": "None",

  "events.open": "Everybody",
  "events.keys": "With a key",
  "events.closed": "Closed",
  "events.anyTime": "Any time",
  "events.live": "Watch live",

  "event.noProducts": "This event has no products yet.",
  "event.firstDoor": "Main door",
  "event.made": "The event is made. Next: pair a phone for its door, then book a test ticket.",
  "event.seats": "Seats at {when}",
  "event.change": "Change",
  "event.full": "Full",
  "event.takesBookings": "Bookings are taken as said above. Closing ends that; the doors go on.",
  "event.isClosed": "No more bookings are taken. The doors go on.",
  "event.close": "Close booking",
  "event.closeAsked": "Take no more bookings for {name}? The doors go on, and you can open it again.",
  "event.reopen": "Take bookings again",
});
