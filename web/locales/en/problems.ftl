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
problem-reservation-change-unusable = The reservation cannot be changed so
problem-change-unusable = The ticket cannot be changed so

## Booking and the waiting list

problem-booking-unusable = The booking cannot be made
problem-sold-out = Sold out
problem-few-left = Only { $left } left for that time
problem-product-sold-out = { $product }: sold out
problem-product-few-left = { $product }: only { $left } left for that time
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
problem-field-phone-digits = must be a phone number: 3 to 20 digits, with spaces and + - ( ) . / between

## Who asks

problem-key-missing = Invalid or missing API key
problem-archived = App is archived.
problem-key-needed = A key or a login is needed
problem-scope-needed = This needs the scope { $scopes }
problem-role = Your role may not do this
problem-page = This login may not see this page
problem-page-old = The page is out of date: reload it
problem-login-elsewhere = This form was sent from another site: open the login page and try again
problem-own-token = This needs the ticket's own token
problem-owner-scope = Only an owner makes or ends a key with the scope admin
problem-key-revoked = This key was revoked meanwhile
problem-key-rights = The user whose rights this key would have may not make it any more
problem-key-unusable = The key cannot be made
problem-no-key = Key not found
problem-wrong-login = Wrong user name or password
problem-no-user = User not found
problem-user-busy = This user has just made a key: try again
problem-login-ended = Your login has ended meanwhile: log in again
problem-user-unusable = The user cannot be kept so
problem-no-password = This needs a login: a key has no password
problem-password-unusable = The password cannot be changed
problem-sold-elsewhere = Tickets that were sold elsewhere need a key
problem-details-need-key = A notice, a seat and answers of a ticket need a key

## Requests

problem-not-json = The body is not JSON
problem-not-object = The body must be a JSON object
problem-list-unusable = The list cannot be read so
problem-list-search = search
problem-list-cursor = cursor
problem-idempotency-key = Idempotency-Key
problem-idempotency = Idempotency-Key was used for another request
problem-unstorable = A value is too large or holds characters that cannot be stored
problem-stopping = the hub is stopping: try again
problem-unreadable = The record of this { $thing } cannot be read: ask the organiser
problem-taken = Taken already
problem-taken-names = Taken already: { $names }
problem-not-ready = not ready
problem-no-such-page = There is no such page
problem-no-such-event = There is no such event
problem-own-event = Not an event of yours
problem-which-event = Say which event

## Events and their showings

problem-event-unusable = The event cannot be used
problem-event-change-unusable = The event cannot be changed so
problem-showings-unusable = The showings cannot be used
problem-no-showing-when = There is no showing at { $when }
problem-showing-there = There is a showing at { $when } already
problem-showing-booked = { $count } seats of { $when } are booked
problem-door-used = Devices stand at that door: { $names }
problem-zone-used = Somebody is in that zone
problem-product-sold = Tickets of that product are sold and counted by its name; first remove its number: { $names }
problem-no-zone = There is no such zone
problem-unknown-timezone = timezone is not known
problem-when-needed = date and time are needed
problem-skipped-time = no such time on that day
problem-pictures-busy = too many pictures are being made
problem-qr-size = size
problem-qr-format = format
problem-part = part
problem-not-a-uuid = The ticket id is not a uuid

## Devices

problem-device-unusable = The device cannot be used
problem-no-device = Device not found
problem-device-archived = An archived device cannot be paired

## Imports

problem-import-ended = The import was ended meanwhile: import again
problem-import-meanwhile = A ticket of the list was changed meanwhile: import again
problem-import-time = The time of { $name } was changed meanwhile: import again
problem-import-empty = There is no ticket in the file
problem-import-joined = One import may add to orders of { $most } tickets at most: send it in several files
problem-import-rows = One import may hold { $most } tickets at most: send them in several files
problem-import-kinds = One import may hold tickets of { $times } times and { $products } products at most
problem-import-choices = These choices cannot be used
problem-import-columns = Row { $row } has more than { $most } columns: this is no list of tickets
problem-import-long-row = A row has more than { $most } characters: look for a quote that is not closed
problem-import-no-csv = Row { $row } is no CSV: look for a quote that is not closed
problem-import-large = The file is too large: { $most } bytes at most
problem-import-no-body = The file is empty
problem-import-unknown = This is neither CSV nor .xlsx: open it in a spreadsheet, and save it as one of them
problem-import-no-file = Send the file itself as the body, as text/csv
problem-import-encoding = Letters of this file cannot be read for certain: say which way
problem-workbook-empty = The workbook is empty
problem-workbook-unreadable = This is no workbook that can be read: save it as .xlsx or as CSV
problem-workbook-locked = This workbook is protected by a password: take it off, or save the list as CSV
problem-workbook-formula = Cell { $cell } holds a formula without its result: save the workbook in a spreadsheet first
problem-workbook-old = This is a workbook of before 2007 (.xls): save it as .xlsx or as CSV
problem-archive-other = This is a file of { $kind }: save the list as .xlsx or as CSV
problem-workbook-large = The workbook is too large: save the list as CSV
problem-sheet-long = The sheet is too long: { $most } rows at most
problem-sheet-wide = The sheet has more than { $most } columns: this is no list of tickets
problem-imports-busy = Other files are being imported: try again in a minute
problem-no-import = Import not found
problem-import-under-way = Another import of this event is under way: wait for its end
problem-import-stopped = The hub was stopped during the import: import again
problem-import-failed = Something went wrong here: import again

