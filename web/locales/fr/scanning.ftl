### Ce que disent les scripts du scanner : des mots courts, pour un téléphone tenu d’une main. Verdicts et motifs : `verdicts.ftl`.

## Verdicts

scan-verdict-again = À relire
scan-verdict-none = Pas de verdict
scan-verdict-just = Entré à l’instant
scan-verdict-just-out = Sorti à l’instant
scan-verdict-alarm = Attention !
scan-verdict-not-taken = Rien encaissé
scan-verdict-pay-again = Touchez à nouveau

## The lines of a verdict

scan-line-already = Déjà contrôlé { $when } { $door } { $by }
scan-line-at = ({ $door })
scan-line-by = par { $device }
scan-line-early = Billet pour { $time } ; à partir de { $from }
scan-line-late = Billet pour { $time } ; jusqu’à { $until }
scan-line-opens = { $door } ouvre plus tard ; à partir de { $from }
scan-line-closed = Porte fermée depuis { $until } : { $door }
scan-line-expired-then = Expiré. { $when }
scan-line-go-to = Mauvaise porte : diriger vers { $doors }
scan-line-no-door = Mauvaise porte : aucune porte n’accepte ce billet
scan-line-pay-again = Le serveur n’a pas confirmé : on ne sait pas si le paiement est enregistré. Touchez à nouveau : il n’est jamais encaissé deux fois.
scan-line-pay-alone = Ce téléphone est hors ligne : rien n’est encaissé maintenant. Dirigez vers le guichet.
scan-line-paid = { $sum } encaissés, { $method }
scan-line-due = Non payé : { $sum } à régler
scan-line-not-inside = Pas à l’intérieur. Ce téléphone est-il sur Sortie ?
scan-line-full = Complet : { $zone }
scan-line-just = Vous venez de le faire entrer, il y a { $count } s
scan-line-just-out = Vous venez de le faire sortir, il y a { $count } s
scan-line-not-confirmed = Le serveur n’a pas confirmé. Ne faites pas encore entrer.
scan-line-no-list = Pas de connexion, et ce téléphone n’a pas encore la liste des participants. Ne faites pas entrer.
scan-line-speaks = A réservé en { $language }
scan-show-guest = À montrer au participant
scan-line-admitted = { $count ->
    [one] { $count } personne
    [many] { $count } personnes
   *[other] { $count } personnes
}
scan-line-fits = De cette réservation pourraient entrer maintenant : { $count }
scan-line-practice = Exercice : rien n’est enregistré
scan-line-layout = Le lecteur écrit avec une autre disposition de clavier, ou le verrouillage des majuscules est actif : réglez-le comme cet appareil, ou utilisez la caméra.
scan-line-elsewhere = Une autre fenêtre de ce scanner interroge ce billet. Ne faites pas encore entrer.
scan-line-page = Ceci est l’adresse de la page d’un billet : lisez le code QR qu’elle affiche.
scan-line-practice-code = Un code d’exercice n’est pas un billet. L’exercice est dans le menu.
scan-line-late-admit = Le serveur a fait entrer { $name }. Vous aviez refusé : faites entrer.
scan-line-late-refuse = Le serveur n’aurait pas fait entrer { $name } : { $reason }.
scan-name-unknown = cette personne
scan-party-title = { $count ->
    [one] { $count } billet dans cette réservation
    [many] { $count } billets dans cette réservation
   *[other] { $count } billets dans cette réservation
}
scan-seat-block = bloc { $value }
scan-seat-row = rang { $value }
scan-seat-seat = place { $value }
scan-when-tomorrow = Pour demain, { $day }, { $time }
scan-when-later = Pour { $day }, { $time }
scan-when-yesterday = C’était pour hier, { $day }, { $time }
scan-when-earlier = C’était pour { $day }, { $time }
scan-offline-decided = Décidé hors ligne, d’après ce qui était connu { $age }
scan-offline-now = à l’instant
scan-offline-minutes = { $count ->
    [one] il y a { $count } minute
    [many] il y a { $count } minutes
   *[other] il y a { $count } minutes
}
scan-offline-hours = { $count ->
    [one] il y a { $count } heure
    [many] il y a { $count } heures
   *[other] il y a { $count } heures
}
scan-take = Encaisser { $sum } : { $method }
scan-pay-cash = espèces
scan-pay-card = carte
scan-let-fits = En faire entrer { $count }

