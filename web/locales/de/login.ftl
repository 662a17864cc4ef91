### Die Anmeldeseite der Veranstalter und ihres Teams.

login-title = Anmelden
login-username = Benutzername
login-password = Passwort
login-button = Anmelden
login-door = Sie scannen am Einlass? Dafür brauchen Sie keine Anmeldung: Öffnen Sie den Kopplungslink, den Ihnen der Veranstalter zeigt.
login-wrong = Benutzername oder Passwort falsch
login-wait = { $seconds ->
    [one] Zu viele Versuche. Warten Sie { $seconds } Sekunde und versuchen Sie es dann noch einmal.
   *[other] Zu viele Versuche. Warten Sie { $seconds } Sekunden und versuchen Sie es dann noch einmal.
}
login-unavailable = Der Hub erreicht seine Datenbank nicht. Versuchen Sie es gleich noch einmal.

## Wahl eines Passworts

password-title = Passwort wählen
password-heading = Wählen Sie Ihr Passwort
password-line = Das, mit dem Sie sich angemeldet haben, wurde für Sie erstellt. Wählen Sie Ihr eigenes, { $name }, und machen Sie weiter.
password-new = Neues Passwort
password-problem = Dieses Passwort { $problem }.
password-hint = 10 Zeichen oder mehr. Mehrere Wörter sind ein gutes Passwort.
password-button = Speichern und weiter