## Tickets, reservations and payments

problem-reservation-canceled = The reservation is cancelled
problem-expired-restore = An expired ticket cannot be restored
problem-scanned-move = A scanned ticket cannot be moved
problem-expired-move = An expired ticket cannot be moved
problem-no-address = There is no address to send it to
problem-wait-unusable = That cannot be waited for
problem-payment-unusable = The payment cannot be taken
problem-refund-unusable = It cannot be given back
problem-costs-by-now = No money was taken: it costs { $amount } by now
problem-paid-already = No money was taken: it is paid already
problem-paid-already-how = No money was taken: it is paid already ({ $method })
problem-paid-already-amount = No money was taken: it is paid already ({ $amount } a ticket, { $method })
problem-no-payment = No payment for it was taken here, so none can be given back
problem-picture-unusable = The picture cannot be used
problem-picture-body = Send the picture itself as the body
problem-no-picture = There is no such picture
problem-more-than-taken = At most { $amount } can be given back
problem-no-mail-here = No mail is sent from here: hand the links on
problem-batch-unusable = This cannot be done with these tickets
problem-till-unusable = The till cannot be closed
problem-no-till = There is no such till
problem-till-closed = This till was closed already: its figures have begun anew
problem-till-empty = There is nothing to close: no float, and no payment since the last closing

## Passes, webhooks and deliveries

problem-passes-unavailable = Passes cannot be made here at present
problem-passes-off = Passes are not offered for this event
problem-passes-some = Passes are offered to some guests of this event only, for now
problem-passes-everybody = Passes are offered to everybody already
problem-wave-unusable = The wave cannot be started
problem-waves-most = An event has { $most } waves at most
problem-passes-not-stopped = Passes are not stopped
problem-passes-busy = too many passes are being made
problem-wallet-off = { $wallet } is not offered here
problem-pass-token = This is not the token of that pass
problem-registration-unusable = The registration cannot be used
problem-no-pass = Pass not found
problem-pass-phones = Too many phones follow this ticket
problem-webhook-unusable = The webhook cannot be kept so
problem-no-webhook = Webhook not found
problem-webhooks-most = There are { $most } webhooks already
problem-no-delivery = Delivery not found
problem-no-message = Message not found
problem-waits-to-be-sent = It waits to be sent already

## Fields: what is wrong with one, after its name

