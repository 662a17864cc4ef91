### The pages of an event's passes, and of its practice codes. What follows `practice-shows-` is a code of a verdict.
passes-off = Nobody new is offered passes. Passes on phones keep working. Before: { $percent } percent of reservations.
passes-invited = Invited reservations only: the testers. Invite them on their reservation's page.
passes-percent = Invited reservations, and { $percent } percent of all.
passes-on = Everybody.
passes-stop = Stop
passes-ask-stop = Offer passes to nobody new? Letters that wait are not sent. Whoever has a pass keeps it, and it keeps working.
passes-resume = Resume
passes-invite = Offer to invited guests only
passes-did-stop = Stopped: nobody new is offered passes.
passes-did-resume = Resumed: passes are offered as before.
passes-started = The wave has started.
passes-step-offered = Offered
passes-step-opened = Opened
passes-step-added = Added to a wallet
passes-step-scanned = Let in with it
passes-reservations = { $count ->
    [one] Offered to { $count } reservation.
   *[other] Offered to { $count } reservations.
}
passes-answers = Did it work, of those who added one: { $worked } yes, { $failed } no.
passes-testers = Testers
passes-percents = { $above } to { $percent }
passes-no-letter = No letter
passes-sent = { $count ->
    [one] { $count } letter
   *[other] { $count } letters
}
passes-sent-unknown = { $sent } letters, and { $unknown } not known yet
passes-share = { $share } % of those before
practice-of = Practice codes: { $name }
practice-code = Practice code: { $label }
practice-no-ticket = For practice. No ticket.
practice-shows-admitted = Ticket successfully scanned
practice-shows-exited = Exit recorded
practice-shows-already_scanned = Ticket already scanned
practice-shows-canceled = Ticket canceled
practice-shows-unpaid = Ticket not paid
practice-shows-blocked = Ticket blocked
practice-shows-replaced = Ticket reissued
practice-shows-expired = Ticket expired
practice-shows-too_early = Too early for this ticket
practice-shows-too_late = Too late for this ticket
practice-shows-wrong_door = Wrong door
practice-shows-full = Capacity reached
practice-shows-not_inside = Ticket is not inside
practice-shows-wrong_event = Event error
practice-shows-invalid_code = Invalid QR code format
practice-shows-bad_signature = Invalid ticket signature
practice-shows-unknown_ticket = Ticket not found

## The page of passes

passes-title = Passes
passes-event = The event
passes-refresh = Refresh
passes-who = Who is offered them
passes-far = How far guests got
passes-step = Step
passes-tickets = Tickets
passes-part = Share
passes-next = Next wave
passes-how-many = Offer to how many percent of reservations
passes-how-many-hint = Whoever is offered passes stays so. 0 sends the letter to the invited testers.
passes-no-mail = No mail server is set up (HUB_SMTP_HOST): the wave has no letter.
passes-subject = Subject of the letter <span class="hint">optional</span>
passes-letter = Letter to those newly offered <span class="hint">optional</span>
passes-letter-hint = Your words; the link to their tickets and your contact stand below. Empty: no letter.
passes-start = Start the wave
passes-waves = Waves
passes-begun = Started
passes-of-percent = Percent
passes-letters = Letters sent

## The page of practice codes

practice-title = Practice codes
practice-print = Print
practice-lead = One code for each answer that a door can give. Scanned at this event's doors they say what they stand for; nothing is counted. In the scanner, switch on Training to see the whole screen.
