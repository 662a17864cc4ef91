### Ce que disent les scripts du tableau de bord.

## The curve

curve-none = Personne n’est encore arrivé. La courbe commence avec le premier contrôle.
curve-arrived = Arrivées : { $arrived } sur { $booked } réservations, dont { $since } depuis { $time }.
curve-arrived-only = Arrivées : { $arrived }, dont { $since } depuis { $time }.
curve-busiest = Les cinq minutes les plus chargées : { $time }, avec { $count }.
curve-other = { $name } : { $count } à ce moment-là.
curve-at = { $time } : { $arrived } arrivées, { $inside } à l’intérieur
curve-at-other = { $count } alors
curve-failed = La courbe ne peut pas être lue pour l’instant. Un nouvel essai suit automatiquement.
curve-other-failed = Cette soirée ne peut pas être lue pour l’instant. Choisissez-la à nouveau.

## Refusals

refusals-others = Autres motifs
refusals-unknown = Autre motif

## Alerts

alert-none = Aucune alerte.
alert-dismiss = Masquer
alert-dismiss-one = Masquer : { $text }
alert-at = ({ $door })
alert-silent = { $device }{ $at } ne donne plus signe de vie depuis { $time }. Vérifiez que le téléphone est allumé et a du réseau.
alert-battery = { $device }{ $at } : batterie faible, { $battery } %.
alert-queue = { $count ->
    [one] { $device }{ $at } travaille hors ligne : { $count } contrôle en attente.
    [many] { $device }{ $at } travaille hors ligne : { $count } contrôles en attente.
   *[other] { $device }{ $at } travaille hors ligne : { $count } contrôles en attente.
}
alert-stalled = { $count ->
    [one] { $door } : aucun contrôle depuis { $time } ; { $count } aux autres portes.
    [many] { $door } : aucun contrôle depuis { $time } ; { $count } aux autres portes.
   *[other] { $door } : aucun contrôle depuis { $time } ; { $count } aux autres portes.
}
alert-relay = { $name } travaille seul depuis { $time } : ses portes continuent, et leurs contrôles arrivent dès que la liaison revient.
alert-near = Presque complet : { $name }, { $inside } sur { $limit } à l’intérieur.
alert-full = Complet : { $name }, { $inside } sur { $limit } à l’intérieur.
alert-unknown = { $place } Cette page ne sait pas lire une alerte. Vérifiez les téléphones et les portes, puis rechargez cette page.
alert-conflicts = { $count ->
    [one] { $count } conflit : une personne est entrée que le serveur aurait refusée.
    [many] { $count } conflits : des personnes sont entrées que le serveur aurait refusées.
   *[other] { $count } conflits : des personnes sont entrées que le serveur aurait refusées.
}
sound-on = Son activé
sound-off = Son coupé

## Devices

device-unnamed = Un téléphone
device-online = En ligne
device-training = { $device } : exercice
device-silent = Silencieux
device-silent-since = Silencieux, vu à { $time }
device-unpaired = Pas encore appairé
device-seen = Vu à { $time }
device-away = Pas encore vu
device-battery = Batterie à { $battery } %
device-queue = { $count ->
    [one] { $count } contrôle en attente
    [many] { $count } contrôles en attente
   *[other] { $count } contrôles en attente
}
door-unnamed = Une porte
guest-unnamed = Un participant

## Conflicts

conflict-entry = Entrée : { $place }, { $time }
conflict-counted = Comptée : { $place }, { $time }

## People inside

people-venue = Le lieu
people-of = { $inside } sur { $limit }
people-free = Libres : { $free }
people-over = { $over } de trop
people-full = Complet
people-no-limit = Aucune jauge fixée
people-headcount = { $count ->
    [one] dont { $count } sans billet
    [many] dont { $count } sans billet
   *[other] dont { $count } sans billet
}
recount-done = Enregistré. { $name } : { $inside } à l’intérieur.

## The list of scans

scans-found = { $found } des { $all } derniers contrôles

## What guests say

feedback-none = Aucun participant n’a encore répondu.
feedback-worked = { $count ->
    [one] { $count } participant a répondu : cela a marché pour { $share } %.
    [many] { $count } participants ont répondu : cela a marché pour { $share } %.
   *[other] { $count } participants ont répondu : cela a marché pour { $share } %.
}
feedback-failed = { $count ->
    [one] Pour 1, non.
    [many] Pour { $count }, non.
   *[other] Pour { $count }, non.
}
feedback-unreadable = Les réponses ne peuvent pas être lues pour l’instant. Elles sont redemandées dans une minute.

## The connection

stale-figures = Chiffres de { $time }
stale-blocked = La connexion en direct ne passe pas : le proxy transmet-il les « upgrades » ? En attendant, cette page interroge le serveur toutes les 5 secondes.
stale-since = Pas à jour : ces chiffres sont ceux de { $time }. Le serveur ne répond pas ; cette page continue d’essayer.
stale-ended = Pas à jour : la connexion est terminée. Rechargez la page.
connection-connecting = Connexion
connection-live = En direct
connection-polled = Toutes les 5 secondes
connection-reconnecting = Reconnexion
connection-stale = Pas à jour
connection-ended = Arrêté
connection-ended-more = Le serveur a mis fin à cette connexion. Rechargez la page.

## The large figures

percent = { $share } %
figures-places = sur { $places } places
figures-no-limit = sur { $places } places ; aucune jauge fixée
figures-over = { $over } au-dessus de la jauge de { $limit }
figures-full = Complet : la jauge est de { $limit }
figures-free = Libres : { $free } sur { $limit }
figures-of-booked = { $share } des réservations
figures-of-attempts = { $share } des tentatives

## The list of scans: its buttons and names

scans-pause = Pause
scans-go-on = Reprendre
scans-go-on-new = Reprendre ({ $missed } de plus)
scans-go-on-some = Reprendre (nouveaux contrôles)
scans-guest = Participant
scans-unknown = Code inconnu
feedback-said = « { $text } »
