"""Rollout of passes: waves, their letters, and the use of passes, from which the funnel is counted."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pymongo import ASCENDING, UpdateOne

from hub.model.wallet import PassUse, WalletWave, WaveLetter
from store.collections.import_filter import ImportVisibility
from store.mongo.connection import Database, atomic
from store.mongo.documents import COLLECTIONS, to_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import read_documents, read_many, read_one

BATCH = 2000
"""Documents that are read, or ids that are asked for, at once."""
RESERVATION = {"_id": 1, "import_id": 1, "tickets_count": 1}
ADMITTED = {
    # An entry that was not undone; fields that hold their default are not stored.
    "$or": [
        {"scans": {"$elemMatch": {"direction": None, "undone": None}}},
        {"settled.entries": {"$gt": 0}},
    ]
}


class Party(NamedTuple):
    """One reservation of an event, by its id, and how many tickets it holds."""

    id: str
    tickets: int


class LetterCounts(NamedTuple):
    """Letters of one wave: those that a mail server took, and those of which it is not known or not yet."""

    sent: int
    claimed: int


class RolloutReader:
    """Reader of an event's rollout: its waves, its reservations, and the use of passes by its guests."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._uses = database[COLLECTIONS[PassUse]]
        self._letters = database[COLLECTIONS[WaveLetter]]
        self._visibility = ImportVisibility(database)

    async def waves(self, event: str) -> list[WalletWave]:
        """Return an event's waves, in their order."""
        return await read_many(self._database, WalletWave, {"event": event}, sort=[("number", ASCENDING)])

    async def wave(self, event: str, number: int) -> WalletWave | None:
        """Return one wave of an event, or None."""
        return await read_one(self._database, WalletWave, {"_id": WalletWave.name(event, number)})

    async def parties(self, event: str) -> AsyncIterator[list[Party]]:
        """Yield all reservations of an event, a batch at a time, without those of unfinished imports."""
        visible = (await self._visibility.query(event))["import_id"]["$in"]
        after = ""
        while True:
            query = {"event": event, "_id": {"$gt": after}}
            cursor = self._database.reservations.find(query, RESERVATION).sort("_id", ASCENDING).limit(BATCH)
            found = await read_documents(cursor)
            yield [Party(each["_id"], each["tickets_count"]) for each in found if each.get("import_id") in visible]
            if len(found) < BATCH:
                return
            after = found[-1]["_id"]

    async def with_address(self, event: str, *, after: str, limit: int) -> list[str]:
        """Return a page of the event's reservations that have a mail address, by id, those after the id `after`."""
        query = {"event": event, "_id": {"$gt": after}, "email": {"$exists": True}}
        query |= await self._visibility.query(event)
        cursor = self._database.reservations.find(query, {"_id": 1}).sort("_id", ASCENDING).limit(limit)
        return [each["_id"] for each in await read_documents(cursor)]

    async def invited(self, event: str) -> set[str]:
        """Return the event's reservations that are invited."""
        query = {"event": event, "invited": True} | await self._visibility.query(event)
        found = await read_documents(self._database.tickets.find(query, {"_id": 0, "reservation": 1}))
        return {each["reservation"] for each in found}

    async def invited_of(self, reservations: Sequence[str]) -> set[str]:
        """Return those of `reservations` that are invited."""
        query = {"reservation": {"$in": list(reservations)}, "invited": True}
        found = await read_documents(self._database.tickets.find(query, {"_id": 0, "reservation": 1}))
        return {each["reservation"] for each in found}

    async def opened(self, event: str) -> int:
        """Return of how many of an event's tickets the holder opened a pass."""
        with driver_errors():
            return await self._uses.count_documents({"event": event})

    async def added(self, event: str) -> list[str]:
        """Return the event's tickets whose pass is, or was, in a wallet."""
        query = {"event": event, "added_at": {"$exists": True}}
        return [each["_id"] for each in await read_documents(self._uses.find(query, {"_id": 1}))]

    async def admitted(self, tickets: Sequence[str]) -> int:
        """Number of `tickets` that were let in. They are of guests who had their pass: of no unfinished import."""
        return await self._count("tickets", tickets, ADMITTED)

    async def answers(self, tickets: Sequence[str], *, worked: bool) -> int:
        """Numbers of holders of `tickets` whose ticket worked, and whose did not."""
        return await self._count("feedback", tickets, {"worked": worked})

    async def letters(self, event: str, wave: int) -> LetterCounts:
        """Numbers of letters of a wave that were sent, and that were begun and not known to be."""
        with driver_errors():
            begun = await self._letters.count_documents({"event": event, "wave": wave})
            sent = await self._letters.count_documents({"event": event, "wave": wave, "sent": True})
        return LetterCounts(sent, begun - sent)

    async def _count(self, collection: str, ids: Sequence[str], query: Mapping[str, Any]) -> int:
        total = 0
        for first in range(0, len(ids), BATCH):
            some = {"_id": {"$in": list(ids[first : first + BATCH])}, **query}
            with driver_errors():
                total += await self._database[collection].count_documents(some)
        return total


class PassUses:
    """Writer of pass uses: the first opening and the first adding of each ticket's pass count."""

    def __init__(self, database: Database) -> None:
        self._uses = database[COLLECTIONS[PassUse]]

    async def open(self, event: str, tickets: Collection[str], now: datetime) -> None:
        """Record that holders opened the passes of these tickets."""
        await self._write(event, tickets, now, {})

    async def add(self, event: str, ticket: str, now: datetime) -> None:
        """Record that a ticket's pass was added to a wallet."""
        await self._write(event, [ticket], now, {"$min": {"added_at": now}})

    async def _write(self, event: str, tickets: Collection[str], now: datetime, more: Mapping[str, Any]) -> None:
        first = {"$setOnInsert": {"event": event, "opened_at": now}, **more}
        with driver_errors():
            await self._uses.bulk_write([UpdateOne({"_id": each}, first, upsert=True) for each in tickets])


class WaveLetters:
    """Records of waves' letters, by which none is sent twice: claimed first, and marked as sent when it is."""

    def __init__(self, database: Database) -> None:
        self._letters = database[COLLECTIONS[WaveLetter]]

    async def claim(self, letter: WaveLetter) -> bool | None:
        """Claim a letter: return None where it is new, else whether it was sent. Atomic."""
        new = {"$setOnInsert": to_bson(letter)}
        with driver_errors():
            before = await atomic(self._letters).find_one_and_update({"_id": letter.id}, new, upsert=True)
        return None if before is None else bool(before.get("sent"))

    async def mark_sent(self, letter: WaveLetter) -> None:
        """Mark a letter as sent."""
        with driver_errors():
            await self._letters.update_one({"_id": letter.id}, {"$set": {"sent": True}}, upsert=False)

    async def release(self, letter: WaveLetter) -> None:
        """Give back the claim of a letter that the mail server did not take."""
        with driver_errors():
            await self._letters.delete_one({"_id": letter.id})

    async def begun(self, letters: Collection[str]) -> set[str]:
        """Return those of the letters' ids that were claimed or sent."""
        found = self._letters.find({"_id": {"$in": list(letters)}}, {"_id": 1})
        return {each["_id"] for each in await read_documents(found)}
