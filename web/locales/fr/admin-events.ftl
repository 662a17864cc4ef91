### Les événements dans l’administration, tels que ses scripts les disent : liste, formulaire, séances, liste d’attente, premiers pas.
admin-events-open = Tout le monde
admin-events-keys = Avec une clé
admin-events-closed = Fermé
admin-events-any-time = À tout moment
admin-events-copy = Dupliquer
admin-events-live = Suivre en direct
admin-events-unused = Ce qui est réservé sans événement va dans « { $event } », qui figure ici dès sa première réservation.
admin-events-unused-settings = Réglages : { $event }
first-event = Créez un événement : un nom, une heure, une porte.
first-phone = Appairez un téléphone : il devient un scanner en lisant un code.
first-ticket = Réservez un billet d’essai et contrôlez-le.
first-make-event = Créer un événement
first-pair-phone = Appairer un téléphone
first-book-ticket = Réserver un billet d’essai
first-done = Fait
first-guest = Participant d’essai
first-no-seat = Cet événement n’a aucune séance avec une place libre : ajoutez-en une d’abord.
event-copy-of = Une copie sans ses billets ni ses téléphones : { $name }. Choisissez quand elle commence : toutes les autres heures suivent.
event-picture-remove = Retirer l’image
event-picture-unreadable = Ce navigateur ne peut pas afficher l’image : choisissez une image JPEG, PNG ou WebP.
event-picture-refused = L’événement est créé, sans son image : { $why }
event-no-products = Cet événement n’a pas encore de tarifs.
event-first-door = Entrée principale
event-made = L’événement est créé. Ensuite : appairez un téléphone pour sa porte, puis réservez un billet d’essai.
event-seats = Places de la séance : { $when }
event-ends = Fin de la séance : { $when }
event-change = Modifier
event-full = Complet
event-takes-bookings = Les réservations sont prises comme indiqué plus haut. La fermeture y met fin ; les portes continuent.
event-is-closed = Les réservations sont fermées. Les portes continuent.
event-warn-unsold = Tarif avec un prix : { $name }. La page de réservation ne le vend pas, sauf si le tarif l’indique.
event-warn-ahead = Réservable par tout le monde : { $name }. Un tel billet n’est pas payé et ne laisse entrer personne avant de l’être.
event-warn-door = Réservable par tout le monde et payé à la porte : { $name }.
event-warn-hold = Les places non payées sont gardées sans fin : indiquez après combien de minutes elles se libèrent.
event-warn-where = Les participants ne savent pas où payer : indiquez le lieu.
event-close = Fermer les réservations
event-close-asked = Ne plus prendre de réservations : { $name } ? Les portes continuent, et vous pourrez les rouvrir.
event-reopen = Rouvrir les réservations
admin-waiting-shown = { $count ->
    [one] { $count } participant
    [many] { $count } participants
   *[other] { $count } participants
}
admin-waiting-first = { $count ->
    [one] Le premier participant
    [many] Les { $count } premiers participants
   *[other] Les { $count } premiers participants
}
admin-waiting-seats = { $count ->
    [one] { $count } place
    [many] { $count } places
   *[other] { $count } places
}
admin-waiting-waits = En attente
admin-waiting-position = En attente, numéro { $position }
admin-waiting-offered = Places proposées
admin-waiting-until = jusqu’au { $until }
admin-waiting-link = Copier le lien
admin-waiting-remove = Retirer de la liste
admin-waiting-ask = Retirer de la liste d’attente : { $name } ? Les places proposées passent à la personne suivante.
admin-waiting-removed = N’attend plus : { $name }.
event-left = Reste : { $left }
event-multi = { $count ->
    [one] { $count } fois
    [many] { $count } fois
   *[other] { $count } fois
}
