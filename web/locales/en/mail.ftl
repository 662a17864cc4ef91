### Mails to guests: their tickets, places on the waiting list, and offers of passes.

mail-tickets-subject = { $count ->
    [one] Your ticket: { $event }
   *[other] Your { $count } tickets: { $event }
}
mail-tickets-text = { $count ->
    [one] Your ticket, to be shown at the door:
   *[other] Your { $count } tickets, one code for each person:
}
mail-tickets-open = { $count ->
    [one] Open your ticket
   *[other] Open your { $count } tickets
}
mail-tickets-link = { $count ->
    [one] Your ticket:
   *[other] Your { $count } tickets:
}
mail-handed-on-subject = A ticket was handed on: { $event }
mail-handed-on = One of your tickets was handed on.
mail-handed-on-text = It belongs to another person now, and its old code is good no more. If that was not you, ask the organiser. What is left:
mail-unpaid-subject = Booked, not paid yet: { $event }
mail-unpaid = Not paid yet.
mail-unpaid-open = See how it stands
mail-unpaid-how = How it stands:
mail-tickets-later = { $count ->
    [one] Your ticket comes by mail once all is paid.
   *[other] Your { $count } tickets come by mail once all is paid.
}
mail-ticket-of = { $n } of { $count }
mail-qr = The QR code of a ticket
mail-others = The others are behind the button above.
mail-before-you-leave = Open it on your phone before you leave, and save the picture: at the door there may be no network.
mail-as-good-as-ticket = The address is as good as the ticket: pass it on to nobody but those who come with you.
mail-questions = Questions? Ask the organiser:
mail-wave-subject = Your ticket on your phone: { $event }

## The waiting list. $until is a moment, $time a time like "60 minutes".

mail-offer-subject = { $count ->
    [one] A seat is yours until { $until }: { $event }
   *[other] { $count } seats are yours until { $until }: { $event }
}
mail-offer = { $count ->
    [one] A seat has come free and is held for you until <b>{ $until }</b>.
   *[other] { $count } seats have come free and are held for you until <b>{ $until }</b>.
}
mail-offer-plain = { $count ->
    [one] A seat has come free and is held for you until { $until }.
   *[other] { $count } seats have come free and are held for you until { $until }.
}
mail-offer-accept = { $count ->
    [one] Accept the seat
   *[other] Accept the { $count } seats
}
mail-waiting-subject = On the waiting list: { $event }
mail-waiting = { $count ->
    [one] You are on the waiting list. When it is your turn we mail you, and hold the seat for { $time }.
   *[other] You are on the waiting list for { $count } seats. When it is your turn we mail you, and hold the seats for { $time }.
}
mail-waiting-how = How you stand, and how to leave the list:
mail-waiting-open = See how you stand
mail-waiting-key = The address of this page is your key: pass it on to nobody.
mail-waiting-not-you = It was not you who asked for this? Then leave the list there, and nothing about you is kept.
mail-terms = Terms and conditions

## Mails to users: a link for a new password, or to confirm an address. $name is a user's name.

account-mail-reset-subject = Set a new password: { $organisation }
account-mail-verify-subject = Confirm your e-mail address: { $organisation }
account-mail-hello = Hello { $name },
account-mail-reset-text = a new password was asked for, for your login at { $organisation }. Set it here:
account-mail-verify-text = this address was entered for your login at { $organisation }. Confirm it, and a new password can be sent to it if you forget yours:
account-mail-reset-button = Set a new password
account-mail-verify-button = Confirm the address
account-mail-lasts = The link is good once, for { $time }.
account-mail-asked = Asked for on { $time }.
# $where is a browser, a system and a network, as far as they are known: "Firefox, Windows, 203.0.113.x".
account-mail-from = From: { $where }.
account-mail-reset-not-you = It was not you? Then do nothing: your password stays as it is. If it happens again, say so to an owner of the hub.
account-mail-verify-not-you = This says nothing to you? Then do nothing.
account-notice-subject = Your login was changed: { $organisation }
account-notice-app-added = an authenticator app was set up as the second factor of your login at { $organisation }.
account-notice-app-removed = the second factor of your login at { $organisation } was turned off.
account-notice-passkey-added = a passkey was added to your login at { $organisation }.
account-notice-passkey-removed = a passkey was removed from your login at { $organisation }.
account-notice-reset = an owner reset your login at { $organisation }: its second factor is off, and its passkeys are removed.
account-notice-when = It was on { $time }.
account-notice-not-you = It was not you, and you did not ask for it? Set a new password at once, and say so to an owner of the hub:
