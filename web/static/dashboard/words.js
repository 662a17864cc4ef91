/** What the dashboard says, in one place, so that another language is another table. Pure. */

import { speaking } from "../words.js";

export const { say, sayCount } = speaking({
  // The curve
  "curve.none": "Nobody has come yet. The curve begins with the first scan.",
  "curve.arrived": "{arrived} of {booked} booked have arrived, {since} of them since {time}.",
  "curve.arrivedOnly": "{arrived} have arrived, {since} of them since {time}.",
  "curve.busiest": "The busiest five minutes: {time}, with {count}.",
  "curve.other": "{name} had {count} by then.",
  "curve.at": "{time}: {arrived} arrived, {inside} inside",
  "curve.atOther": "{count} then",
  "curve.failed": "The curve cannot be read now. It is tried again by itself.",
  "curve.otherFailed": "That evening cannot be read now. Choose it again.",

  // Refusals
  "refusals.others": "Other reasons",
  "refusals.unknown": "Another reason",
});
