### Der Bericht des Abends, als Seite.
report-title = Bericht
report-heading = { $event }: Bericht
report-dashboard = Dashboard
report-as-of = Stand { $time }
report-files = Für Tabellenkalkulationen:
report-file-figures = diese Zahlen
report-file-tickets = alle Tickets
report-file-scans = alle Scans
report-file-takings = die Einnahmen
report-booked = Gebucht
report-came = Gekommen
report-no-show = Nicht gekommen
report-still-expected = Noch erwartet
report-expected = Erwartet
report-refused = Abgewiesen
report-peak = Meiste drinnen, um { $time }
report-none = Keine.
report-venue = Das Haus
report-gone = Nicht mehr vorhanden
report-tickets = Tickets

## Titles of tables

report-times = Termine
report-products = Kategorien
report-doors = Eingänge
report-refusals = Abgewiesen
report-headcount = Ohne Ticket
report-takings-kind = Einnahmen nach Art
report-takings-method = Einnahmen nach Zahlungsart
report-takings-person = Einnahmen nach Person
report-takings-door = Einnahmen nach Eingang
report-forced = Trotzdem eingelassen
report-conflicts = Konflikte durch Offlinebetrieb
report-recounts = Von Hand gezählt
report-offline = Offline

## Heads of columns

report-time = Zeit
report-showing = Termin
report-product = Kategorie
report-door = Eingang
report-admitted = Eingelassen
report-left = Gegangen
report-reason = Grund
report-count = Anzahl
report-who = Wer
report-in = Rein
report-out = Raus
report-kind = Art
report-method = Zahlungsart
report-person = Person
report-payments = Zahlungen
report-taken = Eingenommen
report-given-back = Erstattet
report-net = Einnahmen
report-currency = Währung
report-by = Von
report-why = Warum
report-let-in = Eingelassen
report-counted = Gezählt
report-where = Wo
report-was = Vorher
report-is = Jetzt
report-device = Telefon
report-from = Von
report-until = Bis
report-scans = Scans

## Kinds of people without tickets, and rows of takings. What follows `report-row-` is a name of the API.

report-row-walk_in = Ohne Reservierung
report-row-child = Kind
report-row-crew = Team
report-row-other = Sonstiges
report-row-unknown = Unbekannt
report-row-no-door = An keinem Eingang
report-row-cash = Bar
report-row-card = Karte
report-row-transfer = Überweisung
report-row-free = Kostenlos

report-cell-event = Veranstaltung
report-cell-peak-inside = Meiste drinnen
report-cell-peak-at = Meiste drinnen um
report-cell-starts-at = Beginn
report-cell-undos = Zurückgenommen
report-cell-user = Konto
report-cell-key = Schlüssel
