### The administration's pages of webhooks and of the hub's operation.
webhooks-active = Active
webhooks-paused = Paused
webhooks-because = Paused by the hub: { $reason }. What happens meanwhile waits, and goes when you resume it.
webhooks-open = Open the webhook
webhooks-made = The webhook is made
webhooks-new-secret = The new secret
webhooks-signs = This secret signs what is posted. It is shown this once: copy it to your server now.
webhooks-until = It signs from now on; the one before signs beside it until { $time }. It is shown this once: copy it to your server now.
webhooks-secret = the secret
webhooks-ping = Send a ping
webhooks-pinged = The ping was taken: { $why }.
webhooks-not-pinged = The ping was not taken: { $why }.
webhooks-pause = Pause
webhooks-resume = Resume
webhooks-rotate = New secret
webhooks-delete = Delete
webhooks-ask = Delete this webhook, with what waits for it and its record of deliveries? This cannot be undone.
webhooks-ask-rotate = Make a new secret? It signs at once; the old one signs beside it for a day, so that your server can follow.
kinds-patterns = Patterns
letters-again = Send again
letters-waiting = Waiting
letters-delivered = Delivered
letters-set_aside = Set aside
letters-tries = { $count ->
    [one] 1 try
   *[other] { $count } tries
}
letters-to-webhooks = to a webhook
letters-to-wallet-pushes = to Apple Wallet
letters-to-google-wallet = to Google Wallet
letters-to-mail = by mail
letters-to-account-mail = by mail, to a user
letters-to-waiting-mail = by mail, waiting list
letters-to-wallet-letters = by mail, offer of wallet passes
running-state = Database and changes
running-live = Live connection
running-version = Version of the hub
running-database = Database
database-ended = No security fixes any more
running-certificate = Certificate (HTTPS)
certificate-ready = Ready
certificate-expiring = Ends soon
certificate-ended = Has ended
running-proxy = Proxy
proxy-unnamed = Not trusted
proxy-unnamed-more = { $address } forwards requests, and all its clients count as one: name it in HUB_TRUSTED_PROXIES if it is your proxy.
live-through = Comes through
live-blocked = Does not come through: does the proxy pass upgrades?
running-ready = Ready
running-away = Not ready: the database cannot be reached
running-apple = Apple Wallet
running-google = Google Wallet
running-until = until { $time }
schedule-minutes = { $count ->
    [one] Every minute
   *[other] Every { $count } minutes
}
schedule-seconds = { $count ->
    [one] Every second
   *[other] Every { $count } seconds
}
schedule-daily = Every day at { $time } UTC
schedule-own = By a schedule of its own: { $crontab }
running-never = Not yet
running-runs = { $count ->
    [one] 1 run
   *[other] { $count } runs
}
running-changed = { $count ->
    [one] 1 changed
   *[other] { $count } changed
}
wallet-ready = Ready
wallet-expiring = Ends soon
wallet-development = Development only
wallet-unusable = Cannot be used
wallet-configured = Ready
wallet-off = Not set up
job-retime = Tickets follow changed times
job-settle_offers = Freed seats are offered to those who wait
job-forget_waiting = Those who waited in vain are forgotten
job-expire = Tickets expire
job-delete = Expired tickets are deleted
job-free_unpaid = Unpaid seats are freed
job-exit_all = Everybody is checked out
job-alerts = Alerts are looked for
job-trim_letters = Old deliveries are forgotten
job-imports = Imports that died are cleared away
job-result-done = Done
job-result-stopped = Stopped half way
job-result-failed = Failed

## The page of webhooks, and that of one

webhooks-lead = Your own server is told what happens: signed, in order, at least once, and tried again for a day.
webhooks-told = Told of
webhooks-none = No webhooks yet.
webhooks-none-more = Make one below, then send it a ping.
webhooks-new = New webhook
webhooks-kinds = What it is told of
webhooks-make = Make the webhook
webhooks-deliveries = Deliveries
webhooks-show = Show
webhooks-all = All
webhooks-no-deliveries = No such deliveries. They are kept for 30 days.
webhooks-change = Change
kinds-door = At the doors
kinds-tickets = Tickets and reservations
kinds-money = Payments and tills
kinds-event = The event
kinds-import = Imports
kinds-devices = Devices
kinds-alerts = Alerts, and their end
kinds-hub = The hub itself

## The page of the hub's operation

running-hub = The hub
running-jobs = Scheduled jobs
running-last = Last run
running-result = Result
running-before = Before
running-no-jobs = Nothing ran yet: come back in a few minutes.
running-letters = Not delivered
running-letters-more = What webhooks, wallets and mail did not take within a day is set aside here, to be sent again by hand.
running-no-letters = Nothing is set aside.
wallet-development-more = no pass certificate is configured: phones refuse these passes
