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
problem-reservation-change-unusable = La réservation ne peut pas être modifiée ainsi
problem-change-unusable = Le billet ne peut pas être modifié ainsi

## Booking and the waiting list

problem-booking-unusable = La réservation ne peut pas être faite
problem-sold-out = Complet
problem-few-left = Places restantes à cette séance : { $left }
problem-product-sold-out = { $product } : complet
problem-product-few-left = { $product } : places restantes à cette séance : { $left }
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

## Who asks

problem-key-missing = Clé d’API absente ou non valable
problem-archived = L’application est archivée.
problem-key-needed = Une clé ou une connexion est nécessaire
problem-scope-needed = Il faut pour cela le droit { $scopes }
problem-role = Votre rôle ne le permet pas
problem-page = Ce compte ne peut pas voir cette page
problem-page-old = La page n’est plus à jour : rechargez-la
problem-login-elsewhere = Ce formulaire a été envoyé depuis un autre site : ouvrez la page de connexion et réessayez
problem-own-token = Il faut pour cela le jeton du billet lui-même
problem-owner-scope = Seul un propriétaire crée ou révoque une clé avec le droit admin
problem-key-revoked = Cette clé a été révoquée entre-temps
problem-key-rights = La personne dont cette clé aurait les droits ne peut plus la créer
problem-key-unusable = La clé ne peut pas être créée
problem-no-key = Clé introuvable
problem-wrong-login = Nom d’utilisateur ou mot de passe incorrect
problem-no-user = Compte introuvable
problem-user-busy = Ce compte vient de créer une clé : réessayez
problem-login-ended = Votre session a pris fin entre-temps : connectez-vous à nouveau
problem-user-unusable = Le compte ne peut pas être enregistré ainsi
problem-no-password = Il faut pour cela une connexion : une clé n’a pas de mot de passe
problem-password-unusable = Le mot de passe ne peut pas être modifié
problem-sold-elsewhere = Pour des billets vendus ailleurs, il faut une clé
problem-details-need-key = Pour une remarque, une place et des réponses d’un billet, il faut une clé

## Requests

problem-not-json = Le corps de la requête n’est pas du JSON
problem-not-object = Le corps de la requête doit être un objet JSON
problem-list-unusable = La liste ne peut pas être lue ainsi
problem-list-search = recherche
problem-list-cursor = curseur
problem-idempotency-key = Idempotency-Key
problem-idempotency = Cet Idempotency-Key a servi pour une autre requête
problem-unstorable = Une valeur est trop grande ou contient des caractères qui ne peuvent pas être enregistrés
problem-stopping = le hub s’arrête : réessayez
problem-unreadable = L’enregistrement ne peut pas être lu ({ $thing }) : contactez l’organisateur
problem-taken = Déjà pris
problem-taken-names = Déjà pris : { $names }
problem-not-ready = pas prêt
problem-no-such-page = Cette page n’existe pas
problem-no-such-event = Cet événement n’existe pas
problem-own-event = Ce n’est pas un de vos événements
problem-which-event = Indiquez l’événement

## Events and their showings

problem-event-unusable = L’événement ne peut pas être enregistré ainsi
problem-event-change-unusable = L’événement ne peut pas être modifié ainsi
problem-showings-unusable = Les séances ne peuvent pas être enregistrées ainsi
problem-no-showing-when = Pas de séance : { $when }
problem-showing-there = Il y a déjà une séance : { $when }
problem-showing-booked = Places réservées ({ $when }) : { $count }
problem-door-used = Des appareils sont à cette entrée : { $names }
problem-zone-used = Il y a quelqu’un dans cette zone
problem-product-sold = Des billets de ce tarif sont vendus et comptés par son nom ; retirez d’abord son nombre de billets : { $names }
problem-no-zone = Cette zone n’existe pas
problem-unknown-timezone = timezone : fuseau horaire inconnu
problem-when-needed = La date et l’heure sont nécessaires
problem-skipped-time = Cette heure n’existe pas ce jour-là
problem-pictures-busy = trop d’images sont en préparation
problem-qr-size = taille
problem-qr-format = format
problem-part = partie
problem-not-a-uuid = L’identifiant du billet n’est pas un uuid

## Devices

problem-device-unusable = L’appareil ne peut pas être enregistré ainsi
problem-no-device = Appareil introuvable
problem-device-archived = Un appareil archivé ne peut pas être associé

