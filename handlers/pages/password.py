"""Choice of a password in place of the one that was made for a user: the first thing after their first login."""

from handlers.pages.login import LoginBase
from hub.access.passwords import LONGEST
from hub.errors import BadInput, NotAllowed
from hub.language.problems import problem_text


class ChoosePasswordHandler(LoginBase):
    """`/password`: the choice of a password of one's own."""

    async def get(self) -> None:
        """Show the form; those who have a password of their own go on to their page."""
        self._check_login()
        if self.known.must_change:
            self._show()
        else:
            self.redirect(self.next_path, status=303)

    async def post(self) -> None:
        """Keep the password, and go on with a login of its own, since the one before ends."""
        self._check_login()
        if not self.known.must_change:
            self.redirect(self.next_path, status=303)
            return
        password = self.get_body_argument("new", "", strip=False)[: LONGEST + 1]
        limit = self.hub.limits.passwords
        limit.take(self.known.id)
        try:
            user = await self.hub.users.choose_password(password, self.known)
        except BadInput as wrong:
            self._show(problem_text(wrong.errors["new"], self.language))
            return
        limit.give_back(self.known.id)
        await self.let_in(user)

    def _check_login(self) -> None:
        if self.known.kind != "user":
            raise NotAllowed("not_allowed", "This needs a login: a key has no password")

    def _show(self, problem: str | None = None) -> None:
        self.set_status(200 if problem is None else 422)
        self.render("password.html", problem=problem, next_path=self.next_path)
