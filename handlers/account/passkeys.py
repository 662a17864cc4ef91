"""Passkeys over REST: one's own, and the login by one, alone or as second factor (booking-api.md)."""

from typing import Annotated, Any

import msgspec

from handlers.account.own import AccountHandler
from handlers.account.second_factor import WRONG, FactorHandler, PasswordAndMaybeCode, PasswordOnly
from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.pages.base import same_site_path
from handlers.pages.login import LoginBase
from hub.access.answers import PasskeyAnswer, describe_passkey
from hub.access.passkey_options import CreationOptions, RequestOptions
from hub.access.passkeys import CHALLENGE_LASTS, PasskeyRefused, holder_of
from hub.errors import HubError
from hub.model.access import User
from hub.secrets import new_token
from hub.validation import VISIBLE, read_form

PasskeyName = Annotated[str, msgspec.Meta(min_length=1, max_length=60), VISIBLE]


class NewPasskey(msgspec.Struct, kw_only=True):
    """Form of a passkey that a browser made: the body of `POST /api/me/passkeys`."""

    name: PasskeyName
    credential: dict[str, Any]


class PasskeyPatch(msgspec.Struct, kw_only=True):
    """Form of a passkey's new name: the body of `PATCH /api/me/passkeys/{id}`."""

    name: PasskeyName


class PasskeyRequest(msgspec.Struct, kw_only=True):
    """Form of a request to show a passkey: the body of `POST /login/passkey/options`."""

    step: bool = False
    """Whether it is the second factor of the login that is half done; else it stands alone."""


class ShownPasskey(msgspec.Struct, kw_only=True):
    """Form of a passkey that is shown: the body of `POST /login/passkey`."""

    credential: dict[str, Any]
    step: bool = False
    next: str = ""


class WentOn(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of a login that a script made: the page to go on to."""

    next: str


class PasskeyOptionsHandler(FactorHandler):
    """Registration of a passkey, its beginning: `/api/me/passkeys/options`."""

    @operation("begin_passkey", body=PasswordAndMaybeCode, answer=CreationOptions, refuses=("conflict",))
    async def post(self) -> None:
        """Return what the browser needs to make a passkey, after the password and, where there is one, the code."""
        form = read_form(self.json_body(), PasswordAndMaybeCode, WRONG)
        await self.check_password(form.password)
        user = await self.hub.users.get(self.known.id)
        if user.second_factor_at is not None:
            self.hub.limits.codes_of_user.take(user.id)
            await self.hub.second_factors.check(form.code, self.known)
            self.hub.limits.codes_of_user.give_back(user.id)
        self.answer(await self.hub.passkeys.registration(user, self.known.session or ""))


class PasskeysHandler(AccountHandler):
    """Registration of a passkey, its end: `/api/me/passkeys`."""

    @operation("register_passkey", body=NewPasskey, answer=PasskeyAnswer, status=201, refuses=("conflict", "duplicate"))
    async def post(self) -> None:
        """Keep a passkey that the browser made."""
        form = read_form(self.json_body(), NewPasskey, WRONG)
        self.answer(describe_passkey(await self.hub.passkeys.register(form.name, form.credential, self.known)), 201)


class PasskeyHandler(AccountHandler):
    """Passkey of one's own: `/api/me/passkeys/{id}`."""

    @operation("rename_passkey", body=PasskeyPatch, status=204, refuses=("conflict",))
    async def patch(self, passkey_id: str) -> None:
        """Rename a passkey."""
        form = read_form(self.json_body(), PasskeyPatch, WRONG)
        await self.hub.passkeys.rename(passkey_id, form.name, self.known)
        self.done()

    @operation("remove_passkey", body=PasswordOnly, status=204, refuses=("conflict",))
    async def delete(self, passkey_id: str) -> None:
        """Remove a passkey, after the password. All other logins end: any of them may have come by it."""
        await self.check_password(read_form(self.json_body(), PasswordOnly, WRONG).password)
        await self.begin_anew(await self.hub.passkeys.remove(passkey_id, self.known))
        self.done()


class PasskeyLogin(LoginBase):
    """Base of logins by a passkey, which a script of the login pages makes: errors are problem+json."""

    def shape(self, error: HubError) -> None:
        """Write an error as problem+json."""
        BaseHandler.shape(self, error)

    async def half(self, *, is_step: bool) -> User | None:
        """Return the user of the login that is half done; None where the passkey stands alone."""
        if not is_step:
            return None
        user = await self.hub.second_steps.user_of(self.get_cookie(self.step_cookie, ""))
        if user is None:
            raise PasskeyRefused
        return user

    @property
    def holder_cookie(self) -> str:
        """The cookie of the browser that a challenge is bound to."""
        return f"{self.session_cookie}-passkey"


class PasskeyRequestHandler(PasskeyLogin):
    """Login by a passkey, its beginning: `/login/passkey/options`."""

    @operation(
        "begin_passkey_login",
        body=PasskeyRequest,
        answer=RequestOptions,
        refuses=("bad_passkey", "foreign_origin", "conflict"),
    )
    async def post(self) -> None:
        """Return what the browser needs to show a passkey."""
        self.check_origin()
        form = read_form(self.json_body(), PasskeyRequest, WRONG)
        self.hub.limits.passkey_requests.take(self.address)
        user, holder = await self.half(is_step=form.step), new_token()
        options = await self.hub.passkeys.request(holder_of(holder), user)
        self.keep(self.holder_cookie, holder, CHALLENGE_LASTS)
        self.answer(options)


class PasskeyLoginHandler(PasskeyLogin):
    """Login by a passkey, its end: `/login/passkey`."""

    @operation(
        "log_in_by_passkey", body=ShownPasskey, answer=WentOn, refuses=("bad_passkey", "foreign_origin", "conflict")
    )
    async def post(self) -> None:
        """Log in by the passkey that is shown."""
        self.check_origin()
        form = read_form(self.json_body(), ShownPasskey, WRONG)
        self.hub.limits.codes_of_client.take(self.address)
        half = await self.half(is_step=form.step)
        user = await self.hub.passkeys.check(holder_of(self.get_cookie(self.holder_cookie, "")), form.credential, half)
        if half is not None and not await self.hub.second_steps.end(self.get_cookie(self.step_cookie, "")):
            raise PasskeyRefused
        self.hub.limits.codes_of_client.give_back(self.address)
        for name in (self.step_cookie, self.holder_cookie):
            self.clear_cookie(name, path="/", httponly=True, samesite="Lax", secure=self.is_secure)
        await self.begin_login(user)
        self.answer(WentOn(next=same_site_path(form.next, otherwise="/events")))
