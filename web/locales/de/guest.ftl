### Was Gäste sehen: Tickets, Buchungen, Buchungsformular, Warteliste.

## Every page

skip = Zum Inhalt springen
language = <span class="hidden-text">Sprache: </span>{ $name }
page-title = { $title } · { $organisation }
label-value = { $label }: { $value }
label-link = { $label }: <a href="{ $href }">{ $value }</a>
to-start = Zur Startseite
administration = Verwaltung
administration-at-the-hub = Verwaltung beim Server
account = Mein Konto
log-out = Abmelden
no-texts = Die Texte dieser Seite konnten nicht geladen werden. Laden Sie sie neu; hilft das nicht, braucht der Server `make setup` mit npm.

## Days and times

when = { $day }, { $time }
when-until = { $day }, { $time } bis { $end }
when-until-day = { $day }, { $time } bis { $end }
moment = { $day }, { $time }
lately = { $weekday }, { $time }

## Seats

seat-block = Block { $value }
seat-row = Reihe { $value }
seat-seat = Platz { $value }

## Ways to reach the organiser

contact-title = Fragen? Wenden Sie sich an den Veranstalter
contact-email = E-Mail
contact-phone = Telefon
contact-web = Website

## Prices

price-free = kostenlos
kind-price = { $kind }, { $price }
pay-at-door = Sie zahlen am Einlass. { $where }
pay-before = Sie zahlen, bevor Sie kommen. { $where }
pay-within = Zahlungsfrist: { $time }. Danach werden die Plätze wieder frei. { $where }
pay-ask = Fragen Sie den Veranstalter, wo.
unpaid-at-door = Am Einlass zu zahlen: { $amount }. { $where }
unpaid-at-door-unknown = Am Einlass zu zahlen. { $where }
unpaid-until = { $count ->
    [one] Zahlen Sie { $amount } bis { $until }, sonst wird Ihr Platz wieder frei. { $where }
   *[other] Zahlen Sie { $amount } bis { $until }, sonst werden Ihre Plätze wieder frei. { $where }
}
unpaid-until-unknown = { $count ->
    [one] Zahlen Sie bis { $until }, sonst wird Ihr Platz wieder frei. { $where }
   *[other] Zahlen Sie bis { $until }, sonst werden Ihre Plätze wieder frei. { $where }
}
unpaid-before = Zahlen Sie { $amount }, bevor Sie kommen. { $where }
unpaid-before-unknown = Zahlen Sie, bevor Sie kommen. { $where }
unpaid-not-let-in = Vorher ist kein Einlass möglich.

## A ticket

ticket-title = Ticket: { $event }
ticket-valid = Gültig
ticket-valid-line = Zeigen Sie diesen Code am Einlass.
ticket-inside = Sie sind drin
ticket-inside-line = Viel Vergnügen.
ticket-left = Sie sind hinausgegangen
ticket-left-line = Zeigen Sie diesen Code, um wieder hereinzukommen.
ticket-used = Benutzt
ticket-used-line = Dieses Ticket gilt für einen Einlass und wurde schon benutzt.
ticket-unpaid = Noch nicht bezahlt
ticket-canceled = Storniert
ticket-canceled-line = Mit diesem Ticket ist kein Einlass mehr möglich. Fragen? Wenden Sie sich an den Veranstalter.
ticket-blocked = Gesperrt
ticket-blocked-line = Der Veranstalter hat dieses Ticket gesperrt. Fragen Sie ihn, bevor Sie kommen.
ticket-expired = Vorbei
ticket-expired-line = Die Zeit dieses Tickets ist vorbei.
ticket-scanned = Gescannt: <time data-scanned>{ $at }</time>
ticket-scanned-door = (<b data-door>{ $door }</b>)
ticket-behind = Keine Verbindung: Das ist vielleicht nicht der neueste Stand.
ticket-map = { $address } (Karte)
ticket-qr = Der QR-Code dieses Tickets, der am Einlass gescannt wird
ticket-number = Ticketnummer <b class="number">{ $number }</b>
keep-title = Dieses Ticket aufbewahren
keep-wallet = Zu { $wallet } hinzufügen
keep-picture = Als Bild speichern
keep-calendar = In den Kalender eintragen
keep-calendar-when = Zum Kalender: { $when }
doors-open = Einlass ab { $time }
doors-open-day = Einlass ab { $day }, { $time }
terms-heading = Geschäftsbedingungen
keep-print = Drucken

