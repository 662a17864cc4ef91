"""Second step of a login: the page that asks for a code, after the right password."""

from handlers.pages.login import LoginBase
from hub.access.second_factor import STEP_LASTS
from hub.errors import SlowDown
from hub.model.access import User


class CodeHandler(LoginBase):
    """Page of a login's code, `/login/code`: the step's cookie says whose code is asked for, and may nothing else."""

    async def get(self) -> None:
        """Show the form; without a login that is half done lead back to its beginning."""
        user = await self._user()
        if user is None:
            self.redirect(self.first_step, status=303)
        else:
            self._show(user)

    async def post(self) -> None:
        """Finish the login, or show the reason why not."""
        self.check_origin()
        user = await self._user()
        if user is None:
            self.redirect(self.first_step, status=303)
            return
        try:
            finished = await self._finish(user)
        except SlowDown as wait:
            self._show(user, self.wait_text(wait), status=wait.status)
            return
        if finished is None:
            self._show(user, self.language.say("code-wrong"), status=401)
            return
        self.clear_cookie(self.step_cookie, path="/", httponly=True, samesite="Lax", secure=self.is_secure)
        await self.let_in(finished)

    async def _finish(self, user: User) -> User | None:
        """Return the user where the code is good. Raises `SlowDown` where too many were not."""
        limits, code = self.hub.limits, self.get_body_argument("code", "")[:100]
        limits.codes_of_client.check(self.address)
        limits.codes_of_user.take(user.id)
        limits.codes_of_client.count(self.address)
        finished = await self.hub.second_steps.finish(self._cookie, code)
        if finished is not None:
            limits.codes_of_user.give_back(user.id)
            limits.codes_of_client.give_back(self.address)
        return finished

    async def _user(self) -> User | None:
        return await self.hub.second_steps.user_of(self._cookie)

    @property
    def _cookie(self) -> str:
        return self.get_cookie(self.step_cookie, "")

    def _show(self, user: User, problem: str | None = None, *, status: int = 200) -> None:
        self.set_status(status)
        minutes = int(STEP_LASTS.total_seconds()) // 60
        passkeys = user.passkeys > 0 and self.hub.passkeys.are_possible
        self.render("code.html", problem=problem, next_path=self.next_path, minutes=minutes, passkeys=passkeys)
