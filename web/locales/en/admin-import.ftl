### The page of import and export. What follows `import-column-` is our name of a column, `import-means-` the meaning of a state, `import-change-` and `import-why-` what an import does with a ticket.
import-no-file = Choose a file first.
import-too-large = This file has { $size } MB, and { $most } MB are taken at most: send the list in several files.
import-tickets = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
import-rows = It holds
import-unpaid = Not paid
import-left-out = Left out, being cancelled
import-seats = { $count } tickets; { $left } seats are left then
import-columns = Columns
import-ignored = Columns not used
import-read-as = Read as
import-read-as-csv = { $encoding }, { $separator }
import-separator-comma = comma
import-separator-semicolon = semicolon
import-separator-tab = tab
import-separator-pipe = pipe
import-hidden-sheet = Hidden sheet
import-hidden-sheet-is = “{ $sheet }” is hidden in the workbook, and is what is read
import-hidden-rows = Hidden rows
import-hidden-rows-read = { $count ->
    [one] { $count } row that the workbook hides is read, too: take its filter off to see it
   *[other] { $count } rows that the workbook hides are read, too: take its filter off to see them
}
import-hidden-columns = Hidden columns, read too
import-unread = Not read
import-unread-are = Other sheets that look like lists: { $sheets }. Save each as a file of its own.
import-batches = Many at once
import-batches-how = So many tickets are corrected 50 at a time, and the doors go on meanwhile. Should it be interrupted, those corrected stay so: the same file again does the rest.
import-state = “{ $state }” ({ $rows })
import-state-of = { $column }: “{ $state }” ({ $rows })
import-warning = Row { $row }
import-untouched = Row { $row }, { $name }
import-why-scanned = Left as it is: scanned
import-why-expired = Left as it is: over
import-means-good = A good ticket
import-means-unpaid = Not paid
import-means-cancelled = Cancelled
import-means-blocked = Blocked
import-change-added = New
import-change-changed = Corrected
import-change-canceled = Cancelled
import-change-unchanged = As they are
import-change-untouched = Scanned or over, left as they are
import-choice-state = { $count ->
    [one] “{ $state }” in { $count } row means
   *[other] “{ $state }” in { $count } rows means
}
import-choice-product = { $count ->
    [one] “{ $product }”, { $count } ticket: no product of this event. It is
   *[other] “{ $product }”, { $count } tickets: no product of this event. They are
}
import-product = { $count ->
    [one] “{ $product }”, { $count } ticket
   *[other] “{ $product }”, { $count } tickets
}
import-renamed = Read as { $means }
import-unknown-product = No product of this event: doors that let in certain products only do not know it
import-same = { $count ->
    [one] The { $count } ticket of this file is here already: there is nothing to import.
   *[other] All { $count } tickets of this file are here already: there is nothing to import.
}
import-choice-encoding = Row { $row } reads rightly as
import-choice-dates = { $example } is
import-choice-column = Column “{ $head }” { $example }
import-choice-choose = Choose
import-choice-unused = Not used
import-do-again = Import: { $added } new, { $changed } corrected, { $canceled } cancelled
import-corrected = { $added } new, { $changed } corrected, { $canceled } cancelled, { $unchanged } as they were, { $untouched } left: the doors know it now.
import-nothing-new = Nothing has changed: all { $unchanged } tickets are as they were.
import-nothing = { $count ->
    [one] The { $count } ticket of this file was cancelled at its seller and was never here: there is nothing to import.
   *[other] All { $count } tickets of this file were cancelled at their seller and were never here: there is nothing to import.
}
import-do = { $count ->
    [one] Import { $count } ticket
   *[other] Import { $count } tickets
}
import-problems = { $count ->
    [one] { $count } mistake
   *[other] { $count } mistakes
}
import-first-problems = The first { $shown } of { $count } mistakes
import-staging = { $staged } of { $rows } tickets. You may leave this page: it goes on.
import-completed = All { $rows } tickets are imported: the doors know them now.
import-failed = The import failed: nothing of it was kept.
import-failed-partly = The import failed half way: { $changed } tickets stay corrected, { $canceled } cancelled. The same list again does the rest.
import-past-staging = Under way
import-past-completed = Imported
import-past-failed = Failed
import-past-some = { $staged } of { $rows } tickets
import-past-why = What was wrong
import-past-follow = How far it is
import-past-gone = Somebody who is gone
import-past-unknown = Not recorded
import-column-notice = Notice for the door
import-column-block = Block
import-column-seat = Seat
import-column-seat-row = Row of the seat
import-column-answer = An answer, kept with the ticket
import-column-fields = Answers
import-column-answers = Answers
import-column-quantity = Quantity
import-column-row = Row
import-column-barcode = Code
import-column-first_name = First name
import-column-last_name = Last name
import-column-phone_number = Phone number
import-column-product = Product
import-column-price = Price
import-column-date = Date
import-column-time = Time
import-column-paid = Paid
import-column-change = Change
import-column-uuid = Ticket's id
import-column-reservation = Order
import-column-name = Whole name
import-column-email = E-mail
import-column-starts = Date and time
import-column-status = State
import-column-canceled = Cancelled
import-column-blocked = Blocked
import-column-valid = Valid

## The page

import-event = Event
import-title = Import tickets
import-lead = A list of tickets that were sold elsewhere, as CSV or .xlsx: the exports of Weezevent, Billetweb, HelloAsso, Universe, Hi.Events, Eventbrite, SeeTickets, pretix, TiBillet and of a hub are recognised. It is looked at first: nothing changes until you say so. A newer list adds, corrects and cancels; tickets that were scanned stay.
import-file = File
import-look = Look at it
import-the-import = The import
import-choices = What the file does not say
import-choices-kept = It is kept for the next file of this seller.
import-look-again = Look again
import-holds = What the file holds
import-first-rows = The first rows
import-mend = Mend these in the file, then look at it again. Rows are numbered as in a spreadsheet; the head is row 1.
import-column = Column
import-wrong = What is wrong
import-past = Imports so far
import-past-tickets = Tickets
import-past-by = By
import-none = Nothing was imported into this event yet.
import-export = Export
import-export-tickets = Tickets as CSV
import-export-scans = Scans as CSV
import-export-hint = The tickets hold the guests' names and phone numbers: keep the file as you keep those.
