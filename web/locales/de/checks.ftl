### Prüfungen einer Installation, wie `run.py check` und *Betrieb* sie sagen.
checks-title = Prüfungen
checks-running = Wird geprüft…
checks-failed = Die Prüfungen konnten nicht geholt werden: { $why }
checks-again = Noch einmal prüfen
checks-sound = Nichts zu tun, Stand { $time }.
checks-found = { $count ->
    [one] 1 Punkt ist zu beheben, Stand { $time }.
   *[other] { $count } Punkte sind zu beheben, Stand { $time }.
}
checks-aspect = Geprüft
checks-state = Zustand
checks-more = Was zu tun ist
checks-ok = In Ordnung
checks-warn = Zu beheben
checks-fail = Gestört

## Was geprüft wird

aspect-certificate = Zertifikat
aspect-clock = Uhr
aspect-disk = Speicherplatz
aspect-open-files = Offene Dateien
aspect-secrets = Geheimnisse
aspect-hub-secret = Geheimnis des Servers
aspect-database = Datenbank
aspect-database-version = Version der Datenbank
aspect-replica-set = Replica Set
aspect-indexes = Indizes
aspect-database-clock = Uhr der Datenbank
aspect-mail = E-Mail
aspect-wallet-passes = Wallet-Karten

## Wie es darum steht