## Refusals of what is no scan, by their codes

scan-said-other = Le serveur a refusé. Réessayez, ou demandez à l’organisateur.
scan-said-bad_key = La clé de ce téléphone n’est plus valable : demandez un code d’appairage à l’organisateur.
scan-said-device_archived = Ce téléphone a été mis hors service.
scan-said-not_allowed = Ce téléphone n’a pas ce droit.
scan-said-unavailable = Le serveur n’a pas pu confirmer : réessayez.
scan-said-slow_down = Trop de demandes à la fois : attendez un instant, puis réessayez.
scan-said-nonce_reused = Personne n’est entré : relisez le billet.
scan-said-already_paid = C’est déjà payé. Relisez le billet.
scan-said-amount_unknown = Le prix n’est pas connu ici. Dirigez vers le guichet.
scan-said-amount_changed = Le prix a changé entre-temps. Choisissez ou relisez à nouveau.
scan-said-ticket_canceled = La réservation est annulée.
scan-said-sold_out = Complet : d’autres ont été plus rapides. Choisissez à nouveau.
scan-said-time_over = Cette séance est déjà passée. Choisissez-en une autre.
scan-said-no_showing = Il n’y a pas de séance à cette heure. Choisissez-en une autre.
scan-said-not_found = La vente est terminée.
scan-said-unknown_scan = Ce contrôle n’est pas de ce billet.
scan-said-pairing_failed = Ce code d’appairage n’est pas valable ou est épuisé : demandez-en un nouveau à l’organisateur.

## The connection

scan-health-ready = Prêt
scan-health-connecting = Connexion
scan-health-offline = Hors ligne
scan-health-offline-waiting = { $count ->
    [one] Hors ligne, { $count } contrôle en attente
    [many] Hors ligne, { $count } contrôles en attente
   *[other] Hors ligne, { $count } contrôles en attente
}
scan-health-sending = { $count ->
    [one] Envoi de { $count } contrôle
    [many] Envoi de { $count } contrôles
   *[other] Envoi de { $count } contrôles
}
scan-health-gone = N’est plus appairé
scan-health-no-list = Prêt, mais pas pour le hors-ligne
scan-health-list = Liste des participants : { $percent } % reçus
scan-health-offline-list = Hors ligne, { $percent } % de la liste des participants reçus

## Pairing

scan-pair-used-up = { $count ->
    [one] Ce code d’appairage est épuisé : il était pour un seul téléphone. Demandez-en un nouveau à l’organisateur.
    [many] Ce code d’appairage est épuisé : les { $count } téléphones sont appairés. Demandez-en un nouveau à l’organisateur.
   *[other] Ce code d’appairage est épuisé : les { $count } téléphones sont appairés. Demandez-en un nouveau à l’organisateur.
}
scan-pair-over = L’événement est terminé : ce téléphone a oublié ses participants et sa clé. Pour contrôler à nouveau, demandez un code d’appairage à l’organisateur.
scan-pair-no-store = Cette fenêtre ne garde rien, comme une fenêtre privée : ouvrez le scanner dans une fenêtre ordinaire.
scan-pair-no-packages = Une partie de cette page n’a pas pu être chargée. Rechargez-la ; si cela ne suffit pas, il faut au serveur `make setup` avec npm.
scan-pair-lead = Appairez ce téléphone une fois. Il contrôle ensuite jusqu’à ce que l’organisateur le mette hors service.
scan-pair-anew = Ce téléphone est appairé : { $device }. L’appairer à nouveau ?
scan-pair-failed = Le serveur n’a pas répondu comme prévu. Réessayez.
scan-pair-unreachable = Le serveur est injoignable. Vérifiez le réseau de ce téléphone, puis réessayez.
scan-pair-not-one = Ce n’est pas un code d’appairage de ce serveur.
scan-offer-organiser = Organisateur
scan-offer-event = Événement
scan-offer-all-events = tous
scan-offer-door = Porte
scan-offer-no-door = aucune : il fait entrer dans le lieu
scan-offer-device = Nom de ce téléphone
scan-offer-may = Il peut
scan-offer-scan = contrôler des billets
scan-offer-may-force = faire entrer malgré un refus
scan-offer-may-over_limit = faire entrer quand la jauge est atteinte
scan-offer-may-undo = annuler des contrôles
scan-offer-may-search = chercher des participants
scan-offer-may-names = voir les noms
scan-offer-may-headcount = compter les personnes sans billet
scan-offer-may-door = changer de porte
scan-offer-may-sell = vendre des billets et encaisser
scan-unpair-ask = Désappairer ce téléphone ? Il lui faudra un nouveau code d’appairage pour contrôler.
scan-unpair-lose-sale = La dernière vente n’est pas confirmée : ouvrez d’abord « Vendre des billets ». Désappairer quand même ?
scan-unpair-lose = { $count ->
    [one] { $count } contrôle n’est pas encore envoyé et serait perdu. Désappairer quand même ?
    [many] { $count } contrôles ne sont pas encore envoyés et seraient perdus. Désappairer quand même ?
   *[other] { $count } contrôles ne sont pas encore envoyés et seraient perdus. Désappairer quand même ?
}

