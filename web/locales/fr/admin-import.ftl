### La page d'import et d'export. Après `import-column-` vient notre nom d'une colonne, après `import-means-` le sens d'un état, après `import-change-` et `import-why-` ce que l'import fait d'un billet.
import-no-file = Choisissez d’abord un fichier.
import-too-large = Ce fichier fait { $size } Mo, et { $most } Mo sont acceptés au maximum : envoyez la liste en plusieurs fichiers.
import-tickets = { $count ->
    [one] { $count } billet
    [many] { $count } billets
   *[other] { $count } billets
}
import-rows = Il contient
import-unpaid = Non payés
import-left-out = Laissés de côté, car annulés
import-seats = billets : { $count } ; places restantes ensuite : { $left }
import-columns = Colonnes
import-ignored = Colonnes non utilisées
import-read-as = Lu comme
import-read-as-csv = { $encoding }, { $separator }
import-separator-comma = virgule
import-separator-semicolon = point-virgule
import-separator-tab = tabulation
import-separator-pipe = barre verticale
import-hidden-sheet = Feuille masquée
import-hidden-sheet-is = « { $sheet } » est masquée dans le classeur, et c’est elle qui est lue
import-hidden-rows = Lignes masquées
import-hidden-rows-read = { $count ->
    [one] { $count } ligne masquée du classeur est lue aussi : retirez son filtre pour la voir
    [many] { $count } lignes masquées du classeur sont lues aussi : retirez son filtre pour les voir
   *[other] { $count } lignes masquées du classeur sont lues aussi : retirez son filtre pour les voir
}
import-hidden-columns = Colonnes masquées, lues aussi
import-unread = Non lu
import-unread-are = D’autres feuilles ressemblent à des listes : { $sheets }. Enregistrez chacune dans son propre fichier.
import-batches = Beaucoup à la fois
import-batches-how = Autant de billets sont corrigés 50 par 50, et les portes continuent pendant ce temps. En cas d’interruption, ceux qui sont corrigés le restent : le même fichier fait le reste.
import-state = « { $state } » ({ $rows })
import-state-of = { $column } : « { $state } » ({ $rows })
import-warning = Ligne { $row }
import-untouched = Ligne { $row }, { $name }
import-why-scanned = Laissé tel quel : déjà contrôlé
import-why-expired = Laissé tel quel : terminé
import-means-good = Un billet valable
import-means-unpaid = Non payé
import-means-cancelled = Annulé
import-means-blocked = Bloqué
import-change-added = Nouveaux
import-change-changed = Corrigés
import-change-canceled = Annulés
import-change-unchanged = Inchangés
import-change-untouched = Contrôlés ou terminés, laissés tels quels
import-choice-state = { $count ->
    [one] « { $state } » dans { $count } ligne signifie
    [many] « { $state } » dans { $count } lignes signifie
   *[other] « { $state } » dans { $count } lignes signifie
}
import-choice-product = { $count ->
    [one] « { $product } », { $count } billet : pas un tarif de cet événement. C’est
    [many] « { $product } », { $count } billets : pas un tarif de cet événement. Ce sont
   *[other] « { $product } », { $count } billets : pas un tarif de cet événement. Ce sont
}
import-product = { $count ->
    [one] « { $product } », { $count } billet
    [many] « { $product } », { $count } billets
   *[other] « { $product } », { $count } billets
}
import-renamed = Lu comme : { $means }
import-unknown-product = Pas un tarif de cet événement : les portes réservées à certains tarifs ne le connaissent pas
import-same = { $count ->
    [one] Le billet de ce fichier ({ $count }) est déjà là : il n’y a rien à importer.
    [many] Les { $count } billets de ce fichier sont déjà là : il n’y a rien à importer.
   *[other] Les { $count } billets de ce fichier sont déjà là : il n’y a rien à importer.
}
import-choice-encoding = La ligne { $row } se lit correctement ainsi
import-choice-dates = { $example } est le
import-choice-column = Colonne « { $head } » { $example }
import-choice-choose = Choisir
import-choice-unused = Non utilisée
import-do-again = Importer : nouveaux { $added }, corrigés { $changed }, annulés { $canceled }
import-corrected = Nouveaux { $added }, corrigés { $changed }, annulés { $canceled }, inchangés { $unchanged }, laissés { $untouched } : les portes le savent maintenant.
import-nothing-new = Rien n’a changé : billets inchangés, { $unchanged }.
import-nothing = { $count ->
    [one] Le billet de ce fichier ({ $count }) a été annulé chez son vendeur et n’a jamais été ici : il n’y a rien à importer.
    [many] Les { $count } billets de ce fichier ont été annulés chez leur vendeur et n’ont jamais été ici : il n’y a rien à importer.
   *[other] Les { $count } billets de ce fichier ont été annulés chez leur vendeur et n’ont jamais été ici : il n’y a rien à importer.
}
import-do = { $count ->
    [one] Importer { $count } billet
    [many] Importer { $count } billets
   *[other] Importer { $count } billets
}
import-problems = { $count ->
    [one] { $count } erreur
    [many] { $count } erreurs
   *[other] { $count } erreurs
}
import-first-problems = Les { $shown } premières erreurs sur { $count }
import-staging = Billets : { $staged } sur { $rows }. Vous pouvez quitter cette page : l’import continue.
import-completed = Billets importés : { $rows }. Les portes les connaissent maintenant.
import-failed = L’import a échoué : rien n’en a été gardé.
import-failed-partly = L’import s’est arrêté en route : billets qui restent corrigés, { $changed } ; annulés, { $canceled }. La même liste fait le reste.
import-past-staging = En cours
import-past-completed = Importé
import-past-failed = Échec
import-past-some = { $staged } billets sur { $rows }
import-past-why = Ce qui n’allait pas
import-past-follow = Où il en est
import-past-gone = Quelqu’un qui n’est plus là
import-past-unknown = Non enregistré
import-column-notice = Note pour la porte
import-column-block = Bloc
import-column-seat = Place
import-column-seat-row = Rang de la place
import-column-answer = Une réponse, gardée avec le billet
import-column-fields = Réponses
import-column-answers = Réponses
import-column-quantity = Quantité
import-column-row = Ligne
import-column-barcode = Code
import-column-first_name = Prénom
import-column-last_name = Nom
import-column-phone_number = Téléphone
import-column-product = Tarif
import-column-price = Prix
import-column-date = Date
import-column-time = Heure
import-column-paid = Payé
import-column-change = Modification
import-column-uuid = Identifiant du billet
import-column-reservation = Réservation
import-column-name = Nom complet
import-column-email = E-mail
import-column-starts = Date et heure
import-column-status = État
import-column-canceled = Annulé
import-column-blocked = Bloqué
import-column-valid = Valide

