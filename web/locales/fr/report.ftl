### Le bilan de la soirée, comme page.
report-title = Bilan
report-heading = { $event } : bilan
report-dashboard = Tableau de bord
report-as-of = état à { $time }
report-files = Pour tableur :
report-file-figures = ces chiffres
report-file-tickets = tous les billets
report-file-scans = tous les contrôles
report-file-takings = les recettes
report-booked = Réservés
report-came = Venus
report-no-show = Pas venus
report-still-expected = Encore attendus
report-expected = Attendus
report-refused = Refusés
report-peak = Pic de présence, à { $time }
report-none = Aucune donnée.
report-venue = Le lieu
report-gone = Compte supprimé
report-tickets = Billets

## Titles of tables

report-times = Séances
report-products = Tarifs
report-doors = Portes
report-refusals = Refus
report-headcount = Sans billet
report-takings-kind = Recettes par type
report-takings-method = Recettes par moyen de paiement
report-takings-person = Recettes par personne
report-takings-door = Recettes par porte
report-forced = Entrées forcées
report-conflicts = Conflits dus au mode hors ligne
report-recounts = Comptages manuels
report-offline = Hors ligne

## Heads of columns

report-time = Heure
report-showing = Séance
report-product = Tarif
report-door = Porte
report-admitted = Entrées
report-left = Sorties
report-reason = Motif
report-count = Nombre
report-who = Qui
report-in = Entrées
report-out = Sorties
report-kind = Type
report-method = Moyen
report-person = Personne
report-payments = Paiements
report-taken = Encaissé
report-given-back = Remboursé
report-net = Recette
report-currency = Devise
report-by = Par
report-why = Motif
report-let-in = Entrée
report-counted = Comptée
report-where = Lieu
report-was = Avant
report-is = Après
report-device = Téléphone
report-from = De
report-until = À
report-scans = Contrôles

## Kinds of people without tickets, and rows of takings. What follows `report-row-` is a name of the API.

report-row-walk_in = Sans réservation
report-row-child = Enfant
report-row-crew = Équipe
report-row-other = Autre
report-row-unknown = Inconnu
report-row-no-door = À aucune porte
report-row-cash = Espèces
report-row-card = Carte
report-row-transfer = Virement
report-row-free = Gratuit

report-cell-event = Événement
report-cell-peak-inside = Pic de présence
report-cell-peak-at = Pic de présence à
report-cell-starts-at = Début
report-cell-undos = Contrôles annulés
report-cell-user = Compte
report-cell-key = Clé
