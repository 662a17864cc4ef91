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
login-unavailable = Der Server erreicht seine Datenbank nicht. Versuchen Sie es gleich noch einmal.

## Wahl eines Passworts

password-title = Passwort wählen
password-heading = Wählen Sie Ihr Passwort
password-line = Das, mit dem Sie sich angemeldet haben, wurde für Sie erstellt. Wählen Sie Ihr eigenes, { $name }, und machen Sie weiter.
password-new = Neues Passwort
password-problem = Dieses Passwort { $problem }.
password-hint = 10 Zeichen oder mehr. Mehrere Wörter sind ein gutes Passwort.
password-button = Speichern und weiter

## Passwort vergessen

login-forgot = Passwort vergessen?
back-to-login = Zurück zur Anmeldung
forgot-title = Passwort vergessen?
forgot-line = Wir schicken Ihnen einen Link, mit dem Sie ein neues setzen.
forgot-email = Ihre E-Mail-Adresse
forgot-button = Link senden
forgot-no-address = Das ist keine E-Mail-Adresse.
forgot-sent = Wenn { $address } die bestätigte Adresse eines Benutzers ist, ist ein Link dorthin unterwegs. Er gilt eine Stunde.
forgot-sent-more = Nach ein paar Minuten nichts da? Sehen Sie im Spam-Ordner nach, oder bitten Sie einen Inhaber dieses Servers um ein neues Passwort.
forgot-no-mail = Dieser Server verschickt keine E-Mails. Wenden Sie sich an einen seiner Inhaber: Er gibt Ihnen unter Verwaltung, Benutzer ein neues Passwort.
reset-title = Neues Passwort setzen
reset-line = Alle Ihre Anmeldungen enden, auf jedem Gerät.
reset-button = Passwort setzen
reset-invalid = Dieser Link gilt nicht mehr: Er wurde benutzt, ist älter als eine Stunde, oder ein neuerer wurde verschickt.
reset-again = Neuen Link anfordern
reset-done = Ihr neues Passwort ist gesetzt. Melden Sie sich damit an.

## Bestätigung einer Adresse

verify-title = Ihre E-Mail-Adresse
verify-line = { $name }, ist { $address } Ihre Adresse? Dann kann ein neues Passwort dorthin geschickt werden, wenn Sie Ihres vergessen.
verify-button = Ja, bestätigen
verify-done = Ihre Adresse ist bestätigt.

## Zweiter Schritt der Anmeldung

code-title = Zweiter Schritt
code-line = Ihr Passwort stimmt. Jetzt der Code Ihrer Authenticator-App.
code-label = Code
code-hint = Sechs Ziffern. Ohne Ihr Telefon: einer Ihrer Wiederherstellungscodes.
code-button = Anmelden
code-wrong = Dieser Code ist falsch oder wurde schon benutzt. Die App zeigt alle 30 Sekunden einen neuen.
code-lost = { $minutes ->
    [one] Sie haben { $minutes } Minute Zeit. Weder App noch Wiederherstellungscodes zur Hand? Ein Inhaber dieses Servers kann Ihren zweiten Faktor ausschalten.
   *[other] Sie haben { $minutes } Minuten Zeit. Weder App noch Wiederherstellungscodes zur Hand? Ein Inhaber dieses Servers kann Ihren zweiten Faktor ausschalten.
}

## Zweiter Faktor, den die Rolle verlangt

setup-title = Zweiten Faktor einrichten
setup-line = Ihre Rolle braucht ihn, { $name }: Neben dem Passwort verlangt die Anmeldung dann den Code einer App auf Ihrem Telefon.
setup-password = Ihr Passwort
setup-begin = Authenticator-App einrichten
setup-scan = Scannen Sie dies mit einer Authenticator-App und geben Sie dann den Code ein, den sie zeigt.
setup-qr = Code für die Authenticator-App
setup-secret = Keine Kamera zur Hand? Geben Sie dieses Geheimnis in die App ein:
setup-code = Code der App
setup-confirm = Einschalten
setup-wrong-password = Das ist nicht Ihr Passwort.
setup-wrong-code = Das ist nicht der jetzige Code der App. Sie zeigt alle 30 Sekunden einen neuen; prüfen Sie, ob die Uhr des Telefons stimmt.
setup-again = Mit einem neuen Code zum Scannen beginnen
setup-done-title = Bewahren Sie Ihre Wiederherstellungscodes auf
setup-done-line = Der zweite Faktor ist an. Jeder dieser Codes gilt einmal, anstelle des Codes der App, wenn das Telefon verloren ist. Sie werden nur dieses eine Mal gezeigt: Drucken Sie sie aus, oder bewahren Sie sie bei Ihren Passwörtern auf.
setup-done-button = Ich habe sie aufbewahrt

## Anmeldung mit einem Passkey

passkey-button = Mit einem Passkey anmelden
passkey-failed = Es wurde kein Passkey benutzt. Versuchen Sie es noch einmal, oder melden Sie sich mit dem Passwort an.