## The page

import-event = Événement
import-title = Importer des billets
import-lead = Une liste de billets vendus ailleurs, en CSV ou .xlsx : les exports de Weezevent, Billetweb, HelloAsso, Universe, Hi.Events, Eventbrite, SeeTickets, pretix, TiBillet et d’un serveur comme celui-ci sont reconnus. Elle est d’abord examinée : rien ne change sans votre accord. Une liste plus récente ajoute, corrige et annule ; les billets contrôlés restent.
import-file = Fichier
import-look = L’examiner
import-the-import = L’import
import-choices = Ce que le fichier ne dit pas
import-choices-kept = C’est gardé pour le prochain fichier de ce vendeur.
import-look-again = Examiner de nouveau
import-holds = Ce que contient le fichier
import-first-rows = Les premières lignes
import-mend = Corrigez-les dans le fichier, puis examinez-le de nouveau. Les lignes sont numérotées comme dans un tableur ; l’en-tête est la ligne 1.
import-column = Colonne
import-wrong = Ce qui ne va pas
import-past = Imports précédents
import-past-tickets = Billets
import-past-by = Par
import-none = Rien n’a encore été importé dans cet événement.
import-export = Export
import-export-tickets = Billets en CSV
import-export-scans = Contrôles en CSV
import-export-hint = Les billets contiennent les noms et téléphones des participants : gardez le fichier avec le même soin.
