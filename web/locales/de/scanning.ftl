### Was die Skripte des Scanners sagen: kurze Worte für ein Telefon in einer Hand. Urteile und Gründe stehen in `verdicts.ftl`.

## Verdicts

scan-verdict-again = Nochmals scannen
scan-verdict-none = Kein Ergebnis
scan-verdict-just = Eben eingelassen
scan-verdict-just-out = Eben gegangen
scan-verdict-alarm = Achtung!
scan-verdict-not-taken = Nichts kassiert
scan-verdict-pay-again = Nochmals tippen

## The lines of a verdict

scan-line-already = Schon gescannt { $when } { $door } { $by }
scan-line-at = ({ $door })
scan-line-by = von { $device }
scan-line-early = Ticket gilt für { $time }; ab { $from }
scan-line-late = Ticket gilt für { $time }; bis { $until }
scan-line-opens = Öffnet erst um { $from }: { $door }
scan-line-closed = Geschlossen seit { $until }: { $door }
scan-line-expired-then = Abgelaufen. { $when }
scan-line-go-to = Falscher Eingang: richtig ist { $doors }
scan-line-no-door = Falscher Eingang: Kein Eingang lässt dieses Ticket ein
scan-line-pay-again = Der Server hat nicht bestätigt, ob die Zahlung festgehalten ist. Tippen Sie noch einmal: Es wird nie zweimal kassiert.
scan-line-pay-alone = Dieses Telefon ist offline: Es kassiert jetzt nichts. Schicken Sie den Gast zur Kasse.
scan-line-paid = { $sum } kassiert, { $method }
scan-line-due = Nicht bezahlt: { $sum } zu zahlen
scan-line-not-inside = Nicht drinnen. Steht dieses Telefon auf Ausgang?
scan-line-full = Voll: { $zone }
scan-line-just = Vor { $count } s hier eingelassen
scan-line-just-out = Vor { $count } s hier hinausgelassen
scan-line-not-confirmed = Der Server hat nicht bestätigt. Noch nicht einlassen.
scan-line-no-list = Keine Verbindung, und dieses Telefon hat noch keine Gästeliste. Nicht einlassen.
scan-line-speaks = Gebucht auf { $language }
scan-show-guest = Dem Gast zeigen
scan-line-admitted = { $count ->
    [one] 1 Person
   *[other] { $count } Personen
}
scan-line-fits = Von dieser Reservierung könnten jetzt hinein: { $count }
scan-line-practice = Übung: Nichts wird festgehalten
scan-line-layout = Das Lesegerät schreibt mit einer anderen Tastaturbelegung, oder die Feststelltaste ist an: Stellen Sie es wie dieses Gerät ein, oder nehmen Sie die Kamera.
scan-line-elsewhere = Ein anderes Fenster dieses Scanners fragt nach diesem Ticket. Noch nicht einlassen.
scan-line-page = Das ist die Adresse einer Ticketseite: Scannen Sie den QR-Code, den sie zeigt.
scan-line-practice-code = Ein Übungscode ist kein Ticket. Üben lässt sich im Menü.
scan-line-late-admit = Der Server hat eingelassen: { $name }. Sie hatten abgewiesen: Lassen Sie ein.
scan-line-late-refuse = Der Server hätte nicht eingelassen: { $name }. { $reason }.
scan-name-unknown = dieser Gast
scan-party-title = { $count ->
    [one] 1 Ticket in dieser Reservierung
   *[other] { $count } Tickets in dieser Reservierung
}
scan-seat-block = Block { $value }
scan-seat-row = Reihe { $value }
scan-seat-seat = Platz { $value }
scan-when-tomorrow = Für morgen, { $day }, { $time }
scan-when-later = Für { $day }, { $time }
scan-when-yesterday = Galt für gestern, { $day }, { $time }
scan-when-earlier = Galt für { $day }, { $time }
scan-offline-decided = Offline entschieden, nach dem Stand { $age }
scan-offline-now = von eben
scan-offline-minutes = { $count ->
    [one] von vor 1 Minute
   *[other] von vor { $count } Minuten
}
scan-offline-hours = { $count ->
    [one] von vor 1 Stunde
   *[other] von vor { $count } Stunden
}
scan-take = { $sum } kassieren: { $method }
scan-pay-cash = bar
scan-pay-card = Karte
scan-let-fits = { $count } einlassen

## Refusals of what is no scan, by their codes

