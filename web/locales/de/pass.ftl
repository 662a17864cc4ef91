### Tickets in Apple Wallet und Google Wallet, und der Kalendereintrag. Wenig Platz: kurz halten.

pass-title = Ticket: { $event }
pass-state = Ticket
pass-state-changed = Ihr Ticket: %@
pass-valid = Gültig
pass-canceled = Storniert
pass-unpaid = Nicht bezahlt
pass-blocked = Gesperrt
pass-replaced = Ersetzt
pass-expired = Abgelaufen
pass-admitted-at = Einlass { $time }
pass-event = Veranstaltung
pass-event-changed = Neuer Name: %@
pass-begins = Beginn
pass-begins-changed = Neue Zeit: %@
pass-place = Ort
pass-place-changed = Neuer Ort: %@
pass-name = Name
pass-kind = Art
pass-seat = Platz
pass-seat-changed = Neuer Platz: %@
pass-void = Dieses Ticket ist ungültig
pass-void-replaced = Statt diesem wurde ein neues Ticket ausgestellt: Öffnen Sie dessen Link und fügen Sie es wieder hinzu.
pass-void-handed-on = Dieses Ticket wurde weitergegeben: Eine andere Person hat seinen neuen Code.
pass-admitted = Einlass
pass-admitted-door = { $when } ({ $door })
pass-doors = Einlass
pass-until = Gültig bis
pass-address = Adresse
pass-organiser = Veranstalter: { $way }
pass-number = Ticketnummer
pass-issued-by = Ausgestellt von
pass-terms = Geschäftsbedingungen

calendar-number = Ticketnummer { $number }
