"""One's own account over REST: its address (booking-api.md, one's own account)."""

from handlers.http.access import Rule
from handlers.http.base import BaseHandler
from hub.access.answers import describe_account
from hub.errors import NotAllowed
from hub.model.access import Principal


def check_login(principal: Principal) -> None:
    """Raise `NotAllowed` for a key or a device: they have no account."""
    if principal.kind != "user":
        raise NotAllowed("not_allowed", "This needs a login: a key has no account")


class AccountHandler(BaseHandler):
    """Base of one's own account: for a login whose password is its own."""

    async def prepare(self) -> None:
        """Refuse keys and devices, and a login that has to choose a password first."""
        await super().prepare()
        if self.request.method != "OPTIONS" and not self._finished:
            check_login(self.known)
            if self.known.must_change:
                self.refuse(Rule())


class OwnAccountHandler(AccountHandler):
    """`/api/me/account`."""

    async def get(self) -> None:
        """Return one's own account."""
        user = await self.hub.users.get(self.known.id)
        self.answer(describe_account(user, sends_mail=self.hub.sends_mail))


class OwnAddressHandler(AccountHandler):
    """`/api/me/email`."""

    async def post(self) -> None:
        """Change one's mail address, with the password; a link to prove it is mailed."""
        limit = self.hub.limits.passwords
        limit.take(self.known.id)
        await self.hub.users.change_address(self.json_body(), self.known, self.asked_language)
        limit.give_back(self.known.id)
        self.set_status(204)
        self.finish()


class ProofHandler(AccountHandler):
    """`/api/me/email/verify`."""

    async def post(self) -> None:
        """Have the link mailed again that proves one's address."""
        self.hub.limits.proofs.take(self.known.id)
        await self.hub.users.prove_address(self.known, self.asked_language)
        self.set_status(204)
        self.finish()
