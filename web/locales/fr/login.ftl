### La page de connexion des organisateurs et de leur équipe.

login-title = Connexion
login-username = Nom d’utilisateur
login-password = Mot de passe
login-button = Se connecter
login-door = Vous contrôlez les billets à une entrée ? Pas besoin de vous connecter : ouvrez le lien d’association que l’organisateur vous montre.
login-wrong = Nom d’utilisateur ou mot de passe incorrect
login-wait = { $seconds ->
    [one] Trop d’essais. Attendez { $seconds } seconde, puis réessayez.
    [many] Trop d’essais. Attendez { $seconds } secondes, puis réessayez.
   *[other] Trop d’essais. Attendez { $seconds } secondes, puis réessayez.
}
login-unavailable = Le hub ne peut pas joindre sa base de données. Réessayez dans un instant.

## Choix d'un mot de passe

password-title = Choisir un mot de passe
password-heading = Choisissez votre mot de passe
password-line = Celui que vous venez d’utiliser a été créé pour vous. Choisissez le vôtre, { $name }, et continuez.
password-new = Nouveau mot de passe
password-problem = Ce mot de passe { $problem }.
password-hint = 10 caractères ou plus. Plusieurs mots font un bon mot de passe.
password-button = L’enregistrer et continuer
