### Die Seite des Scanners: was von Anfang an dort steht. Was ihre Skripte sagen, steht in `scanning.ftl`.

scan-app = Scanner
scan-no-script = Der Scanner braucht JavaScript: Erlauben Sie es für diese Seite.

## Pairing

scan-pair-none = Dieses Telefon ist nicht gekoppelt
scan-pair-how = Bitten Sie den Veranstalter um einen Kopplungscode. Öffnen Sie ihn mit der Kamera dieses Telefons, oder lesen Sie ihn hier.
scan-pair-by-camera = Kopplungscode lesen
scan-pair-title = Einlasskontrolle
scan-pair-now = Dieses Telefon koppeln
scan-pair-keep = Alles lassen, wie es ist

## Scanning

scan-direction = Richtung
scan-in = Einlass
scan-out = Ausgang
scan-hint = Ein Handlesegerät schreibt von selbst hierher.
scan-next = Weiter
scan-force = Trotzdem einlassen
scan-light = Licht
scan-recent = Letzte Scans dieses Telefons
scan-none = Noch nichts gescannt.
scan-conflict-seen = Gesehen

## People without tickets

scan-heads-title = Personen ohne Ticket
scan-heads-kind = Wer sie sind
scan-heads-walk_in = Ohne Reservierung
scan-heads-child = Kind
scan-heads-crew = Team
scan-heads-more = Einer mehr drinnen
scan-heads-less = Einer geht

## The menu

scan-menu-title = Mehr
scan-menu-training = Üben: Nichts wird festgehalten
scan-menu-party = Fragen, wie viele einer Reservierung kommen
scan-menu-sound = Ton
scan-menu-unpair = Dieses Telefon entkoppeln
scan-door-title = Eingang wechseln
scan-door-lead = An welchem Eingang steht dieses Telefon von jetzt an?
scan-door-keep = Hier bleiben

## Finding a guest

scan-find-title = Gast suchen
scan-find-label = Name, mindestens 3 Buchstaben; oder E-Mail, Telefon, Reservierung, Ticketnummer, Strichcode, Platz
scan-find-next = Mehr zeigen
scan-close = Schließen

## Selling

scan-sale-when = Termin
scan-sale-total = Summe
scan-sale-given = Bar erhalten
scan-sale-next = Nächster Kunde

## Questions

scan-party-how = Wie viele kommen jetzt herein?
scan-party-none = Niemand
scan-question-yes = Ja
scan-question-no = Nein
scan-force-title = Trotzdem einlassen?
scan-force-lead = Es wird mit Ihrem Grund festgehalten.
scan-force-reason = Grund
scan-force-yes = Einlassen
scan-force-cancel = Nicht einlassen
