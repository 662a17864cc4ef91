### Ce que voient les participants quand ils réservent ou s'inscrivent sur une liste d'attente.

## The list of events

book-index = Réserver des billets
book-index-empty = Rien à réserver pour le moment.
book-index-empty-line = Dès qu’un événement ouvre ses réservations, il apparaît ici.
book-any-time = Billets à l’heure de votre choix
book-choose-time = Choisissez votre séance
book-no-times = Pas encore de séance
book-left = Reste : <b data-left>{ $count }</b>
book-sold-out = Complet
book-sold-out-waiting = Complet, liste d’attente

## The form

book-title = Réserver : { $event }
book-all-events = Tous les événements
book-see-all = Voir tous les événements
book-nothing-yet = Rien n’est encore réservé : corrigez ce qui est signalé ci-dessous.
book-failed = La réservation n’a pas pu être faite. Réessayez dans un instant.
book-when = Séance
book-day = Jour
book-time = Heure
book-clock = Les heures sont celles du lieu ({ $timezone }).
book-doors = Ouverture des portes { $duration } avant.
book-doors-then = Ouverture des portes à ces heures.
book-terms = En réservant, vous acceptez les conditions générales ci-dessus.
book-kind-left = { $kind } (reste { $count })
book-kind-none = { $kind } (complet)
book-kind = Tarif
book-count = Billets
book-name = Votre nom
book-others = Noms des autres personnes <span class="muted">(facultatif)</span>
book-others-hint = Un nom par ligne si vous réservez plusieurs billets : chacun a ainsi le sien à l’entrée. Sinon, tous sont au vôtre.
book-phone = Votre numéro de téléphone
book-phone-hint = Il permet de vous retrouver à l’entrée si vous perdez votre billet.
book-email = Votre adresse e-mail
book-email-optional = Votre adresse e-mail <span class="muted">(facultatif)</span>
book-email-hint = Nous y envoyons vos billets.
book-total = Total
book-total-later = Le total est le prix multiplié par le nombre de billets ; la page suivante l’indique.
book-button = Réserver
book-join = S’inscrire sur la liste d’attente
book-join-time = S’inscrire sur la liste d’attente : { $time }

## Why there is nothing to book

book-over = Cet événement est terminé.
book-closed = Les réservations sont closes.
book-closed-line = Les billets déjà réservés restent valables.
book-elsewhere = Les billets de cet événement ne se réservent pas ici.
book-elsewhere-line = Demandez à l’organisateur où les trouver.
book-none = Pas encore de séance.
book-none-line = Les séances apparaîtront ici dès qu’elles seront fixées.
book-full = Complet.
book-full-line = Toute place rendue réapparaît aussitôt ici. Revenez voir plus tard.
book-full-waiting = Toute place rendue est proposée à la personne suivante sur la liste d’attente.

## What is wrong with a field

wrong = Vérifiez ce champ.
wrong-when = Choisissez une séance.
wrong-when-sold-out = Il ne reste plus assez de places à cette séance : quelqu’un a été plus rapide. Rien n’est réservé.
wrong-when-over = Cette séance est passée. Choisissez-en une autre.
wrong-when-gone = Il n’y a plus de séance à cette heure. Choisissez-en une autre.
wrong-when-seats-left = Il reste assez de places à cette séance : inutile d’attendre.
wrong-when-waiting-full = La liste d’attente de cette séance est pleine. Choisissez-en une autre.
wrong-count = { $most ->
    [one] Choisissez { $most } billet.
    [many] Choisissez de 1 à { $most } billets.
   *[other] Choisissez de 1 à { $most } billets.
}
wrong-seats = { $most ->
    [one] Choisissez { $most } place, et pas plus que la jauge de la séance.
    [many] Choisissez de 1 à { $most } places, et pas plus que la jauge de la séance.
   *[other] Choisissez de 1 à { $most } places, et pas plus que la jauge de la séance.
}
wrong-kind = Choisissez un tarif.
wrong-kind-sold-out = Il ne reste pas autant de billets de ce tarif à cette séance. Rien n’est réservé : choisissez-en moins, un autre tarif ou une autre séance.
wrong-name = Indiquez votre nom, de 1 à 100 caractères.
wrong-others = Écrivez un nom par ligne, de 1 à 100 caractères chacun, et pas plus que de billets pour d’autres personnes.
wrong-phone = Indiquez votre numéro de téléphone : de 3 à 20 chiffres, espaces, + - ( ) .
wrong-phone-limit = { $most ->
    [one] Un même numéro de téléphone donne droit à { $most } billet par séance.
    [many] Un même numéro de téléphone donne droit à { $most } billets par séance.
   *[other] Un même numéro de téléphone donne droit à { $most } billets par séance.
}
wrong-phone-optional = Ce numéro de téléphone n’est pas valable : de 3 à 20 chiffres, espaces, + - ( ) . Laissez le champ vide ou vérifiez-le.
wrong-email = Cette adresse e-mail n’est pas valable. Exemple : ada@example.org
wrong-email-optional = Cette adresse e-mail n’est pas valable. Vérifiez-la ou laissez le champ vide.
wrong-slow-down = Trop de réservations à la fois depuis votre réseau. Attendez une minute, puis renvoyez le formulaire.
wrong-unavailable = Nous n’avons pas pu confirmer votre réservation. Renvoyez le formulaire : elle ne sera faite qu’une fois, quel que soit le nombre d’envois.
wrong-sent-before = Vous avez déjà réservé avec ce formulaire. Ne le renvoyez que si vous voulez aussi ces billets.
wrong-nearest = Les plus proches avec des places libres :
wrong-nearest-time = { $count ->
    [one] <b>{ $time }</b>, { $count } place
    [many] <b>{ $time }</b>, { $count } places
   *[other] <b>{ $time }</b>, { $count } places
}
wrong-join = S’inscrire sur la liste d’attente de cette séance
wrong-book-them = Les réserver

