### Ce que voient les participants : billets, réservations, réservation en ligne, liste d'attente.

## Every page

skip = Aller au contenu
language = <span class="hidden-text">Langue : </span>{ $name }
page-title = { $title } · { $organisation }
label-value = { $label } : { $value }
label-link = { $label } : <a href="{ $href }">{ $value }</a>
to-start = Aller à l’accueil
administration = Administration
administration-at-the-hub = Administration au serveur
account = Mon compte
log-out = Se déconnecter
no-texts = Les textes de cette page n’ont pas pu être chargés. Rechargez-la ; si cela n’aide pas, le serveur a besoin de `make setup` avec npm.

## Days and times

when = { $day }, { $time }
when-until = { $day }, de { $time } à { $end }
when-until-day = { $day }, { $time }, jusqu’au { $end }
moment = { $time }, le { $day }
lately = { $weekday }, { $time }

## Seats

seat-block = bloc { $value }
seat-row = rang { $value }
seat-seat = place { $value }

## Ways to reach the organiser

contact-title = Une question ? Contactez l’organisateur
contact-email = E-mail
contact-phone = Téléphone
contact-web = Site web

## Prices

price-free = gratuit
kind-price = { $kind }, { $price }
pay-at-door = Vous payez à l’entrée. { $where }
pay-before = Vous payez avant de venir. { $where }
pay-within = Vous payez sous { $time }, sinon les places sont remises en vente. { $where }
pay-ask = Demandez à l’organisateur où payer.
unpaid-at-door = Montant à payer à l’entrée : { $amount }. { $where }
unpaid-at-door-unknown = À payer à l’entrée. { $where }
unpaid-until = { $count ->
    [one] { $amount } à payer avant { $until }, sinon votre place est remise en vente. { $where }
    [many] { $amount } à payer avant { $until }, sinon vos places sont remises en vente. { $where }
   *[other] { $amount } à payer avant { $until }, sinon vos places sont remises en vente. { $where }
}
unpaid-until-unknown = { $count ->
    [one] À payer avant { $until }, sinon votre place est remise en vente. { $where }
    [many] À payer avant { $until }, sinon vos places sont remises en vente. { $where }
   *[other] À payer avant { $until }, sinon vos places sont remises en vente. { $where }
}
unpaid-before = { $amount } à payer avant de venir. { $where }
unpaid-before-unknown = À payer avant de venir. { $where }
unpaid-not-let-in = Personne n’entre avant d’avoir payé.

## A ticket

ticket-title = Billet : { $event }
ticket-valid = Billet valable
ticket-valid-line = Présentez ce code à l’entrée.
ticket-inside = Vous êtes à l’intérieur
ticket-inside-line = Profitez-en bien.
ticket-left = Vous êtes à l’extérieur
ticket-left-line = Présentez ce code pour entrer à nouveau.
ticket-used = Déjà utilisé
ticket-used-line = Ce billet, valable pour une seule entrée, a déjà servi.
ticket-unpaid = Pas encore payé
ticket-canceled = Annulé
ticket-canceled-line = Ce billet ne permet plus d’entrer. Une question ? Contactez l’organisateur.
ticket-blocked = Bloqué
ticket-blocked-line = L’organisateur a bloqué ce billet. Contactez-le avant de venir.
ticket-expired = Terminé
ticket-expired-line = La date de ce billet est passée.
ticket-scanned = Contrôlé : <time data-scanned>{ $at }</time>
ticket-scanned-door = (<b data-door>{ $door }</b>)
ticket-behind = Pas de connexion : ces informations ne sont peut-être plus à jour.
ticket-map = { $address } (plan)
ticket-qr = Le code QR de ce billet, à faire contrôler à l’entrée
ticket-number = Billet n° <b class="number">{ $number }</b>
keep-title = Conserver ce billet
keep-wallet = Ajouter à { $wallet }
keep-picture = Enregistrer l’image
keep-calendar = Ajouter à l’agenda
keep-calendar-when = Ajouter à l’agenda : { $when }
doors-open = Ouverture des portes à { $time }
doors-open-day = Ouverture des portes { $day } à { $time }
terms-heading = Conditions générales
keep-print = Imprimer

