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

## The page on which a user chooses a password in place of the one that was made for them. $name is the user's name.

password-title = Choose a password
password-heading = Choose your password
password-line = The one you logged in with was made for you. Choose your own, { $name }, and go on.
password-new = New password
# $problem goes on with a verb: "must have 10 characters or more".
password-problem = It { $problem }.
password-hint = 10 characters or more. Several words make a good one.
password-button = Keep it and go on
