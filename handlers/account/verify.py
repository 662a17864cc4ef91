"""Proof of a mail address: the page that a mailed link leads to, for the user whose address it is."""

from handlers.account.own import check_login
from handlers.pages.base import PageHandler
from hub.access.mailed_links import LinkInvalid, check_own
from hub.errors import NotAllowed

LONGEST_TOKEN = 100


class VerifyHandler(PageHandler):
    """Page of a mailed link that proves an address, `/verify`."""

    is_translated = True

    async def get(self) -> None:
        """Show the address and the button that confirms it. The link stays good: mail scanners open it."""
        check_login(self.known)
        try:
            link = await self.hub.account_links.check(self._token, "verify")
            check_own(link, self.known)
        except NotAllowed as refusal:
            self._show(refusal)
        else:
            user = await self.hub.users.get(self.known.id)
            self.render("verify.html", email=user.email, token=self._token, problem=None, is_done=False)

    async def post(self) -> None:
        """Confirm the address."""
        check_login(self.known)
        try:
            await self.hub.account_links.prove(self._token, self.known)
        except NotAllowed as refusal:
            self._show(refusal)
        else:
            self.render("verify.html", email="", token="", problem=None, is_done=True)

    @property
    def _token(self) -> str:
        return self.get_argument("token", "")[:LONGEST_TOKEN]

    def _show(self, refusal: NotAllowed) -> None:
        self.set_status(LinkInvalid().status if isinstance(refusal, LinkInvalid) else refusal.status)
        self.render("verify.html", email="", token="", problem=refusal, is_done=False)
