"""Login and logout of organisers: a form, and the session cookie it sets."""

import asyncio
from urllib.parse import urlencode

from handlers.http.base import ask_to_wait
from handlers.http.own_origin import is_own_origin
from handlers.pages.base import KNOWN_FOR, PageHandler, same_site_path
from hub.access.logins import LASTS
from hub.access.second_factor import STEP_LASTS
from hub.errors import NotAllowed, SlowDown, Unavailable
from hub.model.access import User


class LoginBase(PageHandler):
    """Base of the forms by which people log in; they work without JavaScript."""

    is_translated = True

    def set_default_headers(self) -> None:
        """Referrer policy of the login: the form's Origin stays readable, where no-referrer would make it `null`."""
        super().set_default_headers()
        self.set_header("Referrer-Policy", "same-origin")

    async def go_on(self, user: User) -> None:
        """Go on from the right password: to the second factor, where there is one, else to the login itself."""
        if user.second_factor_at is None:
            await self.let_in(user)
            return
        self.keep(self.step_cookie, await self.hub.second_steps.begin(user), STEP_LASTS)
        self.redirect(f"/login/code?{urlencode({'next': self.next_path})}", status=303)

    async def let_in(self, user: User) -> None:
        """Begin a login of its own, set its cookies, and go on to the page that was asked for."""
        await self.begin_login(user)
        self.redirect(self.next_path, status=303)

    async def begin_login(self, user: User) -> None:
        """Begin a login of its own, and set its cookies."""
        _, cookie = await self.hub.logins.begin(user, self.hub.clock.now(), self.asked_from)
        self.keep(self.session_cookie, cookie, LASTS)
        self.keep(self.proof_cookie, self.hub.limits.logins.new_proof(user.username), KNOWN_FOR)

    @property
    def step_cookie(self) -> str:
        """The cookie of a login that is half done."""
        return f"{self.session_cookie}-step"

    @property
    def proof_cookie(self) -> str:
        """The cookie in which a browser keeps that it has logged in before."""
        return f"{self.session_cookie}-known"

    @property
    def first_step(self) -> str:
        """The address of the login's beginning, with the page to go on to."""
        return f"/login?{urlencode({'next': self.next_path})}"

    @property
    def next_path(self) -> str:
        """The page of the hub to go on to."""
        return same_site_path(self.get_argument("next", ""), otherwise="/events")

    def check_origin(self) -> None:
        """Raise `NotAllowed` for a form or script of another site, or of another address of this hub."""
        if is_from_here(self):
            return
        if is_at_another_address(self):
            own = f"{self.hub.settings.base_url}/login"
            raise NotAllowed("foreign_origin", f"The hub has another address than this page: log in at {own}")
        raise NotAllowed("foreign_origin", "This form was sent from another site: open the login page and try again")

    def wait_text(self, limit: SlowDown) -> str:
        """Sentence of a form whose rate limit is used up; the answer's `Retry-After` names the same seconds."""
        return self.language.say("login-wait", seconds=ask_to_wait(self, limit))


class LoginHandler(LoginBase):
    """`/login`: the form, and a login by name and password."""

    async def get(self) -> None:
        """Show the form; a reader who is logged in goes on to their page."""
        if self.asker is not None:
            self.redirect(self.next_path, status=303)
            return
        self._show()

    async def post(self) -> None:
        """Log in, or show the reason why not."""
        self.check_origin()
        try:
            user = await self._check()
        except SlowDown as wait:
            self._show(self.wait_text(wait), status=wait.status)
        except Unavailable as wait:
            ask_to_wait(self, wait)
            self._show(self.language.say("login-unavailable"), status=503)
        except NotAllowed:
            self._show(self.language.say("login-wrong"), status=401)
        else:
            await self.go_on(user)

    async def _check(self) -> User:
        """Return the user of the name and password that were sent."""
        username = self.get_body_argument("username", "")[:200]
        password = self.get_body_argument("password", "", strip=False)[:1000]
        limits, account = self.hub.limits.logins, username.casefold()
        tried = limits.begin(account, self.address, self.get_cookie(self.proof_cookie, ""))
        await asyncio.sleep(tried.wait_s)
        try:
            user = await self.hub.logins.check(username, password, is_known=tried.is_known)
        except (SlowDown, Unavailable):
            tried.take_back()
            raise
        tried.take_back()
        return user

    def _show(self, problem: str | None = None, *, status: int = 200) -> None:
        self.set_status(status)
        username = self.get_body_argument("username", "")[:200]
        is_reset = self.is_read and self.get_query_argument("reset", "") == "done"
        self.render(
            "login.html",
            problem=problem,
            username=username,
            next_path=self.next_path,
            is_reset=is_reset,
            passkeys=self.hub.passkeys.are_possible,
        )


def is_from_here(handler: PageHandler) -> bool:
    """Return whether a form is the hub's own (login CSRF: another site's form could log its own user in)."""
    if handler.request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = handler.request.headers.get("Origin")
    return origin is None or is_own_origin(origin, handler.request.host, handler.hub.settings)


def is_at_another_address(handler: PageHandler) -> bool:
    """Return whether a form comes from a page of this hub that was opened by another name of it, or another scheme.

    A page whose name was made to lead here is one as well (DNS rebinding): it learns the base URL, and no more.
    """
    headers = handler.request.headers
    page = headers.get("Origin", "").partition("://")[2]
    return headers.get("Sec-Fetch-Site") == "same-origin" or (
        page == handler.request.host and "Sec-Fetch-Site" not in headers
    )


class LogoutHandler(PageHandler):
    """`/logout`: ends the session of the browser."""

    async def post(self) -> None:
        """End the login, here and on every socket that it opened."""
        if self.asker is not None and self.asker.session is not None:
            await self.hub.logins.log_out(self.asker.session)
        self.clear_cookie(self.session_cookie, path="/", httponly=True, samesite="Lax", secure=self.is_secure)
        self.redirect("/login", status=303)
