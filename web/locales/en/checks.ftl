### Checks of a deployment, as `run.py check` and *Running* say them: how an aspect stands, and what to do. What is
### written in capitals or to be typed stays as it is.
checks-title = Checks
checks-running = Checking…
checks-failed = The checks could not be fetched: { $why }
checks-again = Check again
checks-sound = Nothing to see to, as of { $time }.
checks-found = { $count ->
    [one] 1 thing to see to, as of { $time }.
   *[other] { $count } things to see to, as of { $time }.
}
checks-aspect = Aspect
checks-state = State
checks-more = What to do
checks-ok = OK
checks-warn = See to it
checks-fail = Broken

## The aspects

aspect-certificate = Certificate
aspect-clock = Clock
aspect-disk = Disk
aspect-open-files = Open files
aspect-secrets = Secrets
aspect-hub-secret = Hub secret
aspect-database = Database
aspect-database-version = Database version
aspect-replica-set = Replica set
aspect-indexes = Indexes
aspect-database-clock = Database clock
aspect-mail = Mail
aspect-wallet-passes = Wallet passes

## How they stand

check-late = no result within { $seconds } s
check-broken = could not be checked: see to the log
check-url-local = { $url } leads to this machine alone: no phone reaches it; set HUB_BASE_URL
check-url-no-address = { $host } has no address: make its DNS record
check-url-silent = { $url } does not answer: see to proxy, firewall and hub; the log says why
check-url-late = { $url } does not answer within { $seconds } s: see to proxy, firewall and hub
check-url-closed = { $url } refuses the connection: does the proxy run, and on that port?
check-url-no-tls = { $url } speaks no TLS: set the proxy's certificate up, or see to the port
check-url-other-server = { $url } is answered by another server: let the proxy pass all paths on
check-url-status = { $url } answers with status { $status }: does the hub run behind the proxy?
check-url-answers = { $url } answers, version { $version }
check-url-other-version = { $url } answers as version { $version }, this is { $own }: restart the hub
check-upgrade-lost = does not come through: let the proxy pass upgrades on /live
check-upgrade-refused = does not come through (status { $status }): let the proxy pass upgrades on /live
check-upgrade-through = WebSocket upgrades come through
check-certificate-untrusted = phones do not trust it: renew it, or send the whole chain; the log says why
check-certificate-ended = has expired, and phones refuse it: certbot renew, then reload the proxy
check-certificate-early = is not valid yet: see to this machine's clock, else to the certificate
check-certificate-own = is self-signed, and phones refuse it: get one of an authority, by certbot for instance
check-certificate-chain = its issuer is not trusted, or its chain is not whole: let the proxy send the whole chain (fullchain.pem)
check-certificate-other-name = is not for { $host }: get one for that name, or set HUB_BASE_URL to the name that it has
check-certificate-unseen = { $url } is not reached from here: see with a phone that it opens
check-certificate-holds = holds until { $date } ({ $days ->
    [one] 1 day
   *[other] { $days } days
})
check-certificate-late = holds until { $date } ({ $days ->
    [one] 1 day
   *[other] { $days } days
}): it should have been renewed by now; certbot renew, then reload the proxy
check-clock-synchronised = is synchronised
check-clock-free = is not synchronised: timedatectl set-ntp true
check-clock-unknown = the system does not say whether it is synchronised: compare it with a phone's
check-disk-free = { $size } GB free in { $folder }
check-disk-little = { $size } GB free in { $folder }: make room
check-disk-full = { $size } GB free in { $folder }: make room, the database stops where it has none
check-files-any = any number for a process
check-files-enough = { $limit } for a process
check-files-few = { $limit } for a process: set LimitNOFILE=65536 (systemd) or ulimit -n 65536 before it starts
check-secrets-kept = their files are their owner's alone
check-secrets-open = others on this machine may read { $path }: chmod 600 { $path }
check-secret-since = in use since { $date } ({ $days ->
    [one] 1 day
   *[other] { $days } days
})
check-secret-unfinished = { $names } is to take its place, and not every hub knows it yet: run.py secret rotate goes on
check-secret-earlier = an earlier one is still in force: run.py secret rotate seals the rest anew, then run.py secret retire ends it
check-secret-retired = a retired one ({ $names }) is still in { $path } or the settings: keep it with the backups of its time instead
check-secret-unknown = { $names } is in force and not known here: put it into { $path }
check-secret-short = has fewer than { $characters } characters and might be guessed from a stolen database: put a random one in its place by run.py secret rotate
check-database-no-hub = no hub runs on { $folder }: start it, or name the data folder that it runs on
check-database-refused = HUB_MONGODB_URI cannot be used: see to its form and names; the log says why
check-database-login = refuses the login of HUB_MONGODB_URI: check user, password and authSource
check-database-rights = the login of HUB_MONGODB_URI lacks rights: it needs the roles readWrite and dbAdmin of the database { $database }
check-database-old = its version does not fit this hub: use MongoDB 8.0
check-database-standalone = is a standalone server: HUB_MONGODB_URI must name a replica set or a sharded cluster
check-database-silent = is not reached: see to its members, the network and the firewall; the log says why
check-database-no-primary = answers, and has no primary: start the members that are missing, a majority is needed
check-database-no-member = no host of HUB_MONGODB_URI is of the replica set that it names: see to replicaSet
check-database-no-trust = its TLS certificate is not trusted, or not for this name: see to tlsCAFile and the certificate; the log says why
check-database-unknown-host = the host names of HUB_MONGODB_URI are not known here: see to their DNS records
check-version-supported = MongoDB { $version }
check-version-ended = MongoDB { $version } gets no security fixes since { $date }: put a newer one in its place
check-version-unsupported = MongoDB { $version } gets no security fixes: put a newer one in its place
check-members-embedded = the embedded one: one copy, on this machine; back it up, or use a replica set of three
check-members-unseen = { $count ->
    [one] 1 member; its lag is not seen: give the login the role clusterMonitor
   *[other] { $count } members; their lag is not seen: give the login the role clusterMonitor
}
check-members-few = { $count ->
    [one] 1 member holds the data: with three the hub goes on when one is lost
   *[other] { $count } members hold the data: with three the hub goes on when one is lost
}
check-members-sound = { $count ->
    [one] 1 member, not behind
   *[other] { $count } members, none behind
}
check-member-away = { $host } is { $state }: start it, or see to its log
check-member-arbiter = { $host } is an arbiter: put a member with data in its place
check-member-behind = { $host } is { $seconds } s behind: see to its disk and network
check-indexes-there = all are there
check-indexes-missing = missing: { $names }; the hub's start makes them: restart it
check-clock-agrees = agrees with this machine's
check-clock-apart = differs from this machine's by { $seconds } s: synchronise both
check-mail-none = none is set up: guests get no tickets by mail; set HUB_SMTP_HOST and HUB_SMTP_FROM
check-mail-login = { $server } refuses the login: see to HUB_SMTP_USER and HUB_SMTP_PASSWORD
check-mail-tls = { $server } speaks no TLS that can be trusted: see to HUB_SMTP_SECURITY and its port
check-mail-security = { $server } refuses to talk as HUB_SMTP_SECURITY={ $security } asks
check-mail-away = { $server } is not reached: see to HUB_SMTP_HOST, HUB_SMTP_PORT and the firewall
check-mail-taken = { $server } takes mail from { $sender }
check-passes-none = no certificate of Apple's is set up: tickets are pages and QRs
check-passes-incomplete = { $names } is missing: certificate, key and WWDR belong together
check-passes-no-file = { $name }: { $path } is not there
check-passes-unreadable = { $name }: { $path } cannot be read: see to its owner and rights
check-passes-no-certificate = { $name }: { $path } is no certificate in PEM or DER
check-passes-key-locked = HUB_WALLET_KEY: { $path } needs HUB_WALLET_KEY_PASSWORD
check-passes-key-open = HUB_WALLET_KEY: { $path } has no password, and one is set
check-passes-key-unreadable = HUB_WALLET_KEY: { $path } cannot be read with that password
check-passes-key-kind = HUB_WALLET_KEY: { $path } is neither an RSA nor an EC key
check-passes-other-key = HUB_WALLET_KEY is not the key of HUB_WALLET_CERT
check-passes-other-issuer = HUB_WALLET_WWDR did not issue HUB_WALLET_CERT, but { $issuer } did
check-passes-other-kind = HUB_WALLET_CERT is no pass certificate: its subject names no pass type and team
check-passes-ready = the pass certificate is valid until { $date }
check-passes-expiring = the pass certificate expires on { $date }: renew it
check-passes-early = the pass certificate is valid from { $date } on
check-passes-expired = the pass certificate expired on { $date }: renew it
