### Events in the administration, as its scripts say them: their list, the form, times, waiting list, first steps.
admin-events-open = Everybody
admin-events-keys = With a key
admin-events-closed = Closed
admin-events-any-time = Any time
admin-events-copy = Copy
admin-events-live = Watch live
admin-events-unused = What is booked without an event goes into the { $event }, which is listed here from its first booking on.
admin-events-unused-settings = Settings of { $event }
first-event = Make an event: a name, a time, a door.
first-phone = Pair a phone: it becomes a scanner by reading one code.
first-ticket = Book a test ticket, and scan it.
first-make-event = Make an event
first-pair-phone = Pair a phone
first-book-ticket = Book a test ticket
first-done = Done
first-guest = Test guest
first-no-seat = This event has no time with a free seat: add one first.
event-copy-of = A copy of { $name }, without its tickets and phones. Choose when it begins: all other times move along.
event-picture-remove = Take the picture away
event-picture-unreadable = This browser cannot show the picture: choose a JPEG, PNG or WebP picture.
event-picture-refused = The event is made, without its picture: { $why }
event-no-products = This event has no products yet.
event-first-door = Main door
event-made = The event is made. Next: pair a phone for its door, then book a test ticket.
event-seats = Seats at { $when }
event-ends = End of { $when }
event-change = Change
event-full = Full
event-takes-bookings = Bookings are taken as said above. Closing ends that; the doors go on.
event-is-closed = No more bookings are taken. The doors go on.
event-warn-unsold = { $name } has a price: the booking page does not sell it, unless the product says so.
event-warn-ahead = { $name } can be booked by everybody. Such a ticket is not paid, and lets nobody in before it is.
event-warn-door = { $name } can be booked by everybody, and is paid at the door.
event-warn-hold = Unpaid seats are held without end: say after how many minutes they are free again.
event-warn-where = Guests are not told where they pay: fill in where.
event-close = Close booking
event-close-asked = Take no more bookings for { $name }? The doors go on, and you can open it again.
event-reopen = Take bookings again
admin-waiting-shown = { $count ->
    [one] 1 guest
   *[other] { $count } guests
}
admin-waiting-first = { $count ->
    [one] The first guest
   *[other] The first { $count } guests
}
admin-waiting-seats = { $count ->
    [one] 1 seat
   *[other] { $count } seats
}
admin-waiting-waits = Waiting
admin-waiting-position = Waiting, number { $position }
admin-waiting-offered = Seats offered
admin-waiting-until = until { $until }
admin-waiting-link = Copy link
admin-waiting-remove = Take off the list
admin-waiting-ask = Take { $name } off the waiting list? Seats that are offered to them go to the next who waits.
admin-waiting-removed = { $name } does not wait any more.
event-left = { $left } left
event-multi = { $count ->
    [one] { $count } time
   *[other] { $count } times
}
