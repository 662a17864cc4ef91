### Die Seiten der Telefone, ihrer Kopplung und ihrer Scans.
devices-all-events = Alle Veranstaltungen
devices-battery = { $percent } %
devices-queue = Wartend: { $count }
device-archived = Außer Betrieb
device-joined = { $joined } von { $uses } Telefonen gekoppelt
device-used-up = Aufgebraucht: alle { $uses } Telefone gekoppelt
device-is-online = Online
device-is-training = Übt
device-seen-at = Zuletzt gesehen { $at }
device-paired = Gekoppelt
device-waiting = Wartet auf Kopplung
device-code-over = Nicht gekoppelt, Code abgelaufen
device-silent-from = Meldet sich nicht seit { $since }
device-making = Code { $n } von { $count } wird erstellt
device-no-door = kein eigener Eingang: das Haus
device-in-service = Verloren oder gestohlen? Nehmen Sie es außer Betrieb: Es hört sofort auf, überall. Ein neuer Code ist für ein anderes Telefon an seiner Stelle oder dasselbe nach einem Zurücksetzen; das alte geht, bis der Code benutzt ist.
device-is-archived = Außer Betrieb: Kein Scan davon wird angenommen. Was es an Offline-Scans noch gesendet hat, wartet hier auf Sie; darunter steht, was es getan hat.
device-renew = Neuer Kopplungscode
device-archive = Dieses Telefon außer Betrieb nehmen
device-archive-asked = { $name } sofort und endgültig außer Betrieb nehmen?
device-archived-now = Es ist außer Betrieb. Sehen Sie unten, was es gescannt hat.
pairing-label = Kopplungscode: { $name }
pairing-on-this = Das Telefon koppeln, das diese Seite zeigt
pairing-until = Gilt bis { $until }
pairing-left = Gilt noch { $clock }
pairing-hours = { $hours } h { $minutes } min
pairing-over = Dieser Code ist abgelaufen.
pairing-paired = Gekoppelt
pairing-again = Neuer Code
pairing-own-host = Die Codes führen zu { $address }, was nur dieser Rechner öffnen kann: Telefone finden es nicht. Starten Sie den Server mit der Adresse, die sie benutzen (--base-url).
pairing-insecure = Die Codes führen zu { $address }, ohne https: Browser öffnen dort keine Kamera. Scanner-Apps und Handlesegeräte gehen.
scans-gone = Gelöscht
scans-tick = Zurücknehmen: { $who }, { $when }
scans-none-ticked = Haken Sie die Scans an, die zurückgenommen werden sollen.
scans-undone = { $count ->
    [one] 1 Scan wurde zurückgenommen.
   *[other] { $count } Scans wurden zurückgenommen.
}
scans-taken-back = Zurückgenommen
scans-more = Das sind die neuesten { $count }. Wählen Sie eine spätere Zeit, um weniger zu sehen.
held-accept = Annehmen
held-drop = Verwerfen
held-accept-asked = { $count ->
    [one] 1 Scan so aufnehmen, wie er am Eingang geschah?
   *[other] { $count } Scans so aufnehmen, wie sie am Eingang geschahen?
}
held-drop-asked = { $count ->
    [one] 1 Scan endgültig vergessen?
   *[other] { $count } Scans endgültig vergessen?
}
held-accepted = Sie sind aufgenommen.
held-dropped = Sie sind vergessen.

## The page

devices-add = Telefone hinzufügen
devices-all = Alle
devices-archived = Außer Betrieb genommene zeigen
devices-where = Wo
devices-power = Akku
devices-waiting = Wartende Scans
devices-none = Noch keine Telefone hier.
devices-none-more = Fügen Sie eines hinzu: Jedes Telefon mit Kamera wird zum Scanner, indem es einen Code liest.
devices-all-until = alle Veranstaltungen, bis es außer Betrieb geht
devices-example = Eingang 1
devices-name-hint = Wird an den Eingängen und im Dashboard gezeigt. Mehrere Telefone werden nummeriert.
devices-count = Wie viele Telefone
devices-pairing = Kopplung
devices-code-each = ein Code für jedes Telefon
devices-code-one = ein Code, den alle lesen
devices-app = App
devices-app-own = der Scanner dieses Servers
devices-app-tibillet = TiBillet-Telefon
devices-works = Codes gelten
devices-works-15 = 15 Minuten
devices-works-60 = eine Stunde
devices-works-1440 = einen Tag
devices-works-10080 = eine Woche
devices-works-hint = Wer einen Code liest, darf scannen: Drucken Sie lange gültige Codes nur, wo Sie das Papier verwahren.
devices-may = Darf auch
devices-may-search = Gäste nach Namen finden und von Hand einlassen
devices-may-undo = einen Scan zurücknehmen, 15 Minuten lang
devices-may-headcount = Personen ohne Ticket zählen: Team, Kinder
devices-may-names = Namen der Gäste sehen, live und offline
devices-may-force = trotz Abweisung einlassen, mit festgehaltenem Grund
devices-may-over-limit = einlassen, wenn das Haus voll ist
devices-may-sell = Tickets verkaufen und Geld für unbezahlte nehmen
devices-may-hint = Jedes Telefon scannt und folgt seiner Veranstaltung. Die letzten drei sind für Personen, denen Sie die Entscheidung zutrauen.
devices-make = Codes erstellen
devices-codes = Kopplungscodes
devices-print = Drucken
devices-done = Fertig
devices-codes-hint = Diese Codes werden nur dieses eine Mal gezeigt. Richten Sie die Kamera eines Telefons darauf, oder lesen Sie ihn in einer schon vorhandenen Scanner-App.
devices-service = Dienst
devices-held = Offline-Scans, die auf Sie warten
devices-held-more = Dieses Telefon hat sie gesendet, nachdem es außer Betrieb genommen war. Nehmen Sie sie an, wenn es da noch in guten Händen war.
devices-scanned = Gescannt
devices-phone-said = Das Telefon sagte
devices-received = Empfangen
devices-scans = Was es gescannt hat
devices-since = Seit
devices-show = Zeigen
devices-scan = Scan
devices-guest = Gast
devices-answer = Antwort
devices-take-back = Angehakte zurücknehmen
devices-no-scans = Nichts seitdem.
devices-may-door = den Eingang wechseln, im eigenen Menü
