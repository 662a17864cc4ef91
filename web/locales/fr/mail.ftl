### E-mails aux participants : billets, liste d'attente, cartes Wallet.

mail-tickets-subject = { $count ->
    [one] Votre billet : { $event }
    [many] Vos { $count } billets : { $event }
   *[other] Vos { $count } billets : { $event }
}
mail-tickets-text = { $count ->
    [one] Votre billet, à présenter à l’entrée :
    [many] Vos { $count } billets, un code par personne :
   *[other] Vos { $count } billets, un code par personne :
}
mail-tickets-open = { $count ->
    [one] Ouvrir votre billet
    [many] Ouvrir vos { $count } billets
   *[other] Ouvrir vos { $count } billets
}
mail-tickets-link = { $count ->
    [one] Votre billet :
    [many] Vos { $count } billets :
   *[other] Vos { $count } billets :
}
mail-handed-on-subject = Un billet a été transmis : { $event }
mail-handed-on = Un de vos billets a été transmis.
mail-handed-on-text = Il appartient désormais à une autre personne, et son ancien code n’est plus valable. Si ce n’était pas vous, contactez l’organisateur. Ce qui vous reste :
mail-unpaid-subject = Réservé, pas encore payé : { $event }
mail-unpaid = Pas encore payé.
mail-unpaid-open = Voir où en est la réservation
mail-unpaid-how = Pour voir où en est la réservation :
mail-tickets-later = { $count ->
    [one] Votre billet vous est envoyé par e-mail dès que tout est payé.
    [many] Vos { $count } billets vous sont envoyés par e-mail dès que tout est payé.
   *[other] Vos { $count } billets vous sont envoyés par e-mail dès que tout est payé.
}
mail-ticket-of = { $n } sur { $count }
mail-qr = Le code QR d’un billet
mail-others = Les autres sont derrière le bouton ci-dessus.
mail-before-you-leave = Ouvrez-le sur votre téléphone avant de partir et enregistrez l’image : il n’y aura peut-être pas de réseau à l’entrée.
mail-as-good-as-ticket = L’adresse vaut le billet : ne la transmettez qu’aux personnes qui vous accompagnent.
mail-questions = Une question ? Contactez l’organisateur :
mail-wave-subject = Votre billet sur votre téléphone : { $event }

## The waiting list

mail-offer-subject = { $count ->
    [one] Une place vous est réservée jusqu’à { $until } : { $event }
    [many] { $count } places vous sont réservées jusqu’à { $until } : { $event }
   *[other] { $count } places vous sont réservées jusqu’à { $until } : { $event }
}
mail-offer = { $count ->
    [one] Une place s’est libérée et vous est réservée jusqu’à <b>{ $until }</b>.
    [many] { $count } places se sont libérées et vous sont réservées jusqu’à <b>{ $until }</b>.
   *[other] { $count } places se sont libérées et vous sont réservées jusqu’à <b>{ $until }</b>.
}
mail-offer-plain = { $count ->
    [one] Une place s’est libérée et vous est réservée jusqu’à { $until }.
    [many] { $count } places se sont libérées et vous sont réservées jusqu’à { $until }.
   *[other] { $count } places se sont libérées et vous sont réservées jusqu’à { $until }.
}
mail-offer-accept = { $count ->
    [one] Accepter la place
    [many] Accepter les { $count } places
   *[other] Accepter les { $count } places
}
mail-waiting-subject = Sur la liste d’attente : { $event }
mail-waiting = { $count ->
    [one] Vous êtes sur la liste d’attente. Quand c’est votre tour, nous vous écrivons et vous réservons la place pendant { $time }.
    [many] Vous êtes sur la liste d’attente pour { $count } places. Quand c’est votre tour, nous vous écrivons et vous les réservons pendant { $time }.
   *[other] Vous êtes sur la liste d’attente pour { $count } places. Quand c’est votre tour, nous vous écrivons et vous les réservons pendant { $time }.
}
mail-waiting-how = Pour voir où vous en êtes, ou quitter la liste :
mail-waiting-open = Voir où vous en êtes
mail-waiting-key = L’adresse de cette page est votre clé : ne la transmettez à personne.
mail-waiting-not-you = Ce n’est pas vous qui l’avez demandé ? Quittez alors la liste sur cette page, et rien n’est conservé à votre sujet.
mail-terms = Conditions générales

## Mails to users

account-mail-reset-subject = Choisir un nouveau mot de passe : { $organisation }
account-mail-verify-subject = Confirmez votre adresse e-mail : { $organisation }
account-mail-hello = Bonjour { $name },
account-mail-reset-text = un nouveau mot de passe a été demandé pour votre compte chez { $organisation }. Choisissez-le ici :
account-mail-verify-text = cette adresse a été saisie pour votre compte chez { $organisation }. Confirmez-la : un nouveau mot de passe pourra y être demandé si vous oubliez le vôtre.
account-mail-reset-button = Choisir un nouveau mot de passe
account-mail-verify-button = Confirmer l’adresse
account-mail-lasts = Le lien sert une seule fois, pendant { $time }.
account-mail-asked = Demandé le { $time }.
account-mail-from = Depuis : { $where }.
account-mail-reset-not-you = Ce n’était pas vous ? Alors ne faites rien : votre mot de passe reste le même. Si cela se reproduit, dites-le à un propriétaire du serveur.
account-mail-verify-not-you = Cela ne vous dit rien ? Alors ne faites rien.
account-notice-subject = Votre compte a été modifié : { $organisation }
account-notice-app-added = une application d’authentification a été configurée comme deuxième facteur de votre compte chez { $organisation }.
account-notice-app-removed = le deuxième facteur de votre compte chez { $organisation } a été désactivé.
account-notice-passkey-added = une clé d’accès a été ajoutée à votre compte chez { $organisation }.
account-notice-passkey-removed = une clé d’accès a été retirée de votre compte chez { $organisation }.
account-notice-reset = un propriétaire a réinitialisé votre compte chez { $organisation } : son deuxième facteur est désactivé, ses clés d’accès sont retirées.
account-notice-when = C’était le { $time }.
account-notice-not-you = Ce n’était pas vous, et vous ne l’avez pas demandé ? Choisissez tout de suite un nouveau mot de passe, et dites-le à un propriétaire du serveur :
