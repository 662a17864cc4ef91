"""Due tickets: those that scheduled jobs expire, delete or free, a batch at a time, on indexes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pymongo import ASCENDING

from hub.model.event import Showing
from hub.model.ticket import LeftOut, Ticket
from store.collections.import_filter import ImportVisibility
from store.mongo.connection import Database
from store.mongo.errors import driver_errors
from store.mongo.reading import read_documents, read_first


class DueTickets:
    """Reader of tickets that are due. They may have changed meanwhile: the journal's commands decide."""

    def __init__(self, database: Database) -> None:
        self._tickets = database.tickets
        self._database = database
        self._visibility = ImportVisibility(database)

    async def due_to_expire(self, now: datetime, limit: int, without: LeftOut) -> list[Ticket]:
        """Return tickets that are over and not marked so yet, those first that are so for longest.

        Those of `without` are left out.
        """
        due = {"expired": None, "expires_at": {"$lte": now}, **_others(without)}
        return await self._find(due, limit, by="expires_at")

    async def showing_to_retime(self, event_id: str | None = None) -> Showing | None:
        """Return a showing, of any event or of one, with tickets that may expire at another time than it says."""
        wanted: dict[str, Any] = {"retime": {"$gt": 0}} | ({} if event_id is None else {"event": event_id})
        found = await read_first(self._database.showings.find(wanted), Showing, 1)
        return found[0] if found else None

    async def expiring_otherwise(self, showing: Showing, expires_at: datetime, limit: int) -> list[Ticket]:
        """Return tickets of a showing that expire at another time than `expires_at`."""
        place = {"event": showing.event, "date": showing.date, "time": showing.time, "showing": showing.id}
        return await self._find({**place, "expires_at": {"$ne": expires_at}}, limit, by="_id")

    async def is_on(self, event_id: str, now: datetime) -> bool:
        """Whether a showing of the event has begun and not ended, be it beyond the event's own end."""
        wanted = {"event": event_id, "starts_at": {"$lte": now}, "over_at": {"$gt": now}}
        with driver_errors():
            return await self._database.showings.find_one(wanted, {"_id": 1}) is not None

    async def due_to_go(self, event: str, expired_before: datetime, limit: int, without: LeftOut) -> list[Ticket]:
        """Return expired tickets of an event whose time was over by `expired_before`, but for those of `without`."""
        due = {"event": event, "expires_at": {"$lte": expired_before}, "expired": True, **_others(without)}
        return await self._find(due, limit, by="expires_at")

    async def unpaid(self, event: str, booked_before: datetime, limit: int, without: LeftOut) -> list[Ticket]:
        """Return tickets of an event that hold their seats since `booked_before` or longer and are not paid.

        Those of `without` are left out.
        """
        since = {"$or": [{"held_from": None}, {"held_from": {"$lte": booked_before}}]}
        due = {"event": event, "status": "unpaid", "created_at": {"$lte": booked_before}, **since, **_others(without)}
        return await self._find(due, limit, by="_id")

    async def scanned(self, event: str) -> list[str]:
        """Return the ids of an event's tickets that have any scan."""
        cursor = self._tickets.find({"event": event, "scans.0": {"$exists": True}}, {"_id": 1})
        return [found["_id"] for found in await read_documents(cursor)]

    async def _find(self, due: Mapping[str, Any], limit: int, *, by: str) -> list[Ticket]:
        event = due.get("event")
        wanted = {**due, **await self._visibility.query(event if isinstance(event, str) else None)}
        return await read_first(self._tickets.find(wanted).sort(by, ASCENDING), Ticket, limit)


def _others(without: LeftOut) -> dict[str, Any]:
    """Return the filter for all tickets but `without`."""
    fields = {"event": without.events, "showing": without.showings, "_id": without.tickets}
    excluded = [{field: {"$in": sorted(ids)}} for field, ids in fields.items() if ids]
    return {"$nor": excluded} if excluded else {}
