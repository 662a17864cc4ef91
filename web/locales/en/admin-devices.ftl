### The administration's pages of devices, their pairing and their scans.
devices-all-events = All events
devices-battery = { $percent } %
devices-queue = { $count } waiting
device-archived = Out of service
device-joined = { $joined } of { $uses } phones joined
device-used-up = Used up: all { $uses } phones joined
device-is-online = Online
device-is-training = Training
device-seen-at = Last seen { $at }
device-paired = Paired
device-waiting = Waits to be paired
device-code-over = Not paired, code expired
device-silent-from = Silent since { $since }
device-making = Making code { $n } of { $count }
device-no-door = no door of its own: the venue
device-in-service = Lost, or stolen? Archive it: it stops at once, everywhere. A new code is for another phone in its place, or the same after a reset; the old one works until the code is used.
device-is-archived = Out of service: no scan of it is taken. What it still sent of its offline scans waits here for you, and below is what it did.
device-renew = New pairing code
device-archive = Archive this device
device-archive-asked = Take { $name } out of service at once, for good?
device-archived-now = It is out of service. Look below at what it scanned.
pairing-label = Pairing code of { $name }
pairing-on-this = Pair the phone that shows this page
pairing-until = Works until { $until }
pairing-left = Works for { $clock }
pairing-hours = { $hours } h { $minutes } min
pairing-over = This code has expired.
pairing-paired = Paired
pairing-again = New code
pairing-own-host = The codes lead to { $address }, which only this machine can open: phones will not find it. Start the hub with the address that they use (--base-url).
pairing-insecure = The codes lead to { $address }, without https: browsers open no camera there. Scanner apps and hand-held readers work.
scans-gone = Deleted
scans-tick = Take back: { $who }, { $when }
scans-none-ticked = Tick the scans to take back.
scans-undone = { $count ->
    [one] 1 scan was taken back.
   *[other] { $count } scans were taken back.
}
scans-taken-back = Taken back
scans-more = These are the newest { $count }. Choose a later time to see fewer.
held-accept = Accept
held-drop = Drop
held-accept-asked = { $count ->
    [one] Record 1 scan as it happened at the door?
   *[other] Record { $count } scans as they happened at the door?
}
held-drop-asked = { $count ->
    [one] Forget 1 scan for good?
   *[other] Forget { $count } scans for good?
}
held-accepted = They are on record.
held-dropped = They are forgotten.

## The page

devices-add = Add phones
devices-all = All
devices-archived = Show those out of service
devices-where = Where
devices-power = Battery
devices-waiting = Waiting scans
devices-none = No phones here yet.
devices-none-more = Add one: any phone with a camera becomes a scanner by reading one code.
devices-all-until = all events, until it is archived
devices-example = Gate 1
devices-name-hint = Shown at the doors and on the dashboard. Several phones are numbered.
devices-count = How many phones
devices-pairing = Pairing
devices-code-each = a code for each phone
devices-code-one = one code that all of them read
devices-app = App
devices-app-own = this hub's scanner
devices-app-tibillet = TiBillet phone
devices-works = Codes work for
devices-works-15 = 15 minutes
devices-works-60 = an hour
devices-works-1440 = a day
devices-works-10080 = a week
devices-works-hint = Whoever reads a code may scan: print codes for long only where you keep the paper.
devices-may = May also
devices-may-search = find guests by name, and check them in by hand
devices-may-undo = take back a scan, for 15 minutes
devices-may-headcount = count people without tickets: crew, children
devices-may-names = see guests' names on all that is live, and offline
devices-may-force = let in against a refusal, with a reason on record
devices-may-over-limit = let in where the venue is full
devices-may-sell = sell tickets, and take money for those that are not paid
devices-may-hint = Every phone scans, and follows its event. The last three are for people whom you trust to decide.
devices-make = Make codes
devices-codes = Pairing codes
devices-print = Print
devices-done = Done
devices-codes-hint = These codes are shown this once. Point a phone's camera at one, or read it in a scanner app that is there already.
devices-service = Service
devices-held = Offline scans that wait for you
devices-held-more = This phone sent them after it was taken out of service. Accept them where it was still in good hands then.
devices-scanned = Scanned
devices-phone-said = The phone said
devices-received = Received
devices-scans = What it scanned
devices-since = Since
devices-show = Show
devices-scan = Scan
devices-guest = Guest
devices-answer = Answer
devices-take-back = Take back those ticked
devices-no-scans = Nothing since then.
devices-may-door = change its door, in its own menu
