### Les pages des cartes Wallet d'un événement et de ses codes d'exercice. Ce qui suit `practice-shows-` est le code d'une réponse.
passes-off = Plus aucune carte n’est proposée. Celles qui sont sur des téléphones restent valables. Avant : { $percent } % des réservations.
passes-invited = Réservations invitées seulement : les testeurs. Invitez-les sur la page de leur réservation.
passes-percent = Réservations invitées, et { $percent } % du total.
passes-on = Tout le monde.
passes-stop = Arrêter
passes-ask-stop = Ne plus proposer de carte à personne ? Les messages en attente ne partent pas. Qui a une carte la garde, et elle reste valable.
passes-resume = Reprendre
passes-invite = Ne proposer qu’aux invités
passes-did-stop = Arrêté : plus aucune carte n’est proposée.
passes-did-resume = Repris : les cartes sont proposées comme avant.
passes-started = La vague est lancée.
passes-step-offered = Proposées
passes-step-opened = Ouvertes
passes-step-added = Ajoutées à Wallet
passes-step-scanned = Entrées avec elle
passes-reservations = { $count ->
    [one] Proposées à { $count } réservation.
    [many] Proposées à { $count } réservations.
   *[other] Proposées à { $count } réservations.
}
passes-answers = Avis de ceux qui en ont ajouté une : ça marche, { $worked } ; ça ne marche pas, { $failed }.
passes-testers = Testeurs
passes-percents = { $above } à { $percent }
passes-no-letter = Aucun message
passes-sent = { $count ->
    [one] { $count } message
    [many] { $count } messages
   *[other] { $count } messages
}
passes-sent-unknown = Messages : { $sent }, et { $unknown } encore inconnus
passes-share = { $share } % de l’étape précédente
practice-of = Codes d’exercice : { $name }
practice-code = Code d’exercice : { $label }
practice-no-ticket = Pour l’exercice. Pas un billet.
practice-shows-admitted = Billet contrôlé
practice-shows-exited = Sortie enregistrée
practice-shows-already_scanned = Billet déjà contrôlé
practice-shows-canceled = Billet annulé
practice-shows-unpaid = Billet non payé
practice-shows-blocked = Billet bloqué
practice-shows-replaced = Billet réémis
practice-shows-expired = Billet expiré
practice-shows-too_early = Trop tôt pour ce billet
practice-shows-too_late = Trop tard pour ce billet
practice-shows-wrong_door = Mauvaise porte
practice-shows-full = Jauge atteinte
practice-shows-not_inside = Billet pas à l’intérieur
practice-shows-wrong_event = Autre événement
practice-shows-invalid_code = Ce QR n’est pas un billet
practice-shows-bad_signature = Signature du billet invalide
practice-shows-unknown_ticket = Billet introuvable

## The page of passes

passes-title = Cartes Wallet
passes-event = L’événement
passes-refresh = Actualiser
passes-who = À qui elles sont proposées
passes-far = Jusqu’où les participants sont allés
passes-step = Étape
passes-tickets = Billets
passes-part = Part
passes-next = Prochaine vague
passes-how-many = Proposer à quel pourcentage des réservations
passes-how-many-hint = Qui s’est vu proposer des cartes le reste. 0 envoie le message aux testeurs invités.
passes-no-mail = Aucun serveur de messagerie n’est configuré (HUB_SMTP_HOST) : la vague n’a pas de message.
passes-subject = Objet du message <span class="hint">facultatif</span>
passes-letter = Message à ceux à qui elles sont proposées <span class="hint">facultatif</span>
passes-letter-hint = Vos mots ; le lien vers leurs billets et votre contact figurent dessous. Vide : aucun message.
passes-start = Lancer la vague
passes-waves = Vagues
passes-begun = Lancée
passes-of-percent = Pourcentage
passes-letters = Messages envoyés

## The page of practice codes

practice-title = Codes d’exercice
practice-print = Imprimer
practice-lead = Un code pour chaque réponse qu’une porte peut donner. Contrôlés aux portes de cet événement, ils disent ce qu’ils représentent ; rien n’est compté. Dans le scanner, activez l’exercice pour voir l’écran entier.
