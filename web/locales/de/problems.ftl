### Fehler, wie Seiten und Antworten der API sie sagen. Ohne Punkt am Ende.

problem-not-found = Nicht gefunden
problem-bad-request = Fehlerhafte Anfrage
problem-method = Methode nicht erlaubt
problem-not-allowed = Das ist nicht erlaubt
problem-internal = Hier ist etwas schiefgegangen: Versuchen Sie es noch einmal
problem-database = Die Datenbank antwortet nicht: Versuchen Sie es noch einmal
problem-unconfirmed = konnte nicht bestätigt werden: noch einmal scannen
problem-slow-down = Zu viele Anfragen: Versuchen Sie es später noch einmal
problem-body-too-large = Die Anfrage ist zu groß: höchstens { $most } Bytes. Senden Sie weniger auf einmal
problem-form-elsewhere = Dieses Formular kam von einer anderen Website: Öffnen Sie die Seite hier
problem-link-not-valid = Dieser Link gilt nicht mehr
problem-no-event = Veranstaltung nicht gefunden
problem-no-ticket = Ticket nicht gefunden
problem-no-reservation = Buchung nicht gefunden
problem-no-place = Diesen Platz auf der Warteliste gibt es nicht

## Changes by a ticket's holder

problem-handed-on = Dieses Ticket wurde weitergegeben: Code und Link gehören jetzt einer anderen Person
problem-not-offered = Bei dieser Veranstaltung geht das nicht: Fragen Sie den Veranstalter
problem-ticket-is-cancelled = Das Ticket ist storniert
problem-ticket-is-blocked = Das Ticket ist gesperrt
problem-ticket-over = Die Zeit des Tickets ist vorbei
problem-ticket-scanned = Das Ticket wurde schon gescannt
problem-too-late-to-cancel = Zum Stornieren ist es zu spät: Fragen Sie den Veranstalter
problem-ticket-unpaid = Das Ticket ist nicht bezahlt: Bezahlen Sie es zuerst
problem-handed-on-limit = Dieses Ticket kann nicht noch einmal weitergegeben werden
problem-reservation-change-unusable = So kann die Buchung nicht geändert werden
problem-change-unusable = So kann das Ticket nicht geändert werden

## Booking and the waiting list

problem-booking-unusable = So kann nicht gebucht werden
problem-sold-out = Ausverkauft
problem-few-left = Zu dieser Zeit sind nur noch { $left } frei
problem-product-sold-out = { $product }: ausverkauft
problem-product-few-left = { $product }: zu dieser Zeit nur noch { $left } frei
problem-no-showing = Zu dieser Zeit gibt es keinen Termin
problem-phone-limit = Tickets einer Zeit für eine Telefonnummer: höchstens { $most }
problem-time-over = Diese Zeit ist schon vorbei
problem-no-waiting-list = Diese Veranstaltung hat keine Warteliste
problem-waits-already = Diese Adresse wartet schon auf diese Zeit
problem-party-too-large = Die Gruppe ist zu groß
problem-seats-left = Es sind noch Plätze frei: Buchen Sie sie
problem-waiting-full = Die Warteliste für diese Zeit ist voll
problem-place-ended = Dieser Platz auf der Warteliste ist beendet
problem-offer-over = Die Zeit, diese Plätze anzunehmen, ist vorbei
problem-no-offer = Noch werden keine Plätze angeboten
problem-no-more-bookings = Diese Veranstaltung nimmt keine Buchungen mehr an
problem-offer-unusable = So kann das Angebot nicht angenommen werden
problem-offer-phone = muss eine Telefonnummer sein: 3 bis 20 Ziffern, dazwischen Leerzeichen und + - ( ) . /

## Who asks

