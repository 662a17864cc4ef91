### Die Seiten der Wallet-Karten einer Veranstaltung und ihrer Übungscodes. Was auf `practice-shows-` folgt, ist der Code einer Antwort.
passes-off = Neue Karten werden nicht angeboten. Die auf den Telefonen gelten weiter. Zuvor: { $percent } Prozent der Reservierungen.
passes-invited = Nur eingeladene Reservierungen: die Tester. Laden Sie sie auf der Seite ihrer Reservierung ein.
passes-percent = Eingeladene Reservierungen und { $percent } Prozent aller anderen.
passes-on = Alle.
passes-stop = Anhalten
passes-ask-stop = Niemandem mehr neue Karten anbieten? Wartende Nachrichten werden nicht gesendet. Wer eine Karte hat, behält sie, und sie gilt weiter.
passes-resume = Fortsetzen
passes-invite = Nur Eingeladenen anbieten
passes-did-stop = Angehalten: Neue Karten werden nicht angeboten.
passes-did-resume = Fortgesetzt: Karten werden angeboten wie zuvor.
passes-started = Die Welle hat begonnen.
passes-step-offered = Angeboten
passes-step-opened = Geöffnet
passes-step-added = Einer Wallet hinzugefügt
passes-step-scanned = Damit eingelassen
passes-reservations = { $count ->
    [one] { $count } Reservierung angeboten.
   *[other] { $count } Reservierungen angeboten.
}
passes-answers = Antworten derer, die eine hinzugefügt haben: funktioniert { $worked }, funktioniert nicht { $failed }.
passes-testers = Tester
passes-percents = { $above } bis { $percent }
passes-no-letter = Keine Nachricht
passes-sent = { $count ->
    [one] { $count } Nachricht
   *[other] { $count } Nachrichten
}
passes-sent-unknown = Nachrichten: { $sent }, und { $unknown } noch nicht bekannt
passes-share = { $share } % des Schritts davor
practice-of = Übungscodes: { $name }
practice-code = Übungscode: { $label }
practice-no-ticket = Zum Üben. Kein Ticket.
practice-shows-admitted = Ticket gescannt
practice-shows-exited = Ausgang vermerkt
practice-shows-already_scanned = Ticket schon gescannt
practice-shows-canceled = Ticket storniert
practice-shows-unpaid = Ticket nicht bezahlt
practice-shows-blocked = Ticket gesperrt
practice-shows-replaced = Ticket neu ausgestellt
practice-shows-expired = Ticket abgelaufen
practice-shows-too_early = Zu früh für dieses Ticket
practice-shows-too_late = Zu spät für dieses Ticket
practice-shows-wrong_door = Falscher Eingang
practice-shows-full = Voll besetzt
practice-shows-not_inside = Ticket nicht drinnen
practice-shows-wrong_event = Andere Veranstaltung
practice-shows-invalid_code = Kein Ticketcode
practice-shows-bad_signature = Ungültige Signatur des Tickets
practice-shows-unknown_ticket = Ticket nicht gefunden

## The page of passes

passes-title = Wallet-Karten
passes-event = Die Veranstaltung
passes-refresh = Aktualisieren
passes-who = Wem sie angeboten werden
passes-far = Wie weit Gäste kamen
passes-step = Schritt
passes-tickets = Tickets
passes-part = Anteil
passes-next = Nächste Welle
passes-how-many = Wie viel Prozent der Reservierungen angeboten werden
passes-how-many-hint = Wem Karten angeboten werden, dem bleiben sie angeboten. 0 sendet die Nachricht an die eingeladenen Tester.
passes-no-mail = Kein Mailserver ist eingerichtet (HUB_SMTP_HOST): Die Welle hat keine Nachricht.
passes-subject = Betreff der Nachricht <span class="hint">optional</span>
passes-letter = Nachricht an die neu Hinzugekommenen <span class="hint">optional</span>
passes-letter-hint = Ihre Worte; der Link zu den Tickets und Ihr Kontakt stehen darunter. Leer: keine Nachricht.
passes-start = Welle starten
passes-waves = Wellen
passes-begun = Begonnen
passes-of-percent = Prozent
passes-letters = Gesendete Nachrichten

## The page of practice codes

practice-title = Übungscodes
practice-print = Drucken
practice-lead = Ein Code für jede Antwort, die ein Eingang geben kann. An den Eingängen dieser Veranstaltung gescannt, sagen sie, wofür sie stehen; nichts wird gezählt. Schalten Sie im Scanner „Üben“ ein, um den ganzen Bildschirm zu sehen.
