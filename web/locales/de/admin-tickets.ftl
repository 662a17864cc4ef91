### Tickets und Reservierungen in der Verwaltung, wie ihre Skripte sie nennen: Listen, Stapel, ein Ticket, eine Reservierung.
admin-ticket-valid = Gültig
admin-ticket-unpaid = Nicht bezahlt
admin-ticket-blocked = Gesperrt
admin-ticket-canceled = Storniert
admin-ticket-expired = Abgelaufen
admin-ticket-no-name = Ohne Namen
admin-ticket-event = Veranstaltung
admin-ticket-when = Termin
admin-ticket-date = Datum
admin-ticket-time = Uhrzeit
admin-ticket-product = Kategorie
admin-ticket-phone = Telefonnummer
admin-ticket-seat = Platz
admin-ticket-seat-block = Block { $value }
admin-ticket-seat-row = Reihe { $value }
admin-ticket-seat-seat = Platz { $value }
admin-ticket-notice = Hinweis für den Eingang
admin-ticket-same-answer = Hierzu gibt es zwei Antworten: Behalten Sie eine.
admin-ticket-booked = Gebucht in
admin-ticket-reservation = seiner Reservierung
admin-ticket-number = Ticket
admin-ticket-qr = Code des Tickets: { $name }
admin-ticket-link-page = Seite des Tickets
admin-ticket-link-pkpass = Karte für Apple Wallet
admin-ticket-link-google = Google Wallet
admin-ticket-do-print = Drucken
admin-ticket-do-block = Sperren
admin-ticket-do-unblock = Entsperren
admin-ticket-do-reissue = Neu ausstellen
admin-ticket-do-cancel = Ticket stornieren
admin-ticket-do-restore = Stornierung zurücknehmen
admin-ticket-do-delete = Löschen
admin-ticket-ask-reissue = Diesem Ticket einen neuen Code geben? Code und Links, die der Gast hat, gelten dann nicht mehr; geben Sie die neuen aus.
admin-ticket-ask-cancel = Dieses Ticket stornieren? Der Platz ist sofort frei. Die Stornierung kann zurückgenommen werden, solange ein Platz frei ist.
admin-ticket-ask-delete = Dieses Ticket mit Namen und Telefonnummer des Gastes löschen? Der Platz ist sofort frei. Das lässt sich nicht rückgängig machen.
admin-ticket-did-block = Gesperrt: Die Eingänge weisen es von nun an ab.
admin-ticket-did-unblock = Entsperrt.
admin-ticket-did-reissue = Neu ausgestellt: Geben Sie das neue Ticket aus.
admin-ticket-did-cancel = Storniert.
admin-ticket-did-restore = Wiederhergestellt: Die Eingänge lassen es wieder ein.
tickets-list = Tickets
tickets-filters = { $event }: Termin, Status, Reihenfolge
tickets-all-events = Alle Veranstaltungen: Datum, Status
tickets-some = { $shown } von { $total } Tickets
tickets-order = Reservierung { $order }
tickets-pick = Ticket auswählen: { $name }
tickets-chosen = { $count ->
    [one] 1 Ticket ist ausgewählt
   *[other] { $count } Tickets sind ausgewählt
}
tickets-unpick = Keines auswählen
tickets-cancel = Stornieren
tickets-resend = Links erneut senden
tickets-ask-cancel = { $count ->
    [one] Dieses Ticket stornieren? Der Platz ist sofort frei.
   *[other] Diese { $count } Tickets stornieren? Die Plätze sind sofort frei.
}
tickets-ask-pay = { $count ->
    [one] 1 Reservierung als bezahlt kennzeichnen? Alle Tickets darin gelten dann.
   *[other] { $count } Reservierungen als bezahlt kennzeichnen? Alle Tickets darin gelten dann.
}
tickets-ask-resend = { $count ->
    [one] Den Link von 1 Reservierung erneut per E-Mail senden?
   *[other] Die Links von { $count } Reservierungen erneut per E-Mail senden?
}
tickets-none-payable = Keines davon wartet auf Bezahlung.
tickets-none-printable = Keines davon hat einen Code zum Drucken: Sie sind storniert.
tickets-no-mail = Von hier werden keine E-Mails gesendet. Öffnen Sie eine Reservierung, um ihren Link weiterzugeben.
tickets-choose-all = Alle { $total } passenden auswählen
tickets-all-chosen = Alle { $total } passenden Tickets sind ausgewählt
tickets-all-block = { $count ->
    [one] 1 Ticket wird gesperrt
   *[other] { $count } Tickets werden gesperrt
}
tickets-all-unblock = { $count ->
    [one] 1 Ticket wird entsperrt
   *[other] { $count } Tickets werden entsperrt
}
tickets-all-pay = { $count ->
    [one] 1 Ticket wird als bezahlt gekennzeichnet
   *[other] { $count } Tickets werden als bezahlt gekennzeichnet
}
tickets-all-resend = { $count ->
    [one] Der Link von 1 Ticket wird erneut gesendet
   *[other] Die Links von { $count } Tickets werden erneut gesendet
}
tickets-all-cancel = { $count ->
    [one] 1 Ticket wird storniert
   *[other] { $count } Tickets werden storniert
}
tickets-all-unchanged = { $count ->
    [one] 1 war schon so.
   *[other] { $count } waren schon so.
}
tickets-all-refused = { $count ->
    [one] 1 nicht erledigt: { $why }:
   *[other] { $count } nicht erledigt: { $why }:
}
tickets-all-stop = Anhalten
tickets-all-stopped = Angehalten nach { $n } von { $count }.
tickets-all-go-on = Fortfahren
tickets-all-leave = Dabei belassen
tickets-all-close = Schließen
tickets-all-most-printed = Höchstens { $most } Tickets werden auf einmal gedruckt: Grenzen Sie die Liste nach Termin, Kategorie oder Status ein.
tickets-ask-block = { $count ->
    [one] Dieses Ticket sperren? Die Eingänge weisen es ab, bis es entsperrt wird.
   *[other] Diese { $count } Tickets sperren? Die Eingänge weisen sie ab, bis sie entsperrt werden.
}
tickets-ask-unblock = { $count ->
    [one] Dieses Ticket entsperren?
   *[other] Diese { $count } Tickets entsperren?
}
tickets-ask-mail = { $count ->
    [one] Den Link von 1 Ticket erneut per E-Mail senden? Jede Reservierung bekommt eine E-Mail.
   *[other] Die Links von { $count } Tickets erneut per E-Mail senden? Jede Reservierung bekommt eine E-Mail.
}
tickets-ask-pay-all = { $count ->
    [one] 1 Ticket als bezahlt kennzeichnen? Bezahlt wird sein Preis.
   *[other] Von { $count } Tickets die unbezahlten als bezahlt kennzeichnen? Bezahlt wird jeweils ihr Preis.
}
tickets-progress = { $n } von { $count }
tickets-done = { $count ->
    [one] 1 erledigt.
   *[other] { $count } erledigt.
}
tickets-not-done = { $count ->
    [one] 1 nicht erledigt:
   *[other] { $count } nicht erledigt:
}
tickets-first = { $count ->
    [one] Das erste Ticket
   *[other] Die ersten { $count } Tickets
}
admin-reservation-of = Reservierung: { $name }
admin-reservation-paid = Bezahlt
admin-reservation-unpaid = Nicht bezahlt
admin-reservation-email = E-Mail
admin-reservation-tickets = Tickets
admin-reservation-number = Reservierung
admin-reservation-link = den Link
admin-reservation-do-pay = Als bezahlt kennzeichnen
admin-reservation-do-resend = Link erneut senden
admin-reservation-do-invite = Wallet-Karten anbieten
admin-reservation-do-uninvite = Keine Wallet-Karten anbieten
admin-reservation-do-cancel = Alle Tickets stornieren
admin-reservation-do-restore = Stornierung zurücknehmen
admin-reservation-ask-cancel = Alle Tickets dieser Reservierung stornieren? Die Plätze sind sofort frei. Die Stornierung kann zurückgenommen werden, solange Plätze frei sind.
admin-reservation-did-pay = Bezahlt: Die Tickets gelten.
admin-reservation-did-cancel = Storniert.
admin-reservation-did-restore = Wiederhergestellt.
admin-reservation-did-invite = Diesen Gästen werden Wallet-Karten angeboten.
admin-reservation-did-uninvite = Diesen Gästen werden keine Wallet-Karten mehr angeboten.
admin-reservation-mailed = Die E-Mail ist unterwegs. Der Link, um ihn auch so weiterzugeben:
admin-reservation-hand-on = Von hier werden keine E-Mails gesendet. Geben Sie diesen Link weiter:
admin-ticket-showing = { $count ->
    [one] { $when } (1 Platz frei)
   *[other] { $when } ({ $count } Plätze frei)
}
