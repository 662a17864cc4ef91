### Les pages des téléphones, de leur appairage et de leurs contrôles.
devices-all-events = Tous les événements
devices-battery = { $percent } %
devices-queue = { $count } en attente
device-archived = Hors service
device-joined = { $joined } téléphones sur { $uses } appairés
device-used-up = Épuisé : les { $uses } téléphones sont appairés
device-is-online = En ligne
device-is-training = Exercice
device-seen-at = Vu le { $at }
device-paired = Appairé
device-waiting = À appairer
device-code-over = Non appairé, code expiré
device-silent-from = Silencieux depuis le { $since }
device-making = Création du code { $n } sur { $count }
device-no-door = aucune porte : tout le lieu
device-in-service = Perdu ou volé ? Mettez-le hors service : il s’arrête aussitôt, partout. Un nouveau code sert à un autre téléphone à sa place, ou au même après réinitialisation ; l’ancien marche jusqu’à ce que le code soit utilisé.
device-is-archived = Hors service : aucun de ses contrôles n’est accepté. Ce qu’il a encore envoyé de ses contrôles hors ligne vous attend ici ; plus bas, ce qu’il a fait.
device-renew = Nouveau code d’appairage
device-archive = Mettre ce téléphone hors service
device-archive-asked = Mettre { $name } hors service immédiatement et pour de bon ?
device-archived-now = Il est hors service. Voyez plus bas ce qu’il a contrôlé.
pairing-label = Code d’appairage : { $name }
pairing-on-this = Appairer le téléphone qui affiche cette page
pairing-until = Valable jusqu’au { $until }
pairing-left = Encore valable { $clock }
pairing-hours = { $hours } h { $minutes } min
pairing-over = Ce code a expiré.
pairing-paired = Appairé
pairing-again = Nouveau code
pairing-own-host = Les codes mènent à { $address }, que seule cette machine peut ouvrir : les téléphones ne la trouveront pas. Démarrez le serveur avec l’adresse qu’ils utilisent (--base-url).
pairing-insecure = Les codes mènent à { $address }, sans https : les navigateurs n’y ouvrent pas la caméra. Les applications de contrôle et les lecteurs portables marchent.
scans-gone = Supprimé
scans-tick = Annuler : { $who }, { $when }
scans-none-ticked = Cochez les contrôles à annuler.
scans-undone = { $count ->
    [one] { $count } contrôle a été annulé.
    [many] { $count } contrôles ont été annulés.
   *[other] { $count } contrôles ont été annulés.
}
scans-taken-back = Annulé
scans-more = Voici les { $count } plus récents. Choisissez une heure plus tardive pour en voir moins.
held-accept = Accepter
held-drop = Rejeter
held-accept-asked = { $count ->
    [one] Enregistrer { $count } contrôle tel qu’il a eu lieu à la porte ?
    [many] Enregistrer { $count } contrôles tels qu’ils ont eu lieu à la porte ?
   *[other] Enregistrer { $count } contrôles tels qu’ils ont eu lieu à la porte ?
}
held-drop-asked = { $count ->
    [one] Oublier { $count } contrôle pour de bon ?
    [many] Oublier { $count } contrôles pour de bon ?
   *[other] Oublier { $count } contrôles pour de bon ?
}
held-accepted = Ils sont enregistrés.
held-dropped = Ils sont oubliés.

## The page

devices-add = Ajouter des téléphones
devices-all = Tous
devices-archived = Afficher ceux hors service
devices-where = Lieu
devices-power = Batterie
devices-waiting = Contrôles en attente
devices-none = Pas encore de téléphone ici.
devices-none-more = Ajoutez-en un : tout téléphone avec caméra devient un scanner en lisant un code.
devices-all-until = tous les événements, jusqu’à sa mise hors service
devices-example = Entrée 1
devices-name-hint = Affiché aux portes et au tableau de bord. Plusieurs téléphones sont numérotés.
devices-count = Combien de téléphones
devices-pairing = Appairage
devices-code-each = un code par téléphone
devices-code-one = un code lu par tous
devices-app = Application
devices-app-own = le scanner de ce serveur
devices-app-tibillet = téléphone TiBillet
devices-works = Validité des codes
devices-works-15 = 15 minutes
devices-works-60 = une heure
devices-works-1440 = un jour
devices-works-10080 = une semaine
devices-works-hint = Quiconque lit un code peut contrôler : n’imprimez des codes de longue durée que si vous gardez le papier.
devices-may = Peut aussi
devices-may-search = chercher des participants par nom et les faire entrer à la main
devices-may-undo = annuler un contrôle, pendant 15 minutes
devices-may-headcount = compter les personnes sans billet : équipe, enfants
devices-may-names = voir les noms des participants en direct et hors ligne
devices-may-force = faire entrer malgré un refus, avec un motif enregistré
devices-may-over-limit = faire entrer quand la jauge est atteinte
devices-may-sell = vendre des billets et encaisser ceux qui ne sont pas payés
devices-may-hint = Chaque téléphone contrôle et suit son événement. Les trois derniers droits sont pour des personnes à qui vous confiez la décision.
devices-make = Créer les codes
devices-codes = Codes d’appairage
devices-print = Imprimer
devices-done = Terminé
devices-codes-hint = Ces codes ne sont affichés que cette fois. Visez-en un avec la caméra d’un téléphone, ou lisez-le dans une application de contrôle déjà installée.
devices-service = Service
devices-held = Contrôles hors ligne qui vous attendent
devices-held-more = Ce téléphone les a envoyés après sa mise hors service. Acceptez-les s’il était encore entre de bonnes mains.
devices-scanned = Contrôlé
devices-phone-said = Réponse du téléphone
devices-received = Reçu
devices-scans = Ce qu’il a contrôlé
devices-since = Depuis
devices-show = Afficher
devices-scan = Contrôle
devices-guest = Participant
devices-answer = Réponse
devices-take-back = Annuler ceux cochés
devices-no-scans = Rien depuis.
devices-may-door = changer de porte, dans son propre menu
