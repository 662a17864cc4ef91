"""Reader of events. Writes go through the journal (`hub/events/commands.py`)."""

from collections.abc import Collection
from datetime import datetime

from pymongo import ASCENDING

from hub.model.event import Event
from hub.model.picture import Picture
from store.mongo.connection import Database
from store.mongo.errors import driver_errors
from store.mongo.reading import read_many, read_one

BY_TIME = [("starts_at", ASCENDING), ("_id", ASCENDING)]


class EventReader:
    """Reader of events, majority-committed. Commands decide by the journal: a result may change at any moment."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, event_id: str) -> Event | None:
        """Return an event, or None."""
        return await read_one(self._database, Event, {"_id": event_id})

    async def picture(self, picture_id: str) -> Picture | None:
        """Return a picture of an event, or None."""
        return await read_one(self._database, Picture, {"_id": picture_id})

    async def by_kid(self, kid: str) -> Event | None:
        """Return the event whose signing key has this id, or None."""
        return await read_one(self._database, Event, {"key.kid": kid})

    async def box_office(self) -> Event | None:
        """Return the default event, which makes its showings as they are booked, or None."""
        return await read_one(self._database, Event, {"default_capacity": {"$exists": True}})

    async def are_any(self) -> bool:
        """Return whether there is an event beside the box office."""
        with driver_errors():
            return (
                await self._database.events.find_one({"default_capacity": {"$exists": False}}, {"_id": True})
                is not None
            )

    async def all(self) -> list[Event]:
        """Return all events, by their beginning."""
        return await read_many(self._database, Event, {}, sort=BY_TIME)

    async def by_ids(self, ids: Collection[str]) -> list[Event]:
        """Return those of `ids` that exist."""
        return await read_many(self._database, Event, {"_id": {"$in": list(ids)}})

    async def open(self, now: datetime) -> list[Event]:
        """Return the events that are neither closed nor past, by their beginning."""
        to_come = {"closed": {"$ne": True}, "$or": [{"ends_at": {"$gt": now}}, {"ends_at": None}]}
        return await read_many(self._database, Event, to_come, sort=BY_TIME)
