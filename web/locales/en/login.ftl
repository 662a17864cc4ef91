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

## A forgotten password: the link that is asked for, and the page that it leads to.

login-forgot = Forgot your password?
back-to-login = Back to the login
forgot-title = Forgot your password?
forgot-line = We mail you a link by which you set a new one.
forgot-email = Your e-mail address
forgot-button = Send the link
forgot-no-address = This is no e-mail address.
forgot-sent = If { $address } is the confirmed address of a user here, a link is on its way to it. It is good for one hour.
forgot-sent-more = Nothing in a few minutes? Look among the junk mail, or ask an owner of this hub for a new password.
forgot-no-mail = This hub sends no mail. Ask one of its owners: they set a new password for you under Administration, Users.
reset-title = Set a new password
reset-line = It ends all your logins, on every device.
reset-button = Set the password
reset-invalid = This link is not valid any more: it was used, is older than an hour, or a newer one was sent.
reset-again = Ask for a new link
reset-done = Your new password is set. Log in with it.

## The page on which a user confirms their e-mail address.

verify-title = Your e-mail address
verify-line = { $name }, is { $address } your address? Then a new password can be sent to it if you forget yours.
verify-button = Yes, confirm it
verify-done = Your address is confirmed.

## The second step of a login: a code of the authenticator app, or a recovery code.

code-title = Second step
code-line = Your password is right. Now the code of your authenticator app.
code-label = Code
code-hint = Six digits. Without your phone: one of your recovery codes.
code-button = Log in
code-wrong = That code is wrong, or was used already. The app shows a new one every 30 seconds.
code-lost = { $minutes ->
    [one] You have { $minutes } minute for it. Neither app nor recovery codes at hand? An owner of this hub can turn your second factor off.
   *[other] You have { $minutes } minutes for it. Neither app nor recovery codes at hand? An owner of this hub can turn your second factor off.
}

## The page on which a login whose role needs a second factor sets one up. $name is the user's name.

setup-title = Set up a second factor
setup-line = Your role needs one, { $name }: beside your password a login then takes a code of an app on your phone.
setup-password = Your password
setup-begin = Set up an authenticator app
setup-scan = Scan this with an authenticator app, then type the code that it shows.
setup-qr = Code for the authenticator app
setup-secret = No camera at hand? Type this secret into the app:
setup-code = Code of the app
setup-confirm = Turn it on
setup-wrong-password = This is not your password.
setup-wrong-code = That code is not the app’s code of now. It shows a new one every 30 seconds; check that the phone’s clock is right.
setup-again = Begin again with a new code to scan
setup-done-title = Keep your recovery codes
setup-done-line = The second factor is on. Each of these is good once, in place of the app’s code, where the phone is lost. They are shown this once: print them, or keep them where you keep passwords.
setup-done-button = I have kept them

## Login by a passkey: a key on a phone, a computer or a stick, opened by finger, face or PIN.

passkey-button = Log in with a passkey
passkey-failed = No passkey was used. Try again, or log in with your password.
