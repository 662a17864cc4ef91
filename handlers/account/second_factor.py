"""Second factor of one's own login over REST (booking-api.md, one's own account)."""

from typing import Annotated

import msgspec

from handlers.account.own import AccountHandler
from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from hub.access.answers import RecoveryAnswer, UserAnswer, describe_user
from hub.access.second_factor import NewApp
from hub.validation import read_form

WRONG = "This cannot be done"
Code = Annotated[str, msgspec.Meta(max_length=100)]
Typed = Annotated[str, msgspec.Meta(max_length=1000)]


class PasswordOnly(msgspec.Struct, kw_only=True):
    """Form of a change that needs the password: the body of `POST /api/me/totp`."""

    password: Typed


class CodeOnly(msgspec.Struct, kw_only=True):
    """Form of a code: the body of `POST /api/me/totp/confirm`."""

    code: Code


class PasswordAndCode(msgspec.Struct, kw_only=True):
    """Form of a change that needs both factors: the body of `POST /api/me/totp/off` and `/api/me/recovery_codes`."""

    password: Typed
    code: Code


class PasswordAndMaybeCode(msgspec.Struct, kw_only=True):
    """Form of a change that needs the code where the second factor is on: of `POST /api/me/passkeys/options`."""

    password: Typed
    code: Code = ""


class FactorHandler(AccountHandler):
    """Base of changes of one's second factor; codes are limited for each user."""

    async def check_both(self) -> PasswordAndCode:
        """Return the form, whose password is right; its code is counted as tried."""
        form = read_form(self.json_body(), PasswordAndCode, WRONG)
        await self.check_password(form.password)
        self.hub.limits.codes_of_user.take(self.known.id)
        return form


class AppHandler(FactorHandler):
    """Authenticator app that is being set up: `/api/me/totp`."""

    @operation("begin_app", body=PasswordOnly, answer=NewApp, refuses=("conflict",))
    async def post(self) -> None:
        """Return the secret of an app to be set up, after the password."""
        await self.check_password(read_form(self.json_body(), PasswordOnly, WRONG).password)
        self.answer(await self.hub.second_factors.begin_app(self.known))


class ConfirmAppHandler(FactorHandler):
    """First code of an authenticator app: `/api/me/totp/confirm`."""

    @operation("confirm_app", body=CodeOnly, answer=RecoveryAnswer, refuses=("conflict",))
    async def post(self) -> None:
        """Turn the second factor on by the app's first code; return the recovery codes. All other logins end."""
        code = read_form(self.json_body(), CodeOnly, WRONG).code
        self.hub.limits.codes_of_user.take(self.known.id)
        user, codes = await self.hub.second_factors.turn_on(code, self.known)
        self.hub.limits.codes_of_user.give_back(self.known.id)
        await self.begin_anew(user)
        self.answer(RecoveryAnswer(recovery_codes=codes))


class AppOffHandler(FactorHandler):
    """End of one's second factor: `/api/me/totp/off`."""

    @operation("turn_app_off", body=PasswordAndCode, status=204, refuses=("conflict",))
    async def post(self) -> None:
        """Turn the second factor off, by password and code. All other logins end."""
        form = await self.check_both()
        user = await self.hub.second_factors.turn_off(form.code, self.known)
        self.hub.limits.codes_of_user.give_back(self.known.id)
        await self.begin_anew(user)
        self.done()


class RecoveryHandler(FactorHandler):
    """Recovery codes of one's own: `/api/me/recovery_codes`."""

    @operation("renew_recovery_codes", body=PasswordAndCode, answer=RecoveryAnswer, refuses=("conflict",))
    async def post(self) -> None:
        """Replace the recovery codes, by password and code, and return the new ones."""
        form = await self.check_both()
        codes = await self.hub.second_factors.renew_recovery(form.code, self.known)
        self.hub.limits.codes_of_user.give_back(self.known.id)
        self.answer(RecoveryAnswer(recovery_codes=codes))


class ResetFactorHandler(BaseHandler):
    """End of another user's second factor: `/api/users/{id}/second_factor/reset`."""

    @operation("reset_second_factor", answer=UserAnswer)
    async def post(self, user_id: str) -> None:
        """Turn a user's second factor off for them; all their logins end."""
        self.answer(describe_user(await self.hub.second_factors.reset(user_id, self.known)))