## How to keep it. What stands in <b> is what the phone or this page calls it.

guide-title = Comment le conserver sur votre téléphone
guide-apple-wallet = Ouvrez cette page dans Safari et touchez <b>Ajouter à Apple Wallet</b>, puis <b>Ajouter</b>. Le billet s’affiche sur l’écran verrouillé le moment venu.
guide-apple-picture = Touchez <b>Enregistrer l’image</b>, puis <b>Enregistrer dans Photos</b>, ou maintenez le doigt sur le code pour l’enregistrer.
guide-apple-picture-or = Ou touchez <b>Enregistrer l’image</b>, puis <b>Enregistrer dans Photos</b>, ou maintenez le doigt sur le code pour l’enregistrer.
guide-apple-home = Ou touchez l’icône de partage, puis <b>Sur l’écran d’accueil</b> : la page s’ouvre comme une application.
guide-android-wallet = Touchez <b>Ajouter à Google Wallet</b> et suivez les instructions. Il faut un compte Google sur le téléphone.
guide-android-picture = Touchez <b>Enregistrer l’image</b> : elle se trouve dans vos téléchargements et dans Photos.
guide-android-picture-or = Ou touchez <b>Enregistrer l’image</b> : elle se trouve dans vos téléchargements et dans Photos.
guide-android-home = Ou ouvrez le menu du navigateur et choisissez <b>Ajouter à l’écran d’accueil</b>.
guide-trouble = En cas de problème
guide-trouble-mail = Rien ne se passe dans votre messagerie ? Copiez le lien et ouvrez-le dans Safari ou Chrome.
guide-trouble-code = Le code ne peut pas être lu à l’entrée ? Augmentez la luminosité et essuyez l’écran. Écran fissuré : imprimez le billet.
guide-trouble-network = Pas de réseau sur place ? Une image enregistrée ou un billet imprimé suffit.
guide-trouble-phone = Pas de téléphone ? Imprimez cette page, ou donnez à l’entrée votre nom ou le numéro du billet.

## Several tickets of one booking

reservation-title = { $count ->
    [one] { $count } billet : { $event }
    [many] { $count } billets : { $event }
   *[other] { $count } billets : { $event }
}
reservation-heading = { $count ->
    [one] Votre billet
    [many] Vos { $count } billets
   *[other] Vos { $count } billets
}
reservation-line = Un code par personne. À l’entrée, présentez-les l’un après l’autre.
reservation-apple-all = Tout ajouter à Apple Wallet
reservation-apple-part = Ajouter { $part } à Apple Wallet
reservation-print = Tout imprimer
reservation-list = Billets
reservation-of = { $n } sur { $count }
reservation-alone = Ce billet seul, à transmettre

## News on top of a page

news-moved = L’horaire a changé : vérifiez-le.
news-booked = <b>C’est réservé.</b> Cette page est votre billet : gardez son adresse, enregistrez l’image ou imprimez-la.
news-renamed = <b>C’est corrigé.</b> Le nom sur ce billet est modifié.
news-canceled = <b>C’est annulé.</b> Votre place est maintenant libre pour d’autres.
news-handed-on = <b>C’est transmis.</b> Cette page est le billet de son nouveau détenteur : envoyez-lui l’adresse dès maintenant, car votre lien et votre code ne sont plus valables. Qui a l’adresse a le billet.

## Changes by the ticket's holder

