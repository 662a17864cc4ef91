### La page d’état d’un relais, et ce qu’en disent les autres pages d’un relais.

relay-title = Relais { $name }
relay-dashboard = Tableau de bord
relay-scanner = Scanner
relay-at-the-hub = Au serveur
relay-asking = Le relais est interrogé
relay-stale = Le relais n’a pas répondu depuis { $time } : voici son état d’alors.
relay-hub = Son serveur : { $address }

relay-state-connected = Relié depuis { $time }
relay-state-degraded = Relié, lent depuis { $time }
relay-state-alone = Seul depuis { $time }
relay-state-catching_up = Rattrape son retard depuis { $time }
relay-state-ended = Terminé à { $time }

relay-strip = { $state }. { $more }

relay-more-connected = Le serveur décide de chaque contrôle.
relay-more-degraded = Le serveur répond tard. Les contrôles auxquels il ne répond pas à temps sont décidés ici.
relay-more-alone = Le serveur est injoignable. Les portes continuent, et ce qu’elles font sera envoyé dès que la liaison reviendra. Il n’y a rien à faire ici.
relay-more-catching_up = La liaison est revenue. Les contrôles sont décidés ici jusqu’à ce que tous soient envoyés.

relay-ended = Le serveur n’accepte plus ce relais. Il ne laisse entrer personne : utilisez le serveur lui-même.
relay-ended-relay_taken = Un autre relais a pris sa place. Il ne laisse entrer personne : utilisez l’autre, ou le serveur lui-même.
relay-ended-relay_lost = Il a été déclaré perdu au serveur. Il ne laisse entrer personne : relancez-le avec une nouvelle clé, ou utilisez le serveur lui-même.
relay-ended-restored = Le serveur a été restauré depuis une sauvegarde. Attendez qu’il ne reste aucun contrôle à envoyer, puis relancez le relais dans un nouveau dossier.
relay-ended-event_over = L’événement est terminé, et sa copie est supprimée.

relay-inside = À l’intérieur
relay-admitted = Entrés
relay-admitted-of = { $admitted } sur { $booked }
relay-waiting = Contrôles à envoyer
relay-behind = Changements du serveur à chercher
relay-exchange = Dernières nouvelles du serveur
relay-exchange-never = Aucune depuis son démarrage
relay-clock = Son horloge
relay-clock-right = Juste
relay-clock-ahead = { $seconds } s en avance sur le serveur
relay-clock-behind = { $seconds } s en retard sur le serveur
relay-refused = Contrôles que le serveur n’a pas enregistrés
relay-refused-more = Ils ne sont au journal qu’ici. Adressez-vous à qui gère le serveur, avec le code.
relay-refused-line = { $time }, { $device } : { $code }
relay-refused-device = un téléphone
