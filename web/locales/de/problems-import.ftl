### Was an einer importierten Datei und an ihren Zellen falsch ist: Jeder Text steht neben seiner Zeile und seiner Spalte.
problem-cell-same = ist dasselbe wie in Zeile { $row }
problem-cell-formula-unread = Zelle { $cell } enthält eine Formel ohne ihr Ergebnis; ihre Spalte wird nicht gelesen
problem-cell-sold-out = nur noch { $left } frei für { $when } ({ $rows }): die Datei hat { $count }
problem-cell-product-out = nur noch { $left } übrig von { $product } für { $when } ({ $rows }): die Datei hat { $count }
problem-cell-other-id = gehört zu einem anderen Ticket als die ID der Zeile
problem-cell-elsewhere = gehört zu einer anderen Veranstaltung oder wird gerade importiert
problem-cell-there = ist schon da
problem-cell-invisible = steht zwischen unsichtbaren Zeichen: gelesen als { $plain }
problem-cell-replaced = wurde durch den Fehler { $said } der Tabelle ersetzt: Exportieren Sie die Liste noch einmal
problem-cell-number-lost = wurde von einer Tabelle in die Zahl { $said } verwandelt, die Ziffern sind verloren: Exportieren Sie die Liste noch einmal, und lassen Sie die Spalte als Text
problem-cell-number-last = wurde von einer Tabelle in die Zahl { $said } verwandelt, die letzten Ziffern sind verloren
problem-cell-number = wurde von einer Tabelle in die Zahl { $said } verwandelt: gelesen als { $plain }
problem-cell-number-kept = wurde von einer Tabelle in die Zahl { $said } verwandelt, die Ziffern sind verloren: bleibt, wie es dasteht
problem-cell-formula = steht als Formel { $said } da: gelesen als { $plain }
problem-cell-quotes = steht in Anführungszeichen: gelesen als { $plain }
problem-cell-apostrophe = beginnt mit dem Apostroph einer Tabelle: gelesen als { $plain }
problem-cell-zeros = hat die letzten Ziffern verloren: Eine Tabelle hat Nullen dafür gesetzt
problem-cell-answers = sind mehr als { $most }: Die ersten bleiben
problem-cell-unreadable = kann nicht gelesen werden: ausgelassen
problem-cell-long = ist länger als { $most } Zeichen: Die ersten bleiben
problem-cell-unprintable-left = enthält Zeichen, die nicht gedruckt werden können: ohne sie gelesen
problem-cell-unprintable = enthält Zeichen, die nicht gedruckt werden können
problem-cell-quantity = nennt { $count } Tickets: Eine Zeile wird als eines importiert
problem-cell-quantity-unread = kann nicht gelesen werden: Eine Zeile wird als ein Ticket importiert
problem-cell-more = hat mehr Zellen als der Kopf: Eine Zelle mit einem Trennzeichen muss in Anführungszeichen stehen
problem-cell-no-phone = ist keine Telefonnummer: bleibt, wie es dasteht
problem-cell-no-mail = ist keine E-Mail-Adresse: ausgelassen
problem-cell-nothing = hat weder Buchstaben noch Ziffern: So etwas steht auf keinem Ticket
problem-cell-needed = ist nötig
problem-cell-no-uuid = ist keine UUID
problem-cell-no-date = ist kein Datum wie 2026-12-24, 24/12/2026 oder 24.12.2026
problem-cell-no-date-dmy = ist kein Datum in der Folge Tag, Monat, Jahr
problem-cell-no-date-mdy = ist kein Datum in der Folge Monat, Tag, Jahr
problem-cell-no-date-ymd = ist kein Datum in der Folge Jahr, Monat, Tag
problem-cell-no-time = ist keine Uhrzeit wie 20:30, 20h30 oder 8:30 PM
problem-cell-times-at = Um { $time } hat die Veranstaltung Termine: { $count }; nennen Sie Datum und Uhrzeit
problem-cell-times = Termine der Veranstaltung: { $count }; nennen Sie Datum und Uhrzeit
problem-cell-times-day = Termine an diesem Tag: { $count }; nennen Sie Datum und Uhrzeit
problem-cell-no-day = ist kein Tag der Veranstaltung
problem-cell-dates = { $said } kann { $means } sein, und keine Zeile entscheidet es: Sagen Sie, welches
problem-cell-dates-change = { $said } hat Tag und Monat in anderer Folge als die Zeilen darüber
problem-cell-state-unread = „{ $head }“ wird nicht gelesen und sagt „{ $said }“ ({ $rows }): Sagen Sie, was die Spalte bedeutet
problem-cell-paid = muss ja oder nein sein und ist „{ $said }“ ({ $rows }): Oder sagen Sie, ob das Ticket gültig, unbezahlt, storniert oder gesperrt ist
problem-cell-state = „{ $said }“ ({ $rows }) ist kein bekannter Status: Sagen Sie, ob das Ticket gültig, unbezahlt, storniert oder gesperrt ist
problem-cell-total = „{ $said }“ macht dies zu einer Summenzeile und keinem Ticket: ausgelassen
problem-cell-amounts = enthält nur Beträge, wie eine Summenzeile: ausgelassen
problem-cell-remark = „{ $said }“ ist eine Anmerkung und kein Ticket: ausgelassen
problem-rows-one = 1 Zeile
problem-rows-many = { $count } Zeilen
problem-row-at = Zeile { $row }
problem-rows-at = Zeilen { $low } bis { $high }

## The file as a whole

problem-import-no-codes = In der ersten Zeile der Datei ist keine Spalte mit Codes
problem-import-codes-needed = fehlt: Eine Spalte mit Code, ID oder Reservierung ist nötig
problem-import-nothing-one = Nichts wurde importiert. { $why }: 1 Fehler
problem-import-nothing = Nichts wurde importiert. { $why }: { $count } Fehler
problem-import-why-one = { $why }: 1 Fehler
problem-import-why = { $why }: { $count } Fehler
problem-import-partly = { $why }. Zuvor korrigierte Tickets: { $count }; dieselbe Liste noch einmal korrigiert den Rest
problem-rows-duplicate = Diese Codes sind schon da
problem-rows-sold-out = Es gibt nicht genug Plätze
problem-rows-states = Zustände von Tickets sind nicht bekannt: Sagen Sie, was sie bedeuten
problem-rows-dates = Daten sind auf zwei Arten zu lesen: Sagen Sie, auf welche
problem-rows-ruined = Codes sind durch eine Tabelle zerstört
problem-rows-unusable = Diese Zeilen können nicht importiert werden

## Choices for a file

problem-choice-state = muss ein Wort der Datei, ein Doppelpunkt und good, unpaid, cancelled oder blocked sein
problem-choice-column = muss ein Kopf der Datei, ein Doppelpunkt und eines von { $values } sein; oder nichts
problem-choice-product = muss ein Name in der Datei, ein Doppelpunkt und eine Kategorie der Veranstaltung sein
problem-choice-dates = muss dmy, mdy oder ymd sein
problem-choice-most = höchstens { $most }
problem-choice-pair = muss aus zwei Texten mit einem Doppelpunkt dazwischen bestehen, höchstens { $most } Zeichen
