"""Reader for the report: the entries it lists, offline spells, and the names of devices, users and keys."""

from collections.abc import Collection, Mapping
from typing import Any

from pymongo import ASCENDING

from hub.model.journal import Entry
from hub.model.kinds import LISTED_KINDS, PASSAGE_KINDS
from hub.model.report import OfflineSpell, Who
from store.mongo.connection import Database
from store.mongo.documents import from_bson
from store.mongo.reading import read_all, read_documents

BY_KIND = {"event": 1, "kind": 1, "seq": -1}
"""The index that these queries go by: another would lead through the whole journal."""
NAMES = {"device": ("devices", "name"), "user": ("users", "username"), "key": ("keys", "name")}


class ReportReader:
    """Reader of an event's journal up to a number, so that all parts of a report are of the same instant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def marks(self, event: str, last: int) -> list[Entry]:
        """Return the entries up to `last` that a report lists one by one, in order."""
        forced = {"kind": "ticket.scanned", "by": "force"}
        wanted = {"event": event, "seq": {"$lte": last}, "$or": [{"kind": {"$in": list(LISTED_KINDS)}}, forced]}
        cursor = self._database.journal.find(wanted).sort("seq", ASCENDING)
        return await read_all(cursor, Entry)

    async def offline(self, event: str, last: int) -> list[OfflineSpell]:
        """Return the offline spells of devices, by the scans that they recorded then, those that touch apart."""
        wanted = {"event": event, "kind": {"$in": list(PASSAGE_KINDS)}, "seq": {"$lte": last}, "by": "batch"}
        of_one_delivery = {"device": "$device", "batch": "$batch"}
        sums = {
            "begun_at": {"$min": "$at"},
            "ended_at": {"$max": {"$ifNull": ["$received_at", "$at"]}},
            "scans": {"$sum": 1},
        }
        stages: list[Mapping[str, Any]] = [{"$match": wanted}, {"$group": {"_id": of_one_delivery, **sums}}]
        found = await read_documents(self._database.journal.aggregate(stages, hint=BY_KIND))
        return [from_bson({**row, "device": row["_id"]["device"]}, OfflineSpell) for row in found]

    async def who(self, ids: Collection[str]) -> dict[str, Who]:
        """Return those of `ids` that are devices, logins or keys, by id."""
        known: dict[str, Who] = {}
        for kind, (collection, field) in NAMES.items():
            cursor = self._database[collection].find({"_id": {"$in": list(ids)}}, {field: 1})
            for found in await read_documents(cursor):
                known[found["_id"]] = from_bson({"id": found["_id"], "kind": kind, "name": found[field]}, Who)
        return known