problem-key-missing = API-Schlüssel fehlt oder ist ungültig
problem-archived = Die App ist archiviert.
problem-key-needed = Ein Schlüssel oder eine Anmeldung ist nötig
problem-scope-needed = Dafür ist das Recht { $scopes } nötig
problem-role = Ihre Rolle darf das nicht
problem-page = Dieses Konto darf diese Seite nicht sehen
problem-page-old = Die Seite ist veraltet: Laden Sie sie neu
problem-login-elsewhere = Dieses Formular kam von einer anderen Website: Öffnen Sie die Anmeldeseite und versuchen Sie es noch einmal
problem-own-token = Dafür ist das Token des Tickets selbst nötig
problem-owner-scope = Nur wer den Hub besitzt, erstellt oder widerruft einen Schlüssel mit dem Recht admin
problem-key-revoked = Dieser Schlüssel wurde inzwischen widerrufen
problem-key-rights = Das Konto, dessen Rechte dieser Schlüssel hätte, darf ihn nicht mehr erstellen
problem-key-unusable = Der Schlüssel kann nicht erstellt werden
problem-no-key = Schlüssel nicht gefunden
problem-wrong-login = Benutzername oder Passwort falsch
problem-no-user = Konto nicht gefunden
problem-user-busy = Dieses Konto hat gerade einen Schlüssel erstellt: Versuchen Sie es noch einmal
problem-login-ended = Ihre Anmeldung ist inzwischen beendet: Melden Sie sich neu an
problem-user-unusable = So kann das Konto nicht gespeichert werden
problem-no-password = Dafür ist eine Anmeldung nötig: Ein Schlüssel hat kein Passwort
problem-password-unusable = Das Passwort kann nicht geändert werden
problem-sold-elsewhere = Für anderswo verkaufte Tickets ist ein Schlüssel nötig
problem-details-need-key = Für Hinweis, Platz und Antworten eines Tickets ist ein Schlüssel nötig

## Requests

problem-not-json = Der Inhalt der Anfrage ist kein JSON
problem-not-object = Der Inhalt der Anfrage muss ein JSON-Objekt sein
problem-list-unusable = So kann die Liste nicht gelesen werden
problem-list-search = Suche
problem-list-cursor = Cursor
problem-idempotency-key = Idempotency-Key
problem-idempotency = Dieser Idempotency-Key wurde für eine andere Anfrage benutzt
problem-unstorable = Ein Wert ist zu groß oder enthält Zeichen, die nicht gespeichert werden können
problem-stopping = der Hub hält gerade an: Versuchen Sie es noch einmal
problem-unreadable = Der Datensatz kann nicht gelesen werden ({ $thing }): Fragen Sie den Veranstalter
problem-taken = Schon vergeben
problem-taken-names = Schon vergeben: { $names }
problem-not-ready = nicht bereit
problem-no-such-page = Diese Seite gibt es nicht
problem-no-such-event = Diese Veranstaltung gibt es nicht
problem-own-event = Das ist keine Ihrer Veranstaltungen
problem-which-event = Geben Sie die Veranstaltung an

## Events and their showings

problem-event-unusable = So kann die Veranstaltung nicht gespeichert werden
problem-event-change-unusable = So kann die Veranstaltung nicht geändert werden
problem-showings-unusable = So können die Termine nicht gespeichert werden
problem-no-showing-when = Kein Termin: { $when }
problem-showing-there = Termin schon vorhanden: { $when }
problem-showing-booked = Gebuchte Plätze ({ $when }): { $count }
problem-door-used = An diesem Eingang stehen Geräte: { $names }
problem-zone-used = In diesem Bereich ist noch jemand
problem-product-sold = Von dieser Ticketart sind Tickets verkauft und werden nach ihrem Namen gezählt; entfernen Sie zuerst ihre Anzahl: { $names }
problem-no-zone = Diesen Bereich gibt es nicht
problem-unknown-timezone = timezone: unbekannte Zeitzone
problem-when-needed = Datum und Uhrzeit sind nötig
problem-skipped-time = Diese Uhrzeit gibt es an dem Tag nicht
problem-pictures-busy = es werden gerade zu viele Bilder erstellt
problem-qr-size = Größe
problem-qr-format = Format
problem-part = Teil
problem-not-a-uuid = Die Id des Tickets ist keine UUID

## Devices

problem-device-unusable = So kann das Gerät nicht gespeichert werden
problem-no-device = Gerät nicht gefunden
problem-device-archived = Ein archiviertes Gerät kann nicht gekoppelt werden

## Imports

