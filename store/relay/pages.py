"""Reader of an event for its relay: the role, pages of tickets, and what is new, as of one instant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pymongo import ASCENDING

from hub.model.event import Showing
from hub.model.relay.documents import RelayRole
from hub.model.ticket import Ticket
from store.mongo.connection import Database
from store.mongo.errors import driver_errors
from store.mongo.reading import read_all, read_many, read_one


class RelayReader:
    """Reader of roles and of the pages that a relay copies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def role(self, event_id: str) -> RelayRole | None:
        """Return the role of an event's relay, or None."""
        return await read_one(self._database, RelayRole, {"_id": event_id})

    async def silent(self, since: datetime) -> list[RelayRole]:
        """Return the roles whose relay was not heard since, and of which the journal does not say so yet."""
        query = {"heard_at": {"$lte": since}, "alone_since": None, "lost_at": None}
        return await read_many(self._database, RelayRole, query)

    async def hear(self, event_id: str, instance: str, at: datetime, *, waiting: int, ahead_ms: int) -> None:
        """Note an exchange with the relay that has the role. Past the journal: it changes no decision of doors."""
        kept = {"waiting": waiting, "ahead_ms": ahead_ms}
        change = {"$max": {"heard_at": at}, "$set": kept}
        with driver_errors():
            await self._database.relays.update_one({"_id": event_id, "instance": instance, "lost_at": None}, change)

    async def showings(self, event_id: str, ids: Sequence[str] | None = None) -> list[Showing]:
        """Return an event's showings: all, or those of `ids`."""
        named = {} if ids is None else {"_id": {"$in": list(ids)}}
        return await read_many(self._database, Showing, {"event": event_id} | named)

    async def tickets(self, event_id: str, imports: Sequence[str], after: str, limit: int) -> list[Ticket]:
        """Return the event's tickets by id, those after one, without those that an unfinished import staged."""
        query = _visible(event_id, imports) | {"_id": {"$gt": after}}
        return await read_all(self._database.tickets.find(query).sort("_id", ASCENDING).limit(limit), Ticket)

    async def tickets_named(self, event_id: str, imports: Sequence[str], ids: Sequence[str]) -> list[Ticket]:
        """Return those of `ids` that are tickets of the event, likewise."""
        return await read_many(self._database, Ticket, _visible(event_id, imports) | {"_id": {"$in": list(ids)}})


def _visible(event_id: str, imports: Sequence[str]) -> dict[str, Any]:
    return {"event": event_id, "import_id": {"$in": [None, *imports]}}
