"""Alerts: those that stand, and the facts behind them: events that are on, devices, counts and doors."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from pymongo import ASCENDING

from hub.model.access import Device
from hub.model.alert import Alert, unreadable_alert
from hub.model.event import Event
from hub.model.journal import Stream
from hub.model.kinds import SCAN_KINDS
from hub.model.report import DoorScans
from store.mongo.connection import Database
from store.mongo.documents import from_bson, readable
from store.mongo.errors import driver_errors
from store.mongo.reading import read_all, read_documents

BY_TIME = [("at", ASCENDING), ("_id", ASCENDING)]


class Alerts:
    """Reader of alerts and of the facts that may raise them; the journal's commands decide, later."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_event(self, event_id: str) -> list[Alert]:
        """Return the alerts that stand for an event and for devices that serve all, the oldest first.

        One that cannot be read has a placeholder, so that people learn of it.
        """
        cursor = self._database.alerts.find({"event": {"$in": [event_id, None]}}).sort(BY_TIME)
        found = await read_documents(cursor)
        return [next(iter(readable([each], Alert)), None) or unreadable_alert(each) for each in found]

    async def all(self) -> list[Alert]:
        """Return all alerts that stand, the oldest first."""
        return await self._find({"at": {"$exists": True}})

    async def of_devices(self, kind: str, devices: Collection[str]) -> list[Alert]:
        """Return the alerts of `kind` that stand for any of `devices`."""
        return await self._find({"_id": {"$in": [Alert.name(device, kind) for device in devices]}})

    # --- the facts they are judged by ------------------------------------------------------------------------------

    async def events(self, ended_after: datetime) -> list[Event]:
        """Return the events that were not over by `ended_after`, nor all their showings; those without an end too."""
        lasting = {"$or": [{"over_at": {"$gt": ended_after}}, {"starts_at": {"$gt": ended_after}}]}
        with driver_errors():
            longer = await self._database.showings.distinct("event", lasting)
        ways = [{"ends_at": {"$gt": ended_after}}, {"ends_at": None}, {"_id": {"$in": longer}}]
        return await read_all(self._database.events.find({"$or": ways}), Event)

    async def devices(self, events: Sequence[str]) -> list[Device]:
        """Return the devices in service that serve one of `events`, or all."""
        cursor = self._database.devices.find({"event": {"$in": [*events, None]}, "archived": None})
        return await read_all(cursor, Device)

    async def streams(self, events: Sequence[str]) -> dict[str, Stream]:
        """Return the streams of events, with their counts."""
        cursor = self._database.streams.find({"_id": {"$in": list(events)}})
        return {found["_id"]: from_bson(found, Stream) for found in await read_documents(cursor)}

    async def scans(self, events: Sequence[str], since: datetime, recent: datetime) -> dict[str, dict[str, DoorScans]]:
        """Return the scans of each door of `events` since then: the last one, and how many since `recent`.

        By event and door, in one statement for all events; one without scans is left out.
        """
        wanted = {"event": {"$in": list(events)}, "at": {"$gt": since}, "kind": {"$in": list(SCAN_KINDS)}}
        is_recent = {"$cond": [{"$gt": ["$at", recent]}, 1, 0]}
        by_door = {"_id": {"event": "$event", "door": "$door"}, "last": {"$max": "$at"}, "count": {"$sum": is_recent}}
        stages: list[Mapping[str, Any]] = [{"$match": wanted | {"door": {"$ne": None}}}, {"$group": by_door}]
        found: dict[str, dict[str, DoorScans]] = {}
        for row in await read_documents(self._database.journal.aggregate(stages, hint={"event": 1, "at": -1})):
            event, door = row["_id"]["event"], row["_id"]["door"]
            found.setdefault(event, {})[door] = DoorScans(row["last"], row["count"])
        return found

    async def _find(self, wanted: Mapping[str, Any]) -> list[Alert]:
        cursor = self._database.alerts.find(wanted).sort(BY_TIME)
        return await read_all(cursor, Alert)
