### Veranstaltungen in der Verwaltung, wie ihre Skripte sie nennen: Liste, Formular, Termine, Warteliste, erste Schritte.
admin-events-open = Für alle
admin-events-keys = Mit Schlüssel
admin-events-closed = Geschlossen
admin-events-any-time = Jederzeit
admin-events-copy = Kopieren
admin-events-live = Live verfolgen
admin-events-unused = Was ohne Veranstaltung gebucht wird, kommt in „{ $event }“; sie steht hier ab ihrer ersten Buchung.
admin-events-unused-settings = Einstellungen: { $event }
first-event = Legen Sie eine Veranstaltung an: ein Name, eine Zeit, ein Eingang.
first-phone = Koppeln Sie ein Telefon: Es wird zum Scanner, indem es einen Code liest.
first-ticket = Buchen Sie ein Testticket, und scannen Sie es.
first-make-event = Veranstaltung anlegen
first-pair-phone = Telefon koppeln
first-book-ticket = Testticket buchen
first-done = Erledigt
first-guest = Testgast
first-no-seat = Diese Veranstaltung hat keinen Termin mit freiem Platz: Fügen Sie zuerst einen hinzu.
event-copy-of = Eine Kopie ohne Tickets und Telefone: { $name }. Wählen Sie, wann sie beginnt: Alle anderen Zeiten rücken mit.
event-picture-remove = Bild entfernen
event-picture-unreadable = Dieser Browser kann das Bild nicht zeigen: Wählen Sie ein Bild als JPEG, PNG oder WebP.
event-picture-refused = Die Veranstaltung ist angelegt, ohne ihr Bild: { $why }
event-no-products = Diese Veranstaltung hat noch keine Kategorien.
event-first-door = Haupteingang
event-made = Die Veranstaltung ist angelegt. Als Nächstes: Koppeln Sie ein Telefon für ihren Eingang, und buchen Sie dann ein Testticket.
event-seats = Plätze am Termin { $when }
event-ends = Ende des Termins { $when }
event-change = Ändern
event-full = Voll
event-takes-bookings = Buchungen werden wie oben angegeben angenommen. Schließen beendet das; der Einlass geht weiter.
event-is-closed = Es werden keine Buchungen mehr angenommen. Der Einlass geht weiter.
event-warn-unsold = Mit Preis: { $name }. Die Buchungsseite verkauft diese Kategorie nur, wenn es bei ihr so eingestellt ist.
event-warn-ahead = Von allen buchbar: { $name }. Ein solches Ticket ist nicht bezahlt und lässt vorher niemanden ein.
event-warn-door = Von allen buchbar und am Eingang zu zahlen: { $name }.
event-warn-hold = Unbezahlte Plätze bleiben ohne Ende belegt: Geben Sie an, nach wie vielen Minuten sie wieder frei sind.
event-warn-where = Gäste erfahren nicht, wo sie zahlen: Geben Sie den Ort an.
event-close = Buchung schließen
event-close-asked = Keine Buchungen mehr annehmen: { $name }? Der Einlass geht weiter, und Sie können die Buchung wieder öffnen.
event-reopen = Buchungen wieder annehmen
admin-waiting-shown = { $count ->
    [one] 1 Gast
   *[other] { $count } Gäste
}
admin-waiting-first = { $count ->
    [one] Der erste Gast
   *[other] Die ersten { $count } Gäste
}
admin-waiting-seats = { $count ->
    [one] 1 Platz
   *[other] { $count } Plätze
}
admin-waiting-waits = Wartet
admin-waiting-position = Wartet, Nummer { $position }
admin-waiting-offered = Plätze angeboten
admin-waiting-until = bis { $until }
admin-waiting-link = Link kopieren
admin-waiting-remove = Von der Liste nehmen
admin-waiting-ask = Von der Warteliste nehmen: { $name }? Angebotene Plätze gehen an den Nächsten, der wartet.
admin-waiting-removed = Wartet nicht mehr: { $name }.
event-left = Noch { $left } frei
event-multi = { $count ->
    [one] { $count }-mal
   *[other] { $count }-mal
}