scan-said-other = Der Server hat das abgelehnt. Versuchen Sie es noch einmal, oder fragen Sie den Veranstalter.
scan-said-bad_key = Der Schlüssel dieses Telefons gilt nicht mehr: Bitten Sie den Veranstalter um einen Kopplungscode.
scan-said-device_archived = Dieses Telefon wurde außer Betrieb genommen.
scan-said-not_allowed = Dieses Telefon darf das nicht.
scan-said-unavailable = Der Server konnte nicht bestätigen: Versuchen Sie es noch einmal.
scan-said-slow_down = Zu viel auf einmal: Warten Sie einen Moment, und versuchen Sie es noch einmal.
scan-said-nonce_reused = Niemand wurde eingelassen: Scannen Sie noch einmal.
scan-said-already_paid = Das ist schon bezahlt. Scannen Sie es noch einmal.
scan-said-amount_unknown = Was es kostet, ist hier nicht bekannt. Schicken Sie den Gast zur Kasse.
scan-said-amount_changed = Es kostet inzwischen einen anderen Betrag. Wählen oder scannen Sie noch einmal.
scan-said-ticket_canceled = Die Reservierung ist storniert.
scan-said-sold_out = Ausverkauft: Andere waren schneller. Wählen Sie noch einmal.
scan-said-time_over = Dieser Termin ist schon vorbei. Wählen Sie einen anderen.
scan-said-no_showing = Zu dieser Zeit gibt es keinen Termin. Wählen Sie einen anderen.
scan-said-not_found = Das wird nicht mehr verkauft.
scan-said-unknown_scan = Dieser Scan gehört nicht zu diesem Ticket.
scan-said-pairing_failed = Dieser Kopplungscode gilt nicht oder ist aufgebraucht: Bitten Sie den Veranstalter um einen neuen.

## The connection

scan-health-ready = Bereit
scan-health-connecting = Verbindet
scan-health-offline = Offline
scan-health-offline-waiting = { $count ->
    [one] Offline, 1 Scan wartet
   *[other] Offline, { $count } Scans warten
}
scan-health-sending = { $count ->
    [one] Sendet 1 Scan
   *[other] Sendet { $count } Scans
}
scan-health-gone = Nicht mehr gekoppelt
scan-health-no-list = Bereit, aber nicht für offline
scan-health-list = Gästeliste: { $percent } % sind da
scan-health-offline-list = Offline, { $percent } % der Gästeliste sind da

## Pairing

scan-pair-used-up = { $count ->
    [one] Dieser Kopplungscode ist aufgebraucht: Er war für ein einziges Telefon. Bitten Sie den Veranstalter um einen neuen.
   *[other] Dieser Kopplungscode ist aufgebraucht: Alle { $count } Telefone sind gekoppelt. Bitten Sie den Veranstalter um einen neuen.
}
scan-pair-over = Die Veranstaltung ist vorbei: Dieses Telefon hat seine Gäste und seinen Schlüssel vergessen. Um wieder zu scannen, bitten Sie den Veranstalter um einen Kopplungscode.
scan-pair-no-store = Dieses Fenster behält nichts, wie private Fenster: Öffnen Sie den Scanner in einem gewöhnlichen.
scan-pair-no-packages = Ein Teil dieser Seite ließ sich nicht laden. Laden Sie sie neu; hilft das nicht, braucht der Server `make setup` mit npm.
scan-pair-lead = Koppeln Sie dieses Telefon einmal. Es scannt dann, bis der Veranstalter es außer Betrieb nimmt.
scan-pair-anew = Dieses Telefon ist gekoppelt: { $device }. Neu koppeln?
scan-pair-failed = Der Server hat nicht wie erwartet geantwortet. Versuchen Sie es noch einmal.
scan-pair-unreachable = Der Server ist nicht erreichbar. Prüfen Sie das Netz dieses Telefons, und versuchen Sie es noch einmal.
scan-pair-not-one = Das ist kein Kopplungscode dieses Servers.
scan-offer-organiser = Veranstalter
scan-offer-event = Veranstaltung
scan-offer-all-events = alle
scan-offer-door = Eingang
scan-offer-no-door = kein eigener: Es lässt ins Haus ein
scan-offer-device = Name dieses Telefons
scan-offer-may = Es darf
scan-offer-scan = Tickets scannen
scan-offer-may-force = trotz Abweisung einlassen
scan-offer-may-over_limit = einlassen, wenn es voll ist
scan-offer-may-undo = Scans zurücknehmen
scan-offer-may-search = Gäste suchen
scan-offer-may-names = Namen sehen
scan-offer-may-headcount = Personen ohne Ticket zählen
scan-offer-may-door = den Eingang wechseln
scan-offer-may-sell = Tickets verkaufen und kassieren
scan-unpair-ask = Dieses Telefon entkoppeln? Um wieder zu scannen, braucht es einen neuen Kopplungscode.
scan-unpair-lose-sale = Der letzte Verkauf ist nicht bestätigt: Öffnen Sie zuerst „Tickets verkaufen“. Trotzdem entkoppeln?
scan-unpair-lose = { $count ->
    [one] 1 Scan ist noch nicht gesendet und ginge verloren. Trotzdem entkoppeln?
   *[other] { $count } Scans sind noch nicht gesendet und gingen verloren. Trotzdem entkoppeln?
}

