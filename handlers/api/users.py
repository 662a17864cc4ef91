"""Users over REST, and oneself (booking-api.md, who may)."""

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.http.paging import WholeQuery, cut_whole, read_page, read_place
from hub.access.answers import (
    ChangedUserAnswer,
    MeAnswer,
    NewUserAnswer,
    UserAnswer,
    describe_changed,
    describe_me,
    describe_new_user,
    describe_user,
)
from hub.access.users import PasswordForm, UserForm, UserPatch


class UsersHandler(BaseHandler):
    """`/api/users`."""

    @operation("list_users", query=WholeQuery, answer=list[UserAnswer])
    async def get(self) -> None:
        """List the users."""
        query, after = read_page(self, WholeQuery, read_place)
        users = cut_whole(self, query, after, await self.hub.users.all(), lambda user: (user.created_at, user.id))
        self.answer([describe_user(user) for user in users])

    @operation("create_user", body=UserForm, answer=NewUserAnswer, status=201, refuses=("duplicate",))
    async def post(self) -> None:
        """Make a user."""
        user, made_password = await self.hub.users.create(self.json_body(), self.hub.clock.now(), self.known)
        self.answer(describe_new_user(user, made_password), 201)


class UserHandler(BaseHandler):
    """`/api/users/{id}`."""

    @operation("change_user", body=UserPatch, answer=ChangedUserAnswer, refuses=("duplicate", "last_owner", "conflict"))
    async def patch(self, user_id: str) -> None:
        """Give the user another role or password, or disable them; their logins, and keys they may not have, end."""
        body = self.json_body()
        await self._limit_proofs(user_id, body)
        changed, keys_revoked = await self.hub.users.change(user_id, body, self.known)
        self.hub.authenticator.forget()
        self.answer(describe_changed(changed, keys_revoked))

    async def _limit_proofs(self, user_id: str, body: object) -> None:
        """Raise `SlowDown` where another address would mail one link too many: each may be a stranger's."""
        email = body.get("email") if isinstance(body, dict) else None
        if email and email != (await self.hub.users.get(user_id)).email:
            self.hub.limits.proofs.take(user_id)

    @operation("delete_user", status=204, refuses=("last_owner", "conflict"))
    async def delete(self, user_id: str) -> None:
        """Delete the user; their logins and keys end everywhere."""
        await self.hub.users.delete(user_id, self.known)
        self.hub.authenticator.forget()
        self.set_status(204)
        self.finish()


class MeHandler(BaseHandler):
    """`/api/me`."""

    @operation("get_me", answer=MeAnswer)
    async def get(self) -> None:
        """Return the principal of the request, with its scopes."""
        self.answer(describe_me(self.known))


class PasswordHandler(BaseHandler):
    """`/api/me/password`."""

    @operation("change_own_password", body=PasswordForm, status=204, refuses=("conflict",))
    async def post(self) -> None:
        """Change one's own password; all one's logins end, this one too."""
        limit = self.hub.limits.passwords
        limit.take(self.known.id)
        await self.hub.users.change_password(self.json_body(), self.known)
        limit.give_back(self.known.id)
        self.set_status(204)
        self.finish()
