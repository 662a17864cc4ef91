### Seite des Relays einer Veranstaltung, in der Verwaltung.

relay-lead = Ein Relay ist ein kleiner Server auf einem Rechner am Veranstaltungsort. Seine Eingänge wissen voneinander und machen weiter, während die Verbindung zu diesem Server langsam oder weg ist.
relay-none = Es ist kein Relay verbunden
relay-is-there = { $name } ist verbunden
relay-is-alone = { $name } arbeitet allein seit { $time }
relay-is-lost = { $name } wurde für verloren erklärt: { $time }
relay-there-more = Dieser Server entscheidet über jeden Scan an seinen Eingängen.
relay-alone-more = Seine Eingänge machen weiter; was sie taten, kommt, sobald die Verbindung wieder steht. Erklären Sie es nur für verloren, wenn der Rechner endgültig weg ist.
relay-alone-free = Es wurde zehn Minuten nicht gehört; ein anderes Relay darf an seine Stelle treten. Was seine Eingänge taten, kommt dennoch, sobald die Verbindung wieder steht.
relay-lost-more = Sein Schlüssel gilt nicht mehr. Scans, die es nicht gesendet hatte, kommen von den Telefonen seiner Eingänge.
relay-not-named = Telefone finden es nicht: { $address } fehlt in HUB_ALLOWED_ORIGINS dieses Servers.
relay-address = Seine Adresse, wie Telefone es erreichen
relay-address-hint = Mit https und einem Zertifikat, dem Telefone vertrauen, etwa { $example }. Zum Ausprobieren auf einem Rechner leer lassen.
relay-joined = Verbunden seit
relay-heard = Zuletzt gehört
relay-waiting-now = Scans, die es noch zu senden hat
relay-waited = Scans, die es da noch zu senden hatte
relay-clock-ahead-s = Seine Uhr geht vor um
relay-seconds = { $seconds } s
relay-lose = Für verloren erklären
relay-lose-ask = { $name } für verloren erklären? Sein Schlüssel gilt dann nicht mehr, und es lässt niemanden mehr ein; ein anderes Relay darf sofort an seine Stelle treten. Scans, die es nicht gesendet hat, kommen von den Telefonen seiner Eingänge, sobald diese den Server erreichen: Entkoppeln Sie sie nicht. Das lässt sich nicht zurücknehmen.
relay-lose-waited = { $count ->
    [one] 1 Scan wartete, als es zuletzt gehört wurde.
   *[other] { $count } Scans warteten, als es zuletzt gehört wurde.
}
relay-lose-done = { $name } ist für verloren erklärt.
relay-new = Neues Relay
relay-name = Name
relay-name-hint = Wo es steht, etwa „Halle“: So heißt es in der Live-Ansicht.
relay-make = Schlüssel erstellen
relay-made = Der Schlüssel von { $name }
relay-made-run = Starten Sie es auf dem Rechner am Veranstaltungsort mit diesem Befehl:
relay-command = Der Befehl, der das Relay startet
relay-made-named = Nehmen Sie { $address } in HUB_ALLOWED_ORIGINS dieses Servers auf und starten Sie ihn neu, damit Telefone das Relay finden.
relay-made-hint = Wo es als Paket installiert ist, beginnt der Befehl mit { $package } statt { $checkout }. Der Schlüssel gilt nur für diese Veranstaltung und endet drei Tage nach ihr.
relay-keys = Schlüssel für das Relay dieser Veranstaltung
relay-keys-by-owners = Schlüssel für ein Relay erstellen Inhaber.
relay-key-used = In Gebrauch
relay-key-ready = Nicht in Gebrauch
relay-key-ended = Widerrufen
relay-key-revoke = Widerrufen
relay-key-ask = Den Schlüssel { $name } widerrufen? Ein Relay, das ihn benutzt, arbeitet allein weiter und kann nicht mehr senden, was es tut. Ist der Rechner weg, erklären Sie das Relay stattdessen für verloren.
relay-key-revoked = Der Schlüssel { $name } ist widerrufen.