problem-import-ended = Der Import wurde inzwischen beendet: Importieren Sie noch einmal
problem-import-meanwhile = Ein Ticket der Liste wurde inzwischen geändert: Importieren Sie noch einmal
problem-import-time = Die Zeit wurde inzwischen geändert ({ $name }): Importieren Sie noch einmal
problem-import-empty = In der Datei ist kein Ticket
problem-import-joined = Ein Import darf Bestellungen von höchstens { $most } Tickets ergänzen: Senden Sie mehrere Dateien
problem-import-rows = Ein Import darf höchstens { $most } Tickets enthalten: Senden Sie mehrere Dateien
problem-import-kinds = Ein Import darf höchstens { $times } Termine und { $products } Ticketarten enthalten
problem-import-choices = Diese Auswahl kann nicht benutzt werden
problem-import-columns = Zeile { $row } hat mehr als { $most } Spalten: Das ist keine Liste von Tickets
problem-import-long-row = Eine Zeile hat mehr als { $most } Zeichen: Suchen Sie ein Anführungszeichen, das nicht geschlossen ist
problem-import-no-csv = Zeile { $row } ist kein CSV: Suchen Sie ein Anführungszeichen, das nicht geschlossen ist
problem-import-large = Die Datei ist zu groß: höchstens { $most } Bytes
problem-import-no-body = Die Datei ist leer
problem-import-unknown = Das ist weder CSV noch .xlsx: Öffnen Sie die Datei in einer Tabellenkalkulation und speichern Sie sie als eines davon
problem-import-no-file = Senden Sie die Datei selbst als Inhalt der Anfrage, als text/csv
problem-import-encoding = Buchstaben dieser Datei lassen sich nicht sicher lesen: Wählen Sie die richtige Lesart
problem-workbook-empty = Die Arbeitsmappe ist leer
problem-workbook-unreadable = Diese Arbeitsmappe kann nicht gelesen werden: Speichern Sie sie als .xlsx oder CSV
problem-workbook-locked = Diese Arbeitsmappe ist durch ein Passwort geschützt: Entfernen Sie es, oder speichern Sie die Liste als CSV
problem-workbook-formula = Zelle { $cell } enthält eine Formel ohne ihr Ergebnis: Speichern Sie die Mappe zuerst in einer Tabellenkalkulation
problem-workbook-old = Diese Arbeitsmappe ist von vor 2007 (.xls): Speichern Sie sie als .xlsx oder CSV
problem-archive-other = Das ist eine Datei von { $kind }: Speichern Sie die Liste als .xlsx oder CSV
problem-workbook-large = Die Arbeitsmappe ist zu groß: Speichern Sie die Liste als CSV
problem-sheet-long = Das Blatt ist zu lang: höchstens { $most } Zeilen
problem-sheet-wide = Das Blatt hat mehr als { $most } Spalten: Das ist keine Liste von Tickets
problem-imports-busy = Andere Dateien werden gerade importiert: Versuchen Sie es in einer Minute noch einmal
problem-no-import = Import nicht gefunden
problem-import-under-way = Ein anderer Import dieser Veranstaltung läuft: Warten Sie, bis er fertig ist
problem-import-stopped = Der Hub wurde während des Imports angehalten: Importieren Sie noch einmal
problem-import-failed = Hier ist etwas schiefgegangen: Importieren Sie noch einmal

## Tickets, reservations and payments

problem-reservation-canceled = Die Buchung ist storniert
problem-expired-restore = Ein abgelaufenes Ticket kann nicht wiederhergestellt werden
problem-scanned-move = Ein gescanntes Ticket kann nicht verlegt werden
problem-expired-move = Ein abgelaufenes Ticket kann nicht verlegt werden
problem-no-address = Es gibt keine Adresse, an die es gehen könnte
problem-wait-unusable = Darauf kann nicht gewartet werden
problem-payment-unusable = Die Zahlung kann nicht angenommen werden
problem-refund-unusable = Es kann nicht zurückgezahlt werden
problem-costs-by-now = Es wurde kein Geld angenommen: es kostet jetzt { $amount }
problem-paid-already = Es wurde kein Geld angenommen: Es ist schon bezahlt
problem-paid-already-how = Es wurde kein Geld angenommen: Es ist schon bezahlt ({ $method })
problem-paid-already-amount = Es wurde kein Geld angenommen: Es ist schon bezahlt ({ $amount } je Ticket, { $method })
problem-no-payment = Hier wurde keine Zahlung dafür angenommen, also kann keine zurückgezahlt werden
problem-picture-unusable = Das Bild kann nicht verwendet werden
problem-picture-body = Senden Sie das Bild selbst als Inhalt
problem-no-picture = Dieses Bild gibt es nicht
problem-more-than-taken = Höchstens { $amount } können zurückgezahlt werden
problem-no-mail-here = Von hier werden keine Mails verschickt: Geben Sie die Links weiter
problem-batch-unusable = Das geht mit diesen Tickets nicht
problem-till-unusable = Die Kasse kann nicht abgeschlossen werden
problem-no-till = Diese Kasse gibt es nicht
problem-till-closed = Diese Kasse wurde schon abgeschlossen: die Zahlen beginnen von vorn
problem-till-empty = Es gibt nichts abzuschließen: kein Wechselgeld und keine Zahlung seit dem letzten Abschluss

## Passes, webhooks and deliveries