## Imports

problem-import-ended = L’import a pris fin entre-temps : recommencez
problem-import-meanwhile = Un billet de la liste a été modifié entre-temps : importez à nouveau
problem-import-time = L’horaire a été modifié entre-temps ({ $name }) : importez à nouveau
problem-import-empty = Le fichier ne contient aucun billet
problem-import-joined = Un import peut compléter des commandes de { $most } billets au maximum : envoyez-le en plusieurs fichiers
problem-import-rows = Un import contient { $most } billets au maximum : envoyez-les en plusieurs fichiers
problem-import-kinds = Un import contient au maximum { $times } séances et { $products } tarifs
problem-import-choices = Ces choix ne peuvent pas être utilisés
problem-import-columns = La ligne { $row } a plus de { $most } colonnes : ce n’est pas une liste de billets
problem-import-long-row = Une ligne a plus de { $most } caractères : cherchez un guillemet qui n’est pas fermé
problem-import-no-csv = La ligne { $row } n’est pas du CSV : cherchez un guillemet qui n’est pas fermé
problem-import-large = Le fichier est trop volumineux : { $most } octets au maximum
problem-import-no-body = Le fichier est vide
problem-import-unknown = Ce n’est ni du CSV ni du .xlsx : ouvrez-le dans un tableur et enregistrez-le sous l’un de ces formats
problem-import-no-file = Envoyez le fichier lui-même comme corps de la requête, en text/csv
problem-import-encoding = Des lettres de ce fichier ne peuvent pas être lues avec certitude : indiquez la bonne lecture
problem-workbook-empty = Le classeur est vide
problem-workbook-unreadable = Ce classeur ne peut pas être lu : enregistrez-le en .xlsx ou en CSV
problem-workbook-locked = Ce classeur est protégé par un mot de passe : retirez-le ou enregistrez la liste en CSV
problem-workbook-formula = La cellule { $cell } contient une formule sans son résultat : enregistrez d’abord le classeur dans un tableur
problem-workbook-old = Ce classeur date d’avant 2007 (.xls) : enregistrez-le en .xlsx ou en CSV
problem-archive-other = C’est un fichier { $kind } : enregistrez la liste en .xlsx ou en CSV
problem-workbook-large = Le classeur est trop volumineux : enregistrez la liste en CSV
problem-sheet-long = La feuille est trop longue : { $most } lignes au maximum
problem-sheet-wide = La feuille a plus de { $most } colonnes : ce n’est pas une liste de billets
problem-imports-busy = D’autres fichiers sont en cours d’import : réessayez dans une minute
problem-no-import = Import introuvable
problem-import-under-way = Un autre import de cet événement est en cours : attendez sa fin
problem-import-stopped = Le hub a été arrêté pendant l’import : importez à nouveau
problem-import-failed = Une erreur est survenue ici : importez à nouveau

## Tickets, reservations and payments

problem-reservation-canceled = La réservation est annulée
problem-expired-restore = Un billet expiré ne peut pas être rétabli
problem-scanned-move = Un billet contrôlé ne peut pas être déplacé
problem-expired-move = Un billet expiré ne peut pas être déplacé
problem-no-address = Il n’y a pas d’adresse où l’envoyer
problem-wait-unusable = Cette attente n’est pas possible
problem-payment-unusable = Le paiement ne peut pas être encaissé
problem-refund-unusable = Le remboursement n’est pas possible
problem-costs-by-now = Rien n’a été encaissé : cela coûte maintenant { $amount }
problem-paid-already = Rien n’a été encaissé : c’est déjà payé
problem-paid-already-how = Rien n’a été encaissé : c’est déjà payé ({ $method })
problem-paid-already-amount = Rien n’a été encaissé : c’est déjà payé ({ $amount } par billet, { $method })
problem-no-payment = Aucun paiement n’a été encaissé ici, donc rien ne peut être remboursé
problem-picture-unusable = L’image ne peut pas être utilisée
problem-picture-body = Envoyez l’image elle-même comme corps
problem-no-picture = Cette image n’existe pas
problem-more-than-taken = On peut rembourser { $amount } au plus
problem-no-mail-here = Aucun e-mail n’est envoyé d’ici : transmettez les liens
problem-batch-unusable = Impossible de faire cela avec ces billets
problem-till-unusable = La caisse ne peut pas être clôturée
problem-no-till = Cette caisse n’existe pas
problem-till-closed = Cette caisse a déjà été clôturée : ses chiffres ont recommencé
problem-till-empty = Il n’y a rien à clôturer : ni fond de caisse, ni paiement depuis la dernière clôture

