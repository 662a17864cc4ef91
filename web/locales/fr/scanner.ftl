### La page du scanner : ce qui y est écrit d’emblée. Ce que disent ses scripts est dans `scanning.ftl`.

scan-app = Scanner
scan-no-script = Le scanner a besoin de JavaScript : autorisez-le pour ce site.

## Pairing

scan-pair-none = Ce téléphone n’est pas appairé
scan-pair-how = Demandez un code d’appairage à l’organisateur. Ouvrez-le avec la caméra de ce téléphone, ou lisez-le ici.
scan-pair-by-camera = Lire un code d’appairage
scan-pair-title = Contrôle d’accès
scan-pair-now = Appairer ce téléphone
scan-pair-keep = Ne rien changer

## Scanning

scan-direction = Sens
scan-in = Entrée
scan-out = Sortie
scan-hint = Un lecteur portable écrit ici de lui-même.
scan-next = Suivant
scan-force = Faire entrer quand même
scan-light = Lampe
scan-recent = Derniers contrôles de ce téléphone
scan-none = Aucun contrôle pour l’instant.
scan-conflict-seen = Vu

## People without tickets

scan-heads-title = Personnes sans billet
scan-heads-kind = Qui sont-elles
scan-heads-walk_in = Sans réservation
scan-heads-child = Enfant
scan-heads-crew = Équipe
scan-heads-more = Une entrée de plus
scan-heads-less = Une sortie

## The menu

scan-menu-title = Plus
scan-menu-training = Exercice : rien n’est enregistré
scan-menu-party = Demander combien de personnes d’une réservation entrent
scan-menu-sound = Son
scan-menu-unpair = Désappairer ce téléphone
scan-door-title = Changer de porte
scan-door-lead = À quelle porte se trouve ce téléphone désormais ?
scan-door-keep = Rester ici

## Finding a guest

scan-find-title = Chercher un participant
scan-find-label = Nom, au moins 3 lettres ; ou e-mail, téléphone, réservation, numéro de billet, code-barres, place
scan-find-next = En afficher plus
scan-close = Fermer

## Selling

scan-sale-when = Séance
scan-sale-total = Total
scan-sale-given = Espèces reçues
scan-sale-next = Client suivant

## Questions

scan-party-how = Combien entrent maintenant ?
scan-party-none = Personne
scan-question-yes = Oui
scan-question-no = Non
scan-force-title = Faire entrer quand même ?
scan-force-lead = L’entrée est enregistrée avec votre motif.
scan-force-reason = Motif
scan-force-yes = Faire entrer
scan-force-cancel = Ne pas faire entrer
