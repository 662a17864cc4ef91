"""Set-up of the second factor that a role needs: the page to which such a login is led before it may do anything."""

from urllib.parse import urlencode

from handlers.account.own import check_login
from handlers.pages.login import LoginBase
from hub.errors import BadInput, SlowDown
from hub.formats.qr_images import qr_svg


class SetUpHandler(LoginBase):
    """Page of a second factor to be set up, `/second-factor`: password, app, its first code, then recovery codes."""

    async def get(self) -> None:
        """Ask for the password; a login that may go on does so."""
        check_login(self.known)
        if self.known.must_set_up:
            self._show()
        else:
            self.redirect(self.next_path, status=303)

    async def post(self) -> None:
        """Set-up step that a form sends: the password, or the app's first code; an error is shown beside it."""
        check_login(self.known)
        if not self.known.must_set_up:
            self.redirect(self.next_path, status=303)
            return
        code = self.get_body_argument("code", None)
        try:
            await (self._begin() if code is None else self._turn_on(code[:100]))
        except BadInput:
            problem = "setup-wrong-password" if code is None else "setup-wrong-code"
            self._show(problem=self.language.say(problem), status=422, is_begun=code is not None)
        except SlowDown as wait:
            self._show(problem=self.wait_text(wait), status=wait.status, is_begun=code is not None)

    async def _begin(self) -> None:
        """Show the app to be set up, after the password."""
        limit = self.hub.limits.passwords
        limit.take(self.known.id)
        await self.hub.users.check_password(self.get_body_argument("password", "", strip=False)[:1000], self.known)
        limit.give_back(self.known.id)
        app = await self.hub.second_factors.begin_app(self.known)
        self._show(is_begun=True, secret=app.secret, qr=qr_svg(app.uri).decode())

    async def _turn_on(self, code: str) -> None:
        """Turn the factor on by the app's first code, go on with a login of its own, and show the recovery codes."""
        limit = self.hub.limits.codes_of_user
        limit.take(self.known.id)
        user, codes = await self.hub.second_factors.turn_on(code, self.known)
        limit.give_back(self.known.id)
        await self.begin_login(user)
        self.render("recovery.html", codes=codes, next_path=self.next_path)

    def _show(
        self,
        *,
        problem: str | None = None,
        status: int = 200,
        is_begun: bool = False,
        secret: str = "",
        qr: str = "",
    ) -> None:
        self.set_status(status)
        again = f"/second-factor?{urlencode({'next': self.next_path})}"
        self.render(
            "second_factor.html",
            problem=problem,
            next_path=self.next_path,
            again=again,
            is_begun=is_begun,
            secret=secret,
            qr=qr,
        )
