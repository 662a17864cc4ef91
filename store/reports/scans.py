"""Scans: the journal's entries of scans, filtered and page by page."""

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, DESCENDING

from hub.model.journal import Entry
from hub.model.kinds import SCAN_KINDS
from hub.model.scan_query import ScanPage, ScanPosition, ScanQuery
from store.mongo.connection import Database
from store.mongo.documents import readable
from store.mongo.reading import count_some, read_documents


class Scans:
    """Reader of the journal's entries of scans."""

    def __init__(self, database: Database) -> None:
        self._journal = database.journal

    async def page(self, query: ScanQuery) -> ScanPage:
        """Return the scans that match: of one event by their number, of all by their time, and number and event.

        One that cannot be read is passed over.
        """
        cursor = self._journal.find(to_filter(query)).sort(_order(query)).limit(query.limit + 1)
        found = await read_documents(cursor.batch_size(query.limit + 1))
        shown = found[: query.limit]
        return ScanPage(
            entries=readable(shown, Entry),
            next=_position(shown[-1]) if len(found) > query.limit else None,
        )

    async def count(self, query: ScanQuery) -> int | None:
        """Return how many scans match, None where they are too many to count."""
        return await count_some(self._journal, to_filter(query))


def to_filter(query: ScanQuery) -> Mapping[str, Any]:
    """Return the query as a MongoDB filter."""
    equal = {name: getattr(query, name) for name in ("event", "code", "device", "door", "ticket", "request_id")}
    wanted: dict[str, Any] = {name: value for name, value in equal.items() if value is not None}
    wanted["kind"] = {"$in": list(SCAN_KINDS)}
    within = {op: moment for op, moment in (("$gte", query.since), ("$lte", query.until)) if moment is not None}
    if within:
        wanted["at"] = within
    if query.after_seq is not None:
        wanted["seq"] = {"$gt": query.after_seq}
    if query.after is not None:
        wanted["$and"] = _beyond(query, query.after)
    return wanted


def _order(query: ScanQuery) -> Sequence[tuple[str, int]]:
    if query.event is not None:
        return [("seq", ASCENDING if query.is_oldest_first else DESCENDING)]
    return [("at", DESCENDING), ("seq", DESCENDING), ("event", DESCENDING)]


def _beyond(query: ScanQuery, last: ScanPosition) -> list[Mapping[str, Any]]:
    """Return the conditions for the scans after `last`; the bound of `at` lets the index begin there."""
    if query.event is not None:
        return [{"seq": {"$gt" if query.is_oldest_first else "$lt": last.seq}}]
    ties = {"at": last.at, "$or": [{"seq": {"$lt": last.seq}}, {"seq": last.seq, "event": {"$lt": last.event}}]}
    return [{"at": {"$lte": last.at}}, {"$or": [{"at": {"$lt": last.at}}, ties]}]


def _position(document: Mapping[str, Any]) -> ScanPosition:
    return ScanPosition(at=document["at"], seq=document["seq"], event=document["event"])
