### The scanner's page: what stands there from the beginning. What its scripts say is in `scanning.ftl`.

scan-app = Scanner
scan-no-script = The scanner needs JavaScript: allow it for this site.

## Pairing

scan-pair-none = This phone is not paired
scan-pair-how = Ask the organiser for a pairing code. Open it with this phone's camera, or read it here.
scan-pair-by-camera = Read a pairing code
scan-pair-title = Scan at the door
scan-pair-now = Pair this phone
scan-pair-keep = Keep it as it is

## Scanning

# Title of the choice between entry and exit, read out only.
scan-direction = Direction
scan-in = Entry
scan-out = Exit
scan-hint = A hand-held reader types here by itself.
# A button: on to the next guest.
scan-next = Next
# A button on a refusal: admit the guest in spite of it.
scan-force = Let in all the same
# A button: the phone's lamp.
scan-light = Light
scan-recent = Last scans of this phone
scan-none = Nothing scanned yet.
scan-conflict-seen = Seen

## People without tickets

scan-heads-title = People without tickets
scan-heads-kind = Who they are
scan-heads-walk_in = Walk-in
scan-heads-child = Child
scan-heads-crew = Crew
scan-heads-more = One more in
scan-heads-less = One out

## The menu

scan-menu-title = More
scan-menu-training = Training: practise, nothing is recorded
scan-menu-party = Ask how many of a reservation come in
scan-menu-sound = Sound
scan-menu-unpair = Unpair this phone
scan-door-title = Change door
scan-door-lead = Where does this phone stand from now on?
scan-door-keep = Stay here

## Finding a guest

scan-find-title = Find a guest
scan-find-label = Name, 3 letters or more; or e-mail, phone, order, ticket number, barcode, seat
scan-find-next = Show more
scan-close = Close

## Selling

scan-sale-when = When
scan-sale-total = Total
scan-sale-given = Cash given
scan-sale-next = Next customer

## Questions

scan-party-how = How many come in now?
# A button: none of the party comes in.
scan-party-none = Nobody
scan-question-yes = Yes
scan-question-no = No
scan-force-title = Let in all the same?
scan-force-lead = It is on record with your reason.
scan-force-reason = Reason
scan-force-yes = Let in
scan-force-cancel = Do not let in
