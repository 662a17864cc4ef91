### Heads of exports as CSV, for people: one word or few, each another within a language. An import knows the hub's own export by them. What follows `csv-` is the column's name for programs.
csv-id = id
csv-barcode = barcode
csv-reservation = reservation
csv-first_name = first_name
csv-last_name = last_name
csv-phone_number = phone_number
csv-product = product
csv-price = price
csv-date = date
csv-time = time
csv-paid = paid
csv-status = status
csv-expired = expired
csv-scans = scans
csv-booked_at = booked_at
csv-email = email
csv-notice = notice
csv-block = block
csv-row = row
csv-seat = seat
csv-amount = amount
csv-currency = currency
csv-booked_at_local = booked_at_local
csv-first_entry = first_entry
csv-first_entry_local = first_entry_local
csv-payment_method = payment_method
csv-payment_amount = payment_amount
csv-payment_returned = payment_returned
csv-payment_currency = payment_currency
csv-payment_at = payment_at
csv-payment_at_local = payment_at_local
csv-answers = answers
csv-answer = answer: { $question }

## Scans

csv-kind = kind
csv-seq = seq
csv-at = at
csv-received_at = received_at
csv-ticket = ticket
csv-code = code
csv-direction = direction
csv-device = device
csv-door = door
csv-nonce = nonce
csv-by = by
csv-at_local = at_local
csv-device_name = device_name
csv-door_name = door_name

## Takings

csv-method = method
csv-by_kind = by_kind
csv-payments = payments
csv-taken = taken
csv-refunds = refunds
csv-returned = returned

## The report

csv-part = part
csv-name = name
csv-figure = figure
csv-value = value
csv-value_local = value_local
