### What a guest reads on the volunteer's phone at the door, in the language that the guest booked in: one short sentence, large,
### when the volunteer turns the phone round.

at-door-welcome = Welcome!
at-door-seat-block = block { $value }
at-door-seat-row = row { $value }
at-door-seat-seat = seat { $value }
# `$doors` are names of doors as people wrote them: "North door", "North door or South door".
at-door-entrance = Your entrance: { $doors }
at-door-no-entrance = This ticket is not valid at this entrance.
at-door-already = This ticket was already used at { $time }.
at-door-day = Your ticket is for { $day }, { $time }.
at-door-opens = Admission from { $time }.
at-door-closed = Admission ended at { $time }.
at-door-expired = This ticket is no longer valid.
at-door-unpaid = This ticket has not been paid for yet.
at-door-due = Still to be paid for this ticket: { $sum }
at-door-canceled = This booking has been cancelled.
at-door-blocked = This ticket is blocked. Please ask the organiser.
at-door-full = It is full at the moment. Please wait.
at-door-event = This ticket is for another event.
at-door-replaced = There is a newer code for this ticket. Please open your latest e-mail.
