"""Objects at Google that a guest may have saved: those that a link was handed out for."""

from collections.abc import Collection

from hub.model.wallet import GoogleObject
from store.mongo.connection import Database
from store.mongo.documents import COLLECTIONS, from_bson, to_bson
from store.mongo.errors import answered


class GoogleObjects:
    """Which objects there may be, so that updates go to them and to no others."""

    def __init__(self, database: Database) -> None:
        self._objects = database[COLLECTIONS[GoogleObject]]

    async def keep(self, kept: GoogleObject) -> None:
        """Keep that a link was handed out; again, it stays as it is."""
        first = {"$setOnInsert": to_bson(kept)}
        await answered(self._objects.update_one({"_id": kept.id}, first, upsert=True))

    async def of_ticket(self, ticket: str) -> list[GoogleObject]:
        """Return the objects of all issues of a ticket."""
        found = await answered(self._objects.find({"ticket": ticket}).to_list(None))
        return [from_bson(each, GoogleObject) for each in found]

    async def offered(self, tickets: Collection[str]) -> set[str]:
        """Return those of `tickets` that a link was handed out for."""
        found = self._objects.find({"ticket": {"$in": list(tickets)}}, {"_id": 0, "ticket": 1})
        return {each["ticket"] for each in await answered(found.to_list(None))}

    async def drop(self, name: str) -> None:
        """Forget one."""
        await answered(self._objects.delete_one({"_id": name}))
