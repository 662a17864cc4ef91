"""Figures: sums over an event's journal, added up by the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.model.figures import STEP_MINUTES, FinalFigures, Sums
from hub.model.kinds import SCAN_KINDS
from store.mongo.connection import Database
from store.mongo.documents import from_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import read_documents


def _sum_of(counter: str) -> dict[str, Any]:
    return {"$sum": {"$ifNull": [f"$effect.{counter}", 0]}}


HAS_PLACE = {"$or": [{"$in": ["$kind", list(SCAN_KINDS)]}, {"$ne": [{"$ifNull": ["$effect.inside", 0]}, 0]}]}
"""An entry that stands on the curve of the evening: a scan, or whatever else moves people."""
STEP = {"$dateTrunc": {"date": "$at", "unit": "minute", "binSize": STEP_MINUTES}}
IS_OVER = {"$and": [{"$eq": ["$kind", "ticket.deleted"]}, {"$eq": ["$data.expired", True]}]}
"""A ticket deleted after its time was over: it was booked all the same."""

IMPORTS = ("import.completed", "import.progress")
IS_IMPORT = {"$in": ["$kind", list(IMPORTS)]}
"""Many tickets in one entry, which says how many of each product."""

BY_NUMBER = {"event": 1, "seq": 1}
"""The index to go by: left to itself the database reads a whole event to find few entries."""

NAMES_NO_SHOWING: Mapping[str, Any] = {"effect.admitted": {"$exists": True}, "data.showing": {"$exists": False}}
"""An entry of a version that did not write down a scan's showing: its ticket knows it, while there is one."""
OF_TICKET: Sequence[Mapping[str, Any]] = (
    {"$lookup": {"from": "tickets", "localField": "ticket", "foreignField": "_id", "as": "found"}},
    {"$set": {"data.showing": {"$first": "$found.showing"}}},
    {"$unset": "found"},
)

ALIKE: Mapping[str, Any] = {
    "kind": "$kind",
    "step": {"$cond": [HAS_PLACE, STEP, None]},
    "door": "$door",
    "direction": "$direction",
    "code": "$code",
    "product": "$data.product",
    "showing": "$data.showing",
    "origin": {"$cond": [{"$eq": ["$kind", "ticket.moved"]}, "$data.from", None]},
    "came": {"$eq": ["$data.came", True]},
}
SUMS: Mapping[str, Any] = {
    "count": {"$sum": 1},
    "booked": {"$sum": {"$cond": [{"$or": [IS_OVER, IS_IMPORT]}, 0, {"$ifNull": ["$effect.booked", 0]}]}},
    **{counter: _sum_of(counter) for counter in ("admitted", "denied", "inside")},
}


class Figures:
    """Reader of sums over a journal, between two numbers: so the sums are the same at any time."""

    def __init__(self, database: Database) -> None:
        self._journal = database.journal
        self._figures = database.figures

    async def sums(self, event: str, after: int, last: int) -> list[Sums]:
        """Return the sums of the event's entries above `after`, up to `last`, by kind and the like."""
        group = {"$group": {"_id": ALIKE, **SUMS}}
        found = await self._aggregate(event, after, last, [{"$match": {"$nor": [NAMES_NO_SHOWING]}}, group])
        found += await self._aggregate(event, after, last, [{"$match": NAMES_NO_SHOWING}, *OF_TICKET, group])
        return [*(from_bson({**row["_id"], **row}, Sums) for row in found), *await self._imported(event, after, last)]

    async def moves(self, event: str, after: int, last: int) -> list[tuple[int, int]]:
        """Return by how much the same entries changed the number of people inside, by seconds since 1970."""
        second = {"$toLong": {"$floor": {"$divide": [{"$toLong": "$at"}, 1000]}}}
        moving = {"$match": {"effect.inside": {"$exists": True}}}
        group = {"$group": {"_id": second, "inside": {"$sum": "$effect.inside"}}}
        return [(row["_id"], row["inside"]) for row in await self._aggregate(event, after, last, [moving, group])]

    async def final(self, event: str) -> FinalFigures | None:
        """Return the figures that were frozen, or None."""
        with driver_errors():
            found = await self._figures.find_one({"_id": event})
        return None if found is None else from_bson(found, FinalFigures)

    async def _imported(self, event: str, after: int, last: int) -> list[Sums]:
        wanted = {"event": event, "kind": {"$in": list(IMPORTS)}, "seq": {"$gt": after, "$lte": last}}
        found = await read_documents(self._journal.find(wanted, {"data.products": 1}))
        parts = (part for entry in found for part in entry["data"].get("products", ()))
        return [
            Sums(kind=IMPORTS[0], product=part["name"], showing=part.get("showing"), booked=part["booked"])
            for part in parts
        ]

    async def _aggregate(
        self, event: str, after: int, last: int, stages: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any]]:
        match = {"$match": {"event": event, "seq": {"$gt": after, "$lte": last}}}
        return await read_documents(self._journal.aggregate([match, *stages], hint=BY_NUMBER))
