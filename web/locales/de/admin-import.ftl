### Die Seite für Import und Export. Auf `import-column-` folgt unser Name einer Spalte, auf `import-means-` die Bedeutung eines Zustands, auf `import-change-` und `import-why-`, was der Import mit einem Ticket tut.
import-no-file = Wählen Sie zuerst eine Datei.
import-too-large = Diese Datei hat { $size } MB, und höchstens { $most } MB werden angenommen: Senden Sie die Liste in mehreren Dateien.
import-tickets = { $count ->
    [one] { $count } Ticket
   *[other] { $count } Tickets
}
import-rows = Sie enthält
import-unpaid = Nicht bezahlt
import-left-out = Ausgelassen, weil storniert
import-seats = Tickets: { $count }; danach freie Plätze: { $left }
import-columns = Spalten
import-ignored = Nicht benutzte Spalten
import-read-as = Gelesen als
import-read-as-csv = { $encoding }, { $separator }
import-separator-comma = Komma
import-separator-semicolon = Semikolon
import-separator-tab = Tabulator
import-separator-pipe = senkrechter Strich
import-hidden-sheet = Ausgeblendetes Blatt
import-hidden-sheet-is = „{ $sheet }“ ist in der Arbeitsmappe ausgeblendet und wird gelesen
import-hidden-rows = Ausgeblendete Zeilen
import-hidden-rows-read = { $count ->
    [one] { $count } Zeile, die die Arbeitsmappe ausblendet, wird auch gelesen: Nehmen Sie den Filter heraus, um sie zu sehen
   *[other] { $count } Zeilen, die die Arbeitsmappe ausblendet, werden auch gelesen: Nehmen Sie den Filter heraus, um sie zu sehen
}
import-hidden-columns = Ausgeblendete Spalten, auch gelesen
import-unread = Nicht gelesen
import-unread-are = Andere Blätter, die wie Listen aussehen: { $sheets }. Speichern Sie jedes als eigene Datei.
import-batches = Viele auf einmal
import-batches-how = So viele Tickets werden je 50 korrigiert, und die Eingänge arbeiten weiter. Bei einer Unterbrechung bleiben die korrigierten so: Dieselbe Datei noch einmal erledigt den Rest.
import-state = „{ $state }“ ({ $rows })
import-state-of = { $column }: „{ $state }“ ({ $rows })
import-warning = Zeile { $row }
import-untouched = Zeile { $row }, { $name }
import-why-scanned = Bleibt, wie es ist: gescannt
import-why-expired = Bleibt, wie es ist: vorbei
import-means-good = Ein gültiges Ticket
import-means-unpaid = Nicht bezahlt
import-means-cancelled = Storniert
import-means-blocked = Gesperrt
import-change-added = Neu
import-change-changed = Korrigiert
import-change-canceled = Storniert
import-change-unchanged = Wie sie sind
import-change-untouched = Gescannt oder vorbei, bleiben, wie sie sind
import-choice-state = { $count ->
    [one] „{ $state }“ in { $count } Zeile bedeutet
   *[other] „{ $state }“ in { $count } Zeilen bedeutet
}
import-choice-product = { $count ->
    [one] „{ $product }“, { $count } Ticket: keine Kategorie dieser Veranstaltung. Es ist
   *[other] „{ $product }“, { $count } Tickets: keine Kategorie dieser Veranstaltung. Es sind
}
import-product = { $count ->
    [one] „{ $product }“, { $count } Ticket
   *[other] „{ $product }“, { $count } Tickets
}
import-renamed = Gelesen als { $means }
import-unknown-product = Keine Kategorie dieser Veranstaltung: Eingänge, die nur bestimmte Kategorien einlassen, kennen sie nicht
import-same = { $count ->
    [one] Das einzige Ticket dieser Datei ist schon hier: Es gibt nichts zu importieren.
   *[other] Alle { $count } Tickets dieser Datei sind schon hier: Es gibt nichts zu importieren.
}
import-choice-encoding = Zeile { $row } lautet richtig
import-choice-dates = { $example } ist der
import-choice-column = Spalte „{ $head }“ { $example }
import-choice-choose = Wählen
import-choice-unused = Nicht benutzt
import-do-again = Importieren: { $added } neu, { $changed } korrigiert, { $canceled } storniert
import-corrected = { $added } neu, { $changed } korrigiert, { $canceled } storniert, { $unchanged } unverändert, { $untouched } belassen: Die Eingänge wissen es jetzt.
import-nothing-new = Nichts hat sich geändert: Tickets wie zuvor, { $unchanged }.
import-nothing = { $count ->
    [one] Das einzige Ticket dieser Datei wurde beim Verkäufer storniert und war nie hier: Es gibt nichts zu importieren.
   *[other] Alle { $count } Tickets dieser Datei wurden beim Verkäufer storniert und waren nie hier: Es gibt nichts zu importieren.
}
import-do = { $count ->
    [one] { $count } Ticket importieren
   *[other] { $count } Tickets importieren
}
import-problems = { $count ->
    [one] { $count } Fehler
   *[other] { $count } Fehler
}
import-first-problems = Die ersten { $shown } von { $count } Fehlern
import-staging = { $staged } von { $rows } Tickets. Sie können diese Seite verlassen: Es geht weiter.
import-completed = Importierte Tickets: { $rows }. Die Eingänge kennen sie jetzt.
import-failed = Der Import ist gescheitert: Nichts davon wurde behalten.
import-failed-partly = Der Import ist unterwegs gescheitert: { $changed } Tickets bleiben korrigiert, { $canceled } storniert. Dieselbe Liste noch einmal erledigt den Rest.
import-past-staging = Läuft
import-past-completed = Importiert
import-past-failed = Gescheitert
import-past-some = { $staged } von { $rows } Tickets
import-past-why = Was falsch war
import-past-follow = Wie weit er ist
import-past-gone = Jemand, den es hier nicht mehr gibt
import-past-unknown = Nicht festgehalten
import-column-notice = Hinweis für den Eingang
import-column-block = Block
import-column-seat = Platz
import-column-seat-row = Reihe des Platzes
import-column-answer = Eine Antwort, beim Ticket aufbewahrt
import-column-fields = Antworten
import-column-answers = Antworten
import-column-quantity = Anzahl
import-column-row = Zeile
import-column-barcode = Code
import-column-first_name = Vorname
import-column-last_name = Nachname
import-column-phone_number = Telefonnummer
import-column-product = Kategorie
import-column-price = Preis
import-column-date = Datum
import-column-time = Uhrzeit
import-column-paid = Bezahlt
import-column-change = Änderung
import-column-uuid = ID des Tickets
import-column-reservation = Reservierung
import-column-name = Ganzer Name
import-column-email = E-Mail
import-column-starts = Datum und Uhrzeit
import-column-status = Status
import-column-canceled = Storniert
import-column-blocked = Gesperrt
import-column-valid = Gültig

