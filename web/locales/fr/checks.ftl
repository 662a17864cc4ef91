### Contrôles d’une installation, tels que `run.py check` et *Fonctionnement* les disent.
checks-title = Vérifications
checks-running = Vérification en cours…
checks-failed = Impossible d’obtenir les vérifications : { $why }
checks-again = Vérifier à nouveau
checks-sound = Rien à corriger, à { $time }.
checks-found = { $count ->
    [one] 1 point à corriger, à { $time }.
    [many] { $count } points à corriger, à { $time }.
   *[other] { $count } points à corriger, à { $time }.
}
checks-aspect = Point vérifié
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
aspect-hub-secret = Secret du serveur
aspect-database = Base de données
aspect-database-version = Version de la base de données
aspect-replica-set = Replica set
aspect-indexes = Index
aspect-database-clock = Horloge de la base de données
aspect-mail = E-mail
aspect-wallet-passes = Cartes Wallet

## Leur état

check-late = pas de résultat en { $seconds } s
check-broken = n’a pas pu être vérifié : consultez le journal
check-url-local = { $url } ne mène qu’à cette machine : aucun téléphone ne l’atteint ; définissez HUB_BASE_URL
check-url-no-address = { $host } n’a pas d’adresse : créez son enregistrement DNS
check-url-silent = { $url } ne répond pas : vérifiez le proxy, le pare-feu et ce serveur ; le journal dit pourquoi
check-url-late = { $url } ne répond pas en { $seconds } s : vérifiez le proxy, le pare-feu et ce serveur
check-url-closed = { $url } refuse la connexion : le proxy tourne-t-il, et sur ce port ?
check-url-no-tls = { $url } ne parle pas TLS : configurez le certificat du proxy, ou vérifiez le port
check-url-other-server = un autre serveur répond à { $url } : le proxy doit transmettre tous les chemins
check-url-status = { $url } répond avec le statut { $status } : le serveur tourne-t-il derrière le proxy ?
check-url-answers = { $url } répond, version { $version }
check-url-other-version = { $url } répond en version { $version }, celle-ci est { $own } : redémarrez le serveur
check-upgrade-lost = ne passe pas : le proxy doit transmettre les « upgrades » sur /live
check-upgrade-refused = ne passe pas (statut { $status }) : le proxy doit transmettre les « upgrades » sur /live
check-upgrade-through = les « upgrades » WebSocket passent
check-certificate-untrusted = les téléphones ne lui font pas confiance : renouvelez-le, ou envoyez toute la chaîne ; le journal dit pourquoi
check-certificate-ended = a expiré, et les téléphones le refusent : certbot renew, puis rechargez le proxy
check-certificate-early = n’est pas encore valable : vérifiez l’horloge de cette machine, sinon le certificat
check-certificate-own = est auto-signé, et les téléphones le refusent : demandez-en un à une autorité, par certbot par exemple
check-certificate-chain = son émetteur n’est pas reconnu, ou sa chaîne est incomplète : que le proxy envoie toute la chaîne (fullchain.pem)
check-certificate-other-name = n’est pas pour { $host } : demandez-en un pour ce nom, ou donnez à HUB_BASE_URL le nom qu’il porte
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
check-secret-since = utilisé depuis le { $date } ({ $days ->
    [one] { $days } jour
    [many] { $days } jours
   *[other] { $days } jours
})
check-secret-unfinished = { $names } doit le remplacer, et tous les serveurs ne le connaissent pas encore : run.py secret rotate reprend
check-secret-earlier = un secret antérieur est encore en vigueur : run.py secret rotate scelle le reste à nouveau, puis run.py secret retire y met fin
check-secret-retired = un secret retiré ({ $names }) se trouve encore dans { $path } ou dans les réglages : conservez-le plutôt avec les sauvegardes de son époque
check-secret-unknown = { $names } est en vigueur et inconnu ici : ajoutez-le à { $path }
check-secret-short = compte moins de { $characters } caractères et pourrait être deviné à partir d’une base volée : remplacez-le par un secret aléatoire avec run.py secret rotate
check-database-no-hub = aucun serveur ne tourne sur { $folder } : démarrez-le ou indiquez son dossier de données
check-database-refused = HUB_MONGODB_URI est inutilisable : vérifiez sa forme et ses noms ; le journal dit pourquoi
check-database-login = refuse l’identification de HUB_MONGODB_URI : vérifiez utilisateur, mot de passe et authSource
check-database-rights = l’utilisateur de HUB_MONGODB_URI manque de droits : il lui faut les rôles readWrite et dbAdmin de la base { $database }
check-database-old = sa version ne convient pas : utilisez MongoDB 8.0
check-database-standalone = est un serveur isolé : HUB_MONGODB_URI doit nommer un replica set ou un cluster partitionné
check-database-silent = n’est pas joignable : vérifiez ses membres, le réseau et le pare-feu ; le journal dit pourquoi
check-database-no-primary = répond, mais n’a pas de primaire : démarrez les membres qui manquent, il faut une majorité
check-database-no-member = aucun hôte de HUB_MONGODB_URI n’appartient au replica set nommé : vérifiez replicaSet
check-database-no-trust = son certificat TLS n’est pas reconnu, ou n’est pas pour ce nom : vérifiez tlsCAFile et le certificat ; le journal dit pourquoi
check-database-unknown-host = les noms d’hôte de HUB_MONGODB_URI sont inconnus ici : vérifiez leurs entrées DNS
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
check-mail-none = aucun serveur configuré : les participants ne reçoivent pas de billets par e-mail ; définissez HUB_SMTP_HOST et HUB_SMTP_FROM
check-mail-login = { $server } refuse l’identification : vérifiez HUB_SMTP_USER et HUB_SMTP_PASSWORD
check-mail-tls = { $server } n’offre pas de TLS digne de confiance : vérifiez HUB_SMTP_SECURITY et son port
check-mail-security = { $server } refuse le dialogue que demande HUB_SMTP_SECURITY={ $security }
check-mail-away = { $server } est injoignable : vérifiez HUB_SMTP_HOST, HUB_SMTP_PORT et le pare-feu
check-mail-taken = { $server } accepte les e-mails de { $sender }
check-passes-none = aucun certificat d’Apple n’est configuré : les billets sont des pages et des codes QR
check-passes-incomplete = { $names } manque : certificat, clé et WWDR vont ensemble
check-passes-no-file = { $name } : { $path } n’existe pas
check-passes-unreadable = { $name } : { $path } est illisible : vérifiez son propriétaire et ses droits
check-passes-no-certificate = { $name } : { $path } n’est pas un certificat PEM ou DER
check-passes-key-locked = HUB_WALLET_KEY : { $path } demande HUB_WALLET_KEY_PASSWORD
check-passes-key-open = HUB_WALLET_KEY : { $path } n’a pas de mot de passe, et il y en a un de défini
check-passes-key-unreadable = HUB_WALLET_KEY : { $path } est illisible avec ce mot de passe
check-passes-key-kind = HUB_WALLET_KEY : { $path } n’est une clé ni RSA ni EC
check-passes-other-key = HUB_WALLET_KEY n’est pas la clé de HUB_WALLET_CERT
check-passes-other-issuer = HUB_WALLET_CERT n’a pas été émis par HUB_WALLET_WWDR, mais par { $issuer }
check-passes-other-kind = HUB_WALLET_CERT n’est pas un certificat de cartes Wallet : son sujet ne nomme ni type de carte ni équipe
check-passes-ready = le certificat des cartes est valable jusqu’au { $date }
check-passes-expiring = le certificat des cartes expire le { $date } : renouvelez-le
check-passes-early = le certificat des cartes n’est valable qu’à partir du { $date }
check-passes-expired = le certificat des cartes a expiré le { $date } : renouvelez-le