## Scanning

scan-code = Ticketcode
scan-scan = Scannen
scan-asking = Wird geprüft
scan-read-waiting = { $count ->
    [one] 1 weiterer ist gelesen und wartet
   *[other] { $count } weitere sind gelesen und warten
}
scan-read-too-many = Zu viele auf einmal: Der letzte Code wurde nicht erfasst. Scannen Sie ihn noch einmal.
scan-exit-on = AUSGANG
scan-undo = Zurücknehmen
scan-undo-ask = Diesen Scan zurücknehmen?
scan-undone = Zurückgenommen
scan-undo-late = Nach 15 Minuten kann nur ein Veranstalter einen Scan zurücknehmen: Sagen Sie es einem.
scan-undo-failed = Der Server ist nicht erreichbar: Nichts wurde zurückgenommen.
scan-guest = Gast
scan-unknown = Unbekannter Code
scan-at-door = { $count } herein
scan-at-door-out = { $count } hinaus
scan-inside = { $count } drinnen
scan-inside-of = { $count } von { $limit } drinnen
scan-venue = Das Haus
scan-camera-on = Kamera benutzen
scan-camera-off = Kamera ausschalten
scan-camera-NotAllowedError = Erlauben Sie dieser Seite in den Einstellungen des Browsers die Kamera, und versuchen Sie es noch einmal.
scan-camera-NotFoundError = Dieses Gerät hat keine Kamera. Nehmen Sie ein Lesegerät, oder tippen Sie den Code.
scan-camera-NotReadableError = Eine andere App oder ein anderer Tab benutzt die Kamera. Schließen Sie das, und versuchen Sie es noch einmal.
scan-camera-ended = Die Kamera wurde dieser Seite entzogen. Erlauben Sie sie wieder, und tippen Sie auf „Kamera benutzen“.
scan-camera-insecure = Die Kamera braucht eine sichere Adresse (https). Fragen Sie den Veranstalter danach; ein Lesegerät geht inzwischen.
scan-camera-reader = Der QR-Leser ließ sich nicht laden: Verbinden Sie sich einmal, und versuchen Sie es noch einmal. Ein Lesegerät oder Tippen geht inzwischen.
scan-camera-other = Die Kamera lässt sich gerade nicht benutzen. Schließen Sie andere Apps, die sie benutzen, und versuchen Sie es noch einmal.
scan-heads-count = { $count } drinnen ohne Ticket
scan-heads-none = So viele sind ohne Ticket nicht drinnen gezählt.
scan-heads-unanswered = Der Server hat nicht geantwortet. Tippen Sie dasselbe noch einmal: Es zählt nur einmal.
scan-training-on = ÜBUNG. Nichts wird festgehalten. Endet nach 10 Minuten.
scan-training-over = Die Übung ist vorbei: Von jetzt an zählen Scans.
scan-door-now = Dieses Telefon steht jetzt hier: { $door }.
scan-door-alone = Der Server ist nicht erreichbar: Der Eingang bleibt derselbe.
scan-door-waiting = Scans dieses Eingangs sind noch nicht gesendet: Wechseln Sie danach.
scan-force-list = Auf der Gästeliste
scan-force-paid = Hat bezahlt
scan-force-back = War kurz draußen
scan-force-known = Dem Veranstalter bekannt

## Conflicts

