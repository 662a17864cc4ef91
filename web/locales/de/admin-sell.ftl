### Verkauf von Tickets an der Kasse, und Kassen.
sell-ticket = Ticket
sell-free = Kostenlos
sell-less = Eins weniger: { $kind }
sell-more = Eins mehr: { $kind }
sell-choose = Tickets wählen
sell-sell = Verkaufen: { $sum }, { $method }
sell-hand-out = { $count ->
    [one] 1 Ticket kostenlos ausgeben
   *[other] { $count } Tickets kostenlos ausgeben
}
sell-reserve = { $count ->
    [one] 1 Ticket unbezahlt buchen
   *[other] { $count } Tickets unbezahlt buchen
}
sell-no-time = Wählen Sie einen Termin.
sell-no-times = Kein Termin ist zu verkaufen: Alle sind vorbei, oder es gibt noch keinen.
sell-more-times = { $count ->
    [one] 1 weiterer Termin
   *[other] { $count } weitere Termine
}
sell-sold-out = Ausverkauft
sell-left = { $count ->
    [one] An diesem Termin ist nur noch 1 Platz frei.
   *[other] An diesem Termin sind nur noch { $count } Plätze frei.
}
sell-product-left = { $product }: Davon sind an diesem Termin nur noch { $left } übrig.
sell-most = Höchstens { $most } Tickets werden auf einmal verkauft.
sell-unknown = Der Server hat nicht geantwortet, darum ist unbekannt, ob verkauft wurde. Drücken Sie noch einmal: Es wird nie zweimal verkauft.
sell-sold = { $count ->
    [one] Verkauft: 1 Ticket. { $paid }.
   *[other] Verkauft: { $count } Tickets. { $paid }.
}
sell-unpaid = { $sum } zu zahlen
sell-share = Senden
sell-copy-link = Link kopieren
till-mine = Ihre Kasse
till-of = Kasse: { $name }
till-gone = Nicht mehr da ({ $id })
till-since = Nummer { $number }, offen seit { $at }
till-fresh = Nummer { $number }: Noch nichts eingenommen
till-method = Zahlungsart
till-payments = Zahlungen
till-taken = Eingenommen
till-returned = Erstattet
till-net = Einnahmen
till-float = Wechselgeld zu Beginn
till-float-in = Wechselgeld zu Beginn, { $currency }
till-set-float = Wechselgeld speichern
till-expected = Bargeld, das darin liegen soll
till-counted = Gezähltes Bargeld, { $currency }
till-note = Notiz
till-close = Kasse abschließen
till-ask = Diese Kasse abschließen? Was gezählt wurde, steht dann fest und kann nicht mehr geändert werden. Ihre Zahlen beginnen neu.
till-closed = Abgeschlossen. Der Abschluss steht unten, zum Drucken.
till-exact = Stimmt genau
till-over = { $sum } zu viel
till-short = { $sum } fehlen
till-closing = Abschluss { $number }: { $name }
till-closed-by = Abgeschlossen am { $at } von { $by }, Eintrag { $seq }; offen seit { $from }
till-counted-cash = Gezähltes Bargeld
till-difference = Differenz
till-print = Diesen Abschluss drucken
till-no-closings = Noch keine Kasse wurde abgeschlossen.
sell-left-at = Noch { $left } frei

## The pages

sell-the-sale = Der Verkauf
sell-tickets = Tickets
sell-buyer = Name, Telefon, E-Mail
sell-optional = optional
sell-payment = Zahlung
sell-do = Verkaufen
sell-next = Nächster Kunde
sell-print = Drucken
sell-order = Die Reservierung
till-csv = Einnahmen als CSV
till-refresh = Aktualisieren
till-what = Eine Kasse ist das Geld, das ein Konto oder ein Telefon bei dieser Veranstaltung eingenommen hat. Ihr jetziger Stand ist der X-Bericht; ihr Abschluss ergibt den Z-Bericht.
till-closings = Abschlüsse
till-others = Andere Kassen
till-whose = Von
till-open-since = Offen seit
till-show = Anzeigen
till-order = Reihenfolge
till-newest = Neueste zuerst
till-oldest = Älteste zuerst
