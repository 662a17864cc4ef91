"""Takings: payments of an event's journal added up by the database; and its tills with their closings."""

from collections.abc import Mapping
from typing import Any

from pymongo import ASCENDING, DESCENDING

from hub.model.journal import Entry
from hub.model.payment import TakenSum, Till
from store.mongo.connection import Database
from store.mongo.documents import from_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import read_documents, read_first, read_many

PAYMENTS = ("payment.taken", "payment.returned")
BY_KIND = {"event": 1, "kind": 1, "seq": -1}
"""The index that these queries go by: another would lead through the whole journal."""


def _text(path: str) -> dict[str, Any]:
    """Return the text at a path; None for a value that is none."""
    return {"$cond": [{"$eq": [{"$type": path}, "string"]}, path, None]}


ALIKE: Mapping[str, Any] = {
    "kind": "$kind",
    **{name: _text(f"$data.{name}") for name in ("method", "currency", "product", "price", "showing")},
    **{name: _text(f"${name}") for name in ("device", "door")},
}
AMOUNT = {"$cond": [{"$in": [{"$type": "$data.amount"}, ["int", "long"]]}, "$data.amount", 0]}


class TakingsReader:
    """Aggregator of an event's payments, and reader of its tills."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sums(self, event: str, last: int) -> list[TakenSum]:
        """Return the sums of the event's payments up to the entry `last`, by all that tells them apart."""
        match = {"$match": {"event": event, "kind": {"$in": list(PAYMENTS)}, "seq": {"$lte": last}}}
        group = {"$group": {"_id": ALIKE, "amount": {"$sum": AMOUNT}, "count": {"$sum": 1}}}
        found = await read_documents(self._database.journal.aggregate([match, group], hint=BY_KIND))
        return [from_bson({**row["_id"], "amount": row["amount"], "count": row["count"]}, TakenSum) for row in found]

    async def tills(self, event: str) -> list[Till]:
        """Return an event's tills, open ones and those that were closed and not used since."""
        return await read_many(self._database, Till, {"event": event})

    async def closings(self, event: str, *, after: int | None, is_oldest_first: bool, limit: int) -> list[Entry]:
        """Return a page of the closings of an event's tills, those that follow the entry `after`."""
        asked = self._closings_of(event)
        if after is not None:
            asked["seq"] = {"$gt" if is_oldest_first else "$lt": after}
        order = ASCENDING if is_oldest_first else DESCENDING
        return await read_first(self._database.journal.find(asked).sort("seq", order), Entry, limit)

    async def closings_count(self, event: str) -> int:
        """Return how many closings an event's tills have in all."""
        with driver_errors():
            return await self._database.journal.count_documents(self._closings_of(event))

    def _closings_of(self, event: str) -> dict[str, Any]:
        return {"event": event, "kind": "till.closed"}
