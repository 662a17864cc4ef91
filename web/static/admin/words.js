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
  "any.saved": "Saved.",
  "any.none": "None",

  "events.open": "Everybody",
  "events.keys": "With a key",
  "events.closed": "Closed",
  "events.anyTime": "Any time",
  "events.live": "Watch live",
});
