### What the scanner's scripts say: short words for a phone in one hand. Verdicts and reasons are in `verdicts.ftl`.

## Verdicts

scan-verdict-again = Scan again
scan-verdict-none = No verdict
scan-verdict-just = Just admitted
scan-verdict-just-out = Just left
scan-verdict-alarm = Look up!
scan-verdict-not-taken = No money taken
scan-verdict-pay-again = Tap again

## The lines of a verdict

# `$when` is a time, `$door` and `$by` are the two texts below, or empty.
scan-line-already = Already scanned { $when } { $door } { $by }
scan-line-at = at { $door }
scan-line-by = by { $device }
scan-line-early = Ticket is for { $time }; from { $from }
scan-line-late = Ticket is for { $time }; until { $until }
scan-line-opens = { $door } opens; from { $from }
scan-line-closed = { $door } has been closed since { $until }
# `$when` is a sentence: "It was for yesterday …".
scan-line-expired-then = Expired. { $when }
scan-line-go-to = Wrong door: go to { $doors }
scan-line-no-door = Wrong door: no door takes this ticket
scan-line-pay-again = The hub did not confirm, so it is not known whether the payment was recorded. Tap again: it is never taken twice.
scan-line-pay-alone = This phone is offline: no money is taken now. Send them to the desk.
scan-line-paid = { $sum } taken, { $method }
scan-line-due = Not paid: { $sum } to pay
scan-line-not-inside = Not inside. Is this phone on Exit?
scan-line-full = Full: { $zone }
scan-line-just = You just admitted this, { $count } s ago
scan-line-just-out = You just let this out, { $count } s ago
scan-line-not-confirmed = The hub did not confirm. Do not let in yet.
scan-line-no-list = No connection, and this phone has no guest list yet. Do not let in.
# `$language` is the name of the guest's language: it may be another one than the door's.
scan-line-speaks = Booked in { $language }
# Beside a sentence in the guest's language, which a tap makes as large as the screen.
scan-show-guest = Show the guest
scan-line-admitted = { $count ->
    [one] 1 person
   *[other] { $count } people
}
scan-line-fits = { $count } of this reservation could go in now
scan-line-practice = Practice: nothing is recorded
scan-line-layout = The reader types with another keyboard layout, or Caps Lock is on: set it to this device's, or use the camera.
scan-line-elsewhere = Another window of this scanner is asking about this ticket. Do not let in yet.
scan-line-page = This is the address of a ticket's page: scan the QR code that it shows.
scan-line-practice-code = A practice code is no ticket. Training is in the menu.
scan-line-late-admit = The hub has let { $name } in. You had refused: let them in.
scan-line-late-refuse = The hub would not have let { $name } in: { $reason }.
scan-name-unknown = this guest
scan-party-title = { $count ->
    [one] 1 ticket in this reservation
   *[other] { $count } tickets in this reservation
}
scan-seat-block = block { $value }
scan-seat-row = row { $value }
scan-seat-seat = seat { $value }
scan-when-tomorrow = For tomorrow, { $day }, { $time }
scan-when-later = For { $day }, { $time }
scan-when-yesterday = It was for yesterday, { $day }, { $time }
scan-when-earlier = It was for { $day }, { $time }
# `$age` is one of the texts below.
scan-offline-decided = Decided offline, by what was known { $age }
scan-offline-now = just now
scan-offline-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
scan-offline-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
scan-take = Take { $sum }: { $method }
scan-pay-cash = cash
scan-pay-card = card
scan-let-fits = Let { $count } in

## Refusals of what is no scan, by their codes

scan-said-other = The hub refused this. Try again, or ask the organiser.
scan-said-bad_key = This phone's key is not valid any more: ask the organiser for a pairing code.
scan-said-device_archived = This phone was taken out of service.
scan-said-not_allowed = This phone may not do that.
scan-said-unavailable = The hub could not confirm: try again.
scan-said-slow_down = Too much at once: wait a moment, then try again.
scan-said-nonce_reused = Nobody was admitted: scan again.
scan-said-already_paid = It is paid already. Scan it again.
scan-said-amount_unknown = What it costs is not known here. Send them to the desk.
scan-said-amount_changed = It costs another sum by now. Choose or scan it again.
scan-said-ticket_canceled = The reservation is cancelled.
scan-said-sold_out = Sold out: others were faster. Choose again.
scan-said-time_over = That time is already over. Choose another.
scan-said-no_showing = There is no showing at that time. Choose another.
scan-said-not_found = This is not sold any more.
scan-said-unknown_scan = That scan is not one of this ticket's.
scan-said-pairing_failed = This pairing code is not valid or is used up: ask the organiser for a new one.

