### Was die Skripte des Dashboards sagen.

## The curve

curve-none = Es ist noch niemand gekommen. Die Kurve beginnt mit dem ersten Scan.
curve-arrived = Angekommen: { $arrived } von { $booked } Gebuchten, davon { $since } seit { $time }.
curve-arrived-only = Angekommen: { $arrived }, davon { $since } seit { $time }.
curve-busiest = Die vollsten fünf Minuten: { $time }, mit { $count }.
curve-other = { $name }: { $count } zu diesem Zeitpunkt.
curve-at = { $time }: { $arrived } angekommen, { $inside } drinnen
curve-at-other = { $count } damals
curve-failed = Die Kurve lässt sich gerade nicht lesen. Es wird von selbst erneut versucht.
curve-other-failed = Dieser Abend lässt sich gerade nicht lesen. Wählen Sie ihn noch einmal.

## Refusals

refusals-others = Andere Gründe
refusals-unknown = Anderer Grund

## Alerts

alert-none = Keine Warnungen.
alert-dismiss = Ausblenden
alert-dismiss-one = Ausblenden: { $text }
alert-at = ({ $door })
alert-silent = { $device }{ $at } meldet sich seit { $time } nicht. Sehen Sie nach, ob das Telefon an ist und ein Netz hat.
alert-battery = { $device }{ $at }: Akku schwach, { $battery } %.
alert-queue = { $count ->
    [one] { $device }{ $at } arbeitet offline: 1 Scan wartet.
   *[other] { $device }{ $at } arbeitet offline: { $count } Scans warten.
}
alert-stalled = { $count ->
    [one] { $door }: kein Scan seit { $time }; an den anderen Eingängen 1.
   *[other] { $door }: kein Scan seit { $time }; an den anderen Eingängen { $count }.
}
alert-relay = { $name } arbeitet seit { $time } allein: Die Eingänge dort machen weiter, ihre Scans kommen, sobald die Verbindung wieder steht.
alert-near = Fast voll: { $name }, { $inside } von { $limit } drinnen.
alert-full = Voll: { $name }, { $inside } von { $limit } drinnen.
alert-unknown = { $place } Es gibt eine Warnung, die diese Seite nicht lesen kann. Sehen Sie nach Telefonen und Eingängen, und laden Sie die Seite neu.
alert-conflicts = { $count ->
    [one] 1 Konflikt: Es wurde jemand eingelassen, den der Server abgewiesen hätte.
   *[other] { $count } Konflikte: Es wurden Personen eingelassen, die der Server abgewiesen hätte.
}
sound-on = Ton ist an
sound-off = Ton ist aus

## Devices

device-unnamed = Ein Telefon
device-online = Online
device-training = { $device } übt
device-silent = Meldet sich nicht
device-silent-since = Meldet sich nicht, zuletzt um { $time }
device-unpaired = Noch nicht gekoppelt
device-seen = Zuletzt um { $time }
device-away = Noch nicht gesehen
device-battery = Akku { $battery } %
device-queue = { $count ->
    [one] 1 Scan wartet
   *[other] { $count } Scans warten
}
door-unnamed = Ein Eingang
guest-unnamed = Ein Gast

## Conflicts

conflict-entry = Eingelassen: { $place }, { $time }
conflict-counted = Gezählt: { $place }, { $time }

## People inside

people-venue = Das Haus
people-of = { $inside } von { $limit }
people-free = { $free } frei
people-over = { $over } über dem Limit
people-full = Voll
people-no-limit = Kein Limit gesetzt
people-headcount = { $count ->
    [one] davon 1 ohne Ticket
   *[other] davon { $count } ohne Ticket
}
recount-done = Gespeichert. { $name }: { $inside } drinnen.

## The list of scans

scans-found = { $found } der letzten { $all } Scans

## What guests say

feedback-none = Noch hat kein Gast geantwortet.
feedback-worked = { $count ->
    [one] 1 Gast hat geantwortet: Bei { $share } % hat es geklappt.
   *[other] { $count } Gäste haben geantwortet: Bei { $share } % hat es geklappt.
}
feedback-failed = { $count ->
    [one] Bei 1 nicht.
   *[other] Bei { $count } nicht.
}
feedback-unreadable = Die Antworten lassen sich gerade nicht lesen. In einer Minute wird noch einmal gefragt.

## The connection

stale-figures = Zahlen von { $time }
stale-blocked = Die Live-Verbindung kommt nicht durch: Lässt der Proxy Upgrades zu? Bis dahin fragt diese Seite alle 5 Sekunden nach.
stale-since = Nicht aktuell: Das sind die Zahlen von { $time }. Der Server ist nicht zu hören; diese Seite versucht es weiter.
stale-ended = Nicht aktuell: Die Verbindung ist beendet. Laden Sie die Seite neu.
connection-connecting = Verbinden
connection-live = Live
connection-polled = Alle 5 Sekunden
connection-reconnecting = Neu verbinden
connection-stale = Nicht aktuell
connection-ended = Beendet
connection-ended-more = Der Server hat diese Verbindung beendet. Laden Sie die Seite neu.

## The large figures

percent = { $share } %
figures-places = von { $places } Plätzen
figures-no-limit = von { $places } Plätzen; kein Limit gesetzt
figures-over = { $over } über dem Limit von { $limit }
figures-full = Voll: Das Limit ist { $limit }
figures-free = { $free } frei von { $limit }
figures-of-booked = { $share } der Gebuchten
figures-of-attempts = { $share } der Versuche

## The list of scans: its buttons and names

scans-pause = Anhalten
scans-go-on = Weiter
scans-go-on-new = Weiter ({ $missed } neue)
scans-go-on-some = Weiter (neue Scans)
scans-guest = Gast
scans-unknown = Unbekannter Code
feedback-said = „{ $text }“
