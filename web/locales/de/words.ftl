### Was Skripte mehrerer Seiten sagen.

any-unreachable = Der Server ist nicht erreichbar. Prüfen Sie die Verbindung, und versuchen Sie es noch einmal.
any-failed = Hier ist etwas schiefgegangen: Versuchen Sie es noch einmal

## Showings

showing-today = Heute, { $time }
showing-tomorrow = Morgen, { $time }
showing-day = { $day }, { $time }