## Scanning

scan-code = Code du billet
scan-scan = Contrôler
scan-asking = Vérification
scan-read-waiting = { $count ->
    [one] { $count } autre a été lu, et attend
    [many] { $count } autres ont été lus, et attendent
   *[other] { $count } autres ont été lus, et attendent
}
scan-read-too-many = Trop à la fois : le dernier n’a pas été pris. Relisez-le.
scan-exit-on = SORTIE
scan-undo = Annuler
scan-undo-ask = Annuler ce contrôle ?
scan-undone = Contrôle annulé
scan-undo-late = Après 15 minutes, seul un organisateur peut annuler un contrôle : prévenez-le.
scan-undo-failed = Le serveur est injoignable : rien n’a été annulé.
scan-guest = Participant
scan-unknown = Code inconnu
scan-at-door = Entrées : { $count }
scan-at-door-out = Sorties : { $count }
scan-inside = { $count } à l’intérieur
scan-inside-of = { $count } sur { $limit } à l’intérieur
scan-venue = Le lieu
scan-camera-on = Utiliser la caméra
scan-camera-off = Arrêter la caméra
scan-camera-NotAllowedError = Autorisez la caméra pour ce site dans les réglages du navigateur, puis réessayez.
scan-camera-NotFoundError = Cet appareil n’a pas de caméra. Utilisez un lecteur, ou saisissez le code.
scan-camera-NotReadableError = Une autre application ou un autre onglet utilise la caméra. Fermez-le, puis réessayez.
scan-camera-ended = La caméra a été retirée à cette page. Autorisez-la à nouveau, puis touchez « Utiliser la caméra ».
scan-camera-insecure = La caméra exige une adresse sécurisée (https). Demandez-la à l’organisateur ; un lecteur marche en attendant.
scan-camera-reader = Le lecteur de codes QR n’a pas pu être chargé : connectez-vous une fois, puis réessayez. Un lecteur ou la saisie marchent en attendant.
scan-camera-other = La caméra ne peut pas être utilisée maintenant. Fermez les autres applications qui s’en servent, puis réessayez.
scan-heads-count = { $count } à l’intérieur sans billet
scan-heads-none = Il n’y a pas autant de personnes comptées sans billet à l’intérieur.
scan-heads-unanswered = Le serveur n’a pas répondu. Touchez à nouveau le même bouton : cela ne compte qu’une fois.
scan-training-on = EXERCICE. Rien n’est enregistré. Se termine après 10 minutes.
scan-training-over = L’exercice est terminé : les contrôles comptent désormais.
scan-door-now = Ce téléphone est désormais ici : { $door }.
scan-door-alone = Le serveur est injoignable : la porte reste la même.
scan-door-waiting = Des contrôles de cette porte ne sont pas encore envoyés : changez-en ensuite.
scan-force-list = Sur la liste des invités
scan-force-paid = A payé
scan-force-back = Sorti un instant
scan-force-known = Connu de l’organisateur

## Conflicts

scan-conflict-title = { $count ->
    [one] { $count } conflit dû au hors-ligne
    [many] { $count } conflits dus au hors-ligne
   *[other] { $count } conflits dus au hors-ligne
}
scan-conflict-line = { $name }, { $time } : { $verdict } ici. Le serveur : { $reason }.
scan-conflict-undo-late = { $name }, { $time } : annulé ici, mais compte toujours : après 15 minutes, seul un organisateur peut annuler un contrôle. Prévenez-le.
scan-conflict-undo-refused = { $name }, { $time } : annulé ici, mais compte toujours. Prévenez un organisateur. Le serveur : { $reason }.
scan-conflict-held = Ce téléphone a été mis hors service : ses contrôles hors ligne attendent l’organisateur.
scan-conflict-wrong = { $count ->
    [one] { $count } contrôle n’a pas pu être envoyé : montrez ce téléphone à l’organisateur.
    [many] { $count } contrôles n’ont pas pu être envoyés : montrez ce téléphone à l’organisateur.
   *[other] { $count } contrôles n’ont pas pu être envoyés : montrez ce téléphone à l’organisateur.
}

## Finding a guest

scan-find-none = Aucun résultat.
scan-find-short = Saisissez au moins 3 lettres ou chiffres.
scan-find-failed = La recherche est impossible pour l’instant. Réessayez.
scan-find-none-then = Aucun participant à cette séance.
scan-find-no-guests = Aucun participant pour l’instant.
scan-find-offline = Hors ligne : d’après ce téléphone ; les adresses e-mail ne se trouvent qu’entières.
scan-find-offline-no-names = Hors ligne, et ce téléphone ne peut pas voir les noms : cherchez par téléphone, e-mail, numéro de billet, réservation, code-barres ou place.
scan-find-showing = { $when } : { $came }
scan-find-came = présents { $came } sur { $booked }
scan-find-all-times = Toutes les séances
scan-find-others = Trouvés à d’autres séances : { $count }
scan-find-phone = téléphone …{ $end }
scan-find-order = réservation { $order }
scan-find-ticket = Billet
scan-find-price = Prix
scan-find-let-in = Faire entrer cette personne
scan-find-let-out = Enregistrer la sortie de cette personne
scan-find-look = Regarder ce billet
scan-find-count = { $count ->
    [one] { $count } participant
    [many] { $count } participants
   *[other] { $count } participants
}
scan-state-valid = Valable, pas encore contrôlé
scan-state-scanned = Valable, contrôlé
scan-state-unpaid = Non payé
scan-state-canceled = Annulé
scan-state-blocked = Bloqué
scan-state-expired = Expiré

## Selling

scan-sale-title = Vendre des billets
scan-sale-title-unconfirmed = Vendre des billets : la dernière vente n’est pas confirmée
scan-sale-elsewhere = La dernière vente n’a pas été confirmée avant que ce téléphone passe à un autre événement : demandez là-bas si elle a eu lieu.
scan-sale-left = { $when } (reste { $left })
scan-sale-ticket = Billet
scan-sale-less = Un de moins : { $kind }
scan-sale-more = Un de plus : { $kind }
scan-sale-free = Gratuit
scan-sale-change = Monnaie à rendre : { $sum }
scan-sale-missing = Il manque : { $sum }
scan-sale-take = { $sum } : { $method }
scan-sale-hand-out = Remettre gratuitement
scan-sale-sold = { $count ->
    [one] Vendu : { $count } billet. { $paid }
    [many] Vendus : { $count } billets. { $paid }
   *[other] Vendus : { $count } billets. { $paid }
}
scan-sale-admit = { $count ->
    [one] Faire entrer cette personne
    [many] Faire entrer les { $count }
   *[other] Faire entrer les { $count }
}
scan-sale-alone = Le serveur est injoignable : ce téléphone ne vend rien et n’encaisse rien maintenant.
scan-sale-unknown = Le serveur n’a pas répondu : on ne sait pas si la vente a eu lieu. Touchez à nouveau : elle n’est jamais faite deux fois.
scan-sale-unconfirmed = Cette vente n’a pas été confirmée : réessayez. Elle n’est jamais faite deux fois.
scan-sale-no-time = Aucune séance à vendre : toutes sont passées.
scan-sale-sold-out = Complet : reste { $left }.
scan-sale-product-left = { $product } : il n’en reste que { $left } à cette séance.
scan-sale-training = Aucun billet n’est vendu pendant l’exercice.
scan-sale-qr = Code du billet
