"""The journal's entries of scans, asked for by what they tell."""

from collections.abc import Mapping
from typing import Any

from pymongo import DESCENDING

from hub.model.journal import Entry
from hub.model.kinds import SCAN_KINDS
from hub.model.scan_query import ScanQuery
from store.mongo.connection import Database
from store.mongo.reading import read_all


class Scans:
    """Reads the journal's entries of scans."""

    def __init__(self, database: Database) -> None:
        self._journal = database.journal

    async def find(self, query: ScanQuery) -> list[Entry]:
        """Return the scans that are wanted, newest first: of one event by its numbering, of all by their time."""
        newest = [("seq", DESCENDING)] if query.event else [("at", DESCENDING), ("seq", DESCENDING)]
        cursor = self._journal.find(to_filter(query)).sort(newest).limit(query.limit).batch_size(query.limit)
        return await read_all(cursor, Entry)


def to_filter(query: ScanQuery) -> Mapping[str, Any]:
    """Return the query in MongoDB's words."""
    equal = {name: getattr(query, name) for name in ("event", "code", "device", "door", "ticket")}
    wanted: dict[str, Any] = {name: value for name, value in equal.items() if value is not None}
    wanted["kind"] = {"$in": list(SCAN_KINDS)}
    within = {op: moment for op, moment in (("$gte", query.since), ("$lte", query.until)) if moment is not None}
    if within:
        wanted["at"] = within
    if query.after_seq is not None:
        wanted["seq"] = {"$gt": query.after_seq}
    return wanted
