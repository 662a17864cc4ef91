### Ce qu’une personne lit à l’entrée sur le téléphone du contrôle, dans la langue de sa réservation : une phrase courte, en grand.

at-door-welcome = Bienvenue !
at-door-seat-block = bloc { $value }
at-door-seat-row = rang { $value }
at-door-seat-seat = place { $value }
at-door-entrance = Votre entrée : { $doors }
at-door-no-entrance = Ce billet n’est pas valable à cette entrée.
at-door-already = Ce billet a déjà été utilisé à { $time }.
at-door-day = Votre billet est pour le { $day }, { $time }.
at-door-opens = Entrée à partir de { $time }.
at-door-closed = Les entrées sont closes depuis { $time }.
at-door-expired = Ce billet n’est plus valable.
at-door-unpaid = Ce billet n’est pas encore réglé.
at-door-due = Reste à régler pour ce billet : { $sum }
at-door-canceled = Cette réservation a été annulée.
at-door-blocked = Ce billet est bloqué. Adressez-vous à l’organisateur.
at-door-full = C’est complet pour le moment. Merci de patienter.
at-door-event = Ce billet est pour un autre événement.
at-door-replaced = Il existe un code plus récent pour ce billet. Ouvrez votre dernier e-mail.
