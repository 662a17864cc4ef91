"""Who is on a socket, in all processes: a document for each device and process, true as long as it is renewed."""

from collections.abc import Collection, Sequence
from datetime import datetime

from pymongo import UpdateOne

from hub.model.access import Attendance
from store.mongo.connection import Database
from store.mongo.documents import from_bson, to_bson
from store.mongo.errors import driver_errors

MOST = 1000
"""How many that lapsed are looked at in one go."""


class Attendances:
    """The devices on sockets. Whoever reads says what time it is: a process that died renews nothing any more."""

    def __init__(self, database: Database) -> None:
        self._presence = database.presence

    async def write(self, all_here: Sequence[Attendance]) -> None:
        """Write down each with its `until`, in one go."""
        if all_here:
            writes = [UpdateOne({"_id": one.id}, {"$set": to_bson(one)}, upsert=True) for one in all_here]
            await driver_errors(self._presence.bulk_write(writes, ordered=False))

    async def online(self, now: datetime) -> list[Attendance]:
        """Return those that are on a socket; one device may hang on several processes."""
        cursor = self._presence.find({"until": {"$gt": now}})
        return [from_bson(found, Attendance) for found in await driver_errors(cursor.to_list(None))]

    async def lapsed(self, before: datetime) -> list[Attendance]:
        """Return those that have not been on a socket since `before`."""
        cursor = self._presence.find({"until": {"$lte": before}}).limit(MOST)
        return [from_bson(found, Attendance) for found in await driver_errors(cursor.to_list(None))]

    async def forget(self, lapsed: Collection[Attendance], before: datetime) -> None:
        """Drop those of `lapsed` that have not come back meanwhile."""
        ids = [one.id for one in lapsed]
        if ids:
            await driver_errors(self._presence.delete_many({"_id": {"$in": ids}, "until": {"$lte": before}}))
