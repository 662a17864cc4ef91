### What is wrong with a file that is imported, and with its cells: each stands beside its row and its column. The English text is what the API says.
problem-cell-same = is the same as in row { $row }
problem-cell-formula-unread = Cell { $cell } holds a formula without its result; its column is not read
problem-cell-sold-out = only { $left } left for { $when } ({ $rows }): the file has { $count }
problem-cell-product-out = only { $left } of { $product } left for { $when } ({ $rows }): the file has { $count }
problem-cell-other-id = is that of another ticket than the row's id
problem-cell-elsewhere = is another event's, or is being imported
problem-cell-there = is there already
problem-cell-invisible = stands among invisible marks: read as { $plain }
problem-cell-replaced = was replaced by the spreadsheet's error { $said }: export the list again
problem-cell-number-lost = was turned into the number { $said } by a spreadsheet, its digits are lost: export the list again, and keep the column as text
problem-cell-number-last = was turned into the number { $said } by a spreadsheet, its last digits are lost
problem-cell-number = was turned into the number { $said } by a spreadsheet: read as { $plain }
problem-cell-number-kept = was turned into the number { $said } by a spreadsheet, its digits are lost: kept as it is written
problem-cell-formula = stands as the formula { $said }: read as { $plain }
problem-cell-quotes = stands in quotes: read as { $plain }
problem-cell-apostrophe = begins with a spreadsheet's apostrophe: read as { $plain }
problem-cell-zeros = has lost its last digits: a spreadsheet has put zeros for them
problem-cell-answers = are more than { $most }: the first are kept
problem-cell-unreadable = cannot be read: left out
problem-cell-long = is longer than { $most } characters: the first are kept
problem-cell-unprintable-left = holds characters that cannot be printed: read without them
problem-cell-unprintable = holds characters that cannot be printed
problem-cell-quantity = says { $count } tickets: a row is imported as one
problem-cell-quantity-unread = cannot be read: a row is imported as one
problem-cell-more = has more cells than the head: a cell with a separator in it must stand in quotes
problem-cell-no-phone = is no phone number: kept as it is written
problem-cell-no-mail = is no mail address: left out
problem-cell-nothing = has neither a letter nor a digit: no ticket holds that
problem-cell-needed = is needed
problem-cell-no-uuid = is no uuid
problem-cell-no-date = is no date: 2026-12-24, 24/12/2026 and 24.12.2026 are
problem-cell-no-date-dmy = is no date in the order day, month, year
problem-cell-no-date-mdy = is no date in the order month, day, year
problem-cell-no-date-ymd = is no date in the order year, month, day
problem-cell-no-time = is no time of day: 20:30, 20h30 and 8:30 PM are
problem-cell-times-at = At { $time } the event has { $count } times: name date and time
problem-cell-times = The event has { $count } times: name date and time
problem-cell-times-day = That day has { $count } times: name date and time
problem-cell-no-day = is no day of the event
problem-cell-dates = { $said } may be { $means }, and no row decides: say which
problem-cell-dates-change = { $said } has day and month in another order than the rows above
problem-cell-state-unread = "{ $head }" is not read, and says "{ $said }" ({ $rows }): say what the column means
problem-cell-paid = must be yes or no, and is "{ $said }" ({ $rows }): or say whether it is good, unpaid, cancelled or blocked
problem-cell-state = "{ $said }" ({ $rows }) is no state that is known: say whether it is good, unpaid, cancelled or blocked
problem-cell-total = "{ $said }" makes this a line of totals and no ticket: left out
problem-cell-amounts = holds amounts alone, as a line of totals does: left out
problem-cell-remark = "{ $said }" is a remark and no ticket: left out
problem-rows-one = 1 row
problem-rows-many = { $count } rows
problem-row-at = row { $row }
problem-rows-at = rows { $low } to { $high }

## The file as a whole

problem-import-no-codes = There is no column barcode in the file's first row
problem-import-codes-needed = is missing: a column barcode, secret, ticket secret, uuid, order code or reservation is needed
problem-import-nothing-one = Nothing was imported. { $why }: 1 mistake
problem-import-nothing = Nothing was imported. { $why }: { $count } mistakes
problem-import-why-one = { $why }: 1 mistake
problem-import-why = { $why }: { $count } mistakes
problem-import-partly = { $why }. { $count } tickets were corrected before: the same list again corrects the rest
problem-rows-duplicate = These barcodes are there already
problem-rows-sold-out = There are not seats enough
problem-rows-states = States of tickets that are not known: say what they mean
problem-rows-dates = Dates that can be read in two ways: say which
problem-rows-ruined = Barcodes that a spreadsheet has ruined
problem-rows-unusable = These rows cannot be imported

## Choices for a file

problem-choice-state = must be a word of the file, a colon, and good, unpaid, cancelled or blocked
problem-choice-column = must be a head of the file, a colon, and one of { $values }; or nothing
problem-choice-product = must be a name in the file, a colon, and a product of the event
problem-choice-dates = must be dmy, mdy or ymd
problem-choice-most = { $most } at most
problem-choice-pair = must be two texts with a colon between, { $most } characters at most