## How to keep it. What stands in <b> is what the phone or this page calls it.

guide-title = So haben Sie es auf Ihrem Telefon
guide-apple-wallet = Öffnen Sie diese Seite in Safari und tippen Sie auf <b>Zu Apple Wallet hinzufügen</b>, dann auf <b>Hinzufügen</b>. Das Ticket erscheint auf dem Sperrbildschirm, wenn es so weit ist.
guide-apple-picture = Tippen Sie auf <b>Als Bild speichern</b>, dann auf <b>In Fotos sichern</b>, oder halten Sie den Finger auf den Code und wählen Sie es dort.
guide-apple-picture-or = Oder tippen Sie auf <b>Als Bild speichern</b>, dann auf <b>In Fotos sichern</b>, oder halten Sie den Finger auf den Code und wählen Sie es dort.
guide-apple-home = Oder tippen Sie auf das Teilen-Symbol und <b>Zum Home-Bildschirm</b>: Die Seite öffnet sich dann wie eine App.
guide-android-wallet = Tippen Sie auf <b>Zu Google Wallet hinzufügen</b> und folgen Sie den Schritten. Sie brauchen ein Google-Konto auf dem Telefon.
guide-android-picture = Tippen Sie auf <b>Als Bild speichern</b>: Es liegt in Ihren Downloads und in Fotos.
guide-android-picture-or = Oder tippen Sie auf <b>Als Bild speichern</b>: Es liegt in Ihren Downloads und in Fotos.
guide-android-home = Oder öffnen Sie das Menü des Browsers und wählen Sie <b>Zum Startbildschirm hinzufügen</b>.
guide-trouble = Wenn es nicht klappt
guide-trouble-mail = Im Mail- oder Chatprogramm passiert nichts? Kopieren Sie den Link und öffnen Sie ihn in Safari oder Chrome.
guide-trouble-code = Der Code lässt sich am Einlass nicht lesen? Stellen Sie das Display heller und wischen Sie es ab. Gesprungenes Glas: Drucken Sie das Ticket.
guide-trouble-network = Kein Netz vor Ort? Ein gespeichertes Bild und ein Ausdruck funktionieren ohne.
guide-trouble-phone = Kein Telefon? Drucken Sie diese Seite, oder nennen Sie am Einlass Ihren Namen oder die Ticketnummer.

## Several tickets of one booking

reservation-title = { $count ->
    [one] { $count } Ticket: { $event }
   *[other] { $count } Tickets: { $event }
}
reservation-heading = { $count ->
    [one] Ihr Ticket
   *[other] Ihre { $count } Tickets
}
reservation-line = Ein Code pro Person. Zeigen Sie sie am Einlass nacheinander.
reservation-apple-all = Alle zu Apple Wallet hinzufügen
reservation-apple-part = { $part } zu Apple Wallet hinzufügen
reservation-print = Alle drucken
reservation-list = Tickets
reservation-of = { $n } von { $count }
reservation-alone = Dieses Ticket allein, zum Weitergeben

## News on top of a page

news-moved = Die Zeit hat sich geändert: Sehen Sie noch einmal hin.
news-booked = <b>Gebucht.</b> Diese Seite ist Ihr Ticket: Bewahren Sie ihre Adresse auf, speichern Sie das Bild oder drucken Sie es.
news-renamed = <b>Korrigiert.</b> Der Name auf diesem Ticket ist geändert.
news-canceled = <b>Storniert.</b> Ihr Platz ist jetzt für andere frei.
news-handed-on = <b>Weitergegeben.</b> Diese Seite ist jetzt das Ticket der anderen Person: Schicken Sie ihr gleich die Adresse, denn Ihr eigener Link und Code gelten nicht mehr. Wer die Adresse hat, hat das Ticket.

## Changes by the ticket's holder