problem-passes-unavailable = Wallet-Tickets können hier zurzeit nicht erstellt werden
problem-passes-off = Für diese Veranstaltung gibt es keine Wallet-Tickets
problem-passes-some = Wallet-Tickets gibt es bei dieser Veranstaltung vorerst nur für einen Teil der Gäste
problem-passes-everybody = Wallet-Tickets werden schon allen angeboten
problem-wave-unusable = Die Welle kann nicht gestartet werden
problem-waves-most = Eine Veranstaltung hat höchstens { $most } Wellen
problem-passes-not-stopped = Die Wallet-Tickets sind nicht angehalten
problem-passes-busy = es werden gerade zu viele Wallet-Tickets erstellt
problem-wallet-off = { $wallet } gibt es hier nicht
problem-pass-token = Das ist nicht das Token dieses Wallet-Tickets
problem-registration-unusable = Die Registrierung kann nicht benutzt werden
problem-no-pass = Wallet-Ticket nicht gefunden
problem-pass-phones = Zu viele Telefone folgen diesem Ticket
problem-webhook-unusable = So kann der Webhook nicht gespeichert werden
problem-no-webhook = Webhook nicht gefunden
problem-webhooks-most = Es gibt schon { $most } Webhooks
problem-no-delivery = Zustellung nicht gefunden
problem-no-message = Nachricht nicht gefunden
problem-waits-to-be-sent = Es wartet schon auf den Versand

## Fields: what is wrong with one, after its name

