### Was Gäste sehen, wenn sie buchen oder sich auf eine Warteliste setzen.

## The list of events

book-index = Tickets buchen
book-index-empty = Zurzeit gibt es nichts zu buchen.
book-index-empty-line = Sobald die Buchung einer Veranstaltung beginnt, steht sie hier.
book-any-time = Tickets für jeden Termin
book-choose-time = Termin wählen
book-no-times = Noch keine Termine
book-left = Noch <b data-left>{ $count }</b> frei
book-sold-out = Ausverkauft
book-sold-out-waiting = Ausverkauft, Warteliste

## The form

book-title = Buchen: { $event }
book-all-events = Alle Veranstaltungen
book-see-all = Alle Veranstaltungen ansehen
book-nothing-yet = Noch ist nichts gebucht: Unten ist etwas zu korrigieren.
book-failed = Das konnte nicht gebucht werden. Versuchen Sie es gleich noch einmal.
book-when = Wann
book-day = Tag
book-time = Uhrzeit
book-clock = Es gilt die Uhrzeit vor Ort ({ $timezone }).
book-doors = Einlass { $duration } vorher.
book-doors-then = Einlass zu diesen Zeiten.
book-terms = Mit der Buchung nehmen Sie die Geschäftsbedingungen an.
book-kind-left = { $kind } (noch { $count })
book-kind-none = { $kind } (ausverkauft)
book-kind = Ticketart
book-count = Tickets
book-name = Ihr Name
book-others = Namen der anderen <span class="muted">(optional)</span>
book-others-hint = Einer pro Zeile, wenn Sie mehrere Tickets buchen: So hat am Einlass jedes seinen Namen. Sonst laufen alle auf Ihren.
book-phone = Ihre Telefonnummer
book-phone-hint = Mit ihr findet man Sie am Einlass, falls Sie Ihr Ticket verlieren.
book-email = Ihre E-Mail-Adresse
book-email-optional = Ihre E-Mail-Adresse <span class="muted">(optional)</span>
book-email-hint = Dorthin schicken wir Ihre Tickets.
book-total = Summe
book-total-later = Die Summe ist der Preis mal die Zahl der Tickets; sie steht auf der nächsten Seite.
book-button = Buchen
book-join = Auf die Warteliste
book-join-time = Auf die Warteliste: { $time }

## Why there is nothing to book

book-over = Diese Veranstaltung ist vorbei.
book-closed = Die Buchung ist geschlossen.
book-closed-line = Gebuchte Tickets bleiben gültig.
book-elsewhere = Tickets für diese Veranstaltung werden nicht hier gebucht.
book-elsewhere-line = Fragen Sie den Veranstalter, wo es sie gibt.
book-none = Noch keine Termine.
book-none-line = Sobald es welche gibt, stehen sie hier.
book-full = Ausverkauft.
book-full-line = Wird ein Platz zurückgegeben, steht er sofort hier. Sehen Sie später noch einmal nach.
book-full-waiting = Wird ein Platz zurückgegeben, wird er der nächsten Person auf der Warteliste angeboten.

## What is wrong with a field

wrong = Sehen Sie hier noch einmal nach.
wrong-when = Wählen Sie einen Termin.
wrong-when-sold-out = Zu dieser Zeit sind nicht mehr genug Plätze frei: Andere waren schneller. Nichts ist gebucht.
wrong-when-over = Dieser Termin ist vorbei. Wählen Sie einen anderen.
wrong-when-gone = Zu dieser Zeit gibt es nichts mehr. Wählen Sie einen anderen Termin.
wrong-when-seats-left = Zu dieser Zeit sind genug Plätze frei: Sie brauchen nicht zu warten.
wrong-when-waiting-full = Die Warteliste für diesen Termin ist voll. Wählen Sie einen anderen.
wrong-count = { $most ->
    [one] Wählen Sie { $most } Ticket.
   *[other] Wählen Sie 1 bis { $most } Tickets.
}
wrong-seats = { $most ->
    [one] Wählen Sie { $most } Platz, und nicht mehr, als es zu dieser Zeit gibt.
   *[other] Wählen Sie 1 bis { $most } Plätze, und nicht mehr, als es zu dieser Zeit gibt.
}
wrong-kind = Wählen Sie eine Ticketart.
wrong-kind-sold-out = So viele Tickets dieser Art gibt es an diesem Termin nicht mehr. Nichts ist gebucht: Wählen Sie weniger, eine andere Art oder einen anderen Termin.
wrong-name = Geben Sie Ihren Namen mit 1 bis 100 Zeichen an.
wrong-others = Schreiben Sie einen Namen pro Zeile, jeden mit 1 bis 100 Zeichen, und nicht mehr, als Sie Tickets für andere buchen.
wrong-phone = Geben Sie Ihre Telefonnummer an: 3 bis 20 Ziffern, Leerzeichen, + - ( ) .
wrong-phone-limit = { $most ->
    [one] Auf eine Telefonnummer gibt es höchstens { $most } Ticket für eine Zeit.
   *[other] Auf eine Telefonnummer gibt es höchstens { $most } Tickets für eine Zeit.
}
wrong-phone-optional = Das ist keine Telefonnummer: 3 bis 20 Ziffern, Leerzeichen, + - ( ) . Lassen Sie sie weg, oder prüfen Sie sie.
wrong-email = Das ist keine E-Mail-Adresse. Sie sieht aus wie ada@example.org.
wrong-email-optional = Das ist keine E-Mail-Adresse. Prüfen Sie sie, oder lassen Sie sie weg.
wrong-slow-down = Zu viele Buchungen auf einmal aus Ihrem Netz. Warten Sie eine Minute und senden Sie es dann noch einmal.
wrong-unavailable = Wir konnten Ihre Buchung nicht bestätigen. Senden Sie es noch einmal: Gebucht wird einmal, so oft Sie es auch senden.
wrong-sent-before = Sie haben mit diesem Formular schon gebucht. Senden Sie es nur noch einmal, wenn Sie diese Tickets auch wollen.
wrong-nearest = Die nächsten mit freien Plätzen:
wrong-nearest-time = <b>{ $time }</b>, noch { $count } frei
wrong-join = Auf die Warteliste für diesen Termin
wrong-book-them = Jetzt buchen