check-late = kein Ergebnis binnen { $seconds } s
check-broken = konnte nicht geprüft werden: Sehen Sie im Protokoll nach
check-url-local = { $url } führt nur zu diesem Rechner, kein Telefon erreicht ihn: Setzen Sie HUB_BASE_URL
check-url-no-address = { $host } hat keine Adresse: Legen Sie den DNS-Eintrag an
check-url-silent = { $url } antwortet nicht: Prüfen Sie Proxy, Firewall und diesen Server; das Protokoll nennt den Grund
check-url-late = { $url } antwortet nicht binnen { $seconds } s: Prüfen Sie Proxy, Firewall und diesen Server
check-url-closed = { $url } weist die Verbindung ab: Läuft der Proxy, und an diesem Port?
check-url-no-tls = { $url } spricht kein TLS: Richten Sie das Zertifikat des Proxys ein, oder prüfen Sie den Port
check-url-other-server = auf { $url } antwortet ein anderer Server: Der Proxy muss alle Pfade weiterleiten
check-url-status = { $url } antwortet mit Status { $status }: Läuft der Server hinter dem Proxy?
check-url-answers = { $url } antwortet, Version { $version }
check-url-other-version = { $url } antwortet als Version { $version }, diese ist { $own }: Starten Sie den Server neu
check-upgrade-lost = kommt nicht durch: Der Proxy muss Upgrades auf /live zulassen
check-upgrade-refused = kommt nicht durch (Status { $status }): Der Proxy muss Upgrades auf /live zulassen
check-upgrade-through = WebSocket-Upgrades kommen durch
check-certificate-untrusted = Telefone vertrauen ihm nicht: Erneuern Sie es, oder senden Sie die ganze Kette; das Protokoll nennt den Grund
check-certificate-ended = ist abgelaufen, und Telefone lehnen es ab: certbot renew, dann den Proxy neu laden
check-certificate-early = ist noch nicht gültig: Prüfen Sie die Uhr dieses Rechners, sonst das Zertifikat
check-certificate-own = ist selbst signiert, und Telefone lehnen es ab: Holen Sie eines von einer Zertifizierungsstelle, etwa mit certbot
check-certificate-chain = seinem Aussteller wird nicht vertraut, oder die Kette ist unvollständig: Der Proxy muss die ganze Kette senden (fullchain.pem)
check-certificate-other-name = gilt nicht für { $host }: Holen Sie eines für diesen Namen, oder setzen Sie HUB_BASE_URL auf seinen Namen
check-certificate-unseen = { $url } ist von hier nicht erreichbar: Prüfen Sie mit einem Telefon, ob die Seite aufgeht
check-certificate-holds = gilt bis { $date } ({ $days ->
    [one] 1 Tag
   *[other] { $days } Tage
})
check-certificate-late = gilt bis { $date } ({ $days ->
    [one] 1 Tag
   *[other] { $days } Tage
}): Es sollte schon erneuert sein; certbot renew, dann den Proxy neu laden
check-clock-synchronised = ist synchronisiert
check-clock-free = ist nicht synchronisiert: timedatectl set-ntp true
check-clock-unknown = das System sagt nicht, ob sie synchronisiert ist: Vergleichen Sie sie mit einem Telefon
check-disk-free = { $size } GB frei in { $folder }
check-disk-little = { $size } GB frei in { $folder }: Schaffen Sie Platz
check-disk-full = { $size } GB frei in { $folder }: Schaffen Sie Platz, ohne den die Datenbank stehen bleibt
check-files-any = beliebig viele je Prozess
check-files-enough = { $limit } je Prozess
check-files-few = { $limit } je Prozess: Setzen Sie vor dem Start LimitNOFILE=65536 (systemd) oder ulimit -n 65536
check-secrets-kept = nur der Eigentümer kann ihre Dateien lesen
check-secrets-open = andere auf diesem Rechner können { $path } lesen: chmod 600 { $path }
check-secret-since = in Gebrauch seit { $date } ({ $days ->
    [one] 1 Tag
   *[other] { $days } Tagen
})
check-secret-unfinished = { $names } soll es ablösen, und noch nicht jeder Server kennt es: run.py secret rotate macht weiter
check-secret-earlier = ein früheres gilt noch: run.py secret rotate versiegelt den Rest neu, danach beendet es run.py secret retire
check-secret-retired = ein außer Kraft gesetztes ({ $names }) steht noch in { $path } oder in den Einstellungen: Bewahren Sie es stattdessen bei den Sicherungen aus seiner Zeit auf
check-secret-unknown = { $names } gilt und ist hier nicht bekannt: in { $path } eintragen
check-secret-short = hat weniger als { $characters } Zeichen und ließe sich aus einer gestohlenen Datenbank erraten: Ersetzen Sie es mit run.py secret rotate durch ein zufälliges
check-database-no-hub = auf { $folder } läuft kein Server: Starten Sie ihn oder nennen Sie seinen Datenordner
check-database-refused = HUB_MONGODB_URI ist nicht verwendbar: Prüfen Sie Form und Namen; das Protokoll nennt den Grund
check-database-login = lehnt die Anmeldung von HUB_MONGODB_URI ab: Prüfen Sie Benutzer, Passwort und authSource
check-database-rights = dem Benutzer von HUB_MONGODB_URI fehlen Rechte: Er braucht die Rollen readWrite und dbAdmin der Datenbank { $database }
check-database-old = ihre Version passt nicht: Nehmen Sie MongoDB 8.0
check-database-standalone = ist ein einzelner Server: HUB_MONGODB_URI muss ein Replica Set oder einen Sharded Cluster nennen
check-database-silent = ist nicht erreichbar: Prüfen Sie ihre Mitglieder, Netz und Firewall; das Protokoll nennt den Grund
check-database-no-primary = antwortet, hat aber keinen Primary: Starten Sie die fehlenden Mitglieder, es braucht eine Mehrheit
check-database-no-member = kein Host von HUB_MONGODB_URI gehört zum genannten Replica Set: Prüfen Sie replicaSet
check-database-no-trust = ihrem TLS-Zertifikat wird nicht vertraut, oder es gilt nicht für diesen Namen: Prüfen Sie tlsCAFile und Zertifikat; das Protokoll nennt den Grund
check-database-unknown-host = die Hostnamen von HUB_MONGODB_URI sind hier nicht bekannt: Prüfen Sie ihre DNS-Einträge
check-version-supported = MongoDB { $version }
check-version-ended = MongoDB { $version } bekommt seit { $date } keine Sicherheitsupdates mehr: Setzen Sie eine neuere ein
check-version-unsupported = MongoDB { $version } bekommt keine Sicherheitsupdates mehr: Setzen Sie eine neuere ein
check-members-embedded = die eingebaute: eine Kopie, auf diesem Rechner; sichern Sie sie, oder nehmen Sie ein Replica Set aus dreien
check-members-unseen = { $count ->
    [one] 1 Mitglied; sein Rückstand ist nicht zu sehen: Geben Sie dem Zugang die Rolle clusterMonitor
   *[other] { $count } Mitglieder; ihr Rückstand ist nicht zu sehen: Geben Sie dem Zugang die Rolle clusterMonitor
}
check-members-few = { $count ->
    [one] 1 Mitglied hält die Daten: Mit dreien läuft der Server weiter, wenn eines ausfällt
   *[other] { $count } Mitglieder halten die Daten: Mit dreien läuft der Server weiter, wenn eines ausfällt
}
check-members-sound = { $count ->
    [one] 1 Mitglied, ohne Rückstand
   *[other] { $count } Mitglieder, keines im Rückstand
}
check-member-away = { $host } ist { $state }: Starten Sie es oder sehen Sie in sein Protokoll
check-member-arbiter = { $host } ist ein Arbiter: Ersetzen Sie ihn durch ein Mitglied mit Daten
check-member-behind = { $host } ist { $seconds } s im Rückstand: Prüfen Sie Speicher und Netz
check-indexes-there = alle sind da
check-indexes-missing = es fehlen: { $names }; der Start des Servers legt sie an: Starten Sie ihn neu
check-clock-agrees = stimmt mit der dieses Rechners überein
check-clock-apart = weicht um { $seconds } s von der dieses Rechners ab: Synchronisieren Sie beide
check-mail-none = nicht eingerichtet: Gäste bekommen keine Tickets per E-Mail; setzen Sie HUB_SMTP_HOST und HUB_SMTP_FROM
check-mail-login = { $server } lehnt die Anmeldung ab: Prüfen Sie HUB_SMTP_USER und HUB_SMTP_PASSWORD
check-mail-tls = { $server } spricht kein vertrauenswürdiges TLS: Prüfen Sie HUB_SMTP_SECURITY und den Port
check-mail-security = { $server } lehnt ab, was HUB_SMTP_SECURITY={ $security } verlangt
check-mail-away = { $server } ist nicht erreichbar: Prüfen Sie HUB_SMTP_HOST, HUB_SMTP_PORT und die Firewall
check-mail-taken = { $server } nimmt E-Mails von { $sender } an
check-passes-none = kein Zertifikat von Apple ist eingerichtet: Tickets sind Seiten und QR-Codes
check-passes-incomplete = { $names } fehlt: Zertifikat, Schlüssel und WWDR gehören zusammen
check-passes-no-file = { $name }: { $path } gibt es nicht
check-passes-unreadable = { $name }: { $path } ist nicht lesbar: Prüfen Sie Besitzer und Rechte
check-passes-no-certificate = { $name }: { $path } ist kein Zertifikat in PEM oder DER
check-passes-key-locked = HUB_WALLET_KEY: { $path } braucht HUB_WALLET_KEY_PASSWORD
check-passes-key-open = HUB_WALLET_KEY: { $path } hat kein Passwort, und eines ist gesetzt
check-passes-key-unreadable = HUB_WALLET_KEY: { $path } ist mit diesem Passwort nicht lesbar
check-passes-key-kind = HUB_WALLET_KEY: { $path } ist weder ein RSA- noch ein EC-Schlüssel
check-passes-other-key = HUB_WALLET_KEY ist nicht der Schlüssel von HUB_WALLET_CERT
check-passes-other-issuer = HUB_WALLET_CERT wurde nicht von HUB_WALLET_WWDR ausgestellt, sondern von { $issuer }
check-passes-other-kind = HUB_WALLET_CERT ist kein Zertifikat für Wallet-Karten: Es nennt weder Kartentyp noch Team
check-passes-ready = das Zertifikat für Karten gilt bis { $date }
check-passes-expiring = das Zertifikat für Karten läuft am { $date } ab: Erneuern Sie es
check-passes-early = das Zertifikat für Karten gilt erst ab { $date }
check-passes-expired = das Zertifikat für Karten ist am { $date } abgelaufen: Erneuern Sie es
