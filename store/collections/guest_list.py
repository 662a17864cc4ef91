"""The guests of an event as a door lists and searches them: a page at a time, on indexes."""

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, DESCENDING
from pymongo.collation import Collation

from hub.model.ticket import Ticket
from store.collections.import_filter import ImportVisibility
from store.mongo.connection import Database
from store.mongo.errors import driver_errors
from store.mongo.reading import read_all

NAMES = Collation(locale="en", strength=1)
"""Names are ordered as people expect: without regard to case and accents."""

ORDERS: Mapping[str, Sequence[str]] = {
    "booked": ("created_at",),
    "date": ("date", "time"),
    "first_name": ("first_name", "last_name"),
    "last_name": ("last_name", "first_name"),
    "product": ("product",),
    "reservation": ("reservation",),
    "status": ("status",),
    "uuid": (),
}
"""What a list may be ordered by, with the fields of a ticket that this goes by; equals are ordered by id.

Each has its index (`store/schema.py`).
"""

BY_NAME = frozenset({"first_name", "last_name"})


class GuestList:
    """Reads pages of an event's tickets."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._visibility = ImportVisibility(database)

    async def page(self, event_id: str, order: str, *, is_descending: bool, skip: int, limit: int) -> list[Ticket]:
        """Return `limit` tickets after the first `skip`, ordered by `order` (one of `ORDERS`)."""
        direction = DESCENDING if is_descending else ASCENDING
        cursor = self._database.tickets.find(await self._matching(event_id, ())).sort(_sort(order, direction))
        if order in BY_NAME:
            cursor = cursor.collation(NAMES)
        return await self._read(cursor.skip(skip).limit(limit))

    async def search(self, event_id: str, words: Sequence[str], *, skip: int, limit: int) -> list[Ticket]:
        """Return `limit` tickets after the first `skip` whose holders' names have words that begin with all `words`."""
        wanted = await self._matching(event_id, words)
        cursor = self._database.tickets.find(wanted).sort(_sort("last_name", ASCENDING))
        return await self._read(cursor.skip(skip).limit(limit))

    async def count(self, event_id: str, words: Sequence[str] = ()) -> int:
        """Return how many tickets the event has, or how many `search` would find."""
        wanted = await self._matching(event_id, words)
        with driver_errors():
            counted: int = await self._database.tickets.count_documents(wanted)
        return counted

    async def _matching(self, event_id: str, words: Sequence[str]) -> dict[str, Any]:
        return _matching(event_id, words) | await self._visibility.query(event_id)

    async def _read(self, cursor: Any) -> list[Ticket]:
        return await read_all(cursor, Ticket)


def _sort(order: str, direction: int) -> list[tuple[str, int]]:
    return [(field, direction) for field in (*ORDERS[order], "_id")]


def _matching(event_id: str, words: Sequence[str]) -> dict[str, Any]:
    """Return the query for tickets with all `words`, which are letters and digits only; the longest leads the index."""
    prefixes = [{"words": {"$regex": f"^{word}"}} for word in sorted(words, key=len, reverse=True)]
    return {"event": event_id} | ({"$and": prefixes} if prefixes else {})
