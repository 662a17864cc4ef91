### Erreurs, telles que les pages et les réponses de l'API les disent. Sans point final.

problem-not-found = Introuvable
problem-bad-request = Requête incorrecte
problem-method = Méthode non autorisée
problem-not-allowed = Ce n’est pas autorisé
problem-internal = Une erreur est survenue ici : réessayez
problem-database = La base de données ne répond pas : réessayez
problem-unconfirmed = pas de confirmation : scannez à nouveau
problem-slow-down = Trop de requêtes : réessayez plus tard
problem-body-too-large = L’envoi est trop volumineux : { $most } octets au maximum. Envoyez-en moins à la fois
problem-form-elsewhere = Ce formulaire a été envoyé depuis un autre site : ouvrez la page ici
problem-link-not-valid = Ce lien n’est plus valable
problem-no-event = Événement introuvable
problem-no-ticket = Billet introuvable
problem-no-reservation = Réservation introuvable
problem-no-place = Cette inscription n’existe pas sur la liste d’attente

## Changes by a ticket's holder

problem-handed-on = Ce billet a été transmis : son code et son lien sont maintenant à une autre personne
problem-not-offered = Cet événement ne le propose pas : contactez l’organisateur
problem-ticket-is-cancelled = Le billet est annulé
problem-ticket-is-blocked = Le billet est bloqué
problem-ticket-over = La date du billet est passée
problem-ticket-scanned = Le billet a déjà été contrôlé
problem-too-late-to-cancel = Il est trop tard pour annuler : contactez l’organisateur
problem-ticket-unpaid = Le billet n’est pas payé : payez-le d’abord
problem-handed-on-limit = Ce billet ne peut plus être transmis
problem-change-unusable = Le billet ne peut pas être modifié ainsi

## Booking and the waiting list

problem-booking-unusable = La réservation ne peut pas être faite
problem-sold-out = Complet
problem-few-left = Places restantes à cette séance : { $left }
problem-no-showing = Il n’y a pas de séance à cette heure
problem-phone-limit = Billets d’une même séance par numéro de téléphone : { $most } au maximum
problem-time-over = Cette séance est déjà passée
problem-no-waiting-list = Cet événement n’a pas de liste d’attente
problem-waits-already = Cette adresse attend déjà pour cette séance
problem-party-too-large = Le groupe est trop grand
problem-seats-left = Il reste des places : réservez-les
problem-waiting-full = La liste d’attente de cette séance est pleine
problem-place-ended = Cette inscription sur la liste d’attente a pris fin
problem-offer-over = Le délai pour accepter ces places est passé
problem-no-offer = Aucune place n’est encore proposée
problem-no-more-bookings = Cet événement ne prend plus de réservations
problem-offer-unusable = L’offre ne peut pas être acceptée ainsi
problem-offer-phone = doit être un numéro de téléphone : de 3 à 20 chiffres, avec des espaces et + - ( ) . / entre eux
