### Page of an event's relay, in the administration.

relay-lead = A relay is a small hub on a machine in the venue. Its doors share one truth and go on while the line to this hub is slow or gone.
relay-none = No relay has joined
relay-is-there = { $name } is connected
relay-is-alone = { $name } has been on its own since { $time }
relay-is-lost = { $name } was declared lost at { $time }
relay-there-more = This hub decides on each scan at its doors.
relay-alone-more = Its doors go on, and what they did comes once its line is back. Declare it lost only if the machine is gone for good.
relay-alone-free = It has not been heard for ten minutes, so another relay may join. What its doors did still comes once its line is back.
relay-lost-more = Its key has ended. Scans that it had not sent come from the phones of its doors.
relay-not-named = Phones do not find it: { $address } is missing in HUB_ALLOWED_ORIGINS of this hub.
relay-address = Its address, as phones reach it
relay-address-hint = With https, and a certificate that phones trust, such as { $example }. Leave it empty to try it on one machine.
relay-joined = Joined
relay-heard = Last heard
relay-waiting-now = Scans that it has yet to send
relay-waited = Scans that it had yet to send then
relay-clock-ahead-s = Its clock is ahead by
relay-seconds = { $seconds } s
relay-lose = Declare it lost
relay-lose-ask = Declare { $name } lost? Its key ends and it lets nobody in any more; another relay may join at once. Scans that it has not sent come from the phones of its doors, once they reach this hub: do not unpair them. This cannot be taken back.
relay-lose-waited = { $count ->
    [one] 1 scan waited when it was last heard.
   *[other] { $count } scans waited when it was last heard.
}
relay-lose-done = { $name } is declared lost.
relay-new = New relay
relay-name = Name
relay-name-hint = Where it stands, such as "Hall": people read it on the dashboard.
relay-make = Make its key
relay-made = The key of { $name }
relay-made-run = Start it on the machine in the venue with this command:
relay-command = The command that starts the relay
relay-made-named = Add { $address } to HUB_ALLOWED_ORIGINS of this hub and start it again, so that phones find the relay.
relay-made-hint = Where it is installed as a package, the command begins with { $package } in place of { $checkout }. The key is for this event alone and ends three days after it.
relay-keys = Keys of relays for this event
relay-keys-by-owners = Keys of relays are made by owners.
relay-key-used = In use
relay-key-ready = Not in use
relay-key-ended = Revoked
relay-key-revoke = Revoke
relay-key-ask = Revoke the key { $name }? A relay that uses it goes on by itself, and cannot send what it does any more. If the machine is gone, declare the relay lost instead.
relay-key-revoked = The key { $name } is revoked.
