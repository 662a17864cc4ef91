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
check-url-silent = { $url } antwortet nicht ({ $why }): Prüfen Sie Proxy, Firewall und Hub
check-url-other-server = auf { $url } antwortet ein anderer Server: Der Proxy muss alle Pfade weiterleiten
check-url-status = { $url } antwortet mit Status { $status }: Läuft der Hub hinter dem Proxy?
check-url-answers = { $url } antwortet, Version { $version }
check-url-other-version = { $url } antwortet als Version { $version }, diese ist { $own }: Starten Sie den Hub neu
check-upgrade-lost = kommt nicht durch ({ $why }): Der Proxy muss Upgrades auf /live zulassen
check-upgrade-refused = kommt nicht durch (Status { $status }): Der Proxy muss Upgrades auf /live zulassen
check-upgrade-through = WebSocket-Upgrades kommen durch
check-certificate-untrusted = Telefone vertrauen ihm nicht: { $why }; erneuern Sie es oder senden Sie die ganze Kette
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
check-database-no-hub = auf { $folder } läuft kein Hub: Starten Sie ihn oder nennen Sie seinen Datenordner
check-database-refused = die Datenbank lehnt ab: { $why }
check-database-silent = antwortet nicht ({ $why }): Sehen Sie nach ihren Mitgliedern
check-version-supported = MongoDB { $version }
check-version-ended = MongoDB { $version } bekommt seit { $date } keine Sicherheitsupdates mehr: Setzen Sie eine neuere ein
check-version-unsupported = MongoDB { $version } bekommt keine Sicherheitsupdates mehr: Setzen Sie eine neuere ein
check-members-embedded = die eingebaute: eine Kopie, auf diesem Rechner; sichern Sie sie, oder nehmen Sie ein Replica Set aus dreien
check-members-unseen = { $count ->
    [one] 1 Mitglied; sein Rückstand ist nicht zu sehen: Geben Sie dem Zugang die Rolle clusterMonitor
   *[other] { $count } Mitglieder; ihr Rückstand ist nicht zu sehen: Geben Sie dem Zugang die Rolle clusterMonitor
}
check-members-few = { $count ->
    [one] 1 Mitglied hält die Daten: Mit dreien läuft der Hub weiter, wenn eines ausfällt
   *[other] { $count } Mitglieder halten die Daten: Mit dreien läuft der Hub weiter, wenn eines ausfällt
}
check-members-sound = { $count ->
    [one] 1 Mitglied, ohne Rückstand
   *[other] { $count } Mitglieder, keines im Rückstand
}
check-member-away = { $host } ist { $state }: Starten Sie es oder sehen Sie in sein Protokoll
check-member-arbiter = { $host } ist ein Arbiter: Ersetzen Sie ihn durch ein Mitglied mit Daten
check-member-behind = { $host } ist { $seconds } s im Rückstand: Prüfen Sie Speicher und Netz
check-indexes-there = alle sind da
check-indexes-missing = es fehlen: { $names }; der Start des Hubs legt sie an: Starten Sie ihn neu
check-clock-agrees = stimmt mit der dieses Rechners überein
check-clock-apart = weicht um { $seconds } s von der dieses Rechners ab: Synchronisieren Sie beide
check-mail-none = nicht eingerichtet: Gäste bekommen keine Tickets per E-Mail; setzen Sie HUB_SMTP_HOST und HUB_SMTP_FROM
check-mail-login = { $server } lehnt die Anmeldung ab: Prüfen Sie HUB_SMTP_USER und HUB_SMTP_PASSWORD
check-mail-tls = { $server } spricht kein vertrauenswürdiges TLS: Prüfen Sie HUB_SMTP_SECURITY und den Port
check-mail-security = { $server } lehnt ab, was HUB_SMTP_SECURITY={ $security } verlangt
check-mail-away = { $server } ist nicht erreichbar: Prüfen Sie HUB_SMTP_HOST, HUB_SMTP_PORT und die Firewall
check-mail-taken = { $server } nimmt E-Mails von { $sender } an
check-passes-none = kein Zertifikat von Apple ist eingerichtet: Tickets sind Seiten und QR-Codes
check-passes-unusable = das Zertifikat für Karten ist unbrauchbar: { $why }
check-passes-ready = das Zertifikat für Karten gilt bis { $date }
check-passes-expiring = das Zertifikat für Karten läuft am { $date } ab: Erneuern Sie es
check-passes-early = das Zertifikat für Karten gilt erst ab { $date }
check-passes-expired = das Zertifikat für Karten ist am { $date } abgelaufen: Erneuern Sie es