## The connection

scan-health-ready = Ready
scan-health-connecting = Connecting
scan-health-offline = Offline
scan-health-offline-waiting = { $count ->
    [one] Offline, 1 scan waits
   *[other] Offline, { $count } scans wait
}
scan-health-sending = { $count ->
    [one] Sending 1 scan
   *[other] Sending { $count } scans
}
scan-health-gone = Not paired any more
scan-health-no-list = Ready, but not for offline
scan-health-list = Guest list: { $percent } % is here
scan-health-offline-list = Offline, { $percent } % of the guest list is here

## Pairing

scan-pair-used-up = { $count ->
    [one] This pairing code is used up: it was for one phone. Ask the organiser for a new one.
   *[other] This pairing code is used up: all { $count } phones have paired. Ask the organiser for a new one.
}
scan-pair-over = The event is over: this phone has forgotten its guests and its key. To scan again, ask the organiser for a pairing code.
scan-pair-no-store = This window keeps nothing, as private windows do: open the scanner in an ordinary one.
scan-pair-no-packages = A part of this page could not be loaded. Load it again; if that does not help, the hub needs `make setup` with npm.
scan-pair-lead = Pair this phone once. It then scans until the organiser takes it out of service.
scan-pair-anew = This phone is paired as { $device }. Pair it anew?
scan-pair-failed = The hub did not answer as expected. Try again.
scan-pair-unreachable = The hub cannot be reached. Check this phone's network, then try again.
scan-pair-not-one = This is no pairing code of this hub.
scan-offer-organiser = Organiser
scan-offer-event = Event
scan-offer-all-events = all of them
scan-offer-door = Door
scan-offer-no-door = none of its own: it admits into the venue
scan-offer-device = This phone's name
# Title of the list of the texts below, which stand in one line with commas.
scan-offer-may = It may
scan-offer-scan = scan tickets
scan-offer-may-force = let in all the same
scan-offer-may-over_limit = let in above the limit
scan-offer-may-undo = take scans back
scan-offer-may-search = find guests
scan-offer-may-names = see names
scan-offer-may-headcount = count people without tickets
scan-offer-may-door = change its door
scan-offer-may-sell = sell tickets and take money
scan-unpair-ask = Unpair this phone? It needs a new pairing code to scan again.
scan-unpair-lose-sale = The last sale is not confirmed: open “Sell tickets” first. Unpair all the same?
scan-unpair-lose = { $count ->
    [one] 1 scan is not sent yet and would be lost. Unpair all the same?
   *[other] { $count } scans are not sent yet and would be lost. Unpair all the same?
}

## Scanning

scan-code = Ticket code
scan-scan = Scan
scan-asking = Asking the hub
scan-read-waiting = { $count ->
    [one] 1 more was read, and waits
   *[other] { $count } more were read, and wait
}
scan-read-too-many = Too many at once: the last one was not taken. Scan it again.
# In capitals at the top of the page while guests are scanned out.
scan-exit-on = EXIT
scan-undo = Undo
scan-undo-ask = Take this scan back?
scan-undone = Taken back
scan-undo-late = After 15 minutes only an organiser can take a scan back: tell one.
scan-undo-failed = The hub cannot be reached: nothing was taken back.
scan-guest = Guest
scan-unknown = Unknown code
scan-at-door = { $count } in
scan-at-door-out = { $count } out
scan-inside = { $count } inside
scan-inside-of = { $count } of { $limit } inside
scan-venue = The venue
scan-camera-on = Use the camera
scan-camera-off = Turn the camera off
scan-camera-NotAllowedError = Allow the camera for this site in the browser's settings, then try again.
scan-camera-NotFoundError = This device has no camera. Use a reader, or type the code.
scan-camera-NotReadableError = Another app or tab uses the camera. Close it, then try again.
scan-camera-ended = The camera was taken away from this page. Allow it again, then tap “Use the camera”.
scan-camera-insecure = The camera needs a secure address (https). Ask the organiser for it; a reader works meanwhile.
scan-camera-reader = The QR reader could not be loaded: connect once, then try again. A reader or typing works meanwhile.
scan-camera-other = The camera cannot be used now. Close other apps that use it, then try again.
scan-heads-count = { $count } inside without a ticket
scan-heads-none = So many are not counted inside without a ticket.
scan-heads-unanswered = The hub has not answered. Tap the same again: it counts once.
scan-training-on = TRAINING. Nothing is recorded. Ends after 10 minutes.
scan-training-over = Training is over: from now on scans count.
scan-door-now = This phone is at { $door } now.
scan-door-alone = The hub cannot be reached: the door stays as it is.
scan-door-waiting = Scans of this door are not sent yet: change it once they are.
scan-force-list = On the guest list
scan-force-paid = Has paid
scan-force-back = Was out for a moment
scan-force-known = Known to the organiser

