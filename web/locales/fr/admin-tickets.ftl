### Billets et réservations dans l’administration, tels que ses scripts les disent : listes, lots, un billet, une réservation.
admin-ticket-valid = Valable
admin-ticket-unpaid = Non payé
admin-ticket-blocked = Bloqué
admin-ticket-canceled = Annulé
admin-ticket-expired = Expiré
admin-ticket-no-name = Sans nom
admin-ticket-event = Événement
admin-ticket-when = Séance
admin-ticket-date = Date
admin-ticket-time = Heure
admin-ticket-product = Tarif
admin-ticket-phone = Téléphone
admin-ticket-seat = Place
admin-ticket-seat-block = bloc { $value }
admin-ticket-seat-row = rang { $value }
admin-ticket-seat-seat = place { $value }
admin-ticket-notice = Note pour la porte
admin-ticket-same-answer = Il y a deux réponses à cette question : n’en gardez qu’une.
admin-ticket-booked = Réservé dans
admin-ticket-reservation = sa réservation
admin-ticket-number = Billet
admin-ticket-qr = Code du billet : { $name }
admin-ticket-link-page = Page du billet
admin-ticket-link-pkpass = Carte Apple Wallet
admin-ticket-link-google = Google Wallet
admin-ticket-do-print = Imprimer
admin-ticket-do-block = Bloquer
admin-ticket-do-unblock = Débloquer
admin-ticket-do-reissue = Réémettre
admin-ticket-do-cancel = Annuler le billet
admin-ticket-do-restore = Rétablir le billet
admin-ticket-do-delete = Supprimer
admin-ticket-ask-reissue = Donner un nouveau code à ce billet ? Le code et les liens du participant ne seront plus valables ; remettez-lui les nouveaux.
admin-ticket-ask-cancel = Annuler ce billet ? Sa place est libre aussitôt. Le billet peut être rétabli tant qu’il reste une place.
admin-ticket-ask-delete = Supprimer ce billet, avec le nom et le téléphone du participant ? Sa place est libre aussitôt. C’est irréversible.
admin-ticket-did-block = Bloqué : les portes le refusent désormais.
admin-ticket-did-unblock = Débloqué.
admin-ticket-did-reissue = Réémis : remettez le nouveau billet.
admin-ticket-did-cancel = Annulé.
admin-ticket-did-restore = Rétabli : les portes l’acceptent à nouveau.
tickets-list = Billets
tickets-filters = { $event } : séance, état, ordre
tickets-all-events = Tous les événements : date, état
tickets-some = { $shown } billets sur { $total }
tickets-order = réservation { $order }
tickets-pick = Choisir le billet : { $name }
tickets-chosen = { $count ->
    [one] { $count } billet choisi
    [many] { $count } billets choisis
   *[other] { $count } billets choisis
}
tickets-unpick = Tout décocher
tickets-cancel = Les annuler
tickets-resend = Renvoyer les liens
tickets-ask-cancel = { $count ->
    [one] Annuler ce billet ? Sa place est libre aussitôt.
    [many] Annuler ces { $count } billets ? Leurs places sont libres aussitôt.
   *[other] Annuler ces { $count } billets ? Leurs places sont libres aussitôt.
}
tickets-ask-pay = { $count ->
    [one] Marquer { $count } réservation comme payée ? Tous ses billets seront valables.
    [many] Marquer { $count } réservations comme payées ? Tous leurs billets seront valables.
   *[other] Marquer { $count } réservations comme payées ? Tous leurs billets seront valables.
}
tickets-ask-resend = { $count ->
    [one] Renvoyer par e-mail le lien de { $count } réservation ?
    [many] Renvoyer par e-mail les liens de { $count } réservations ?
   *[other] Renvoyer par e-mail les liens de { $count } réservations ?
}
tickets-none-payable = Aucun de ces billets n’est en attente de paiement.
tickets-none-printable = Aucun de ces billets n’a de code à imprimer : ils sont annulés.
tickets-no-mail = Ce serveur n’envoie pas d’e-mails. Ouvrez une réservation pour transmettre son lien.
tickets-choose-all = Choisir les { $total } qui correspondent
tickets-all-chosen = Les { $total } billets qui correspondent sont choisis
tickets-all-block = { $count ->
    [one] Blocage de { $count } billet
    [many] Blocage de { $count } billets
   *[other] Blocage de { $count } billets
}
tickets-all-unblock = { $count ->
    [one] Déblocage de { $count } billet
    [many] Déblocage de { $count } billets
   *[other] Déblocage de { $count } billets
}
tickets-all-pay = { $count ->
    [one] Marquage de { $count } billet comme payé
    [many] Marquage de { $count } billets comme payés
   *[other] Marquage de { $count } billets comme payés
}
tickets-all-resend = { $count ->
    [one] Renvoi du lien de { $count } billet
    [many] Renvoi des liens de { $count } billets
   *[other] Renvoi des liens de { $count } billets
}
tickets-all-cancel = { $count ->
    [one] Annulation de { $count } billet
    [many] Annulation de { $count } billets
   *[other] Annulation de { $count } billets
}
tickets-all-unchanged = { $count ->
    [one] { $count } l’était déjà.
    [many] { $count } l’étaient déjà.
   *[other] { $count } l’étaient déjà.
}
tickets-all-refused = { $count ->
    [one] { $count } non traité : { $why } :
    [many] { $count } non traités : { $why } :
   *[other] { $count } non traités : { $why } :
}
tickets-all-stop = Arrêter
tickets-all-stopped = Arrêté après { $n } sur { $count }.
tickets-all-go-on = Continuer
tickets-all-leave = En rester là
tickets-all-close = Fermer
tickets-all-most-printed = On imprime au plus { $most } billets à la fois : réduisez la liste par séance, tarif ou état.
tickets-ask-block = { $count ->
    [one] Bloquer ce billet ? Les portes le refusent jusqu’à son déblocage.
    [many] Bloquer ces { $count } billets ? Les portes les refusent jusqu’à leur déblocage.
   *[other] Bloquer ces { $count } billets ? Les portes les refusent jusqu’à leur déblocage.
}
tickets-ask-unblock = { $count ->
    [one] Débloquer ce billet ?
    [many] Débloquer ces { $count } billets ?
   *[other] Débloquer ces { $count } billets ?
}
tickets-ask-mail = { $count ->
    [one] Renvoyer par e-mail le lien de { $count } billet ? Chaque réservation reçoit un seul e-mail.
    [many] Renvoyer par e-mail les liens de { $count } billets ? Chaque réservation reçoit un seul e-mail.
   *[other] Renvoyer par e-mail les liens de { $count } billets ? Chaque réservation reçoit un seul e-mail.
}
tickets-ask-pay-all = { $count ->
    [one] Marquer { $count } billet comme payé ? Il est payé à son prix.
    [many] Parmi { $count } billets, marquer comme payés ceux qui ne le sont pas ? Chacun est payé à son prix.
   *[other] Parmi { $count } billets, marquer comme payés ceux qui ne le sont pas ? Chacun est payé à son prix.
}
tickets-progress = { $n } sur { $count }
tickets-done = { $count ->
    [one] { $count } traité.
    [many] { $count } traités.
   *[other] { $count } traités.
}
tickets-not-done = { $count ->
    [one] { $count } non traité :
    [many] { $count } non traités :
   *[other] { $count } non traités :
}
tickets-first = { $count ->
    [one] Le premier billet
    [many] Les { $count } premiers billets
   *[other] Les { $count } premiers billets
}
admin-reservation-of = Réservation : { $name }
admin-reservation-paid = Payée
admin-reservation-unpaid = Non payée
admin-reservation-email = E-mail
admin-reservation-tickets = Billets
admin-reservation-number = Réservation
admin-reservation-link = le lien
admin-reservation-do-pay = Marquer comme payée
admin-reservation-do-resend = Renvoyer le lien
admin-reservation-do-invite = Proposer des cartes Wallet
admin-reservation-do-uninvite = Ne plus proposer de cartes Wallet
admin-reservation-do-cancel = Annuler tous les billets
admin-reservation-do-restore = Rétablir la réservation
admin-reservation-ask-cancel = Annuler tous les billets de cette réservation ? Leurs places sont libres aussitôt. La réservation peut être rétablie tant qu’il reste des places.
admin-reservation-did-pay = Payée : ses billets sont valables.
admin-reservation-did-cancel = Annulée.
admin-reservation-did-restore = Rétablie.
admin-reservation-did-invite = Des cartes Wallet sont proposées à ces participants.
admin-reservation-did-uninvite = Plus aucune carte Wallet n’est proposée à ces participants.
admin-reservation-mailed = L’e-mail est en route. Le lien, à transmettre aussi autrement :
admin-reservation-hand-on = Ce serveur n’envoie pas d’e-mails. Transmettez ce lien :
admin-ticket-showing = { $count ->
    [one] { $when } ({ $count } place restante)
    [many] { $when } ({ $count } places restantes)
   *[other] { $when } ({ $count } places restantes)
}
