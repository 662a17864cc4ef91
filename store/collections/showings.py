"""Pages of showings, by time."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo import ASCENDING

from hub.model.event import Showing
from store.mongo.connection import Database
from store.mongo.reading import read_all, read_documents

BY_TIME = [("starts_at", ASCENDING), ("_id", ASCENDING)]


class Showings:
    """Reads the showings of some events."""

    def __init__(self, database: Database) -> None:
        self._showings = database.showings

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
        wanted: dict[str, Any] = {"event": {"$in": list(events)}}
        within = {name: date for name, date in (("$gte", first), ("$lte", last)) if date is not None}
        if within:
            wanted["date"] = within
        if after is not None:
            wanted["$or"] = [{"starts_at": {"$gt": after[0]}}, {"_id": {"$gt": after[1]}}]
        wanted["starts_at"] = {"$gte": _earliest(first, after)}
        cursor = self._showings.find(wanted).sort(BY_TIME).limit(limit)
        return await read_all(cursor, Showing)


def _earliest(first: str | None, after: tuple[datetime, str] | None) -> datetime:
    """Return an instant that no time on the page comes before: nowhere does a date begin a day ahead of UTC."""
    day = datetime.min if first is None else datetime.fromisoformat(first) - timedelta(days=1)
    return max(day.replace(tzinfo=UTC), after[0] if after is not None else datetime.min.replace(tzinfo=UTC))
