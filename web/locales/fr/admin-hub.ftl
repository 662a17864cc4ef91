### Les pages des webhooks et du fonctionnement du serveur.
webhooks-active = Actif
webhooks-paused = En pause
webhooks-because = Mis en pause par le serveur : { $reason }. Ce qui arrive entre-temps attend et part à la reprise.
webhooks-open = Ouvrir le webhook
webhooks-made = Le webhook est créé
webhooks-new-secret = Le nouveau secret
webhooks-signs = Ce secret signe ce qui est envoyé. Il n’est affiché que cette fois : copiez-le maintenant sur votre serveur.
webhooks-until = Il signe dès maintenant ; le précédent signe aussi jusqu’au { $time }. Il n’est affiché que cette fois : copiez-le maintenant sur votre serveur.
webhooks-secret = le secret
webhooks-ping = Envoyer un ping
webhooks-pinged = Le ping a été accepté : { $why }.
webhooks-not-pinged = Le ping n’a pas été accepté : { $why }.
webhooks-pause = Mettre en pause
webhooks-resume = Reprendre
webhooks-rotate = Nouveau secret
webhooks-delete = Supprimer
webhooks-ask = Supprimer ce webhook, avec ce qui l’attend et l’historique de ses envois ? C’est irréversible.
webhooks-ask-rotate = Créer un nouveau secret ? Il signe aussitôt ; l’ancien signe aussi pendant un jour, le temps que votre serveur suive.
kinds-patterns = Modèles
letters-again = Renvoyer
letters-waiting = En attente
letters-delivered = Remis
letters-set_aside = Mis de côté
letters-tries = { $count ->
    [one] { $count } essai
    [many] { $count } essais
   *[other] { $count } essais
}
letters-to-webhooks = à un webhook
letters-to-wallet-pushes = à Apple Wallet
letters-to-google-wallet = à Google Wallet
letters-to-mail = par e-mail
letters-to-account-mail = par e-mail, à un utilisateur
letters-to-waiting-mail = par e-mail, liste d’attente
letters-to-wallet-letters = par e-mail, offre de cartes Wallet
running-state = Base de données et modifications
running-live = Connexion en direct
running-version = Version du serveur
running-database = Base de données
database-ended = Plus de correctifs de sécurité
running-certificate = Certificat (HTTPS)
certificate-ready = Valide
certificate-expiring = Expire bientôt
certificate-ended = A expiré
running-proxy = Proxy
proxy-unnamed = Non approuvé
proxy-unnamed-more = { $address } transmet des requêtes et tous ses clients comptent pour un seul : indiquez-le dans HUB_TRUSTED_PROXIES si c’est votre proxy.
live-through = Passe
live-blocked = Ne passe pas : le proxy transmet-il les « upgrades » ?
running-ready = Prêt
running-away = Pas prêt : la base de données est injoignable
running-apple = Apple Wallet
running-google = Google Wallet
running-until = jusqu’au { $time }
schedule-minutes = { $count ->
    [one] Chaque minute
    [many] Toutes les { $count } minutes
   *[other] Toutes les { $count } minutes
}
schedule-seconds = { $count ->
    [one] Chaque seconde
    [many] Toutes les { $count } secondes
   *[other] Toutes les { $count } secondes
}
schedule-daily = Chaque jour à { $time } UTC
schedule-own = Selon un horaire propre : { $crontab }
running-never = Pas encore
running-runs = { $count ->
    [one] { $count } exécution
    [many] { $count } exécutions
   *[other] { $count } exécutions
}
running-changed = { $count ->
    [one] { $count } modifié
    [many] { $count } modifiés
   *[other] { $count } modifiés
}
wallet-ready = Prêt
wallet-expiring = Expire bientôt
wallet-development = Développement seulement
wallet-unusable = Inutilisable
wallet-configured = Prêt
wallet-off = Non configuré
job-retime = Les billets suivent les horaires modifiés
job-settle_offers = Les places libérées sont proposées à la liste d’attente
job-forget_waiting = Ceux qui ont attendu en vain sont oubliés
job-expire = Les billets expirent
job-delete = Les billets expirés sont supprimés
job-free_unpaid = Les places non payées sont libérées
job-exit_all = Tout le monde est noté sorti
job-alerts = Les alertes sont recherchées
job-trim_letters = Les anciens envois sont oubliés
job-imports = Les imports interrompus sont nettoyés
job-result-done = Fait
job-result-stopped = Arrêté en route
job-result-failed = Échec

## The page of webhooks, and that of one

webhooks-lead = Votre propre serveur apprend ce qui se passe : signé, dans l’ordre, au moins une fois, avec de nouveaux essais pendant un jour.
webhooks-told = Informé de
webhooks-none = Pas encore de webhook.
webhooks-none-more = Créez-en un ci-dessous, puis envoyez-lui un ping.
webhooks-new = Nouveau webhook
webhooks-kinds = Ce dont il est informé
webhooks-make = Créer le webhook
webhooks-deliveries = Envois
webhooks-show = Afficher
webhooks-all = Tous
webhooks-no-deliveries = Aucun envoi de ce genre. Ils sont gardés 30 jours.
webhooks-change = Modifier
kinds-door = Aux portes
kinds-tickets = Billets et réservations
kinds-money = Paiements et caisses
kinds-event = L’événement
kinds-import = Imports
kinds-devices = Téléphones
kinds-alerts = Les alertes et leur fin
kinds-hub = Le serveur lui-même

## The page of the hub's operation

running-hub = Le serveur
running-jobs = Tâches planifiées
running-last = Dernière exécution
running-result = Résultat
running-before = Avant
running-no-jobs = Rien n’a encore tourné : revenez dans quelques minutes.
running-letters = Envois impossibles
running-letters-more = Ce que webhooks, Wallet et e-mail n’ont pas accepté en un jour est mis de côté ici, à renvoyer à la main.
running-no-letters = Rien n’est mis de côté.
wallet-development-more = aucun certificat de carte n’est configuré : les téléphones refusent ces cartes