changes-title = Modifier ce billet
changes-wrong-name = Rien n’est modifié : indiquez un nom de 1 à 100 caractères.
changes-wrong = { $problem }.
changes-name = Nom sur ce billet
changes-rename = Corriger le nom
changes-hand-on = Le transmettre à une autre personne
changes-cancel = Annuler ce billet
changes-back = Retour au billet
changes-keep = Le garder
cancel-title = Annuler : { $event }
cancel-heading = Annuler ce billet ?
cancel-line = Le code ne permettra plus d’entrer, et la place sera aussitôt libre pour d’autres. Vous ne pourrez pas revenir en arrière vous-même.
cancel-button = Annuler le billet
hand-on-title = Transmettre : { $event }
hand-on-heading = Transmettre ce billet
hand-on-heading-last = Nouveau détenteur : { $name }. Confirmer ?
hand-on-mailed = Le nouveau billet est envoyé par e-mail à <strong class="address">{ $email }</strong>. Est-ce exact ? Vous ne pourrez ensuite ni le voir ni le modifier.
hand-on-link = La page suivante vous donne le lien du nouveau billet, à envoyer vous-même.
hand-on-line = Dès ce moment, votre code, votre lien et votre carte Wallet ne sont plus valables, et seul le nouveau détenteur peut revenir en arrière.
hand-on-button = Le transmettre
hand-on-name = À qui est-il désormais ?
hand-on-name-wrong = Indiquez un nom de 1 à 100 caractères.
hand-on-email = Son adresse e-mail <span class="muted">(facultatif)</span>
hand-on-email-wrong = Cette adresse e-mail n’est pas valable. Vérifiez-la ou laissez le champ vide.
hand-on-email-hint = Le billet y est envoyé. Sans adresse, vous recevez un lien à envoyer vous-même.
hand-on-next = Continuer
handed-on-title = Ce billet a été transmis
handed-on-mailed = <strong>C’est fait.</strong> Le nouveau billet part par e-mail.
handed-on-line = Il appartient maintenant à une autre personne, qui a un nouveau code et un nouveau lien. Ce lien-ci, son code et sa carte Wallet ne sont plus valables : à l’entrée, le billet est signalé comme remplacé.
handed-on-help = Ce n’était pas voulu ? Demandez au nouveau détenteur de vous le rendre, ou à l’organisateur de vous aider.

## Feedback after the visit

feedback-title = Votre billet a-t-il fonctionné ?
feedback-thanks = <b>Merci.</b>
feedback-said-yes = Vous avez répondu qu’il a fonctionné.
feedback-said-no = Vous avez répondu qu’il n’a pas fonctionné.
feedback-change = Vous pouvez modifier votre réponse.
feedback-choose = Choisissez oui ou non.
feedback-too-long = { $most ->
    [one] { $most } caractère au maximum, s’il vous plaît.
    [many] { $most } caractères au maximum, s’il vous plaît.
   *[other] { $most } caractères au maximum, s’il vous plaît.
}
feedback-slow-down = C’était un peu rapide. Patientez un instant, puis renvoyez votre réponse.
feedback-text = Quelque chose à ajouter ? <span class="muted">(facultatif)</span>
feedback-hint = L’organisateur le lit sans votre nom.
feedback-yes = Oui
feedback-no = Non

## Links that open nothing, and errors

no-ticket-title = Ce lien n’ouvre aucun billet
no-ticket-line = C’est peut-être un ancien lien : quand un billet est réémis, seul le lien le plus récent l’ouvre. Ou une partie s’est perdue lors de la copie.
no-ticket-help = Cherchez le message le plus récent contenant votre billet et ouvrez le lien qui s’y trouve. Si cela ne suffit pas, demandez à l’organisateur de le renvoyer, ou donnez votre nom à l’entrée.
error-again = Rien n’est perdu. Patientez un instant, puis rechargez cette page.
error-not-found = Le lien est peut-être ancien ou mal saisi.
error-not-allowed = Un propriétaire de ce serveur peut étendre les droits de votre compte, ou regarder pour vous.
error-other = Revenez en arrière, rechargez la page et réessayez.
error-request = Numéro de cette requête, pour les personnes qui s’occupent de ce serveur : { $id }
