### E-Mails an Gäste: Tickets, Warteliste, Wallet-Tickets.

mail-tickets-subject = { $count ->
    [one] Ihr Ticket: { $event }
   *[other] Ihre { $count } Tickets: { $event }
}
mail-tickets-text = { $count ->
    [one] Ihr Ticket, am Einlass zu zeigen:
   *[other] Ihre { $count } Tickets, ein Code pro Person:
}
mail-tickets-open = { $count ->
    [one] Ihr Ticket öffnen
   *[other] Ihre { $count } Tickets öffnen
}
mail-tickets-link = { $count ->
    [one] Ihr Ticket:
   *[other] Ihre { $count } Tickets:
}
mail-handed-on-subject = Ein Ticket wurde weitergegeben: { $event }
mail-handed-on = Eines Ihrer Tickets wurde weitergegeben.
mail-handed-on-text = Es gehört jetzt einer anderen Person, und sein alter Code gilt nicht mehr. Wenn Sie das nicht waren, fragen Sie den Veranstalter. Was Ihnen bleibt:
mail-unpaid-subject = Gebucht, noch nicht bezahlt: { $event }
mail-unpaid = Noch nicht bezahlt.
mail-unpaid-open = Stand der Buchung ansehen
mail-unpaid-how = Der Stand der Buchung:
mail-tickets-later = { $count ->
    [one] Ihr Ticket kommt per E-Mail, sobald alles bezahlt ist.
   *[other] Ihre { $count } Tickets kommen per E-Mail, sobald alles bezahlt ist.
}
mail-ticket-of = { $n } von { $count }
mail-qr = Der QR-Code eines Tickets
mail-others = Die anderen finden Sie über den Knopf oben.
mail-before-you-leave = Öffnen Sie es auf Ihrem Telefon, bevor Sie losgehen, und speichern Sie das Bild: Am Einlass gibt es vielleicht kein Netz.
mail-as-good-as-ticket = Die Adresse ist so gut wie das Ticket: Geben Sie sie nur an diejenigen weiter, die mit Ihnen kommen.
mail-questions = Fragen? Wenden Sie sich an den Veranstalter:
mail-wave-subject = Ihr Ticket auf Ihrem Telefon: { $event }

## The waiting list

mail-offer-subject = { $count ->
    [one] Ein Platz gehört Ihnen bis { $until }: { $event }
   *[other] { $count } Plätze gehören Ihnen bis { $until }: { $event }
}
mail-offer = { $count ->
    [one] Ein Platz ist frei geworden und wird für Sie freigehalten bis <b>{ $until }</b>.
   *[other] { $count } Plätze sind frei geworden und werden für Sie freigehalten bis <b>{ $until }</b>.
}
mail-offer-plain = { $count ->
    [one] Ein Platz ist frei geworden und wird für Sie freigehalten bis { $until }.
   *[other] { $count } Plätze sind frei geworden und werden für Sie freigehalten bis { $until }.
}
mail-offer-accept = { $count ->
    [one] Den Platz annehmen
   *[other] Die { $count } Plätze annehmen
}
mail-waiting-subject = Auf der Warteliste: { $event }
mail-waiting = { $count ->
    [one] Sie stehen auf der Warteliste. Wenn Sie an der Reihe sind, schreiben wir Ihnen und halten den Platz frei ({ $time } lang).
   *[other] Sie stehen auf der Warteliste für { $count } Plätze. Wenn Sie an der Reihe sind, schreiben wir Ihnen und halten sie frei ({ $time } lang).
}
mail-waiting-how = Wo Sie stehen, und wie Sie die Liste verlassen:
mail-waiting-open = Sehen, wo Sie stehen
mail-waiting-key = Die Adresse dieser Seite ist Ihr Schlüssel: Geben Sie sie an niemanden weiter.
mail-waiting-not-you = Sie haben das nicht angefordert? Dann verlassen Sie dort die Liste, und über Sie bleibt nichts gespeichert.
mail-terms = Geschäftsbedingungen

## Mails to users

account-mail-reset-subject = Neues Passwort setzen: { $organisation }
account-mail-verify-subject = Bestätigen Sie Ihre E-Mail-Adresse: { $organisation }
account-mail-hello = Hallo { $name },
account-mail-reset-text = für Ihr Konto bei { $organisation } wurde ein neues Passwort angefordert. Setzen Sie es hier:
account-mail-verify-text = diese Adresse wurde für Ihr Konto bei { $organisation } eingetragen. Bestätigen Sie sie, dann kann ein neues Passwort dorthin geschickt werden, wenn Sie Ihres vergessen:
account-mail-reset-button = Neues Passwort setzen
account-mail-verify-button = Adresse bestätigen
account-mail-lasts = Der Link gilt einmal, { $time } lang.
account-mail-asked = Angefordert am { $time }.
account-mail-from = Von: { $where }.
account-mail-reset-not-you = Das waren nicht Sie? Dann tun Sie nichts: Ihr Passwort bleibt, wie es ist. Kommt es wieder vor, sagen Sie es einem Inhaber des Servers.
account-mail-verify-not-you = Das sagt Ihnen nichts? Dann tun Sie nichts.
account-notice-subject = Ihr Konto wurde geändert: { $organisation }
account-notice-app-added = für Ihr Konto bei { $organisation } wurde eine Authenticator-App als zweiter Faktor eingerichtet.
account-notice-app-removed = der zweite Faktor Ihres Kontos bei { $organisation } wurde ausgeschaltet.
account-notice-passkey-added = zu Ihrem Konto bei { $organisation } wurde ein Passkey hinzugefügt.
account-notice-passkey-removed = von Ihrem Konto bei { $organisation } wurde ein Passkey entfernt.
account-notice-reset = ein Inhaber hat Ihr Konto bei { $organisation } zurückgesetzt: Der zweite Faktor ist aus, die Passkeys sind entfernt.
account-notice-when = Das war am { $time }.
account-notice-not-you = Das waren nicht Sie, und Sie haben nicht darum gebeten? Setzen Sie sofort ein neues Passwort, und sagen Sie es einem Inhaber des Servers:
