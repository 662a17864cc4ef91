### What guests see: the pages of tickets, reservations, booking and the waiting list.
### $event, $name, $door, $organisation and $place are names as people wrote them, in any language.

## Every page

# The link that a keyboard or a screen reader meets first.
skip = Skip to content
# Opens the choice of another language; $name is the language's own name.
language = <span class="hidden-text">Language: </span>{ $name }
page-title = { $title } · { $organisation }
# A label before what it names: "Phone: +33 1 23 45 67 89"; the second is a link.
label-value = { $label }: { $value }
label-link = { $label }: <a href="{ $href }">{ $value }</a>
to-start = Go to the start
administration = Administration
administration-at-the-hub = Administration at the hub
account = My account
log-out = Log out
no-texts = The words of this page could not be loaded. Load it again; if that does not help, the hub needs `make setup` with npm.

## Days and times. $day is a day with its weekday, $time a time of day.

when = { $day }, { $time }
when-until = { $day }, { $time } to { $end }
# $end is another day with its time.
when-until-day = { $day }, { $time } to { $end }
# A moment in the middle of a sentence: "held for you until 20:30 on Thursday 24 December 2026".
moment = { $time } on { $day }
# A recent moment of another day: "Thursday, 20:30".
lately = { $weekday }, { $time }

## Seats of a ticket: each part alone, to be put after one another with commas.

seat-block = block { $value }
seat-row = row { $value }
seat-seat = seat { $value }

## Ways to reach the organiser

contact-title = Questions? Ask the organiser
contact-email = E-mail
contact-phone = Phone
contact-web = Web

## Prices

price-free = free
# A kind of ticket with its price, as "Standard, €20.00".
kind-price = { $kind }, { $price }
pay-at-door = You pay at the door. { $where }
pay-before = You pay before you come. { $where }
# $time is a time like "45 minutes" or "3 days".
pay-within = You pay within { $time }, or the seats go to others. { $where }
pay-ask = Ask the organiser where.
# What a guest does about a ticket that is not paid; $amount is a sum of money, $where the organiser's words.
unpaid-at-door = Pay { $amount } at the door. { $where }
unpaid-at-door-unknown = Pay at the door. { $where }
unpaid-until = { $count ->
    [one] Pay { $amount } until { $until }, or your seat goes to others. { $where }
   *[other] Pay { $amount } until { $until }, or your seats go to others. { $where }
}
unpaid-until-unknown = { $count ->
    [one] Pay until { $until }, or your seat goes to others. { $where }
   *[other] Pay until { $until }, or your seats go to others. { $where }
}
unpaid-before = Pay { $amount } before you come. { $where }
unpaid-before-unknown = Pay before you come. { $where }
unpaid-not-let-in = The door lets nobody in before.

## A ticket

ticket-title = Ticket: { $event }
ticket-valid = Good to go
ticket-valid-line = Show this code at the door.
ticket-inside = You are in
ticket-inside-line = Enjoy it.
ticket-left = You went out
ticket-left-line = Show this code to come in again.
ticket-used = Used
ticket-used-line = This ticket has let somebody in, and is good for one entry.
ticket-unpaid = Not paid yet
ticket-canceled = Cancelled
ticket-canceled-line = This ticket lets nobody in any more. Questions? Ask the organiser.
ticket-blocked = Blocked
ticket-blocked-line = The organiser has blocked this ticket. Ask them before you come.
ticket-expired = Over
ticket-expired-line = The time of this ticket is past.
# When the ticket was let in last: $at is a time, or a weekday and a time.
ticket-scanned = Scanned <time data-scanned>{ $at }</time>
# Follows the sentence before; $door is the door's name.
ticket-scanned-door = at <b data-door>{ $door }</b>
ticket-behind = No connection: this may not be the newest.
# $address is the address of the place; its link opens a map.
ticket-map = { $address } (map)
ticket-qr = The QR code of this ticket, to be scanned at the door
ticket-number = Ticket number <b class="number">{ $number }</b>
keep-title = Keep this ticket
keep-wallet = Add to { $wallet }
keep-picture = Save as picture
keep-calendar = Add to calendar
keep-calendar-when = Add { $when } to calendar
# On a ticket: the time of day at which guests may come.
doors-open = Doors open at { $time }
# The same where that is on another day than the ticket's time: $day is "Friday".
doors-open-day = Doors open on { $day } at { $time }
terms-heading = Terms and conditions
keep-print = Print

## How to keep it. What stands in <b> is what the phone or this page calls it.

guide-title = How to keep it on your phone
guide-apple-wallet = Open this page in Safari and tap <b>Add to Apple Wallet</b>, then <b>Add</b>. The ticket is on your lock screen when it is time.
guide-apple-picture = Tap <b>Save as picture</b>, then <b>Save to Photos</b>, or hold a finger on the code and choose it there.
guide-apple-picture-or = Or tap <b>Save as picture</b>, then <b>Save to Photos</b>, or hold a finger on the code and choose it there.
guide-apple-home = Or tap the share sign and <b>Add to Home Screen</b>: the page opens like an app.
guide-android-wallet = Tap <b>Add to Google Wallet</b> and follow it. You need a Google account on the phone.
guide-android-picture = Tap <b>Save as picture</b>: it is in your downloads and in Photos.
guide-android-picture-or = Or tap <b>Save as picture</b>: it is in your downloads and in Photos.
guide-android-home = Or open the browser's menu and choose <b>Add to Home screen</b>.
guide-trouble = When it does not work
guide-trouble-mail = Nothing happens in the mail or chat program? Copy the link, and open it in Safari or Chrome.
guide-trouble-code = The door cannot read the code? Turn the brightness up, and wipe the screen. Cracked glass: print it.
guide-trouble-network = No network at the venue? A saved picture and a print work without one.
guide-trouble-phone = No phone? Print this page, or give your name or ticket number at the door.

## Several tickets of one booking

reservation-title = { $count } tickets: { $event }
reservation-heading = { $count ->
    [one] Your ticket
   *[other] Your { $count } tickets
}
reservation-line = One code for each person. At the door, show one after another.
reservation-apple-all = Add all to Apple Wallet
# $part names some of the tickets, as "1-10".
reservation-apple-part = Add { $part } to Apple Wallet
reservation-print = Print all
reservation-list = Tickets
reservation-of = { $n } of { $count }
reservation-alone = This ticket alone, to pass on

## News on top of a page, about what was just done

news-moved = The time has changed: look at it again.
news-booked = <b>Booked.</b> This page is your ticket: keep its address, save the picture, or print it.
news-renamed = <b>Corrected.</b> The name on this ticket is changed.
news-canceled = <b>Cancelled.</b> Your place is free for others now.
news-handed-on = <b>Handed on.</b> This page is the new holder's ticket: send them its address now, since your own link and code are not good any more. Whoever has the address has the ticket.

## Changes by the ticket's holder

changes-title = Change this ticket
changes-wrong-name = Nothing is changed: give the name in 1 to 100 characters.
# $problem is a sentence without its full stop.
changes-wrong = { $problem }.
changes-name = Name on this ticket
changes-rename = Correct the name
changes-hand-on = Hand it on to another person
changes-cancel = Cancel this ticket
changes-back = Back to the ticket
changes-keep = Keep it
cancel-title = Cancel: { $event }
cancel-heading = Cancel this ticket?
cancel-line = The code lets nobody in any more, and the place is free for others at once. You cannot take that back yourself.
cancel-button = Cancel the ticket
hand-on-title = Hand on: { $event }
hand-on-heading = Hand this ticket on
# $name is the name of the next holder.
hand-on-heading-last = Hand it on to { $name }?
hand-on-mailed = The new ticket is mailed to <strong class="address">{ $email }</strong>. Is that right? You cannot see it or change it afterwards.
hand-on-link = You get the link of the new ticket on the next page, to send it on yourself.
hand-on-line = Your own code, link and wallet pass are not good any more from that moment, and only the new holder can undo it.
hand-on-button = Hand it on
hand-on-name = Whose is it from now on?
hand-on-name-wrong = Give a name in 1 to 100 characters.
hand-on-email = Their e-mail address <span class="muted">(optional)</span>
hand-on-email-wrong = This is no mail address. Check it, or leave it out.
hand-on-email-hint = The ticket is mailed there. Without one you get a link to send on yourself.
hand-on-next = Go on
handed-on-title = This ticket was handed on
handed-on-mailed = <strong>Done.</strong> The new ticket is on its way by mail.
handed-on-line = It belongs to another person now, who has a new code and a new link. This link, its code and its wallet pass are not good any more: the door answers that the ticket was replaced.
handed-on-help = Was that not meant? Ask the new holder to hand it back, or the organiser to help.

## Feedback after the visit

feedback-title = Did your ticket work?
feedback-thanks = <b>Thank you.</b>
feedback-said-yes = You said that it worked.
feedback-said-no = You said that it did not work.
feedback-change = You can change your answer.
feedback-choose = Choose yes or no.
feedback-too-long = Please say it in { $most } characters or less.
feedback-slow-down = That was a bit fast. Wait a moment, then send it again.
feedback-text = Anything to add? <span class="muted">(optional)</span>
feedback-hint = The organiser reads it without your name.
feedback-yes = Yes
feedback-no = No

## Links that open nothing, and errors

no-ticket-title = This link opens no ticket
no-ticket-line = It may be an old link: when a ticket is issued anew, only the newest link opens it. Or a part of it got lost when it was copied.
no-ticket-help = Look for the newest message with your ticket, and open the link there. If that does not help, ask the organiser to send it again, or give your name at the door.
error-again = Nothing is lost. Wait a moment, then load this page again.
error-not-found = The link may be old, or mistyped.
error-not-allowed = An owner of this hub can give your login more rights, or look for you.
error-other = Go back, reload the page, and try again.
error-request = Number of this request, for those who look after this hub: { $id }
