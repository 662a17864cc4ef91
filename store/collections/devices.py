"""Devices: reader, sightings, quarantined batches, and attendance on sockets of all processes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, UpdateOne

from hub.model.access import Attendance, Device, QuarantinedBatch
from store.mongo.connection import Database
from store.mongo.documents import to_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import Query, read_all, read_many, read_newest

LAPSED_AT_ONCE = 1000
"""How many lapsed attendances one query returns at most."""
BY_ARRIVAL = [("received_at", ASCENDING), ("_id", ASCENDING)]


class DeviceReader:
    """Reader of devices, majority-committed. Writes go through the journal (`hub/devices/commands.py`).

    A device that cannot be read is as good as none: it may do nothing.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, device_id: str) -> Device | None:
        """Return a device, or None."""
        return await self._find({"_id": device_id})

    async def all(self) -> list[Device]:
        """Return all devices, the archived too."""
        return await read_many(self._database, Device, {})

    async def of_event(self, event_id: str) -> list[Device]:
        """Return the devices that serve an event, those that serve all included."""
        return await read_many(self._database, Device, {"event": {"$in": [event_id, None]}})

    async def newest_key_hashes(self, most: int) -> list[bytes]:
        """Return the hashes of the keys of devices that are not archived, of the newest `most`, by age."""
        return await read_newest(self._database.devices, "key_hash", {"archived": {"$ne": True}}, most)

    async def by_key(self, prefix: str) -> Device | None:
        """Return the device whose API key has this prefix, or None."""
        return await self._find({"key_prefix": prefix})

    async def by_pairing(self, pairing_hash: bytes) -> Device | None:
        """Return the device that waits for this pairing token, or whose token it was until it was used up; or None."""
        return await self._find({"pairing_hash": pairing_hash}) or await self._find({"spent_hash": pairing_hash})

    async def _find(self, query: Query) -> Device | None:
        return next(iter(await read_many(self._database, Device, query, limit=1)), None)


class DeviceSightings:
    """Writer of devices' sightings. Past the journal: it changes no decision."""

    def __init__(self, database: Database) -> None:
        self._devices = database.devices

    async def record(self, device_id: str, at: datetime, reported: Mapping[str, Any]) -> None:
        """Record a sighting of a device, with the info that it reported (`info`, `clock_ahead_ms`)."""
        change = {"$max": {"last_seen_at": at}} | ({"$set": dict(reported)} if reported else {})
        with driver_errors():
            await self._devices.update_one({"_id": device_id}, change)


class QuarantinedBatches:
    """Offline batches of archived devices, kept aside until the organiser accepts or drops them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._batches = database.held

    async def of_device(self, device_id: str) -> list[QuarantinedBatch]:
        """Return a device's batches, the oldest first."""
        return await read_many(self._database, QuarantinedBatch, {"device": device_id}, sort=BY_ARRIVAL)

    async def count(self, device_id: str, *, but: str, most: int) -> int:
        """Number of batches of a device, `most` at most, without the one of the id `but`."""
        others = {"device": device_id, "_id": {"$ne": but}}
        with driver_errors():
            return int(await self._batches.count_documents(others, limit=most))

    async def add(self, batch: QuarantinedBatch) -> None:
        """Quarantine a batch; one that is sent again is kept once."""
        with driver_errors():
            await self._batches.replace_one({"_id": batch.id}, to_bson(batch), upsert=True)

    async def release(self, batch: QuarantinedBatch) -> None:
        """Delete a batch whose scans were recorded."""
        with driver_errors():
            await self._batches.delete_one({"_id": batch.id})

    async def drop(self, device_id: str) -> int:
        """Delete all batches of a device; return how many."""
        with driver_errors():
            dropped = await self._batches.delete_many({"device": device_id})
        return dropped.deleted_count


class Attendances:
    """Devices on sockets: a document for each device and process, good until its `until` unless it is renewed.

    The reader passes the time: a process that died renews nothing any more.
    """

    def __init__(self, database: Database) -> None:
        self._presence = database.presence

    async def write(self, attendances: Sequence[Attendance]) -> None:
        """Write or renew each, with its `until`, in one go."""
        if attendances:
            writes = [UpdateOne({"_id": each.id}, {"$set": to_bson(each)}, upsert=True) for each in attendances]
            with driver_errors():
                await self._presence.bulk_write(writes, ordered=False)

    async def online(self, now: datetime) -> list[Attendance]:
        """Return those that are on a socket; one device may be on sockets of several processes."""
        return await read_all(self._presence.find({"until": {"$gt": now}}), Attendance)

    async def lapsed(self, before: datetime) -> list[Attendance]:
        """Return those that have not been on a socket since `before`, some at a time."""
        return await read_all(self._presence.find({"until": {"$lte": before}}).limit(LAPSED_AT_ONCE), Attendance)

    async def forget(self, lapsed: Collection[Attendance], before: datetime) -> None:
        """Delete those of `lapsed` that were not renewed meanwhile."""
        ids = [each.id for each in lapsed]
        if ids:
            with driver_errors():
                await self._presence.delete_many({"_id": {"$in": ids}, "until": {"$lte": before}})