problem-field-missing = is missing
problem-field-unusable = cannot be used
problem-field-malformed = is not of the right form
problem-field-unknown = is not known here
problem-field-object = must be an object
problem-field-list = must be a list
problem-field-text = must be text
problem-field-whole = must be a whole number
problem-field-number = must be a number
problem-field-boolean = must be true or false
problem-field-uuid = must be a uuid
problem-field-not-a-uuid = is not a uuid
problem-field-empty = must not be empty
problem-field-large = is too large
problem-field-many = too many
problem-field-most = must be at most { $high }
problem-field-least = must be at least { $low }
problem-field-range = must be { $low } to { $high }
problem-field-years = must be in the years { $low } to { $high }
problem-field-pixels = must be { $low } to { $high } pixels
problem-field-username = must be 1 to 64 letters, digits or . @ + - _
problem-field-party = that time has { $count } seats in all
problem-field-characters = must be { $low } to { $high } characters
problem-field-characters-most = must be at most { $high } characters
problem-field-entries-most = must have at most { $high } entries
problem-field-name = 1 to 100 characters
problem-field-one-of = must be one of: { $values }
problem-field-language = must be one of { $values }
problem-field-mail = must be a mail address
problem-field-mail-like = must be a mail address, like ada@example.org
problem-field-phone = must be a phone number, like +33 1 23 45 67 89
problem-field-printable = must be printable
problem-field-not-sold = is not sold here
problem-field-chosen = must be chosen
problem-field-date = must be YYYY-MM-DD
problem-field-time = must be HH:MM
problem-field-calendar = is not in the calendar
problem-field-over = is over
problem-field-no-showing = no showing
problem-field-skipped = is skipped by the change to summer time
problem-field-offset = needs a UTC offset, like 2026-12-24T20:30:00+01:00
problem-field-moment = must be a time with a UTC offset, like 2026-12-24T20:30:00+01:00
problem-field-timezone = an IANA name like Europe/Paris
problem-field-differ = names must differ
problem-field-after-start = must be after starts_at
problem-field-after-beginning = must be after its beginning
problem-password-unfit = The password cannot be used
problem-role-sell = Your role may not let a device sell
problem-role-names = Your role may not let a device show guests' names
problem-sells-no-more = This event sells no more tickets: its booking is closed
problem-gives-nothing-away = A device gives nothing away that costs: the box office does
problem-password-first = Choose a password of your own first
problem-field-longer = must have { $low } characters or more
problem-field-made = is the one that was made for you: choose another
problem-field-same = is the one you have: choose another
problem-field-not-yours = is not your password
problem-field-archived = is archived
problem-field-no-such-door = there is no such door in this event
problem-field-no-such-event = there is no such event
problem-field-event-needed = needs an event
problem-field-own-event = is needed: your role is for single events
problem-field-own-path = have a path of their own: .../showings
problem-field-no-such-id = this event has none with that id
problem-field-policy = must be single, reentry, multi:N or daily
problem-field-no-such-product = names a product that this event has not
problem-field-no-such-zone = names no zone of this event
problem-field-same-time = the same time twice
problem-field-control-characters = must hold no control characters
problem-field-visible = must be visible text in one line, without control characters
problem-field-web-address = must be a web address, like https://example.org/help, of { $most } characters at most
problem-field-currency = must be a currency by three letters, like EUR
problem-field-amount = must be an amount of its currency, like 20.00
problem-field-amount-free = must be left out of what is free
problem-field-amount-unknown = must be said: what it costs is not known
problem-field-currency-several = must be said: these tickets are priced in several
problem-field-currencies-paid = must be left out: these tickets were paid in several currencies
problem-field-picture-kind = must be a JPEG, PNG or WebP picture
problem-field-picture-large = must be at most { $most } million pixels
problem-field-picture-small = must be at least { $low } pixels wide and high
problem-field-picture-damaged = is damaged: save the picture anew
problem-field-picture-parts = has too many parts: save the picture anew
problem-field-payments-only = is for payments only
problem-field-currency-needed = must be said, like EUR
problem-field-words-most = { $most } words at most
problem-field-length-most = { $most } characters at most
problem-field-no-email = the reservation has none
problem-field-plain-text = must be plain text
problem-field-plain-line = must be one line of plain text
problem-field-no-mail = no mail server is set up
problem-field-more-than = must be more than { $low }
problem-field-push-token = must be Apple's push token
problem-field-no-such-kind = there is no kind { $kind }
problem-field-names-length = must have names of { $low } to { $high } characters
problem-field-same-event = must stay as it is: a ticket cannot be moved to another event
problem-field-a-date = must be a date, YYYY-MM-DD
problem-field-needed-with = is needed with { $name }
problem-field-random = must hold 128 random bits without a credential
problem-field-cursor = must be taken from a Link header
problem-field-picture = must be png or svg
problem-link-of-another = This link is for another user: log in as the one whose address it is
problem-account-login = This needs a login: a key has no account
problem-account-factor-first = Set up a second factor first: your role needs one
problem-account-own = This is your own account: change its password, address and second factor under My account
problem-field-anothers-address = is another user's address
problem-device-door = This device may not choose its door
problem-code-wrong = The code is wrong
problem-password-wrong = Wrong password
problem-cannot-be-done = This cannot be done
problem-factor-on = The second factor is on already: turn it off first
problem-factor-off = The second factor is off
problem-app-older = Set the app up anew: this code is of an older one
problem-app-first = Set the app up first
problem-field-code-now = is not the app's code of now
problem-field-code-used = is wrong, or was used already
problem-passkey-refused = This passkey does not log in here
problem-passkey-unusable = The passkey cannot be used
problem-passkey-none = Passkey not found
problem-passkey-many = There are too many passkeys: remove one first
problem-passkey-kept = This passkey is kept already
problem-passkeys-impossible = Passkeys need the hub's address to be https, by a name
problem-took-too-long = This took too long: try again
problem-field-too-late = is too late
problem-field-not-answer = is not the answer to this request
problem-field-zone-kept = cannot be changed: its showings stand in it
problem-field-out-of-range = is out of range
problem-field-others = one name a line, for the other tickets
problem-field-clock = must be 00:00 to 23:59
