### Ce que disent les scripts de plusieurs pages.

any-unreachable = Le serveur est injoignable. Vérifiez la connexion, puis réessayez.
any-failed = Un problème est survenu ici : réessayez

## Showings

showing-today = Aujourd’hui, { $time }
showing-tomorrow = Demain, { $time }
showing-day = { $day }, { $time }
