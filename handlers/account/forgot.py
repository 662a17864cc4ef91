"""Forgotten passwords: the page that has a link mailed, and the page that the link leads to."""

from handlers.http.base import ask_to_wait
from handlers.pages.login import LoginBase
from hub.access.mailed_links import LinkInvalid
from hub.access.passwords import LONGEST
from hub.errors import BadInput, SlowDown
from hub.formats.contact import LONGEST_ADDRESS, is_address, normal_address
from hub.language.problems import problem_text

LONGEST_TOKEN = 100


class ForgotHandler(LoginBase):
    """Page of a forgotten password, `/forgot`."""

    async def get(self) -> None:
        """Show the form, or whom to ask where no mail is set up."""
        self._show()

    async def post(self) -> None:
        """Have a link mailed to the address, if it is a user's: the answer is the same, and as quick, if it is not."""
        self.check_origin()
        address = self.get_body_argument("email", "")[: LONGEST_ADDRESS + 1]
        if not self.hub.sends_mail:
            self._show()
        elif not is_address(address):
            self._show(self.language.say("forgot-no-address"), address=address, status=422)
        else:
            self._ask(address)

    def _ask(self, address: str) -> None:
        limits = self.hub.limits
        try:
            limits.resets_of_client.take(self.address)
        except SlowDown as wait:
            self._show(self.wait_text(wait), address=address, status=wait.status)
            return
        if not limits.resets_of_address.is_empty(normal_address(address)):
            limits.resets_of_address.count(normal_address(address))
            self.hub.account_links.ask_for_reset(address, self.asked_from, self.language.tag)
        self._show(address=address, is_sent=True)

    def _show(self, problem: str | None = None, *, address: str = "", is_sent: bool = False, status: int = 200) -> None:
        self.set_status(status)
        self.render("forgot.html", problem=problem, email=address, is_sent=is_sent, sends_mail=self.hub.sends_mail)


class ResetHandler(LoginBase):
    """Page of a new password, `/reset`: the token in its address is the credential, and no login counts."""

    def set_default_headers(self) -> None:
        """Referrer policy: no page behind a link of this one may learn the token."""
        super().set_default_headers()
        self.set_header("Referrer-Policy", "no-referrer")

    async def get(self) -> None:
        """Show the form. The link stays good: mail scanners open it."""
        try:
            await self.hub.account_links.check(self._token, "reset")
        except LinkInvalid:
            self._show_invalid()
        else:
            self._show()

    async def post(self) -> None:
        """Set the password, which ends all logins, and lead to the login: a second factor is asked for there."""
        password = self.get_body_argument("new", "", strip=False)[: LONGEST + 1]
        try:
            await self.hub.account_links.reset(self._token, password)
        except LinkInvalid:
            self._refuse()
        except BadInput as wrong:
            self._show(problem_text(wrong.errors["new"], self.language))
        else:
            self.clear_cookie(self.session_cookie, path="/", httponly=True, samesite="Lax", secure=self.is_secure)
            self.redirect("/login?reset=done", status=303)

    @property
    def _token(self) -> str:
        return self.get_argument("token", "")[:LONGEST_TOKEN]

    def _show(self, problem: str | None = None) -> None:
        self.set_status(200 if problem is None else 422)
        self.render("reset.html", problem=problem, token=self._token, is_valid=True)

    def _refuse(self) -> None:
        """Refuse a link that is none, and have the client wait after too many of them. One that is good never waits."""
        try:
            self.hub.limits.resets_of_client.take(self.address)
        except SlowDown as wait:
            ask_to_wait(self, wait)
            self._show_invalid(wait.status)
        else:
            self._show_invalid()

    def _show_invalid(self, status: int = LinkInvalid().status) -> None:
        self.set_status(status)
        self.render("reset.html", problem=None, token="", is_valid=False)