## Passes, webhooks and deliveries

problem-passes-unavailable = Les cartes Wallet ne peuvent pas être créées ici pour le moment
problem-passes-off = Cet événement ne propose pas de cartes Wallet
problem-passes-some = Les cartes Wallet ne sont proposées qu’à certains participants pour l’instant
problem-passes-everybody = Les cartes Wallet sont déjà proposées à tous
problem-wave-unusable = La vague ne peut pas être lancée
problem-waves-most = Un événement a { $most } vagues au maximum
problem-passes-not-stopped = Les cartes Wallet ne sont pas arrêtées
problem-passes-busy = trop de cartes Wallet sont en préparation
problem-wallet-off = { $wallet } n’est pas proposé ici
problem-pass-token = Ce n’est pas le jeton de cette carte
problem-registration-unusable = L’enregistrement ne peut pas être utilisé
problem-no-pass = Carte introuvable
problem-pass-phones = Trop de téléphones suivent ce billet
problem-webhook-unusable = Le webhook ne peut pas être enregistré ainsi
problem-no-webhook = Webhook introuvable
problem-webhooks-most = Il y a déjà { $most } webhooks
problem-no-delivery = Livraison introuvable
problem-no-message = Message introuvable
problem-waits-to-be-sent = Il attend déjà d’être envoyé

## Fields: what is wrong with one, after its name

