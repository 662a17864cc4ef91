### Contrôles d’une installation, tels que `run.py check` et *Fonctionnement* les disent.
checks-title = Contrôles
checks-running = Contrôle en cours…
checks-failed = Impossible d’obtenir les contrôles : { $why }
checks-again = Contrôler à nouveau
checks-sound = Rien à corriger, à { $time }.
checks-found = { $count ->
    [one] 1 point à corriger, à { $time }.
    [many] { $count } points à corriger, à { $time }.
   *[other] { $count } points à corriger, à { $time }.
}
checks-aspect = Point contrôlé
checks-state = État
checks-more = Que faire
checks-ok = OK
checks-warn = À corriger
checks-fail = En panne

## Les points contrôlés

aspect-certificate = Certificat
aspect-clock = Horloge
aspect-disk = Disque
aspect-open-files = Fichiers ouverts
aspect-secrets = Secrets
aspect-database = Base de données
aspect-database-version = Version de la base de données
aspect-replica-set = Replica set
aspect-indexes = Index
aspect-database-clock = Horloge de la base de données
aspect-mail = E-mail
aspect-wallet-passes = Cartes Wallet

## Leur état

check-late = pas de résultat en { $seconds } s
check-broken = n’a pas pu être contrôlé : consultez le journal
check-url-local = { $url } ne mène qu’à cette machine : aucun téléphone ne l’atteint ; définissez HUB_BASE_URL
check-url-no-address = { $host } n’a pas d’adresse : créez son enregistrement DNS
check-url-silent = { $url } ne répond pas ({ $why }) : vérifiez le proxy, le pare-feu et le serveur
check-url-other-server = un autre serveur répond à { $url } : le proxy doit transmettre tous les chemins
check-url-status = { $url } répond avec le statut { $status } : le serveur tourne-t-il derrière le proxy ?
check-url-answers = { $url } répond, version { $version }
check-url-other-version = { $url } répond en version { $version }, celle-ci est { $own } : redémarrez le serveur
check-upgrade-lost = ne passe pas ({ $why }) : le proxy doit transmettre les « upgrades » sur /live
check-upgrade-refused = ne passe pas (statut { $status }) : le proxy doit transmettre les « upgrades » sur /live
check-upgrade-through = les « upgrades » WebSocket passent
check-certificate-untrusted = les téléphones ne lui font pas confiance : { $why } ; renouvelez-le ou envoyez toute la chaîne
check-certificate-unseen = { $url } est injoignable d’ici : vérifiez avec un téléphone qu’il s’ouvre
check-certificate-holds = valable jusqu’au { $date } ({ $days ->
    [one] { $days } jour
    [many] { $days } jours
   *[other] { $days } jours
})
check-certificate-late = valable jusqu’au { $date } ({ $days ->
    [one] { $days } jour
    [many] { $days } jours
   *[other] { $days } jours
}) : il devrait déjà être renouvelé ; certbot renew, puis rechargez le proxy
check-clock-synchronised = est synchronisée
check-clock-free = n’est pas synchronisée : timedatectl set-ntp true
check-clock-unknown = le système ne dit pas si elle est synchronisée : comparez-la avec celle d’un téléphone
check-disk-free = { $size } Go libres dans { $folder }
check-disk-little = { $size } Go libres dans { $folder } : libérez de la place
check-disk-full = { $size } Go libres dans { $folder } : libérez de la place, sans quoi la base de données s’arrête
check-files-any = nombre illimité par processus
check-files-enough = { $limit } par processus
check-files-few = { $limit } par processus : définissez LimitNOFILE=65536 (systemd) ou ulimit -n 65536 avant le démarrage
check-secrets-kept = seul leur propriétaire peut lire leurs fichiers
check-secrets-open = d’autres utilisateurs de cette machine peuvent lire { $path } : chmod 600 { $path }
check-database-no-hub = aucun serveur ne tourne sur { $folder } : démarrez-le ou indiquez son dossier de données
check-database-refused = la base de données a refusé : { $why }
check-database-silent = ne répond pas ({ $why }) : vérifiez ses membres
check-version-supported = MongoDB { $version }
check-version-ended = MongoDB { $version } ne reçoit plus de correctifs de sécurité depuis le { $date } : passez à une version plus récente
check-version-unsupported = MongoDB { $version } ne reçoit plus de correctifs de sécurité : passez à une version plus récente
check-members-embedded = base intégrée : une seule copie, sur cette machine ; sauvegardez-la ou utilisez un replica set de trois membres
check-members-unseen = { $count ->
    [one] { $count } membre ; son retard n’est pas visible : donnez au compte le rôle clusterMonitor
    [many] { $count } membres ; leur retard n’est pas visible : donnez au compte le rôle clusterMonitor
   *[other] { $count } membres ; leur retard n’est pas visible : donnez au compte le rôle clusterMonitor
}
check-members-few = { $count ->
    [one] { $count } membre détient les données : avec trois, le serveur continue quand il en manque un
    [many] { $count } membres détiennent les données : avec trois, le serveur continue quand il en manque un
   *[other] { $count } membres détiennent les données : avec trois, le serveur continue quand il en manque un
}
check-members-sound = { $count ->
    [one] { $count } membre, sans retard
    [many] { $count } membres, aucun en retard
   *[other] { $count } membres, aucun en retard
}
check-member-away = { $host } est à l’état { $state } : démarrez-le ou consultez son journal
check-member-arbiter = { $host } est un arbitre : remplacez-le par un membre avec données
check-member-behind = { $host } a { $seconds } s de retard : vérifiez son disque et son réseau
check-indexes-there = tous sont présents
check-indexes-missing = manquants : { $names } ; le serveur les crée au démarrage : redémarrez-le
check-clock-agrees = concorde avec celle de cette machine
check-clock-apart = diffère de { $seconds } s de celle de cette machine : synchronisez les deux
check-mail-none = aucun serveur configuré : les invités ne reçoivent pas de billets par e-mail ; définissez HUB_SMTP_HOST et HUB_SMTP_FROM
check-mail-login = { $server } refuse l’identification : vérifiez HUB_SMTP_USER et HUB_SMTP_PASSWORD
check-mail-tls = { $server } n’offre pas de TLS digne de confiance : vérifiez HUB_SMTP_SECURITY et son port
check-mail-security = { $server } refuse le dialogue que demande HUB_SMTP_SECURITY={ $security }
check-mail-away = { $server } est injoignable : vérifiez HUB_SMTP_HOST, HUB_SMTP_PORT et le pare-feu
check-mail-taken = { $server } accepte les e-mails de { $sender }
check-passes-none = aucun certificat d’Apple n’est configuré : les billets sont des pages et des QR codes
check-passes-unusable = le certificat des cartes est inutilisable : { $why }
check-passes-ready = le certificat des cartes est valable jusqu’au { $date }
check-passes-expiring = le certificat des cartes expire le { $date } : renouvelez-le
check-passes-early = le certificat des cartes n’est valable qu’à partir du { $date }
check-passes-expired = le certificat des cartes a expiré le { $date } : renouvelez-le
