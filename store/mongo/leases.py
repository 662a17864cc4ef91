"""Leases: one process at a time does a piece of work, and another takes over when it dies."""

from datetime import datetime, timedelta

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from store.mongo.connection import Database, atomic
from store.mongo.errors import driver_errors


class Leases:
    """Named leases in the database, each held until it ends or is given back."""

    def __init__(self, database: Database, holder: str) -> None:
        self._leases = atomic(database.leases)
        self._holder = holder

    async def take(self, name: str, now: datetime, ttl: timedelta) -> bool:
        """Take or renew the lease `name` until `now + ttl`; False where another holds it. Raises `Unavailable`."""
        free = {"_id": name, "$or": [{"holder": self._holder}, {"until": {"$lte": now}}]}
        grant = {"$set": {"holder": self._holder, "until": now + ttl}}
        try:
            with driver_errors():
                await self._leases.find_one_and_update(free, grant, upsert=True, return_document=ReturnDocument.AFTER)
        except DuplicateKeyError:
            return False
        return True

    async def give_back(self, name: str) -> None:
        """End the lease `name` if it is ours. Raises `Unavailable`."""
        with driver_errors():
            await self._leases.delete_one({"_id": name, "holder": self._holder})