## Conflicts

scan-conflict-title = { $count ->
    [one] 1 conflict from being offline
   *[other] { $count } conflicts from being offline
}
# `$verdict` is a word like "Admitted", `$reason` why the hub would have refused.
scan-conflict-line = { $name }, { $time }: { $verdict } here. The hub: { $reason }.
scan-conflict-undo-late = { $name }, { $time }: taken back here, but it still counts: after 15 minutes only an organiser can take a scan back. Tell one.
scan-conflict-undo-refused = { $name }, { $time }: taken back here, but it still counts. Tell an organiser. The hub: { $reason }.
scan-conflict-held = This phone was taken out of service: its offline scans wait for the organiser.
scan-conflict-wrong = { $count ->
    [one] 1 scan could not be sent: show this phone to the organiser.
   *[other] { $count } scans could not be sent: show this phone to the organiser.
}

## Finding a guest

scan-find-none = Nobody found.
scan-find-short = Type 3 letters or digits or more.
scan-find-failed = The search is not possible now. Try again.
scan-find-none-then = No guests at this time.
scan-find-no-guests = No guests yet.
scan-find-offline = Offline: as known on this phone; e-mail addresses are found whole.
scan-find-offline-no-names = Offline, and this phone may not see names: search by phone, e-mail, ticket number, order, barcode or seat.
# `$when` is a day and a time, `$came` the text below.
scan-find-showing = { $when }: { $came }
scan-find-came = { $came } of { $booked } came
scan-find-all-times = All times
scan-find-others = { $count } found at other times
scan-find-phone = phone …{ $end }
scan-find-order = order { $order }
scan-find-ticket = Ticket
scan-find-price = Price
scan-find-let-in = Let this guest in
scan-find-let-out = Record that this guest leaves
scan-find-look = Look at this ticket
scan-find-count = { $count ->
    [one] 1 guest
   *[other] { $count } guests
}
scan-state-valid = Valid and not scanned
scan-state-scanned = Valid and scanned
scan-state-unpaid = Not paid
scan-state-canceled = Canceled
scan-state-blocked = Blocked
scan-state-expired = Expired

## Selling

scan-sale-title = Sell tickets
scan-sale-title-unconfirmed = Sell tickets: the last sale is not confirmed
scan-sale-elsewhere = The last sale was not confirmed before this phone came to another event: ask there whether it was sold.
scan-sale-left = { $when } ({ $left } left)
scan-sale-ticket = Ticket
# Names of the buttons − and +, read out only; `$kind` is a kind of tickets.
scan-sale-less = One { $kind } less
scan-sale-more = One { $kind } more
scan-sale-free = Free
scan-sale-change = Change: { $sum }
scan-sale-missing = Missing: { $sum }
scan-sale-take = { $sum }: { $method }
scan-sale-hand-out = Hand out for free
# `$paid` is a sum and the change, or empty.
scan-sale-sold = { $count ->
    [one] Sold: 1 ticket. { $paid }
   *[other] Sold: { $count } tickets. { $paid }
}
scan-sale-admit = { $count ->
    [one] Let the guest in
   *[other] Let all { $count } in
}
scan-sale-alone = The hub cannot be reached: this phone sells nothing and takes no money now.
scan-sale-unknown = The hub did not answer, so it is not known whether this was sold. Tap again: it is never sold twice.
scan-sale-unconfirmed = This sale was not confirmed: try again. It is never sold twice.
scan-sale-no-time = There is no time to sell: all are over.
scan-sale-sold-out = Sold out: { $left } left.
scan-sale-product-left = Of { $product } only { $left } are left at this time.
scan-sale-training = No tickets are sold while training.
scan-sale-qr = Code of the ticket
