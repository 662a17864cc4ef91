### Page du relais d’un événement, dans l’administration.

relay-lead = Un relais est un petit serveur sur une machine du lieu. Ses portes partagent une même vérité et continuent quand la liaison avec ce serveur est lente ou coupée.
relay-none = Aucun relais ne s’est joint
relay-is-there = { $name } est relié
relay-is-alone = { $name } travaille seul depuis : { $time }
relay-is-lost = { $name } a été déclaré perdu : { $time }
relay-there-more = Ce serveur décide de chaque contrôle à ses portes.
relay-alone-more = Ses portes continuent, et ce qu’elles ont fait arrivera dès que la liaison reviendra. Ne le déclarez perdu que si la machine l’est pour de bon.
relay-alone-free = On n’en a pas de nouvelles depuis dix minutes : un autre relais peut prendre sa place. Ce que ses portes ont fait arrivera tout de même dès que la liaison reviendra.
relay-lost-more = Sa clé n’est plus valable. Les contrôles qu’il n’avait pas envoyés viennent des téléphones de ses portes.
relay-not-named = Les téléphones ne le trouvent pas : { $address } manque dans HUB_ALLOWED_ORIGINS de ce serveur.
relay-address = Son adresse, comme les téléphones l’atteignent
relay-address-hint = En https, avec un certificat auquel les téléphones se fient, par exemple { $example }. Laissez vide pour l’essayer sur une seule machine.
relay-joined = S’est joint
relay-heard = Dernières nouvelles
relay-waiting-now = Contrôles qu’il lui reste à envoyer
relay-waited = Contrôles qu’il lui restait alors à envoyer
relay-clock-ahead-s = Son horloge avance de
relay-seconds = { $seconds } s
relay-lose = Le déclarer perdu
relay-lose-ask = Déclarer { $name } perdu ? Sa clé n’est plus valable et il ne laisse plus entrer personne ; un autre relais peut se joindre aussitôt. Les contrôles qu’il n’a pas envoyés viennent des téléphones de ses portes, dès qu’ils atteignent ce serveur : ne les dissociez pas. C’est sans retour.
relay-lose-waited = { $count ->
    [one] { $count } contrôle attendait aux dernières nouvelles.
    [many] { $count } contrôles attendaient aux dernières nouvelles.
   *[other] { $count } contrôles attendaient aux dernières nouvelles.
}
relay-lose-done = { $name } est déclaré perdu.
relay-new = Nouveau relais
relay-name = Nom
relay-name-hint = Où il se trouve, par exemple « Salle » : c’est son nom au tableau de bord.
relay-make = Créer sa clé
relay-made = La clé de { $name }
relay-made-run = Lancez-le ainsi sur la machine du lieu :
relay-command = La ligne qui lance le relais
relay-made-named = Ajoutez { $address } à HUB_ALLOWED_ORIGINS de ce serveur et redémarrez-le, pour que les téléphones trouvent le relais.
relay-made-hint = S’il est installé comme paquet, cette ligne commence par { $package } au lieu de { $checkout }. La clé ne vaut que pour cet événement et prend fin trois jours après.
relay-keys = Clés de relais pour cet événement
relay-keys-by-owners = Les clés de relais sont créées par les propriétaires.
relay-key-used = Utilisée
relay-key-ready = Non utilisée
relay-key-ended = Révoquée
relay-key-revoke = Révoquer
relay-key-ask = Révoquer la clé { $name } ? Un relais qui l’utilise continue seul et ne peut plus envoyer ce qu’il fait. Si la machine est perdue, déclarez plutôt le relais perdu.
relay-key-revoked = La clé { $name } est révoquée.
