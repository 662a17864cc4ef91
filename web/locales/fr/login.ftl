### La page de connexion des organisateurs et de leur équipe.

login-title = Connexion
login-username = Nom d’utilisateur
login-password = Mot de passe
login-button = Se connecter
login-door = Vous contrôlez les billets à une entrée ? Pas besoin de vous connecter : ouvrez le lien d’appairage que l’organisateur vous montre.
login-wrong = Nom d’utilisateur ou mot de passe incorrect
login-wait = { $seconds ->
    [one] Trop d’essais. Attendez { $seconds } seconde, puis réessayez.
    [many] Trop d’essais. Attendez { $seconds } secondes, puis réessayez.
   *[other] Trop d’essais. Attendez { $seconds } secondes, puis réessayez.
}
login-unavailable = Le serveur ne peut pas joindre sa base de données. Réessayez dans un instant.

## Choix d'un mot de passe

password-title = Choisir un mot de passe
password-heading = Choisissez votre mot de passe
password-line = Celui que vous venez d’utiliser a été créé pour vous. Choisissez le vôtre, { $name }, et continuez.
password-new = Nouveau mot de passe
password-problem = Ce mot de passe { $problem }.
password-hint = 10 caractères ou plus. Plusieurs mots font un bon mot de passe.
password-button = L’enregistrer et continuer

## Mot de passe oublié

login-forgot = Mot de passe oublié ?
back-to-login = Retour à la connexion
forgot-title = Mot de passe oublié ?
forgot-line = Nous vous envoyons un lien pour en choisir un nouveau.
forgot-email = Votre adresse e-mail
forgot-button = Envoyer le lien
forgot-no-address = Ce n’est pas une adresse e-mail.
forgot-sent = Si { $address } est l’adresse confirmée d’un utilisateur, un lien est en route. Il est valable une heure.
forgot-sent-more = Rien au bout de quelques minutes ? Regardez dans les courriers indésirables, ou demandez un nouveau mot de passe à un propriétaire de ce serveur.
forgot-no-mail = Ce serveur n’envoie pas d’e-mails. Adressez-vous à l’un de ses propriétaires : il vous donne un nouveau mot de passe sous Administration, Utilisateurs.
reset-title = Choisir un nouveau mot de passe
reset-line = Toutes vos connexions prennent fin, sur tous les appareils.
reset-button = Enregistrer le mot de passe
reset-invalid = Ce lien n’est plus valable : il a été utilisé, il a plus d’une heure, ou un plus récent a été envoyé.
reset-again = Demander un nouveau lien
reset-done = Votre nouveau mot de passe est enregistré. Connectez-vous avec lui.

## Confirmation d'une adresse

verify-title = Votre adresse e-mail
verify-line = { $name }, { $address } est-elle votre adresse ? Un nouveau mot de passe pourra y être demandé si vous oubliez le vôtre.
verify-button = Oui, la confirmer
verify-done = Votre adresse est confirmée.

## Deuxième étape de la connexion

code-title = Deuxième étape
code-line = Votre mot de passe est bon. Maintenant, le code de votre application d’authentification.
code-label = Code
code-hint = Six chiffres. Sans votre téléphone : l’un de vos codes de secours.
code-button = Se connecter
code-wrong = Ce code est faux ou a déjà servi. L’application en affiche un nouveau toutes les 30 secondes.
code-lost = { $minutes ->
    [one] Vous avez { $minutes } minute. Ni application ni codes de secours sous la main ? Un propriétaire de ce serveur peut désactiver votre deuxième facteur.
    [many] Vous avez { $minutes } minutes. Ni application ni codes de secours sous la main ? Un propriétaire de ce serveur peut désactiver votre deuxième facteur.
   *[other] Vous avez { $minutes } minutes. Ni application ni codes de secours sous la main ? Un propriétaire de ce serveur peut désactiver votre deuxième facteur.
}

## Mise en place obligatoire d'un deuxième facteur

setup-title = Activer un deuxième facteur
setup-line = Votre rôle l’exige, { $name } : en plus du mot de passe, chaque connexion demandera le code d’une application de votre téléphone.
setup-password = Votre mot de passe
setup-begin = Configurer une application d’authentification
setup-scan = Lisez ceci avec une application d’authentification, puis saisissez le code qu’elle affiche.
setup-qr = Code pour l’application d’authentification
setup-secret = Pas de caméra ? Saisissez ce secret dans l’application :
setup-code = Code de l’application
setup-confirm = L’activer
setup-wrong-password = Ce n’est pas votre mot de passe.
setup-wrong-code = Ce n’est pas le code actuel de l’application. Elle en affiche un nouveau toutes les 30 secondes ; vérifiez que le téléphone est à l’heure.
setup-again = Recommencer avec un nouveau code à lire
setup-done-title = Conservez vos codes de secours
setup-done-line = Le deuxième facteur est activé. Chacun de ces codes sert une fois, à la place de celui de l’application, si le téléphone est perdu. Ils ne s’affichent que cette fois : imprimez-les, ou rangez-les avec vos mots de passe.
setup-done-button = Je les ai conservés

## Connexion par clé d'accès

passkey-button = Se connecter avec une clé d’accès
passkey-failed = Aucune clé d’accès n’a été utilisée. Réessayez ou connectez-vous avec votre mot de passe.