## The page

import-event = Veranstaltung
import-title = Tickets importieren
import-lead = Eine Liste von Tickets, die anderswo verkauft wurden, als CSV oder .xlsx: Die Exporte von Weezevent, Billetweb, HelloAsso, Universe, Hi.Events, Eventbrite, SeeTickets, pretix, TiBillet und von Servern wie diesem werden erkannt. Sie wird zuerst geprüft: Nichts ändert sich, bevor Sie es sagen. Eine neuere Liste ergänzt, korrigiert und storniert; gescannte Tickets bleiben.
import-file = Datei
import-look = Prüfen
import-the-import = Der Import
import-choices = Was die Datei nicht sagt
import-choices-kept = Es wird für die nächste Datei dieses Verkäufers aufbewahrt.
import-look-again = Noch einmal prüfen
import-holds = Was die Datei enthält
import-first-rows = Die ersten Zeilen
import-mend = Korrigieren Sie diese in der Datei, und prüfen Sie sie noch einmal. Zeilen sind wie in einer Tabelle gezählt; der Kopf ist Zeile 1.
import-column = Spalte
import-wrong = Was falsch ist
import-past = Bisherige Importe
import-past-tickets = Tickets
import-past-by = Von
import-none = In diese Veranstaltung wurde noch nichts importiert.
import-export = Export
import-export-tickets = Tickets als CSV
import-export-scans = Scans als CSV
import-export-hint = Die Tickets enthalten Namen und Telefonnummern der Gäste: Bewahren Sie die Datei so auf wie diese.
