"""API keys over REST (booking-api.md, who may)."""

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.http.paging import WholeQuery, cut_whole, read_page, read_place
from hub.access.answers import KeyAnswer, NewKeyAnswer, describe_key, describe_new_key
from hub.access.keys import KeyForm


class KeysHandler(BaseHandler):
    """`/api/keys`."""

    @operation("list_keys", query=WholeQuery, answer=list[KeyAnswer])
    async def get(self) -> None:
        """List the keys, the revoked too, without their secrets."""
        query, after = read_page(self, WholeQuery, read_place)
        keys = cut_whole(self, query, after, await self.hub.keys.all(), lambda key: (key.created_at, key.id))
        self.answer([describe_key(key) for key in keys])

    @operation("create_key", body=KeyForm, answer=NewKeyAnswer, status=201, refuses=("conflict",))
    async def post(self) -> None:
        """Make a key, shown this once."""
        key, shown = await self.hub.keys.create(self.json_body(), self.hub.clock.now(), self.known)
        self.set_header("Cache-Control", "no-store")
        self.answer(describe_new_key(key, shown), 201)


class KeyRevokeHandler(BaseHandler):
    """`/api/keys/{id}/revoke`."""

    @operation("revoke_key", answer=KeyAnswer)
    async def post(self, key_id: str) -> None:
        """End the key's use at once."""
        revoked = await self.hub.keys.revoke(key_id, self.known)
        self.hub.authenticator.forget()
        self.answer(describe_key(revoked))
