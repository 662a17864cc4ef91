### What scripts of several pages say.

any-unreachable = The hub cannot be reached. Check the connection, then try again.
any-failed = Something went wrong here: try again

## Showings

showing-today = Today, { $time }
showing-tomorrow = Tomorrow, { $time }
showing-day = { $day }, { $time }
