"""Export reader: all tickets or scans of an event, a page at a time, so that memory stays flat."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, TypeVar

from pymongo import ASCENDING

from hub.model.journal import Entry
from hub.model.kinds import SCAN_KINDS
from hub.model.ticket import Ticket
from hub.tasks import retry
from store.collections.import_filter import ImportVisibility
from store.mongo.connection import Cursor, Database
from store.mongo.documents import readable
from store.mongo.reading import read_documents

AT_ONCE = 200
"""Of a page: they are turned from documents at once, some milliseconds of work."""
ELECTION_S = 30.0
"""How long an export that is half sent waits for a primary."""

T = TypeVar("T", Ticket, Entry)


class Exports:
    """Reader of all tickets or scans of an event, page by page."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._visibility = ImportVisibility(database)

    async def tickets(self, event_id: str) -> AsyncIterator[list[Ticket]]:
        """Yield the event's tickets by id, some at a time."""
        wanted = {"event": event_id} | await self._visibility.query(event_id)
        async for some in self._pages("tickets", wanted, "_id", Ticket):
            yield some

    async def emails(self, tickets: Sequence[Ticket]) -> dict[str, str]:
        """Return the e-mail addresses of the tickets' buyers by their reservations, of those who gave one."""
        ids = sorted({ticket.reservation for ticket in tickets})
        wanted = {"_id": {"$in": ids}, "email": {"$exists": True}}
        found = await _read(self._database.reservations.find(wanted, {"email": 1}).clone)
        return {each["_id"]: each["email"] for each in found if each["email"] is not None}

    async def questions(self, event_id: str, most: int) -> list[str]:
        """Return the questions that the event's tickets have answers to, by name; `most` of them."""
        wanted = {"event": event_id, "fields": {"$exists": True, "$ne": []}} | await self._visibility.query(event_id)
        stages: list[dict[str, Any]] = [
            {"$unwind": "$fields"},
            {"$group": {"_id": "$fields.name"}},
            {"$sort": {"_id": ASCENDING}},
        ]
        cursor = self._database.tickets.aggregate([{"$match": wanted}, *stages, {"$limit": most}])
        return [each["_id"] for each in await read_documents(cursor)]

    async def scans(self, event_id: str) -> AsyncIterator[list[Entry]]:
        """Yield the journal's entries of the event's scans, oldest first, some at a time."""
        wanted = {"event": event_id, "kind": {"$in": list(SCAN_KINDS)}}
        async for some in self._pages("journal", wanted, "seq", Entry):
            yield some

    async def _pages(
        self, collection: str, wanted: Mapping[str, Any], by: str, kind: type[T]
    ) -> AsyncIterator[list[T]]:
        """Yield pages, each a query of its own: a slow reader holds no cursor, which the server would end."""
        after: dict[str, Any] = {}
        while True:
            query = self._database[collection].find({**wanted, **after}).sort(by, ASCENDING).limit(AT_ONCE)
            found = await _read(query.clone)
            if not found:
                return
            yield readable(found, kind)
            after = {by: {"$gt": found[-1][by]}}


async def _read(query: Callable[[], Cursor]) -> list[dict[str, Any]]:
    """Return all that a new cursor yields; read again while the database elects a primary. Raises `Unavailable`."""
    return await retry(lambda: read_documents(query()), within_s=ELECTION_S, what="read part of an export")
