### Cartes dans Apple Wallet et Google Wallet, et entrée d'agenda. Peu de place : restez bref.

pass-title = Billet : { $event }
pass-state = Billet
pass-state-changed = Votre billet : %@
pass-valid = Valable
pass-canceled = Annulé
pass-unpaid = Non payé
pass-blocked = Bloqué
pass-replaced = Remplacé
pass-expired = Expiré
pass-admitted-at = Entrée { $time }
pass-event = Événement
pass-event-changed = Nouveau nom : %@
pass-begins = Début
pass-begins-changed = Nouvel horaire : %@
pass-place = Lieu
pass-place-changed = Nouveau lieu : %@
pass-name = Nom
pass-kind = Tarif
pass-seat = Place
pass-seat-changed = Nouvelle place : %@
pass-void = Ce billet n’est plus valable
pass-void-replaced = Un nouveau billet a été émis à la place de celui-ci : ouvrez son lien et ajoutez-le à nouveau.
pass-void-handed-on = Ce billet a été transmis : une autre personne a son nouveau code.
pass-admitted = Entrée
pass-admitted-door = { $when } ({ $door })
pass-doors = Ouverture
pass-until = Valable jusqu’au
pass-address = Adresse
pass-organiser = Organisateur : { $way }
pass-number = Numéro du billet
pass-issued-by = Émis par
pass-terms = Conditions générales

calendar-number = Billet n° { $number }
