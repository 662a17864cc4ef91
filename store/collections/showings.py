"""Showings, a page at a time, and the waiting lists for their seats."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo import ASCENDING

from hub.model.event import Showing
from hub.model.waiting import WaitingEntry, WaitingQueue
from store.mongo.connection import Database
from store.mongo.reading import count_some, read_all, read_documents, read_first, read_many, read_one

BY_TIME = [("starts_at", ASCENDING), ("_id", ASCENDING)]


class Showings:
    """Reader of showings."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._showings = database.showings

    async def find(self, showing_id: str) -> Showing | None:
        """Return a showing, or None."""
        return await read_one(self._database, Showing, {"_id": showing_id})

    async def of_event(self, event_id: str) -> list[Showing]:
        """Return an event's showings, by time."""
        return await read_all(self._showings.find({"event": event_id}).sort(BY_TIME), Showing)

    async def last_end(self, event_id: str) -> datetime | None:
        """Return when the last of an event's showings ends, or begins where no end is known; None without showings."""
        latest = {"$max": {"$max": ["$starts_at", "$over_at"]}}
        cursor = self._showings.aggregate([{"$match": {"event": event_id}}, {"$group": {"_id": None, "end": latest}}])
        found = await read_documents(cursor)
        return found[0]["end"] if found else None

    async def page(
        self,
        events: Sequence[str],
        *,
        first: str | None,
        last: str | None,
        after: tuple[datetime, str] | None,
        limit: int,
    ) -> list[Showing]:
        """Return `limit` showings of some events at most, by time and id, those after `after`.

        Given dates leave out what is before `first` or after `last`.
        """
        wanted = _on_dates(events, first, last)
        if after is not None:
            wanted["$or"] = [{"starts_at": {"$gt": after[0]}}, {"_id": {"$gt": after[1]}}]
        wanted["starts_at"] = {"$gte": _earliest(first, after)}
        return await read_first(self._showings.find(wanted).sort(BY_TIME), Showing, limit)

    async def count(self, events: Sequence[str], *, first: str | None, last: str | None) -> int | None:
        """Return how many showings `page` lists in all, None where they are too many to count."""
        return await count_some(self._showings, _on_dates(events, first, last))


def _on_dates(events: Sequence[str], first: str | None, last: str | None) -> dict[str, Any]:
    within = {name: date for name, date in (("$gte", first), ("$lte", last)) if date is not None}
    return {"event": {"$in": list(events)}} | ({"date": within} if within else {})


def _earliest(first: str | None, after: tuple[datetime, str] | None) -> datetime:
    """Return an instant that no time on the page comes before: nowhere does a date begin a day ahead of UTC."""
    day = datetime.min if first is None else datetime.fromisoformat(first) - timedelta(days=1)
    return max(day.replace(tzinfo=UTC), after[0] if after is not None else datetime.min.replace(tzinfo=UTC))


BY_JOINING = [("joined_at", ASCENDING), ("_id", ASCENDING)]


class WaitingReader:
    """Reader of waiting entries and their queues."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def entry(self, entry_id: str) -> WaitingEntry | None:
        """Return an entry, or None."""
        return await read_one(self._database, WaitingEntry, {"_id": entry_id})

    async def page(self, event: str | None, *, after: tuple[datetime, str] | None, limit: int) -> list[WaitingEntry]:
        """Return `limit` entries at most that have not ended, of one event or of all, by when they joined."""
        wanted = _in_line(event)
        if after is not None:
            wanted["joined_at"] = {"$gte": after[0]}
            wanted["$or"] = [{"joined_at": {"$gt": after[0]}}, {"_id": {"$gt": after[1]}}]
        return await read_first(self._database.waiting.find(wanted).sort(BY_JOINING), WaitingEntry, limit)

    async def count(self, event: str | None) -> int | None:
        """Return how many entries `page` lists in all, None where they are too many to count."""
        return await count_some(self._database.waiting, _in_line(event))

    async def of_showings(self, event: str, showings: Collection[str], limit: int) -> list[WaitingEntry]:
        """Return entries of some showings of an event, ended or not."""
        wanted = {"event": event, "showing": {"$in": list(showings)}}
        return await read_many(self._database, WaitingEntry, wanted, limit=limit)

    async def queues(self, showings: Collection[str]) -> dict[str, WaitingQueue]:
        """Return the queues of some showings, by their ids."""
        found = await read_many(self._database, WaitingQueue, {"_id": {"$in": list(showings)}})
        return {queue.id: queue for queue in found}

    async def due(self, now: datetime) -> list[WaitingQueue]:
        """Return the queues with offers that are due, those first that are so for longest."""
        wanted = {"due_at": {"$lte": now}}
        return await read_many(self._database, WaitingQueue, wanted, sort=[("due_at", ASCENDING)])

    async def with_free_seats(self, now: datetime) -> list[WaitingQueue]:
        """Return the queues of showings to come in which a party fits into the seats that are left."""
        fits = {"$lte": ["$fewest", {"$subtract": ["$showing.capacity", {"$ifNull": ["$showing.booked", 0]}]}]}
        showing = {"from": "showings", "localField": "_id", "foreignField": "_id", "as": "showing"}
        steps: list[dict[str, Any]] = [
            {"$match": {"fewest": {"$gt": 0}}},
            {"$lookup": showing},
            {"$unwind": "$showing"},
            {"$match": {"$or": [{"showing.over_at": None}, {"showing.over_at": {"$gt": now}}], "$expr": fits}},
            {"$project": {"showing": 0}},
        ]
        return await read_all(self._database.waiting_queues.aggregate(steps), WaitingQueue)


def _in_line(event: str | None) -> dict[str, Any]:
    return {"ended": None} | ({} if event is None else {"event": event})
