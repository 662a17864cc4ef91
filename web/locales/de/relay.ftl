### Die Statusseite eines Relays, und was die anderen Seiten eines Relays davon sagen.

relay-title = Relay { $name }
relay-dashboard = Live-Ansicht
relay-scanner = Scanner
relay-at-the-hub = Beim Server
relay-asking = Das Relay wird gefragt
relay-stale = Das Relay hat seit { $time } nicht geantwortet: So war es da.
relay-hub = Sein Server: { $address }

relay-state-connected = Verbunden seit { $time }
relay-state-degraded = Verbunden, langsam seit { $time }
relay-state-alone = Allein seit { $time }
relay-state-catching_up = Holt auf seit { $time }
relay-state-ended = Beendet um { $time }

relay-strip = { $state }. { $more }

relay-more-connected = Der Server entscheidet über jeden Scan.
relay-more-degraded = Der Server antwortet spät. Scans, auf die er nicht rechtzeitig antwortet, werden hier entschieden.
relay-more-alone = Der Server ist nicht zu erreichen. Die Eingänge machen weiter; was sie tun, wird gesendet, sobald die Verbindung wieder steht. Hier ist nichts zu tun.
relay-more-catching_up = Die Verbindung steht wieder. Scans werden hier entschieden, bis alle gesendet sind.

relay-ended = Der Server nimmt dieses Relay nicht mehr an. Es lässt niemanden ein: Nehmen Sie den Server selbst.
relay-ended-relay_taken = Ein anderes Relay hat seinen Platz eingenommen. Es lässt niemanden ein: Nehmen Sie das andere oder den Server selbst.
relay-ended-relay_lost = Es wurde beim Server für verloren erklärt. Es lässt niemanden ein: Starten Sie es mit einem neuen Schlüssel, oder nehmen Sie den Server selbst.
relay-ended-restored = Der Server wurde aus einer Sicherung wiederhergestellt. Warten Sie, bis kein Scan mehr zu senden ist, und starten Sie das Relay dann in einem neuen Ordner.
relay-ended-event_over = Die Veranstaltung ist vorbei, und ihre Kopie ist gelöscht.

relay-inside = Jetzt drin
relay-admitted = Eingelassen
relay-admitted-of = { $admitted } von { $booked }
relay-waiting = Scans zu senden
relay-behind = Änderungen beim Server zu holen
relay-exchange = Zuletzt vom Server gehört
relay-exchange-never = Nicht seit seinem Start
relay-clock = Seine Uhr
relay-clock-right = Richtig
relay-clock-ahead = { $seconds } s vor der des Servers
relay-clock-behind = { $seconds } s hinter der des Servers
relay-refused = Scans, die der Server nicht aufnahm
relay-refused-more = Sie stehen nur hier im Protokoll. Fragen Sie mit dem Code, wer den Server betreibt.
relay-refused-line = { $time }, { $device }: { $code }
relay-refused-device = ein Telefon