## The waiting list: joining

wait-title = Warteliste: { $event }
wait-page = Warteliste
wait-back = Zurück zu den Terminen
wait-nothing-yet = Sie stehen noch nicht auf der Liste: Unten ist etwas zu korrigieren.
wait-failed = Sie stehen nicht auf der Liste. Versuchen Sie es gleich noch einmal.
wait-slow-down = Zu viele Versuche aus Ihrem Netz oder mit dieser Adresse. Warten Sie eine Weile und senden Sie es dann noch einmal.
wait-unavailable = Wir konnten Ihren Platz auf der Liste nicht bestätigen. Senden Sie es noch einmal: Sie warten einmal, so oft Sie es auch senden.
wait-sent-before = Sie warten schon mit diesem Formular. Senden Sie es nur noch einmal, wenn Sie einen weiteren Platz auf der Liste wollen.
wait-none = Hier gibt es keine Warteliste.
wait-none-line = Sehen, was gebucht werden kann
wait-how = Wenn Plätze frei werden und Sie an der Reihe sind, werden sie für Sie freigehalten ({ $time } lang).
wait-mailed = Dann schreiben wir Ihnen.
wait-not-mailed = Es wird keine E-Mail geschickt: Behalten Sie die nächste Seite und sehen Sie wieder nach, oder fragen Sie den Veranstalter.
wait-choose = Termin wählen
wait-time-left = { $time } (noch { $count } frei)
wait-seats = Plätze
wait-seats-hint = Sie werden zusammen angeboten: je weniger Sie brauchen, desto eher.
wait-phone = Ihre Telefonnummer <span class="muted">(geht auch später)</span>
wait-mailbox = Sehen Sie in Ihr Postfach
wait-mailbox-line = Wir haben Ihnen einen Link geschickt: Er zeigt, wo Sie in der Reihe stehen, und dort können Sie die Liste verlassen. Wenn Plätze frei sind und Sie an der Reihe sind, schreiben wir wieder und halten sie für Sie frei ({ $time } lang).
wait-mailbox-help = Nach ein paar Minuten ist nichts da? Sehen Sie im Spam-Ordner nach, prüfen Sie die Adresse und <a href="{ $link }">tragen Sie sich noch einmal ein</a>: Eine Adresse hat einen Platz, so oft sie auch eingetragen wird.

## The waiting list: a place in it

place-offered = { $count ->
    [one] Ein Platz gehört Ihnen bis { $until }
   *[other] { $count } Plätze gehören Ihnen bis { $until }
}
place-accept-in-time = { $count ->
    [one] Nehmen Sie ihn rechtzeitig an, sonst wird er der nächsten Person angeboten.
   *[other] Nehmen Sie sie rechtzeitig an, sonst werden sie der nächsten Person angeboten.
}
place-accept = Annehmen
place-decline = Nein, danke
place-kind-choose = Ticketart wählen
place-kind-gone = Worauf Sie gewartet haben, wird nicht mehr verkauft. Der Preis gilt je Platz.
place-kind-none = Diese Plätze sind für Sie freigehalten, aber was Sie wollten, wird nicht mehr verkauft, und anderes kann hier nicht gebucht werden. Fragen Sie den Veranstalter, bevor die Zeit um ist.
place-number = Sie stehen an Stelle { $position } der Reihe
place-how = { $count ->
    [one] Wenn ein Platz frei wird und Sie an der Reihe sind, wird er für Sie freigehalten ({ $time } lang).
   *[other] Wenn { $count } Plätze auf einmal frei sind und Sie an der Reihe sind, werden sie für Sie freigehalten ({ $time } lang).
}
place-mailed = Dann schreiben wir Ihnen; diese Seite zeigt, wo Sie stehen.
place-not-mailed = Es wird keine E-Mail geschickt: Behalten Sie diese Seite und sehen Sie wieder nach, oder fragen Sie den Veranstalter.
place-passed = { $times ->
    [one] Einmal waren weniger Plätze frei, als Sie brauchen; sie gingen an kleinere Gruppen. Sie behalten Ihren Platz in der Reihe.
   *[other] { $times }-mal waren weniger Plätze frei, als Sie brauchen; sie gingen an kleinere Gruppen. Sie behalten Ihren Platz in der Reihe.
}
place-leave = Warteliste verlassen
place-booked = Ihre Plätze sind gebucht
place-tickets = Ihre Tickets öffnen
place-lapsed = Die Zeit zum Annehmen ist vorbei
place-lapsed-line = Die Plätze gingen an die nächste Person. <a href="{ $link }">Sehen, was noch frei ist</a>
place-gone = Sie stehen nicht auf der Warteliste
place-gone-line = Sie haben die Liste verlassen, oder dies ist ein alter Link. Über Sie ist nichts gespeichert.
