### Die Seiten der Webhooks und des Betriebs.
webhooks-active = Aktiv
webhooks-paused = Pausiert
webhooks-because = Vom Server pausiert: { $reason }. Was inzwischen geschieht, wartet und geht ab, sobald Sie fortsetzen.
webhooks-open = Webhook öffnen
webhooks-made = Der Webhook ist erstellt
webhooks-new-secret = Das neue Geheimnis
webhooks-signs = Dieses Geheimnis signiert, was gesendet wird. Es wird nur dieses eine Mal gezeigt: Kopieren Sie es jetzt auf Ihren Server.
webhooks-until = Es signiert ab jetzt; das vorige signiert daneben bis { $time }. Es wird nur dieses eine Mal gezeigt: Kopieren Sie es jetzt auf Ihren Server.
webhooks-secret = das Geheimnis
webhooks-ping = Ping senden
webhooks-pinged = Der Ping wurde angenommen: { $why }.
webhooks-not-pinged = Der Ping wurde nicht angenommen: { $why }.
webhooks-pause = Pausieren
webhooks-resume = Fortsetzen
webhooks-rotate = Neues Geheimnis
webhooks-delete = Löschen
webhooks-ask = Diesen Webhook löschen, mit allem, was auf ihn wartet, und dem Verlauf seiner Sendungen? Das lässt sich nicht rückgängig machen.
webhooks-ask-rotate = Ein neues Geheimnis erstellen? Es signiert sofort; das alte signiert einen Tag daneben, damit Ihr Server folgen kann.
kinds-patterns = Muster
letters-again = Noch einmal senden
letters-waiting = Wartet
letters-delivered = Zugestellt
letters-set_aside = Beiseitegelegt
letters-tries = { $count ->
    [one] 1 Versuch
   *[other] { $count } Versuche
}
letters-to-webhooks = an einen Webhook
letters-to-wallet-pushes = an Apple Wallet
letters-to-google-wallet = an Google Wallet
letters-to-mail = per E-Mail
letters-to-account-mail = per E-Mail, an einen Benutzer
letters-to-waiting-mail = per E-Mail, Warteliste
letters-to-wallet-letters = per E-Mail, Angebot von Wallet-Karten
running-state = Datenbank und Änderungen
running-live = Live-Verbindung
running-version = Version des Servers
running-database = Datenbank
database-ended = Keine Sicherheitsupdates mehr
running-certificate = Zertifikat (HTTPS)
certificate-ready = Gültig
certificate-expiring = Läuft bald ab
certificate-ended = Abgelaufen
running-proxy = Proxy
proxy-unnamed = Nicht vertraut
proxy-unnamed-more = { $address } leitet Anfragen weiter, und alle ihre Absender zählen als einer: Nennen Sie die Adresse in HUB_TRUSTED_PROXIES, wenn es Ihr Proxy ist.
live-through = Kommt durch
live-blocked = Kommt nicht durch: Lässt der Proxy Upgrades zu?
running-ready = Bereit
running-away = Nicht bereit: Die Datenbank ist nicht erreichbar
running-apple = Apple Wallet
running-google = Google Wallet
running-until = bis { $time }
schedule-minutes = { $count ->
    [one] Jede Minute
   *[other] Alle { $count } Minuten
}
schedule-seconds = { $count ->
    [one] Jede Sekunde
   *[other] Alle { $count } Sekunden
}
schedule-daily = Jeden Tag um { $time } UTC
schedule-own = Nach eigenem Plan: { $crontab }
running-never = Noch nicht
running-runs = { $count ->
    [one] 1 Lauf
   *[other] { $count } Läufe
}
running-changed = { $count ->
    [one] 1 geändert
   *[other] { $count } geändert
}
wallet-ready = Bereit
wallet-expiring = Läuft bald ab
wallet-development = Nur zur Entwicklung
wallet-unusable = Nicht verwendbar
wallet-configured = Bereit
wallet-off = Nicht eingerichtet
job-retime = Tickets folgen geänderten Zeiten
job-settle_offers = Freie Plätze werden Wartenden angeboten
job-forget_waiting = Vergeblich Wartende werden vergessen
job-expire = Tickets laufen ab
job-delete = Abgelaufene Tickets werden gelöscht
job-free_unpaid = Unbezahlte Plätze werden frei
job-exit_all = Alle werden ausgecheckt
job-alerts = Warnungen werden gesucht
job-trim_letters = Alte Sendungen werden vergessen
job-imports = Abgebrochene Importe werden weggeräumt
job-result-done = Erledigt
job-result-stopped = Unterwegs angehalten
job-result-failed = Fehlgeschlagen

## The page of webhooks, and that of one

webhooks-lead = Ihr eigener Server erfährt, was geschieht: signiert, der Reihe nach, mindestens einmal, und einen Tag lang erneut versucht.
webhooks-told = Erfährt von
webhooks-none = Noch keine Webhooks.
webhooks-none-more = Erstellen Sie unten einen, und senden Sie ihm einen Ping.
webhooks-new = Neuer Webhook
webhooks-kinds = Wovon er erfährt
webhooks-make = Webhook erstellen
webhooks-deliveries = Sendungen
webhooks-show = Zeigen
webhooks-all = Alle
webhooks-no-deliveries = Keine solchen Sendungen. Sie werden 30 Tage aufbewahrt.
webhooks-change = Ändern
kinds-door = An den Eingängen
kinds-tickets = Tickets und Reservierungen
kinds-money = Zahlungen und Kassen
kinds-event = Die Veranstaltung
kinds-import = Importe
kinds-devices = Telefone
kinds-alerts = Warnungen und ihr Ende
kinds-hub = Der Server selbst

## The page of the hub's operation

running-hub = Der Server
running-jobs = Geplante Aufgaben
running-last = Letzter Lauf
running-result = Ergebnis
running-before = Davor
running-no-jobs = Noch ist nichts gelaufen: Kommen Sie in ein paar Minuten wieder.
running-letters = Nicht zustellbar
running-letters-more = Was Webhooks, Wallets und E-Mail binnen eines Tages nicht annahmen, liegt hier beiseite, um von Hand noch einmal gesendet zu werden.
running-no-letters = Nichts liegt beiseite.
wallet-development-more = kein Zertifikat für Karten ist eingerichtet: Telefone lehnen diese Karten ab
