### Fehler, wie Seiten und Antworten der API sie sagen. Ohne Punkt am Ende.

problem-not-found = Nicht gefunden
problem-bad-request = Fehlerhafte Anfrage
problem-method = Methode nicht erlaubt
problem-not-allowed = Das ist nicht erlaubt
problem-internal = Hier ist etwas schiefgegangen: Versuchen Sie es noch einmal
problem-database = Die Datenbank antwortet nicht: Versuchen Sie es noch einmal
problem-unconfirmed = konnte nicht bestätigt werden: noch einmal scannen
problem-slow-down = Zu viele Anfragen: Versuchen Sie es später noch einmal
problem-body-too-large = Die Anfrage ist zu groß: höchstens { $most } Bytes. Senden Sie weniger auf einmal
problem-form-elsewhere = Dieses Formular kam von einer anderen Website: Öffnen Sie die Seite hier
problem-link-not-valid = Dieser Link gilt nicht mehr
problem-no-event = Veranstaltung nicht gefunden
problem-no-ticket = Ticket nicht gefunden
problem-no-reservation = Buchung nicht gefunden
problem-no-place = Diesen Platz auf der Warteliste gibt es nicht

## Changes by a ticket's holder

problem-handed-on = Dieses Ticket wurde weitergegeben: Code und Link gehören jetzt einer anderen Person
problem-not-offered = Bei dieser Veranstaltung geht das nicht: Fragen Sie den Veranstalter
problem-ticket-is-cancelled = Das Ticket ist storniert
problem-ticket-is-blocked = Das Ticket ist gesperrt
problem-ticket-over = Die Zeit des Tickets ist vorbei
problem-ticket-scanned = Das Ticket wurde schon gescannt
problem-too-late-to-cancel = Zum Stornieren ist es zu spät: Fragen Sie den Veranstalter
problem-ticket-unpaid = Das Ticket ist nicht bezahlt: Bezahlen Sie es zuerst
problem-handed-on-limit = Dieses Ticket kann nicht noch einmal weitergegeben werden
problem-change-unusable = So kann das Ticket nicht geändert werden

## Booking and the waiting list

problem-booking-unusable = So kann nicht gebucht werden
problem-sold-out = Ausverkauft
problem-few-left = Zu dieser Zeit sind nur noch { $left } frei
problem-no-showing = Zu dieser Zeit gibt es keinen Termin
problem-phone-limit = Tickets einer Zeit für eine Telefonnummer: höchstens { $most }
problem-time-over = Diese Zeit ist schon vorbei
problem-no-waiting-list = Diese Veranstaltung hat keine Warteliste
problem-waits-already = Diese Adresse wartet schon auf diese Zeit
problem-party-too-large = Die Gruppe ist zu groß
problem-seats-left = Es sind noch Plätze frei: Buchen Sie sie
problem-waiting-full = Die Warteliste für diese Zeit ist voll
problem-place-ended = Dieser Platz auf der Warteliste ist beendet
problem-offer-over = Die Zeit, diese Plätze anzunehmen, ist vorbei
problem-no-offer = Noch werden keine Plätze angeboten
problem-no-more-bookings = Diese Veranstaltung nimmt keine Buchungen mehr an
problem-offer-unusable = So kann das Angebot nicht angenommen werden
problem-offer-phone = muss eine Telefonnummer sein: 3 bis 20 Ziffern, dazwischen Leerzeichen und + - ( ) . /
