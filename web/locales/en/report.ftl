### The report of the night, as a page.
report-title = Report
report-heading = { $event }: report
report-dashboard = Dashboard
report-as-of = as of { $time }
report-files = For spreadsheets:
report-file-figures = these figures
report-file-tickets = all tickets
report-file-scans = all scans
report-file-takings = the takings
report-booked = Booked
report-came = Came
report-no-show = Did not come
report-still-expected = Still expected
report-expected = Expected
report-refused = Refused
report-peak = Most inside, at { $time }
report-none = None.
report-venue = The venue
report-gone = Somebody who is gone
report-tickets = Tickets

## Titles of tables

report-times = Times
report-products = Products
report-doors = Doors
report-refusals = Refusals
report-headcount = Without tickets
report-takings-kind = Takings by kind
report-takings-method = Takings by method
report-takings-person = Takings by person
report-takings-door = Takings by door
report-forced = Forced entries
report-conflicts = Conflicts from being offline
report-recounts = Recounts
report-offline = Offline

## Heads of columns

report-time = Time
report-showing = Time
report-product = Product
report-door = Door
report-admitted = Admitted
report-left = Left
report-reason = Reason
report-count = Times
report-who = Who
report-in = In
report-out = Out
report-kind = Kind
report-method = Method
report-person = Person
report-payments = Payments
report-taken = Taken
report-given-back = Given back
report-net = Takings
report-currency = Currency
report-by = By
report-why = Why
report-let-in = Let in
report-counted = Counted
report-where = Where
report-was = Was
report-is = Is
report-device = Device
report-from = From
report-until = Until
report-scans = Scans

## Kinds of people without tickets, and rows of takings. What follows `report-row-` is a name of the API.

report-row-walk_in = Walk-in
report-row-child = Child
report-row-crew = Crew
report-row-other = Other
report-row-unknown = Unknown
report-row-no-door = At no door
report-row-cash = Cash
report-row-card = Card
report-row-transfer = Transfer
report-row-free = Free

## Cells of the report and of the takings as CSV

report-cell-event = Event
report-cell-peak-inside = Most inside
report-cell-peak-at = Most inside at
report-cell-starts-at = Begins at
report-cell-undos = Taken back
report-cell-user = Login
report-cell-key = Key
