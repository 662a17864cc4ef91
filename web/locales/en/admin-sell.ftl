### Sale of tickets at a desk, and tills.
sell-ticket = Ticket
sell-free = Free
sell-less = One { $kind } less
sell-more = One { $kind } more
sell-choose = Choose tickets
sell-sell = Sell for { $sum }, { $method }
sell-hand-out = { $count ->
    [one] Hand out 1 ticket for free
   *[other] Hand out { $count } tickets for free
}
sell-reserve = { $count ->
    [one] Book 1 ticket, not paid
   *[other] Book { $count } tickets, not paid
}
sell-no-time = Choose a time.
sell-no-times = No time can be sold: all are over, or there are none yet.
sell-more-times = { $count ->
    [one] 1 more time
   *[other] { $count } more times
}
sell-sold-out = Sold out
sell-left = { $count ->
    [one] Only 1 seat is left at this time.
   *[other] Only { $count } seats are left at this time.
}
sell-product-left = Of { $product } only { $left } are left at this time.
sell-most = At most { $most } tickets are sold at once.
sell-unknown = The hub did not answer, so it is not known whether this was sold. Press again: it is never sold twice.
sell-sold = { $count ->
    [one] Sold: 1 ticket. { $paid }.
   *[other] Sold: { $count } tickets. { $paid }.
}
sell-unpaid = { $sum } to be paid
sell-share = Send
sell-copy-link = Copy the link
till-mine = Your till
till-of = Till of { $name }
till-gone = Who is gone ({ $id })
till-since = Number { $number }, open since { $at }
till-fresh = Number { $number }: nothing came in yet
till-method = Paid by
till-payments = Payments
till-taken = Taken
till-returned = Given back
till-net = Takings
till-float = Change money at the start
till-float-in = Change money at the start, { $currency }
till-set-float = Save the change money
till-expected = Cash that should lie in it
till-counted = Cash counted, { $currency }
till-note = Note
till-close = Close the till
till-ask = Close this till? What was counted stands then, and cannot be changed. Its figures begin anew.
till-closed = Closed. The closing stands below, to be printed.
till-exact = Exact
till-over = { $sum } too much
till-short = { $sum } missing
till-closing = Closing { $number } of { $name }
till-closed-by = Closed { $at } by { $by }, entry { $seq }; open since { $from }
till-counted-cash = Cash counted
till-difference = Difference
till-print = Print this closing
till-no-closings = No till was closed yet.
sell-left-at = { $left } left

## The pages

sell-the-sale = The sale
sell-tickets = Tickets
sell-buyer = Name, phone, email
sell-optional = optional
sell-payment = Payment
sell-do = Sell
sell-next = Next customer
sell-print = Print
sell-order = The order
till-csv = Takings as CSV
till-refresh = Refresh
till-what = A till is the money that one login or one phone took at this event. What stands in it now is its X report; closing it makes the Z report.
till-closings = Closings
till-others = Other tills
till-whose = Whose
till-open-since = Open since
till-show = Show
till-order = Order
till-newest = Newest first
till-oldest = Oldest first