## The waiting list: joining

wait-title = Liste d’attente : { $event }
wait-page = Liste d’attente
wait-back = Retour aux séances
wait-nothing-yet = Vous n’êtes pas encore sur la liste : corrigez ce qui est signalé ci-dessous.
wait-failed = Vous n’êtes pas sur la liste. Réessayez dans un instant.
wait-slow-down = Trop d’essais depuis votre réseau ou avec cette adresse. Patientez un peu, puis renvoyez le formulaire.
wait-unavailable = Nous n’avons pas pu confirmer votre inscription. Renvoyez le formulaire : vous n’aurez qu’une place dans la file, quel que soit le nombre d’envois.
wait-sent-before = Vous êtes déjà sur la liste par ce formulaire. Ne le renvoyez que si vous voulez une inscription de plus.
wait-none = Il n’y a pas de liste d’attente ici.
wait-none-line = Voir ce qui peut être réservé
wait-how = Quand des places se libèrent et que c’est votre tour, elles vous sont réservées pendant { $time }.
wait-mailed = Nous vous prévenons alors par e-mail.
wait-not-mailed = Aucun e-mail n’est envoyé : gardez la page suivante et revenez la voir, ou demandez à l’organisateur.
wait-choose = Choisissez une séance
wait-time-left = { $count ->
    [one] { $time } ({ $count } place)
    [many] { $time } ({ $count } places)
   *[other] { $time } ({ $count } places)
}
wait-seats = Places
wait-seats-hint = Elles sont proposées ensemble : moins il vous en faut, plus vite vient votre tour.
wait-phone = Votre numéro de téléphone <span class="muted">(plus tard si vous préférez)</span>
wait-mailbox = Consultez votre messagerie
wait-mailbox-line = Nous vous avons envoyé un lien : il montre votre rang dans la file et permet de la quitter. Quand des places sont libres et que c’est votre tour, nous vous écrivons à nouveau et vous les réservons pendant { $time }.
wait-mailbox-help = Rien après quelques minutes ? Regardez dans les indésirables, vérifiez l’adresse et <a href="{ $link }">inscrivez-vous à nouveau</a> : une adresse n’a qu’une inscription, quel que soit le nombre d’envois.

## The waiting list: a place in it

place-offered = { $count ->
    [one] Une place vous est réservée jusqu’à { $until }
    [many] { $count } places vous sont réservées jusqu’à { $until }
   *[other] { $count } places vous sont réservées jusqu’à { $until }
}
place-accept-in-time = { $count ->
    [one] Acceptez à temps, sinon elle est proposée à la personne suivante.
    [many] Acceptez à temps, sinon elles sont proposées à la personne suivante.
   *[other] Acceptez à temps, sinon elles sont proposées à la personne suivante.
}
place-accept = Accepter
place-decline = Non, merci
place-kind-choose = Choisir un tarif
place-kind-gone = Le tarif que vous attendiez n’est plus vendu. Le prix s’entend par place.
place-kind-none = Ces places vous sont réservées, mais le tarif que vous attendiez n’est plus vendu et rien d’autre ne peut être réservé ici. Demandez à l’organisateur avant la fin du délai.
place-number = Vous êtes au rang { $position } dans la file
place-how = { $count ->
    [one] Quand une place se libère et que c’est votre tour, elle vous est réservée pendant { $time }.
    [many] Quand { $count } places sont libres en même temps et que c’est votre tour, elles vous sont réservées pendant { $time }.
   *[other] Quand { $count } places sont libres en même temps et que c’est votre tour, elles vous sont réservées pendant { $time }.
}
place-mailed = Nous vous prévenons alors par e-mail ; cette page montre où vous en êtes.
place-not-mailed = Aucun e-mail n’est envoyé : gardez cette page et revenez la voir, ou demandez à l’organisateur.
place-passed = { $times ->
    [one] Il y a eu une fois des places libres, mais moins qu’il ne vous en faut ; de plus petits groupes les ont eues. Vous gardez votre rang.
    [many] Il y a eu { $times } fois des places libres, mais moins qu’il ne vous en faut ; de plus petits groupes les ont eues. Vous gardez votre rang.
   *[other] Il y a eu { $times } fois des places libres, mais moins qu’il ne vous en faut ; de plus petits groupes les ont eues. Vous gardez votre rang.
}
place-leave = Quitter la liste d’attente
place-booked = Vos places sont réservées
place-tickets = Ouvrir vos billets
place-lapsed = Le délai pour accepter est passé
place-lapsed-line = Les places ont été proposées à la personne suivante. <a href="{ $link }">Voir ce qui reste</a>
place-gone = Vous n’êtes pas sur la liste d’attente
place-gone-line = Vous avez quitté la liste, ou ce lien est ancien. Rien n’est conservé à votre sujet.
