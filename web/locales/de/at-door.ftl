### Was ein Gast auf dem Telefon am Einlass liest, in der Sprache seiner Buchung: ein kurzer Satz, groß.

at-door-welcome = Willkommen!
at-door-seat-block = Block { $value }
at-door-seat-row = Reihe { $value }
at-door-seat-seat = Platz { $value }
at-door-entrance = Ihr Eingang: { $doors }
at-door-no-entrance = Dieses Ticket gilt nicht an diesem Eingang.
at-door-already = Dieses Ticket wurde schon um { $time } benutzt.
at-door-day = Ihr Ticket ist für { $day }, { $time }.
at-door-opens = Einlass ab { $time }.
at-door-closed = Einlass war bis { $time }.
at-door-expired = Dieses Ticket ist nicht mehr gültig.
at-door-unpaid = Dieses Ticket ist noch nicht bezahlt.
at-door-due = Für dieses Ticket noch zu zahlen: { $sum }
at-door-canceled = Diese Buchung wurde storniert.
at-door-blocked = Dieses Ticket ist gesperrt. Bitte wenden Sie sich an den Veranstalter.
at-door-full = Zurzeit ist es voll. Bitte warten Sie.
at-door-event = Dieses Ticket ist für eine andere Veranstaltung.
at-door-replaced = Für dieses Ticket gibt es einen neueren Code. Bitte öffnen Sie Ihre letzte E-Mail.
