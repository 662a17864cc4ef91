### The status page of a relay, and what a relay's other pages say of it.

relay-title = Relay { $name }
relay-dashboard = Dashboard
relay-scanner = Scanner
relay-at-the-hub = At the hub
relay-asking = Asking the relay
relay-stale = The relay has not answered since { $time }: this is how it was then.
relay-hub = Its hub: { $address }

relay-state-connected = Connected since { $time }
relay-state-degraded = Connected, slow since { $time }
relay-state-alone = On its own since { $time }
relay-state-catching_up = Catching up since { $time }
relay-state-ended = Ended at { $time }

relay-strip = { $state }. { $more }

relay-more-connected = The hub decides on each scan.
relay-more-degraded = The hub answers late. Scans that it does not answer in time are decided here.
relay-more-alone = The hub cannot be reached. The doors go on, and what they do is sent once the line is back. Nothing needs to be done here.
relay-more-catching_up = The line is back. Scans are decided here until all are sent.

relay-ended = The hub does not accept this relay any more. It lets nobody in: use the hub itself.
relay-ended-relay_taken = Another relay has taken its place. It lets nobody in: use the other one, or the hub itself.
relay-ended-relay_lost = It was declared lost at the hub. It lets nobody in: start it anew with a new key, or use the hub itself.
relay-ended-restored = The hub was restored from a backup. Wait until no scan is left to send, then start the relay on a new folder.
relay-ended-event_over = The event is over, and its copy is deleted.

relay-inside = Inside now
relay-admitted = Admitted
relay-admitted-of = { $admitted } of { $booked }
relay-waiting = Scans to send
relay-behind = Changes at the hub to fetch
relay-exchange = Last heard of the hub
relay-exchange-never = Not since its start
relay-clock = Its clock
relay-clock-right = Right
relay-clock-ahead = { $seconds } s ahead of the hub
relay-clock-behind = { $seconds } s behind the hub
relay-refused = Scans the hub did not record
relay-refused-more = They stay on record here alone. Ask the people who run the hub, with the code.
relay-refused-line = { $time }, { $device }: { $code }
relay-refused-device = a phone
