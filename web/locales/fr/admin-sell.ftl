### Vente de billets au guichet, et caisses.
sell-ticket = Billet
sell-free = Gratuit
sell-less = Un de moins : { $kind }
sell-more = Un de plus : { $kind }
sell-choose = Choisissez des billets
sell-sell = Vendre pour { $sum }, { $method }
sell-hand-out = { $count ->
    [one] Remettre { $count } billet gratuitement
    [many] Remettre { $count } billets gratuitement
   *[other] Remettre { $count } billets gratuitement
}
sell-reserve = { $count ->
    [one] Réserver { $count } billet, non payé
    [many] Réserver { $count } billets, non payés
   *[other] Réserver { $count } billets, non payés
}
sell-no-time = Choisissez une séance.
sell-no-times = Aucune séance en vente : toutes sont passées, ou il n’y en a pas encore.
sell-more-times = { $count ->
    [one] { $count } autre séance
    [many] { $count } autres séances
   *[other] { $count } autres séances
}
sell-sold-out = Complet
sell-left = { $count ->
    [one] Il ne reste que { $count } place à cette séance.
    [many] Il ne reste que { $count } places à cette séance.
   *[other] Il ne reste que { $count } places à cette séance.
}
sell-product-left = { $product } : il n’en reste que { $left } à cette séance.
sell-most = On vend au plus { $most } billets à la fois.
sell-unknown = Le serveur n’a pas répondu : on ne sait pas si la vente est faite. Appuyez à nouveau : elle n’est jamais faite deux fois.
sell-sold = { $count ->
    [one] Vendu : { $count } billet. { $paid }.
    [many] Vendus : { $count } billets. { $paid }.
   *[other] Vendus : { $count } billets. { $paid }.
}
sell-unpaid = { $sum } à payer
sell-share = Envoyer
sell-copy-link = Copier le lien
till-mine = Votre caisse
till-of = Caisse : { $name }
till-gone = Compte supprimé ({ $id })
till-since = Numéro { $number }, ouverte depuis le { $at }
till-fresh = Numéro { $number } : rien n’est encore entré
till-method = Moyen de paiement
till-payments = Paiements
till-taken = Encaissé
till-returned = Remboursé
till-net = Recette
till-float = Fonds de caisse
till-float-in = Fonds de caisse, { $currency }
till-set-float = Enregistrer le fonds de caisse
till-expected = Espèces attendues
till-counted = Espèces comptées, { $currency }
till-note = Note
till-close = Clôturer la caisse
till-ask = Clôturer cette caisse ? Ce qui a été compté est alors définitif et ne peut plus être modifié. Ses chiffres repartent de zéro.
till-closed = Clôturée. La clôture figure ci-dessous, à imprimer.
till-exact = Exact
till-over = { $sum } en trop
till-short = { $sum } manquants
till-closing = Clôture { $number } : { $name }
till-closed-by = Clôturée le { $at } par { $by }, écriture { $seq } ; ouverte depuis le { $from }
till-counted-cash = Espèces comptées
till-difference = Écart
till-print = Imprimer cette clôture
till-no-closings = Aucune caisse n’a encore été clôturée.
sell-left-at = Places restantes : { $left }

## The pages

sell-the-sale = La vente
sell-tickets = Billets
sell-buyer = Nom, téléphone, e-mail
sell-optional = facultatif
sell-payment = Paiement
sell-do = Vendre
sell-next = Client suivant
sell-print = Imprimer
sell-order = La réservation
till-csv = Recette en CSV
till-refresh = Actualiser
till-what = Une caisse est l’argent qu’un compte ou un téléphone a encaissé à cet événement. Son état actuel est le rapport X ; la clôturer produit le rapport Z.
till-closings = Clôtures
till-others = Autres caisses
till-whose = À qui
till-open-since = Ouverte depuis
till-show = Afficher
till-order = Ordre
till-newest = Les plus récentes d’abord
till-oldest = Les plus anciennes d’abord