problem-field-missing = manque
problem-field-unusable = ne peut pas être utilisé
problem-field-malformed = n’a pas la bonne forme
problem-field-unknown = n’est pas connu ici
problem-field-object = doit être un objet
problem-field-list = doit être une liste
problem-field-text = doit être du texte
problem-field-whole = doit être un nombre entier
problem-field-number = doit être un nombre
problem-field-boolean = doit être true ou false
problem-field-uuid = doit être un uuid
problem-field-not-a-uuid = n’est pas un uuid
problem-field-empty = ne doit pas être vide
problem-field-large = est trop grand
problem-field-many = trop
problem-field-most = doit être { $high } au maximum
problem-field-least = doit être { $low } au minimum
problem-field-range = doit être de { $low } à { $high }
problem-field-years = doit être dans les années { $low } à { $high }
problem-field-pixels = doit être de { $low } à { $high } pixels
problem-field-username = doit avoir de 1 à 64 lettres, chiffres ou . @ + - _
problem-field-party = nombre total de places à cette séance : { $count }
problem-field-characters = doit avoir de { $low } à { $high } caractères
problem-field-characters-most = doit avoir { $high } caractères au maximum
problem-field-entries-most = doit avoir { $high } éléments au maximum
problem-field-name = de 1 à 100 caractères
problem-field-one-of = doit être parmi : { $values }
problem-field-language = doit être parmi { $values }
problem-field-mail = doit être une adresse e-mail
problem-field-mail-like = doit être une adresse e-mail, comme ada@example.org
problem-field-phone = doit être un numéro de téléphone, comme +33 1 23 45 67 89
problem-field-printable = doit être imprimable
problem-field-not-sold = n’est pas vendu ici
problem-field-chosen = doit être choisi
problem-field-date = doit être AAAA-MM-JJ (2026-12-24)
problem-field-time = doit être HH:MM
problem-field-calendar = n’est pas dans le calendrier
problem-field-over = est passé
problem-field-no-showing = pas de séance
problem-field-skipped = n’existe pas : passage à l’heure d’été
problem-field-offset = a besoin d’un décalage UTC, comme 2026-12-24T20:30:00+01:00
problem-field-moment = doit être une heure avec un décalage UTC, comme 2026-12-24T20:30:00+01:00
problem-field-timezone = un nom IANA comme Europe/Paris
problem-field-differ = les noms doivent être différents
problem-field-after-start = doit être après starts_at
problem-field-after-beginning = doit être après son début
problem-password-unfit = Le mot de passe ne peut pas être utilisé
problem-role-sell = Votre rôle ne permet pas d’autoriser un appareil à vendre
problem-role-names = Votre rôle ne permet pas d’autoriser un appareil à montrer les noms des clients
problem-sells-no-more = Cet événement ne vend plus de billets : ses réservations sont closes
problem-gives-nothing-away = Un appareil n’offre rien de payant : la caisse le fait
problem-password-first = Choisissez d’abord votre propre mot de passe
problem-field-longer = doit avoir { $low } caractères ou plus
problem-field-made = est celui qui a été créé pour vous : choisissez-en un autre
problem-field-same = est celui que vous avez : choisissez-en un autre
problem-field-not-yours = n’est pas votre mot de passe
problem-field-archived = est archivé
problem-field-no-such-door = cet événement n’a pas cette entrée
problem-field-no-such-event = cet événement n’existe pas
problem-field-event-needed = a besoin d’un événement
problem-field-own-event = est nécessaire : votre rôle est limité à certains événements
problem-field-own-path = ont leur propre chemin : .../showings
problem-field-no-such-id = cet événement n’a rien qui porte cet identifiant
problem-field-policy = doit être single, reentry, multi:N ou daily
problem-field-no-such-product = nomme un type de billet que cet événement n’a pas
problem-field-no-such-zone = ne nomme aucune zone de cet événement
problem-field-same-time = deux fois la même heure
problem-field-control-characters = ne doit pas contenir de caractères de contrôle
problem-field-visible = doit être un texte visible sur une ligne, sans caractères de contrôle
problem-field-web-address = doit être une adresse web comme https://example.org/help, de { $most } caractères au maximum
problem-field-currency = doit être une devise en trois lettres, comme EUR
problem-field-amount = doit être un montant dans sa devise, comme 20.00
problem-field-amount-free = ne doit pas être indiqué pour ce qui est gratuit
problem-field-amount-unknown = doit être indiqué : le prix n’est pas connu
problem-field-currency-several = doit être indiquée : ces billets ont des prix en plusieurs devises
problem-field-currencies-paid = doit être laissé vide : ces billets ont été payés en plusieurs devises
problem-field-picture-kind = doit être une image JPEG, PNG ou WebP
problem-field-picture-large = doit avoir { $most } millions de pixels au plus
problem-field-picture-small = doit avoir au moins { $low } pixels de large et de haut
problem-field-picture-damaged = est endommagée : enregistrez l’image à nouveau
problem-field-payments-only = ne concerne que les paiements
problem-field-currency-needed = doit être indiquée, comme EUR
problem-field-words-most = { $most } mots au maximum
problem-field-length-most = { $most } caractères au maximum
problem-field-no-email = la réservation n’en a pas
problem-field-plain-text = doit être du texte brut
problem-field-plain-line = doit être une ligne de texte brut
problem-field-no-mail = aucun serveur de messagerie n’est configuré
problem-field-more-than = doit être supérieur à { $low }
problem-field-push-token = doit être le jeton de notification d’Apple
problem-field-no-such-kind = le type { $kind } n’existe pas
problem-field-names-length = doit avoir des noms de { $low } à { $high } caractères
problem-field-same-event = doit rester tel quel : un billet ne peut pas passer à un autre événement
problem-field-a-date = doit être une date, YYYY-MM-DD
problem-field-needed-with = est nécessaire avec { $name }
problem-field-random = doit contenir 128 bits aléatoires sans identifiants
problem-field-cursor = doit venir d’un en-tête Link
problem-field-picture = doit être png ou svg
problem-link-of-another = Ce lien est pour un autre utilisateur : connectez-vous avec le compte de cette adresse
problem-account-login = Il faut une connexion : une clé n’a pas de compte
problem-field-anothers-address = est l’adresse d’un autre utilisateur
problem-device-door = Cet appareil ne peut pas choisir son entrée
problem-code-wrong = Le code est faux
problem-password-wrong = Mot de passe incorrect
problem-cannot-be-done = Ce n’est pas possible ainsi
problem-factor-on = Le deuxième facteur est déjà activé : désactivez-le d’abord
problem-factor-off = Le deuxième facteur est désactivé
problem-app-older = Configurez l’application à nouveau : ce code vient d’une plus ancienne
problem-app-first = Configurez d’abord l’application
problem-field-code-now = n’est pas le code actuel de l’application
problem-field-code-used = est faux ou a déjà servi
