### What guests see when they book, or join the waiting list of a time that is sold out.

## The list of events

book-index = Book tickets
book-index-empty = Nothing to book right now.
book-index-empty-line = As soon as an event opens its booking, it is here.
book-any-time = Tickets for any time
book-choose-time = Choose your time
book-no-times = No times yet
# $count is how many seats are left; it changes while the page is read, so the words must fit any number.
book-left = <b data-left>{ $count }</b> left
book-sold-out = Sold out
book-sold-out-waiting = Sold out, waiting list

## The form

book-title = Book: { $event }
book-all-events = All events
book-see-all = See all events
book-nothing-yet = Nothing is booked yet: something is to be mended below.
book-failed = This could not be booked. Try again in a moment.
book-when = When
book-day = Day
book-time = Time
# $timezone is a name like Europe/Paris.
book-clock = Times are those of the place ({ $timezone }).
# $duration is like "1 hour".
book-doors = Doors open { $duration } before.
# Doors open at the times themselves, not before.
book-doors-then = Doors open at these times.
book-terms = By booking you accept the terms and conditions above.
# A kind of ticket in a list, of which the chosen time has so many left.
book-kind-left = { $kind } ({ $count } left)
book-kind-none = { $kind } (sold out)
book-kind = Kind of ticket
book-count = Tickets
book-name = Your name
book-others = Names of the others <span class="muted">(optional)</span>
book-others-hint = One on each line, if you book several tickets: each has its own name at the door. Without them all go by yours.
book-phone = Your phone number
book-phone-hint = The door finds you by it if you lose your ticket.
book-email = Your mail address
book-email-optional = Your mail address <span class="muted">(optional)</span>
book-email-hint = We send your tickets there.
book-total = Total
book-total-later = The total is the price times the number of tickets; the next page says it.
book-button = Book
book-join = Join the waiting list
# Names the time for a screen reader; $time is a day and a time of day.
book-join-time = Join the waiting list for { $time }

## Why there is nothing to book

book-over = This event is over.
book-closed = Booking is closed.
book-closed-line = Tickets that are booked stay good.
book-elsewhere = Tickets for this event are not booked here.
book-elsewhere-line = Ask the organiser where they are.
book-none = No times yet.
book-none-line = As soon as there are some, they are here.
book-full = Sold out.
book-full-line = When somebody gives a seat back, it is here at once. Look again later.
book-full-waiting = When a seat is given back, it is offered to the next on the waiting list.

## What is wrong with a field, beside it

wrong = Look at this again.
wrong-when = Choose a time.
wrong-when-sold-out = There are not enough seats left at that time: somebody was faster. Nothing is booked.
wrong-when-over = That time is over. Choose another one.
wrong-when-gone = There is nothing at that time any more. Choose another one.
wrong-when-seats-left = There are enough seats left at that time: nobody needs to wait.
wrong-when-waiting-full = The waiting list for that time is full. Choose another one.
wrong-count = { $most ->
    [one] Choose 1 ticket.
   *[other] Choose 1 to { $most } tickets.
}
wrong-seats = { $most ->
    [one] Choose 1 seat, and no more than that time has in all.
   *[other] Choose 1 to { $most } seats, and no more than that time has in all.
}
wrong-kind = Choose a kind of ticket.
wrong-kind-sold-out = There are not so many tickets of this kind left at that time. Nothing is booked: choose fewer, another kind, or another time.
wrong-name = Tell us your name, in 1 to 100 characters.
wrong-others = Write one name on each line, each in 1 to 100 characters, and no more than you book tickets for others.
wrong-phone = Tell us your phone number: 3 to 20 digits, spaces, + - ( ) .
wrong-phone-limit = { $most ->
    [one] One phone number can have at most 1 ticket of one time.
   *[other] One phone number can have at most { $most } tickets of one time.
}
wrong-phone-optional = This is no phone number: 3 to 20 digits, spaces, + - ( ) . Leave it out, or check it.
wrong-email = This is no mail address. It looks like ada@example.org.
wrong-email-optional = This is no mail address. Check it, or leave it out.
wrong-slow-down = Too many bookings at once from where you are. Wait a minute, then send it again.
wrong-unavailable = We could not confirm your booking. Send it again: it is booked once, however often you do.
wrong-sent-before = You have booked with this form already. Send it again only if you want these tickets too.
wrong-nearest = The nearest with seats:
# $time is a day and a time of day.
wrong-nearest-time = <b>{ $time }</b>, { $count } left
wrong-join = Join the waiting list for that time
wrong-book-them = Book them

## The waiting list: joining

wait-title = Waiting list: { $event }
wait-page = Waiting list
wait-back = Back to the times
wait-nothing-yet = You are not on the list yet: something is to be mended below.
wait-failed = You are not on the list. Try again in a moment.
wait-slow-down = Too many tries from where you are, or with that address. Wait a while, then send it again.
wait-unavailable = We could not confirm your place. Send it again: you wait once, however often you do.
wait-sent-before = You wait with this form already. Send it again only if you want another place.
wait-none = There is no waiting list here.
wait-none-line = See what can be booked
# $time is a time like "60 minutes".
wait-how = When seats come free and it is your turn, they are held for you for { $time }.
wait-mailed = We mail you then.
wait-not-mailed = No mail is sent: keep the page that comes next and look again, or ask the organiser.
wait-choose = Choose a time
# An entry of a list of times: $time is a day and a time of day.
wait-time-left = { $time } ({ $count } left)
wait-seats = Seats
wait-seats-hint = They are offered together: the fewer you need, the sooner.
wait-phone = Your phone number <span class="muted">(may come later)</span>
wait-mailbox = Look into your mailbox
wait-mailbox-line = We have mailed you a link: it shows how you stand in the queue, and lets you leave it. When seats are free and it is your turn, we mail you again and hold them for { $time }.
wait-mailbox-help = Nothing there after a few minutes? Look among unwanted mail, check the address and <a href="{ $link }">join again</a>: one address has one place, however often it joins.

## The waiting list: a place in it

place-offered = { $count ->
    [one] A seat is yours until { $until }
   *[other] { $count } seats are yours until { $until }
}
place-accept-in-time = { $count ->
    [one] Accept in time; otherwise the next in the queue is offered it.
   *[other] Accept in time; otherwise the next in the queue is offered them.
}
place-accept = Accept
place-decline = No, thank you
place-kind-choose = Choose a kind
place-kind-gone = What you waited for is not sold any more. The price is for each seat.
place-kind-none = These seats are held for you, but what you waited for is not sold any more, and nothing else can be booked here. Ask the organiser before the time is over.
place-number = You are number { $position } in the queue
place-how = { $count ->
    [one] When a seat is freed and it is your turn, it is held for you for { $time }.
   *[other] When { $count } seats are free at once and it is your turn, they are held for you for { $time }.
}
place-mailed = We mail you then; this page says how you stand.
place-not-mailed = No mail is sent: keep this page and look again, or ask the organiser.
place-passed = { $times ->
    [one] Fewer seats than you need were free once, and went to smaller parties. You keep your place.
   *[other] Fewer seats than you need were free { $times } times, and went to smaller parties. You keep your place.
}
place-leave = Leave the waiting list
place-booked = Your seats are booked
place-tickets = Open your tickets
place-lapsed = The time to accept is over
place-lapsed-line = The seats went on to the next. <a href="{ $link }">See what is left</a>
place-gone = You are not on the waiting list
place-gone-line = Your place was given up, or this is an old link. Nothing about you is kept.
