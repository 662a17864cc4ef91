### Passes in Apple Wallet and Google Wallet, and the calendar entry of a ticket. There is little room: keep it short.

pass-title = Ticket: { $event }
pass-state = Ticket
# What a phone's notice says when it changes; %@ is the new value and stays as it is.
pass-state-changed = Your ticket: %@
pass-valid = Valid
pass-canceled = Cancelled
pass-unpaid = Not paid
pass-blocked = Blocked
pass-replaced = Replaced
pass-expired = Expired
pass-admitted-at = Admitted { $time }
pass-event = Event
pass-event-changed = Now called %@
pass-begins = Begins
pass-begins-changed = New time: %@
pass-place = Place
pass-place-changed = New place: %@
pass-name = Name
pass-kind = Kind
pass-seat = Seat
pass-seat-changed = New seat: %@
pass-void = This ticket is void
pass-void-replaced = A new ticket was issued in place of this one: open its link and add it again.
pass-void-handed-on = This ticket was handed on: another person has its new code.
pass-admitted = Admitted
# $when is a day and time, $door the door's name.
pass-admitted-door = { $when } at { $door }
pass-doors = Doors
pass-until = Good until
pass-address = Address
# $way is E-mail, Phone or Web.
pass-organiser = Organiser: { $way }
pass-number = Ticket number
pass-issued-by = Issued by
pass-terms = Terms and conditions

calendar-number = Ticket number { $number }
