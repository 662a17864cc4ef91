### Ce qui ne va pas dans un fichier importé et dans ses cellules : chaque texte figure à côté de sa ligne et de sa colonne.
problem-cell-same = est le même qu’à la ligne { $row }
problem-cell-formula-unread = La cellule { $cell } contient une formule sans son résultat ; sa colonne n’est pas lue
problem-cell-sold-out = places restantes pour { $when } ({ $rows }) : { $left }, et le fichier en demande { $count }
problem-cell-product-out = billets restants au tarif { $product } pour { $when } ({ $rows }) : { $left }, et le fichier en demande { $count }
problem-cell-other-id = est celui d’un autre billet que l’identifiant de la ligne
problem-cell-elsewhere = est celui d’un autre événement, ou est en cours d’import
problem-cell-there = existe déjà
problem-cell-invisible = se trouve parmi des signes invisibles : lu { $plain }
problem-cell-replaced = a été remplacé par l’erreur { $said } du tableur : exportez la liste à nouveau
problem-cell-number-lost = a été changé en nombre { $said } par un tableur, ses chiffres sont perdus : exportez la liste à nouveau, et gardez la colonne en texte
problem-cell-number-last = a été changé en nombre { $said } par un tableur, ses derniers chiffres sont perdus
problem-cell-number = a été changé en nombre { $said } par un tableur : lu { $plain }
problem-cell-number-kept = a été changé en nombre { $said } par un tableur, ses chiffres sont perdus : gardé tel qu’il est écrit
problem-cell-formula = est écrit comme la formule { $said } : lu { $plain }
problem-cell-quotes = est entre guillemets : lu { $plain }
problem-cell-apostrophe = commence par l’apostrophe d’un tableur : lu { $plain }
problem-cell-zeros = a perdu ses derniers chiffres : un tableur les a remplacés par des zéros
problem-cell-answers = il y en a plus de { $most } : les premières sont gardées
problem-cell-unreadable = ne peut pas être lu : laissé de côté
problem-cell-long = a plus de { $most } caractères : les premiers sont gardés
problem-cell-unprintable-left = contient des caractères non imprimables : lu sans eux
problem-cell-unprintable = contient des caractères non imprimables
problem-cell-quantity = indique { $count } billets : une ligne est importée comme un seul
problem-cell-quantity-unread = ne peut pas être lu : une ligne est importée comme un seul billet
problem-cell-more = a plus de cellules que l’en-tête : une cellule qui contient un séparateur doit être entre guillemets
problem-cell-no-phone = n’est pas un numéro de téléphone : gardé tel qu’il est écrit
problem-cell-no-mail = n’est pas une adresse e-mail : laissée de côté
problem-cell-nothing = n’a ni lettre ni chiffre : aucun billet ne porte cela
problem-cell-needed = est nécessaire
problem-cell-no-uuid = n’est pas un uuid
problem-cell-no-date = n’est pas une date, comme 2026-12-24, 24/12/2026 ou 24.12.2026
problem-cell-no-date-dmy = n’est pas une date dans l’ordre jour, mois, année
problem-cell-no-date-mdy = n’est pas une date dans l’ordre mois, jour, année
problem-cell-no-date-ymd = n’est pas une date dans l’ordre année, mois, jour
problem-cell-no-time = n’est pas une heure, comme 20:30, 20h30 ou 8:30 PM
problem-cell-times-at = À { $time }, séances de l’événement : { $count } ; indiquez la date et l’heure
problem-cell-times = Séances de l’événement : { $count } ; indiquez la date et l’heure
problem-cell-times-day = Séances ce jour-là : { $count } ; indiquez la date et l’heure
problem-cell-no-day = n’est pas un jour de l’événement
problem-cell-dates = { $said } peut être { $means }, et aucune ligne ne tranche : dites lequel
problem-cell-dates-change = { $said } a le jour et le mois dans un autre ordre que les lignes précédentes
problem-cell-state-unread = « { $head } » n’est pas lue, et dit « { $said } » ({ $rows }) : dites ce que signifie la colonne
problem-cell-paid = doit être oui ou non, et c’est « { $said } » ({ $rows }) : ou dites s’il est valable, non payé, annulé ou bloqué
problem-cell-state = « { $said } » ({ $rows }) n’est pas un état connu : dites s’il est valable, non payé, annulé ou bloqué
problem-cell-total = « { $said } » en fait une ligne de totaux et non un billet : laissée de côté
problem-cell-amounts = ne contient que des montants, comme une ligne de totaux : laissée de côté
problem-cell-remark = « { $said } » est une remarque et non un billet : laissée de côté
problem-rows-one = 1 ligne
problem-rows-many = { $count } lignes
problem-row-at = ligne { $row }
problem-rows-at = lignes { $low } à { $high }

## The file as a whole

problem-import-no-codes = La première ligne du fichier n’a pas de colonne des codes
problem-import-codes-needed = manque : il faut une colonne avec le code, l’identifiant ou la réservation
problem-import-nothing-one = Rien n’a été importé. { $why } : 1 erreur
problem-import-nothing = Rien n’a été importé. { $why } : { $count } erreurs
problem-import-why-one = { $why } : 1 erreur
problem-import-why = { $why } : { $count } erreurs
problem-import-partly = { $why }. Billets corrigés avant : { $count } ; la même liste corrige le reste
problem-rows-duplicate = Ces codes existent déjà
problem-rows-sold-out = Il n’y a pas assez de places
problem-rows-states = Des états de billets sont inconnus : dites ce qu’ils signifient
problem-rows-dates = Des dates se lisent de deux façons : dites laquelle
problem-rows-ruined = Des codes ont été abîmés par un tableur
problem-rows-unusable = Ces lignes ne peuvent pas être importées

## Choices for a file

problem-choice-state = doit être un mot du fichier, un deux-points, et good, unpaid, cancelled ou blocked
problem-choice-column = doit être un en-tête du fichier, un deux-points, et l’un de : { $values } ; ou rien
problem-choice-product = doit être un nom du fichier, un deux-points, et un tarif de l’événement
problem-choice-dates = doit être dmy, mdy ou ymd
problem-choice-most = { $most } au maximum
problem-choice-pair = doit être deux textes séparés par un deux-points, de { $most } caractères au maximum
