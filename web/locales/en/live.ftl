### What the dashboard's scripts say.

## The curve

curve-none = Nobody has come yet. The curve begins with the first scan.
curve-arrived = { $arrived } of { $booked } booked have arrived, { $since } of them since { $time }.
curve-arrived-only = { $arrived } have arrived, { $since } of them since { $time }.
curve-busiest = The busiest five minutes: { $time }, with { $count }.
curve-other = { $name } had { $count } by then.
curve-at = { $time }: { $arrived } arrived, { $inside } inside
curve-at-other = { $count } then
curve-failed = The curve cannot be read now. It is tried again by itself.
curve-other-failed = That evening cannot be read now. Choose it again.

## Refusals

refusals-others = Other reasons
refusals-unknown = Another reason

## Alerts

alert-none = No alerts.
alert-dismiss = Dismiss
alert-dismiss-one = Dismiss: { $text }
alert-at = at { $door }
alert-silent = { $device }{ $at } has been silent since { $time }. Look whether it is on and has a network.
alert-battery = { $device }{ $at } is low on battery: { $battery } %.
alert-queue = { $count ->
    [one] { $device }{ $at } works offline: 1 scan waits.
   *[other] { $device }{ $at } works offline: { $count } scans wait.
}
alert-stalled = { $count ->
    [one] { $door } has not scanned since { $time }; the other doors have once.
   *[other] { $door } has not scanned since { $time }; the other doors have { $count } times.
}
alert-relay = { $name } has been on its own since { $time }: its doors go on, and what they did comes once its line is back.
alert-near = { $name } is nearly full: { $inside } of { $limit } inside.
alert-full = { $name } is full: { $inside } of { $limit } inside.
alert-unknown = { $place } There is an alert that this page cannot read. Look at the phones and doors, then load this page again.
alert-conflicts = { $count ->
    [one] 1 conflict: somebody was let in whom the hub would have refused.
   *[other] { $count } conflicts: people were let in whom the hub would have refused.
}
sound-on = Sound is on
sound-off = Sound is off

## Devices

device-unnamed = A device
device-online = Online
device-training = { $device } is training
device-silent = Silent
device-silent-since = Silent, last seen { $time }
device-unpaired = Not paired yet
device-seen = Last seen { $time }
device-away = Not seen yet
device-battery = { $battery } % battery
device-queue = { $count ->
    [one] 1 scan waits
   *[other] { $count } scans wait
}
door-unnamed = A door
guest-unnamed = A guest

## Conflicts

conflict-entry = Let in at { $place }, { $time }
conflict-counted = Counted: { $place }, { $time }

## People inside

people-venue = The venue
people-of = { $inside } of { $limit }
people-free = { $free } free
people-over = { $over } over the limit
people-full = Full
people-no-limit = No limit is set
people-headcount = { $count ->
    [one] 1 of them without a ticket
   *[other] { $count } of them without tickets
}
recount-done = Recorded. { $name }: { $inside } inside.

## The list of scans

scans-found = { $found } of the last { $all } scans

## What guests say

feedback-none = No guest has answered yet.
feedback-worked = { $count ->
    [one] 1 guest answered: it worked for { $share } %.
   *[other] { $count } guests answered: it worked for { $share } %.
}
feedback-failed = { $count ->
    [one] For 1 it did not.
   *[other] For { $count } it did not.
}
feedback-unreadable = The answers cannot be read now. They are asked for again in a minute.

## The connection

stale-figures = Figures of { $time }
stale-blocked = The live connection does not come through: does the proxy pass upgrades? Until it does, this page asks every 5 seconds.
stale-since = Not up to date: these are the figures of { $time }. The hub is not heard; this page goes on trying.
stale-ended = Not up to date: the connection has ended. Reload the page.
connection-connecting = Connecting
connection-live = Live
connection-polled = Every 5 seconds
connection-reconnecting = Reconnecting
connection-stale = Not up to date
connection-ended = Stopped
connection-ended-more = The hub ended this connection. Reload the page.

## The large figures

percent = { $share } %
figures-places = of { $places } places
figures-no-limit = of { $places } places; no limit is set
figures-over = { $over } over the limit of { $limit }
figures-full = Full: the limit is { $limit }
figures-free = { $free } free of { $limit }
figures-of-booked = { $share } of booked
figures-of-attempts = { $share } of attempts

## The list of scans: its buttons and names

scans-pause = Pause
scans-go-on = Go on
scans-go-on-new = Go on ({ $missed } new)
scans-go-on-some = Go on (new scans)
scans-guest = Guest
scans-unknown = Unknown code
feedback-said = “{ $text }”
