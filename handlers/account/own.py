"""One's own account over REST: its address (booking-api.md, one's own account)."""

from handlers.http.access import Rule
from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from hub.access.answers import AccountAnswer, describe_account
from hub.access.logins import LASTS
from hub.access.users import UNKEEPABLE, AddressForm
from hub.errors import NotAllowed
from hub.model.access import Principal, User
from hub.validation import read_form


def check_login(principal: Principal) -> None:
    """Raise `NotAllowed` for a key or a device: they have no account."""
    if principal.kind != "user":
        raise NotAllowed("not_allowed", "This needs a login: a key has no account")


class AccountHandler(BaseHandler):
    """Base of one's own account: for a login whose password is its own."""

    is_for_logins = True

    async def prepare(self) -> None:
        """Refuse keys and devices, and a login that has to choose a password first."""
        await super().prepare()
        if self.request.method != "OPTIONS" and not self._finished:
            check_login(self.known)
            if self.known.must_change:
                self.refuse(Rule())

    async def check_password(self, password: str) -> None:
        """Raise `BadInput` unless it is one's password, `SlowDown` after too many tries."""
        limit = self.hub.limits.passwords
        limit.take(self.known.id)
        await self.hub.users.check_password(password, self.known)
        limit.give_back(self.known.id)

    async def begin_anew(self, user: User) -> None:
        """Begin a login of its own in place of the one that has ended by one's own change, with all others.

        `user` is as that change left them: where another change has followed meanwhile, the login has ended already.
        """
        _, cookie = await self.hub.logins.begin(user, self.hub.clock.now(), self.asked_from)
        self.keep(self.session_cookie, cookie, LASTS)

    def done(self) -> None:
        """Answer of a change that was made."""
        self.set_status(204)
        self.finish()


class OwnAccountHandler(AccountHandler):
    """Account of the login itself: `/api/me/account`."""

    @operation("get_own_account", answer=AccountAnswer)
    async def get(self) -> None:
        """Return one's own account."""
        hub = self.hub
        user = await hub.users.get(self.known.id)
        factors = await hub.second_factors.find(user.id)
        logins = await hub.logins.of_user(user, hub.clock.now())
        own, possible = self.known.session, hub.passkeys.are_possible
        self.answer(describe_account(user, factors, logins, own=own, sends_mail=hub.sends_mail, passkeys=possible))


class OwnAddressHandler(AccountHandler):
    """Mail address of one's own: `/api/me/email`."""

    @operation("change_own_address", body=AddressForm, status=204, refuses=("duplicate", "conflict"))
    async def post(self) -> None:
        """Change one's mail address, with the password; a link to prove it is mailed."""
        form = read_form(self.json_body(), AddressForm, UNKEEPABLE)
        await self.check_password(form.password)
        if form.email:
            self.hub.limits.proofs.take(self.known.id)
        await self.hub.users.change_address(form.email, self.known, self.asked_language)
        self.done()


class ProofHandler(AccountHandler):
    """Link that proves one's mail address: `/api/me/email/verify`."""

    @operation("prove_own_address", status=204)
    async def post(self) -> None:
        """Have the link mailed again that proves one's address."""
        self.hub.limits.proofs.take(self.known.id)
        await self.hub.users.prove_address(self.known, self.asked_language)
        self.done()


class OwnLoginsHandler(AccountHandler):
    """Logins of one's own, to be ended: `/api/me/logins/end`."""

    @operation("end_own_logins", status=204, refuses=("conflict",))
    async def post(self) -> None:
        """End all one's logins but this one, which goes on under another cookie."""
        self.hub.limits.logins_ended.take(self.known.id)
        await self.begin_anew(await self.hub.second_factors.end_logins(self.known))
        self.done()
