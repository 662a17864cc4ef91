### Köpfe der Exporte als CSV, für Menschen: ein Wort oder wenige, in einer Sprache alle verschieden. Daran erkennt ein Import den eigenen Export des Hubs.
csv-id = ID
csv-barcode = Code
csv-reservation = Reservierung
csv-first_name = Vorname
csv-last_name = Nachname
csv-phone_number = Telefonnummer
csv-product = Kategorie
csv-price = Preis
csv-date = Datum
csv-time = Uhrzeit
csv-paid = bezahlt
csv-status = Status
csv-expired = abgelaufen
csv-scans = Scans
csv-booked_at = gebucht am (UTC)
csv-email = E-Mail
csv-notice = Hinweis für den Eingang
csv-block = Block
csv-row = Reihe
csv-seat = Platz
csv-amount = Betrag
csv-currency = Währung
csv-booked_at_local = gebucht am
csv-first_entry = erster Einlass (UTC)
csv-first_entry_local = erster Einlass
csv-payment_method = Zahlungsart
csv-payment_amount = eingenommener Betrag
csv-payment_returned = erstatteter Betrag
csv-payment_currency = Währung der Zahlung
csv-payment_at = bezahlt am (UTC)
csv-payment_at_local = bezahlt am
csv-answers = Antworten
csv-answer = Antwort: { $question }

## Scans

csv-kind = Typ
csv-seq = Nummer
csv-at = Zeitpunkt (UTC)
csv-received_at = empfangen am (UTC)
csv-ticket = Ticket
csv-code = Antwort (Code)
csv-direction = Richtung
csv-device = Telefon am Eingang (ID)
csv-door = Eingang (ID)
csv-nonce = Nonce
csv-by = durch
csv-at_local = Zeitpunkt
csv-device_name = Telefon am Eingang
csv-door_name = Eingang

## Takings

csv-method = Zahlungsart
csv-by_kind = durch (Typ)
csv-payments = Zahlungen
csv-taken = eingenommen
csv-refunds = Erstattungen
csv-returned = erstattet

## The report

csv-part = Teil
csv-name = Name
csv-figure = Zahl
csv-value = Wert
csv-value_local = Wert (Ortszeit)
