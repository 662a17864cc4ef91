"""Routes of accounts: one's own, forgotten passwords, proved addresses (booking-api.md, one's own account)."""

from handlers.account import forgot, own, passkeys, second_factor, second_step, set_up, verify
from handlers.http.access import ID, anybody, needs
from handlers.routes.route import Route

OWN_LOGIN = "a login, whose password is its own"
NEEDS_ONE = "a login whose role needs a second factor and that has none"

ACCOUNT_ROUTES = [
    Route("/api/me/account", own.OwnAccountHandler, GET=needs(but=OWN_LOGIN)),
    Route("/api/me/email", own.OwnAddressHandler, POST=needs(but=OWN_LOGIN)),
    Route("/api/me/email/verify", own.ProofHandler, POST=needs(but=OWN_LOGIN)),
    Route("/api/me/logins/end", own.OwnLoginsHandler, POST=needs(but=OWN_LOGIN)),
    Route("/api/me/totp", second_factor.AppHandler, POST=needs(but=OWN_LOGIN, sets_up=True)),
    Route("/api/me/totp/confirm", second_factor.ConfirmAppHandler, POST=needs(but=OWN_LOGIN, sets_up=True)),
    Route("/api/me/totp/off", second_factor.AppOffHandler, POST=needs(but=OWN_LOGIN)),
    Route("/api/me/recovery_codes", second_factor.RecoveryHandler, POST=needs(but=OWN_LOGIN)),
    Route("/api/me/passkeys/options", passkeys.PasskeyOptionsHandler, POST=needs(but=OWN_LOGIN)),
    Route("/api/me/passkeys", passkeys.PasskeysHandler, POST=needs(but=OWN_LOGIN)),
    Route(f"/api/me/passkeys/{ID}", passkeys.PasskeyHandler, PATCH=needs(but=OWN_LOGIN), DELETE=needs(but=OWN_LOGIN)),
    Route("/login/passkey/options", passkeys.PasskeyRequestHandler, POST=anybody("limited by client")),
    Route("/login/passkey", passkeys.PasskeyLoginHandler, POST=anybody("with a passkey")),
    Route(f"/api/users/{ID}/second_factor/reset", second_factor.ResetFactorHandler, POST=needs("owner")),
    Route(
        "/login/code",
        second_step.CodeHandler,
        GET=anybody("whose password was right"),
        POST=anybody("whose password was right"),
    ),
    Route(
        "/second-factor",
        set_up.SetUpHandler,
        GET=needs(but=NEEDS_ONE, sets_up=True),
        POST=needs(but=NEEDS_ONE, sets_up=True),
    ),
    Route("/forgot", forgot.ForgotHandler, GET=anybody(), POST=anybody("limited by address and client")),
    Route(
        "/reset",
        forgot.ResetHandler,
        GET=anybody("with the mailed link's token"),
        POST=anybody("with the mailed link's token"),
    ),
    Route(
        "/verify",
        verify.VerifyHandler,
        GET=needs(but="the login of the link's user"),
        POST=needs(but="the login of the link's user"),
    ),
]
