/** Texts of the dashboard, in one place, so that another language is another table. Pure. */

import { speaking } from "../shared/messages.js";

export const { say, sayCount } = speaking({
  // Showings

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

  // Alerts
  "alert.none": "No alerts.",
  "alert.dismiss": "Dismiss",
  "alert.dismissOne": "Dismiss: {text}",
  "alert.at": "at {door}",
  "alert.silent": "{device} {at} has been silent since {time}. Look whether it is on and has a network.",
  "alert.battery": "{device} {at} is low on battery: {battery} %.",
  "alert.queue.one": "{device} {at} works offline: 1 scan waits.",
  "alert.queue.other": "{device} {at} works offline: {count} scans wait.",
  "alert.stalled.one": "{door} has not scanned since {time}; the other doors have once.",
  "alert.stalled.other": "{door} has not scanned since {time}; the other doors have {count} times.",
  "alert.near": "{name} is nearly full: {inside} of {limit} inside.",
  "alert.full": "{name} is full: {inside} of {limit} inside.",
  "alert.unknown": "{place} There is an alert that this page cannot read. Look at the phones and doors, then load this page again.",
  "alert.conflicts.one": "1 conflict: somebody was let in whom the hub would have refused.",
  "alert.conflicts.other": "{count} conflicts: people were let in whom the hub would have refused.",
  "sound.on": "Sound is on",
  "sound.off": "Sound is off",

  // Devices
  "device.unnamed": "A device",
  "device.online": "Online",
  "device.training": "{device} is training",
  "device.silent": "Silent",
  "device.silentSince": "Silent, last seen {time}",
  "device.unpaired": "Not paired yet",
  "device.seen": "Last seen {time}",
  "device.away": "Not seen yet",
  "device.battery": "{battery} % battery",
  "device.queue.one": "1 scan waits",
  "device.queue.other": "{count} scans wait",
  "door.unnamed": "A door",
  "guest.unnamed": "A guest",

  // Conflicts
  "conflict.entry": "Let in at {place}, {time}",
  "conflict.counted": "Counted: {place}, {time}",

  // People inside
  "people.venue": "The venue",
  "people.of": "{inside} of {limit}",
  "people.free": "{free} free",
  "people.over": "{over} over the limit",
  "people.full": "Full",
  "people.noLimit": "No limit is set",
  "people.headcount.one": "1 of them without a ticket",
  "people.headcount.other": "{count} of them without tickets",
  "recount.done": "Recorded. {name}: {inside} inside.",

  // The list of scans
  "scans.found": "{found} of the last {all} scans",

  // What guests say
  "feedback.none": "No guest has answered yet.",
  "feedback.worked.one": "1 guest answered: it worked for {share} %.",
  "feedback.worked.other": "{count} guests answered: it worked for {share} %.",
  "feedback.failed.one": "For 1 it did not.",
  "feedback.failed.other": "For {count} it did not.",
  "feedback.unreadable": "The answers cannot be read now. They are asked for again in a minute.",

  // The connection
  "stale.figures": "Figures of {time}",
  "stale.blocked": "The live connection does not come through: does the proxy pass upgrades? Until it does, this page asks every 5 seconds.",
  "stale.since": "Not up to date: these are the figures of {time}. The hub is not heard; this page goes on trying.",
  "stale.ended": "Not up to date: the connection has ended. Reload the page.",
});
