### Tickets and reservations in the administration, as its scripts say them: lists, batches, one ticket, one reservation.
admin-ticket-valid = Valid
admin-ticket-unpaid = Not paid
admin-ticket-blocked = Blocked
admin-ticket-canceled = Cancelled
admin-ticket-expired = Expired
admin-ticket-no-name = No name
admin-ticket-event = Event
admin-ticket-when = When
admin-ticket-date = Date
admin-ticket-time = Time
admin-ticket-product = Product
admin-ticket-phone = Phone number
admin-ticket-seat = Seat
admin-ticket-seat-block = block { $value }
admin-ticket-seat-row = row { $value }
admin-ticket-seat-seat = seat { $value }
admin-ticket-notice = Note for the door
admin-ticket-same-answer = There are two answers to this: keep one.
admin-ticket-booked = Booked in
admin-ticket-reservation = its reservation
admin-ticket-number = Ticket
admin-ticket-qr = Code of the ticket of { $name }
admin-ticket-link-page = Ticket page
admin-ticket-link-pkpass = Apple Wallet pass
admin-ticket-link-google = Google Wallet
admin-ticket-do-print = Print
admin-ticket-do-block = Block
admin-ticket-do-unblock = Unblock
admin-ticket-do-reissue = Reissue
admin-ticket-do-cancel = Cancel the ticket
admin-ticket-do-restore = Take the cancellation back
admin-ticket-do-delete = Delete
admin-ticket-ask-reissue = Give this ticket a new code? The code and the links that the guest has are not good any more; hand out the new ones.
admin-ticket-ask-cancel = Cancel this ticket? Its seat is free at once. The cancellation can be taken back while a seat is left.
admin-ticket-ask-delete = Delete this ticket, with the guest's name and phone number? Its seat is free at once. This cannot be undone.
admin-ticket-did-block = Blocked: the doors refuse it from now on.
admin-ticket-did-unblock = Unblocked.
admin-ticket-did-reissue = Reissued: hand out the new ticket.
admin-ticket-did-cancel = Cancelled.
admin-ticket-did-restore = Restored: the doors let it in again.
tickets-list = Tickets
tickets-filters = { $event }: time, status, order
tickets-all-events = All events: date, status
tickets-some = { $shown } of { $total } tickets
tickets-order = order { $order }
tickets-pick = Choose the ticket of { $name }
tickets-chosen = { $count ->
    [one] 1 ticket is chosen
   *[other] { $count } tickets are chosen
}
tickets-unpick = Choose none
tickets-cancel = Cancel them
tickets-resend = Send the links again
tickets-ask-cancel = { $count ->
    [one] Cancel this ticket? Its seat is free at once.
   *[other] Cancel these { $count } tickets? Their seats are free at once.
}
tickets-ask-pay = { $count ->
    [one] Mark 1 order as paid? All its tickets are good then.
   *[other] Mark { $count } orders as paid? All their tickets are good then.
}
tickets-ask-resend = { $count ->
    [one] Mail the link of 1 order again?
   *[other] Mail the links of { $count } orders again?
}
tickets-none-payable = None of these is waiting to be paid.
tickets-none-printable = None of these has a code to print: they are cancelled.
tickets-no-mail = No mail is sent from here. Open an order to hand on its link.
tickets-choose-all = Choose all { $total } that match
tickets-all-chosen = All { $total } tickets that match are chosen
tickets-all-block = { $count ->
    [one] Blocking 1 ticket
   *[other] Blocking { $count } tickets
}
tickets-all-unblock = { $count ->
    [one] Unblocking 1 ticket
   *[other] Unblocking { $count } tickets
}
tickets-all-pay = { $count ->
    [one] Marking 1 ticket as paid
   *[other] Marking { $count } tickets as paid
}
tickets-all-resend = { $count ->
    [one] Sending the link of 1 ticket again
   *[other] Sending the links of { $count } tickets again
}
tickets-all-cancel = { $count ->
    [one] Cancelling 1 ticket
   *[other] Cancelling { $count } tickets
}
tickets-all-unchanged = { $count ->
    [one] 1 was so already.
   *[other] { $count } were so already.
}
tickets-all-refused = { $count ->
    [one] 1 not done: { $why }:
   *[other] { $count } not done: { $why }:
}
tickets-all-stop = Stop
tickets-all-stopped = Stopped after { $n } of { $count }.
tickets-all-go-on = Go on
tickets-all-leave = Leave it at that
tickets-all-close = Close
tickets-all-most-printed = At most { $most } tickets are printed at once: narrow the list by time, product or status.
tickets-ask-block = { $count ->
    [one] Block this ticket? Doors refuse it until it is unblocked.
   *[other] Block these { $count } tickets? Doors refuse them until they are unblocked.
}
tickets-ask-unblock = { $count ->
    [one] Unblock this ticket?
   *[other] Unblock these { $count } tickets?
}
tickets-ask-mail = { $count ->
    [one] Mail the link of 1 ticket again? Each order gets one mail.
   *[other] Mail the links of { $count } tickets again? Each order gets one mail.
}
tickets-ask-pay-all = { $count ->
    [one] Mark 1 ticket as paid? It pays what it costs.
   *[other] Mark those of { $count } tickets as paid that are not? Each pays what it costs.
}
tickets-progress = { $n } of { $count }
tickets-done = { $count ->
    [one] 1 done.
   *[other] { $count } done.
}
tickets-not-done = { $count ->
    [one] 1 not done:
   *[other] { $count } not done:
}
tickets-first = { $count ->
    [one] The first ticket
   *[other] The first { $count } tickets
}
admin-reservation-of = Order of { $name }
admin-reservation-paid = Paid
admin-reservation-unpaid = Not paid
admin-reservation-email = Email
admin-reservation-tickets = Tickets
admin-reservation-number = Reservation
admin-reservation-link = the link
admin-reservation-do-pay = Mark as paid
admin-reservation-do-resend = Send the link again
admin-reservation-do-invite = Offer wallet passes
admin-reservation-do-uninvite = Offer no wallet passes
admin-reservation-do-cancel = Cancel all tickets
admin-reservation-do-restore = Take the cancellation back
admin-reservation-ask-cancel = Cancel all tickets of this reservation? Their seats are free at once. The cancellation can be taken back while seats are left.
admin-reservation-did-pay = Paid: its tickets are good.
admin-reservation-did-cancel = Cancelled.
admin-reservation-did-restore = Restored.
admin-reservation-did-invite = Wallet passes are offered to these guests.
admin-reservation-did-uninvite = No wallet passes are offered to these guests any more.
admin-reservation-mailed = It is on its way by mail. The link, to hand on besides:
admin-reservation-hand-on = No mail is sent from here. Hand on this link:
admin-ticket-showing = { $count ->
    [one] { $when } (1 seat left)
   *[other] { $when } ({ $count } seats left)
}
