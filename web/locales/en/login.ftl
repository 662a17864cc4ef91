### The login page of organisers and their staff.

login-title = Log in
login-username = User name
login-password = Password
login-button = Log in
login-door = Scanning at a door? You need no login: open the pairing link that the organiser shows you.
login-wrong = Wrong user name or password
login-wait = { $seconds ->
    [one] Too many tries. Wait { $seconds } second, then try again.
   *[other] Too many tries. Wait { $seconds } seconds, then try again.
}
login-unavailable = The hub cannot reach its database. Try again in a moment.
