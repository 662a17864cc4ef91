### Errors, as pages and answers of the API say them. Each begins a sentence and has no full stop at its end.
### The English text is what the program itself says: do not change it here alone.

problem-not-found = Not found
problem-bad-request = Bad request
problem-method = Method not allowed
problem-not-allowed = This is not allowed
problem-internal = Something went wrong here: try again
problem-database = The database does not answer: try again
problem-unconfirmed = could not be confirmed: scan again
problem-slow-down = Too many requests: try again later
problem-body-too-large = The body is too large: { $most } bytes at most. Send less at a time
problem-form-elsewhere = This form was sent from another site: open the page here
problem-link-not-valid = This link is not valid any more
problem-no-event = Event not found
problem-no-ticket = Ticket not found
problem-no-reservation = Reservation not found
problem-no-place = There is no such place on the waiting list

## Changes by a ticket's holder

problem-handed-on = This ticket was handed on: its code and link belong to another person now
problem-not-offered = This event does not offer that: ask the organiser
problem-ticket-is-cancelled = The ticket is cancelled
problem-ticket-is-blocked = The ticket is blocked
problem-ticket-over = The ticket's time is over
problem-ticket-scanned = The ticket was scanned already
problem-too-late-to-cancel = It is too late to cancel: ask the organiser
problem-ticket-unpaid = The ticket is not paid: pay it first
problem-handed-on-limit = This ticket cannot be handed on again
problem-change-unusable = The ticket cannot be changed so

## Booking and the waiting list

problem-booking-unusable = The booking cannot be made
problem-sold-out = Sold out
problem-few-left = Only { $left } left for that time
problem-no-showing = There is no showing at that time
problem-phone-limit = At most { $most } tickets of one time for a phone number
problem-time-over = That time is already over
problem-no-waiting-list = This event keeps no waiting list
problem-waits-already = This address waits for that time already
problem-party-too-large = The party is too large
problem-seats-left = There are seats left: book them
problem-waiting-full = The waiting list for that time is full
problem-place-ended = This place on the waiting list has ended
problem-offer-over = The time to accept these seats is over
problem-no-offer = No seats are offered yet
problem-no-more-bookings = This event takes no more bookings
problem-offer-unusable = The offer cannot be accepted so
problem-offer-phone = must be a phone number: 3 to 20 digits, with spaces and + - ( ) . / between
