### En-têtes des exports CSV, pour les humains : un mot ou peu, tous différents dans une langue. Un import reconnaît par eux l'export du hub lui-même.
csv-id = identifiant
csv-barcode = code
csv-reservation = réservation
csv-first_name = prénom
csv-last_name = nom
csv-phone_number = téléphone
csv-product = tarif
csv-price = prix
csv-date = date
csv-time = heure
csv-paid = payé
csv-status = état
csv-expired = expiré
csv-scans = contrôles
csv-booked_at = réservé le (UTC)
csv-email = e-mail
csv-notice = note pour la porte
csv-block = bloc
csv-row = rang
csv-seat = place
csv-amount = montant
csv-currency = devise
csv-booked_at_local = réservé le
csv-first_entry = première entrée (UTC)
csv-first_entry_local = première entrée
csv-payment_method = moyen de paiement
csv-payment_amount = montant encaissé
csv-payment_returned = montant remboursé
csv-payment_currency = devise du paiement
csv-payment_at = payé le (UTC)
csv-payment_at_local = payé le
csv-answers = réponses
csv-answer = réponse : { $question }

## Scans

csv-kind = type
csv-seq = numéro
csv-at = moment (UTC)
csv-received_at = reçu le (UTC)
csv-ticket = billet
csv-code = réponse (code)
csv-direction = sens
csv-device = téléphone à la porte (identifiant)
csv-door = porte (identifiant)
csv-nonce = nonce
csv-by = par
csv-at_local = moment
csv-device_name = téléphone à la porte
csv-door_name = porte

## Takings

csv-method = moyen de paiement
csv-by_kind = par (type)
csv-payments = paiements
csv-taken = encaissé
csv-refunds = remboursements
csv-returned = remboursé

## The report

csv-part = partie
csv-name = nom
csv-figure = chiffre
csv-value = valeur
csv-value_local = valeur (heure locale)