changes-title = Dieses Ticket ändern
changes-wrong-name = Nichts ist geändert: Geben Sie den Namen mit 1 bis 100 Zeichen an.
changes-wrong = { $problem }.
changes-name = Name auf diesem Ticket
changes-rename = Namen korrigieren
changes-hand-on = An eine andere Person weitergeben
changes-cancel = Dieses Ticket stornieren
changes-back = Zurück zum Ticket
changes-keep = Behalten
cancel-title = Stornieren: { $event }
cancel-heading = Dieses Ticket stornieren?
cancel-line = Mit dem Code ist dann kein Einlass mehr möglich, und der Platz ist sofort für andere frei. Sie können das nicht selbst rückgängig machen.
cancel-button = Ticket stornieren
hand-on-title = Weitergeben: { $event }
hand-on-heading = Dieses Ticket weitergeben
hand-on-heading-last = An { $name } weitergeben?
hand-on-mailed = Das neue Ticket geht per E-Mail an <strong class="address">{ $email }</strong>. Ist das richtig? Sie können es danach weder sehen noch ändern.
hand-on-link = Auf der nächsten Seite bekommen Sie den Link des neuen Tickets, den Sie selbst weiterschicken.
hand-on-line = Ab diesem Moment gelten Ihr Code, Ihr Link und Ihre Wallet-Karte nicht mehr, und nur die andere Person kann das rückgängig machen.
hand-on-button = Weitergeben
hand-on-name = Wem gehört es ab jetzt?
hand-on-name-wrong = Geben Sie einen Namen mit 1 bis 100 Zeichen an.
hand-on-email = E-Mail-Adresse dieser Person <span class="muted">(optional)</span>
hand-on-email-wrong = Das ist keine E-Mail-Adresse. Prüfen Sie sie, oder lassen Sie sie weg.
hand-on-email-hint = Das Ticket wird dorthin geschickt. Ohne Adresse bekommen Sie einen Link zum Weiterschicken.
hand-on-next = Weiter
handed-on-title = Dieses Ticket wurde weitergegeben
handed-on-mailed = <strong>Erledigt.</strong> Das neue Ticket ist per E-Mail unterwegs.
handed-on-line = Es gehört jetzt einer anderen Person, die einen neuen Code und einen neuen Link hat. Dieser Link, sein Code und seine Wallet-Karte gelten nicht mehr: Am Einlass heißt es, das Ticket wurde ersetzt.
handed-on-help = War das nicht so gemeint? Bitten Sie die andere Person, es zurückzugeben, oder den Veranstalter um Hilfe.

## Feedback after the visit

feedback-title = Hat Ihr Ticket funktioniert?
feedback-thanks = <b>Danke.</b>
feedback-said-yes = Sie haben geantwortet, dass es funktioniert hat.
feedback-said-no = Sie haben geantwortet, dass es nicht funktioniert hat.
feedback-change = Sie können Ihre Antwort ändern.
feedback-choose = Wählen Sie Ja oder Nein.
feedback-too-long = Bitte höchstens { $most } Zeichen.
feedback-slow-down = Das war etwas schnell. Warten Sie einen Moment und senden Sie es dann noch einmal.
feedback-text = Möchten Sie etwas hinzufügen? <span class="muted">(optional)</span>
feedback-hint = Der Veranstalter liest es ohne Ihren Namen.
feedback-yes = Ja
feedback-no = Nein

## Links that open nothing, and errors

no-ticket-title = Dieser Link öffnet kein Ticket
no-ticket-line = Vielleicht ist es ein alter Link: Wird ein Ticket neu ausgestellt, öffnet es nur der neueste. Oder ein Teil ging beim Kopieren verloren.
no-ticket-help = Suchen Sie die neueste Nachricht mit Ihrem Ticket und öffnen Sie den Link dort. Hilft das nicht, bitten Sie den Veranstalter, ihn noch einmal zu schicken, oder nennen Sie am Einlass Ihren Namen.
error-again = Nichts ist verloren. Warten Sie einen Moment und laden Sie diese Seite dann neu.
error-not-found = Der Link ist vielleicht alt oder falsch geschrieben.
error-not-allowed = Ein Inhaber dieses Servers kann Ihrem Konto mehr Rechte geben oder für Sie nachsehen.
error-other = Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
error-request = Nummer dieser Anfrage, für alle, die diesen Server betreuen: { $id }