scan-conflict-title = { $count ->
    [one] 1 Konflikt aus der Zeit offline
   *[other] { $count } Konflikte aus der Zeit offline
}
scan-conflict-line = { $name }, { $time }: hier { $verdict }. Der Server: { $reason }.
scan-conflict-undo-late = { $name }, { $time }: hier zurückgenommen, zählt aber weiter: Nach 15 Minuten kann nur ein Veranstalter einen Scan zurücknehmen. Sagen Sie es einem.
scan-conflict-undo-refused = { $name }, { $time }: hier zurückgenommen, zählt aber weiter. Sagen Sie es einem Veranstalter. Der Server: { $reason }.
scan-conflict-held = Dieses Telefon wurde außer Betrieb genommen: Seine Offline-Scans warten auf den Veranstalter.
scan-conflict-wrong = { $count ->
    [one] 1 Scan ließ sich nicht senden: Zeigen Sie dieses Telefon dem Veranstalter.
   *[other] { $count } Scans ließen sich nicht senden: Zeigen Sie dieses Telefon dem Veranstalter.
}

## Finding a guest

scan-find-none = Niemand gefunden.
scan-find-short = Tippen Sie mindestens 3 Buchstaben oder Ziffern.
scan-find-failed = Die Suche geht gerade nicht. Versuchen Sie es noch einmal.
scan-find-none-then = Keine Gäste zu diesem Termin.
scan-find-no-guests = Noch keine Gäste.
scan-find-offline = Offline: nach dem Stand dieses Telefons; E-Mail-Adressen werden nur ganz gefunden.
scan-find-offline-no-names = Offline, und dieses Telefon darf keine Namen sehen: Suchen Sie nach Telefon, E-Mail, Ticketnummer, Reservierung, Strichcode oder Platz.
scan-find-showing = { $when }: { $came }
scan-find-came = { $came } von { $booked } gekommen
scan-find-all-times = Alle Termine
scan-find-others = { $count } bei anderen Terminen gefunden
scan-find-phone = Telefon …{ $end }
scan-find-order = Reservierung { $order }
scan-find-ticket = Ticket
scan-find-price = Preis
scan-find-let-in = Diesen Gast einlassen
scan-find-let-out = Festhalten, dass dieser Gast geht
scan-find-look = Dieses Ticket ansehen
scan-find-count = { $count ->
    [one] 1 Gast
   *[other] { $count } Gäste
}
scan-state-valid = Gültig, nicht gescannt
scan-state-scanned = Gültig, gescannt
scan-state-unpaid = Nicht bezahlt
scan-state-canceled = Storniert
scan-state-blocked = Gesperrt
scan-state-expired = Abgelaufen

## Selling

scan-sale-title = Tickets verkaufen
scan-sale-title-unconfirmed = Tickets verkaufen: Der letzte Verkauf ist nicht bestätigt
scan-sale-elsewhere = Der letzte Verkauf wurde nicht bestätigt, bevor dieses Telefon zu einer anderen Veranstaltung kam: Fragen Sie dort nach, ob verkauft wurde.
scan-sale-left = { $when } ({ $left } frei)
scan-sale-ticket = Ticket
scan-sale-less = Eins weniger: { $kind }
scan-sale-more = Eins mehr: { $kind }
scan-sale-free = Kostenlos
scan-sale-change = Rückgeld: { $sum }
scan-sale-missing = Es fehlen: { $sum }
scan-sale-take = { $sum }: { $method }
scan-sale-hand-out = Kostenlos ausgeben
scan-sale-sold = { $count ->
    [one] Verkauft: 1 Ticket. { $paid }
   *[other] Verkauft: { $count } Tickets. { $paid }
}
scan-sale-admit = { $count ->
    [one] Den Gast einlassen
   *[other] Alle { $count } einlassen
}
scan-sale-alone = Der Server ist nicht erreichbar: Dieses Telefon verkauft und kassiert jetzt nichts.
scan-sale-unknown = Der Server hat nicht geantwortet: Ob verkauft wurde, ist nicht bekannt. Tippen Sie noch einmal: Es wird nie zweimal verkauft.
scan-sale-unconfirmed = Dieser Verkauf wurde nicht bestätigt: Versuchen Sie es noch einmal. Es wird nie zweimal verkauft.
scan-sale-no-time = Kein Termin ist zu verkaufen: Alle sind vorbei.
scan-sale-sold-out = Ausverkauft: { $left } frei.
scan-sale-product-left = { $product }: An diesem Termin gibt es nur noch { $left }.
scan-sale-training = Beim Üben werden keine Tickets verkauft.
scan-sale-qr = Code des Tickets