problem-field-missing = fehlt
problem-field-unusable = kann nicht benutzt werden
problem-field-malformed = hat nicht die richtige Form
problem-field-unknown = ist hier nicht bekannt
problem-field-object = muss ein Objekt sein
problem-field-list = muss eine Liste sein
problem-field-text = muss Text sein
problem-field-whole = muss eine ganze Zahl sein
problem-field-number = muss eine Zahl sein
problem-field-boolean = muss true oder false sein
problem-field-uuid = muss eine UUID sein
problem-field-not-a-uuid = ist keine UUID
problem-field-empty = darf nicht leer sein
problem-field-large = ist zu groß
problem-field-many = zu viele
problem-field-most = darf höchstens { $high } sein
problem-field-least = muss mindestens { $low } sein
problem-field-range = muss { $low } bis { $high } sein
problem-field-years = muss in den Jahren { $low } bis { $high } liegen
problem-field-pixels = muss { $low } bis { $high } Pixel sein
problem-field-username = muss aus 1 bis 64 Buchstaben, Ziffern oder . @ + - _ bestehen
problem-field-party = Plätze zu dieser Zeit insgesamt: { $count }
problem-field-characters = muss { $low } bis { $high } Zeichen haben
problem-field-characters-most = darf höchstens { $high } Zeichen haben
problem-field-entries-most = darf höchstens { $high } Einträge haben
problem-field-name = 1 bis 100 Zeichen
problem-field-one-of = muss eines davon sein: { $values }
problem-field-language = muss eines von { $values } sein
problem-field-mail = muss eine E-Mail-Adresse sein
problem-field-mail-like = muss eine E-Mail-Adresse sein, wie ada@example.org
problem-field-phone = muss eine Telefonnummer sein, wie +33 1 23 45 67 89
problem-field-printable = muss druckbar sein
problem-field-not-sold = wird hier nicht verkauft
problem-field-chosen = muss gewählt werden
problem-field-date = muss JJJJ-MM-TT sein (2026-12-24)
problem-field-time = muss HH:MM sein
problem-field-calendar = steht nicht im Kalender
problem-field-over = ist vorbei
problem-field-no-showing = kein Termin
problem-field-skipped = fällt durch die Zeitumstellung aus
problem-field-offset = braucht einen UTC-Abstand, wie 2026-12-24T20:30:00+01:00
problem-field-moment = muss eine Zeit mit UTC-Abstand sein, wie 2026-12-24T20:30:00+01:00
problem-field-timezone = ein IANA-Name wie Europe/Paris
problem-field-differ = Namen müssen sich unterscheiden
problem-field-after-start = muss nach starts_at liegen
problem-field-after-beginning = muss nach dem Beginn liegen
problem-password-unfit = Das Passwort kann nicht benutzt werden
problem-role-sell = Ihre Rolle darf keinem Gerät den Verkauf erlauben
problem-role-names = Ihre Rolle darf keinem Gerät die Namen von Gästen zeigen
problem-sells-no-more = Diese Veranstaltung verkauft keine Tickets mehr: die Buchung ist geschlossen
problem-gives-nothing-away = Ein Gerät verschenkt nichts, was etwas kostet: das tut die Kasse
problem-password-first = Wählen Sie zuerst ein eigenes Passwort
problem-field-longer = muss { $low } Zeichen oder mehr haben
problem-field-made = ist das, das für Sie erstellt wurde: Wählen Sie ein anderes
problem-field-same = ist das, das Sie haben: Wählen Sie ein anderes
problem-field-not-yours = ist nicht Ihr Passwort
problem-field-archived = ist archiviert
problem-field-no-such-door = diesen Einlass gibt es bei der Veranstaltung nicht
problem-field-no-such-event = diese Veranstaltung gibt es nicht
problem-field-event-needed = braucht eine Veranstaltung
problem-field-own-event = ist nötig: Ihre Rolle gilt für einzelne Veranstaltungen
problem-field-own-path = haben einen eigenen Pfad: .../showings
problem-field-no-such-id = mit dieser Id hat die Veranstaltung nichts
problem-field-policy = muss single, reentry, multi:N oder daily sein
problem-field-no-such-product = nennt eine Ticketart, die die Veranstaltung nicht hat
problem-field-no-such-zone = nennt keinen Bereich dieser Veranstaltung
problem-field-same-time = zweimal dieselbe Zeit
problem-field-control-characters = darf keine Steuerzeichen enthalten
problem-field-visible = muss sichtbarer Text in einer Zeile sein, ohne Steuerzeichen
problem-field-web-address = muss eine Webadresse wie https://example.org/help sein, mit höchstens { $most } Zeichen
problem-field-currency = muss eine Währung in drei Buchstaben sein, wie EUR
problem-field-amount = muss ein Betrag in der Währung sein, wie 20.00
problem-field-amount-free = muss bei Kostenlosem fehlen
problem-field-amount-unknown = muss angegeben werden: der Preis ist nicht bekannt
problem-field-currency-several = muss angegeben werden: diese Tickets haben Preise in mehreren
problem-field-currencies-paid = muss leer bleiben: Diese Tickets wurden in mehreren Währungen bezahlt
problem-field-picture-kind = muss ein Bild im Format JPEG, PNG oder WebP sein
problem-field-picture-large = darf höchstens { $most } Millionen Pixel haben
problem-field-picture-small = muss mindestens { $low } Pixel breit und hoch sein
problem-field-picture-damaged = ist beschädigt: Speichern Sie das Bild neu
problem-field-payments-only = gilt nur für Zahlungen
problem-field-currency-needed = muss angegeben werden, wie EUR
problem-field-words-most = höchstens { $most } Wörter
problem-field-length-most = höchstens { $most } Zeichen
problem-field-no-email = die Buchung hat keine
problem-field-plain-text = muss reiner Text sein
problem-field-plain-line = muss eine Zeile reiner Text sein
problem-field-no-mail = es ist kein Mailserver eingerichtet
problem-field-more-than = muss mehr als { $low } sein
problem-field-push-token = muss Apples Push-Token sein
problem-field-no-such-kind = die Art { $kind } gibt es nicht
problem-field-names-length = muss Namen von { $low } bis { $high } Zeichen haben
problem-field-same-event = muss so bleiben: Ein Ticket kann nicht zu einer anderen Veranstaltung wechseln
problem-field-a-date = muss ein Datum sein, YYYY-MM-DD
problem-field-needed-with = ist mit { $name } nötig
problem-field-random = muss ohne Anmeldung 128 zufällige Bits enthalten
problem-field-cursor = muss aus einem Link-Header stammen
problem-field-picture = muss png oder svg sein
problem-link-of-another = Dieser Link ist für einen anderen Benutzer: Melden Sie sich als der an, dessen Adresse es ist
problem-account-login = Dafür braucht es eine Anmeldung: Ein Schlüssel hat kein Konto
problem-field-anothers-address = ist die Adresse eines anderen Benutzers
problem-device-door = Dieses Gerät darf seinen Einlass nicht selbst wählen
problem-code-wrong = Der Code ist falsch
problem-password-wrong = Falsches Passwort
problem-cannot-be-done = Das geht so nicht
problem-factor-on = Der zweite Faktor ist schon eingeschaltet: Schalten Sie ihn zuerst aus
problem-factor-off = Der zweite Faktor ist ausgeschaltet
problem-app-older = Richten Sie die App neu ein: Dieser Code ist von einer älteren
problem-app-first = Richten Sie zuerst die App ein
problem-field-code-now = ist nicht der jetzige Code der App
problem-field-code-used = ist falsch oder wurde schon benutzt
