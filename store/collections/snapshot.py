"""Snapshot reads: several reads of one instant (MongoDB manual, read concern "snapshot")."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from pymongo import ASCENDING

from hub.model.event import Event
from hub.model.journal import Entry, Stream
from hub.model.ticket import Ticket
from store.mongo.connection import ClientSession, Cursor, Database
from store.mongo.documents import from_bson, readable
from store.mongo.errors import driver_errors
from store.mongo.reading import read_all

BY_ID = [("event", ASCENDING), ("_id", ASCENDING)]
CHUNK = 200
"""Tickets that are turned from documents at once: some milliseconds of work."""


class Snapshot:
    """Reader of an event as of one instant, which the first read chooses."""

    def __init__(self, database: Database, session: ClientSession) -> None:
        self._database = database
        self._session = session

    async def stream(self, event_id: str) -> Stream | None:
        """Return the event's stream, or None."""
        with driver_errors():
            document = await self._database.streams.find_one({"_id": event_id}, session=self._session)
        return None if document is None else from_bson(document, Stream)

    async def event(self, event_id: str) -> Event | None:
        """Return the event, or None."""
        with driver_errors():
            document = await self._database.events.find_one({"_id": event_id}, session=self._session)
        return None if document is None else from_bson(document, Event)

    async def entries(self, event_id: str, after: int, limit: int) -> list[Entry]:
        """Return the journal's entries above `after`, in order, `limit` at most."""
        wanted = {"event": event_id, "seq": {"$gt": after}}
        cursor = self._database.journal.find(wanted, session=self._session).sort("seq", ASCENDING).limit(limit)
        return await read_all(cursor, Entry)

    async def emails(self, tickets: Sequence[Ticket]) -> dict[str, str]:
        """Return the addresses of those who booked tickets, by reservation."""
        wanted = {"_id": {"$in": list({ticket.reservation for ticket in tickets})}, "email": {"$exists": True}}
        with driver_errors():
            cursor = self._database.reservations.find(wanted, {"email": 1}, session=self._session)
            found = await cursor.to_list(None)
        return {each["_id"]: each["email"] for each in found if isinstance(each["email"], str)}

    async def tickets(self, event_id: str, ids: Sequence[str] | None = None) -> AsyncIterator[list[Ticket]]:
        """Yield the event's tickets, of all or of `ids`, some at a time and in no order; without their names' words."""
        event = await self.event(event_id)
        own = {"event": event_id} if event is None else _visible(event)
        async for tickets in self._tickets(own | ({} if ids is None else {"_id": {"$in": list(ids)}})):
            yield tickets

    async def page(self, event: Event, after: str, until: str | None) -> AsyncIterator[list[Ticket]]:
        """Yield the event's tickets by id, of those after `after` and up to `until`, as `tickets` does."""
        place = {"$gt": after} if until is None else {"$gt": after, "$lte": until}
        async for tickets in self._tickets(_visible(event) | {"_id": place}):
            yield tickets

    async def end_of_page(self, event_id: str, after: str, limit: int) -> str | None:
        """Return the id of the last ticket of a page of `limit` after `after`; None where no ticket follows it."""
        cursor = self._database.tickets.find(
            {"event": event_id, "_id": {"$gt": after}}, {"_id": 1}, session=self._session
        )
        with driver_errors():
            found = await cursor.sort("_id", ASCENDING).hint(BY_ID).skip(limit - 1).limit(2).to_list(2)
        return found[0]["_id"] if len(found) == 2 else None

    async def count(self, event: Event) -> int:
        """Return the number of the event's tickets."""
        with driver_errors():
            counted: int = await self._database.tickets.count_documents(_visible(event), session=self._session)
        return counted

    async def _tickets(self, wanted: Mapping[str, Any]) -> AsyncIterator[list[Ticket]]:
        cursor = self._database.tickets.find(wanted, {"words": 0}, batch_size=CHUNK, session=self._session)
        while documents := await _next_of(cursor):
            yield readable(documents, Ticket)


def _visible(event: Event) -> dict[str, Any]:
    return {"event": event.id, "import_id": {"$in": [None, *event.imports]}}


async def _next_of(cursor: Cursor) -> list[dict[str, Any]]:
    with driver_errors():
        documents: list[dict[str, Any]] = await cursor.to_list(CHUNK)
    return documents


@asynccontextmanager
async def snapshot(database: Database) -> AsyncIterator[Snapshot]:
    """Open a snapshot: a session whose reads are of one instant."""
    async with await database.client.start_session(snapshot=True) as session:
        yield Snapshot(database, session)
