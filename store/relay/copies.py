"""Copy of an event on a relay, and its facts: written in bulk when it joins, read by what sends them up."""

from collections.abc import Sequence
from typing import Any

from pymongo import ASCENDING, DESCENDING, UpdateOne

from hub.model.base import Document
from hub.model.journal import Entry, Stream
from hub.model.relay.documents import RelayCopy, RelayFact
from store.mongo.connection import Database
from store.mongo.documents import COLLECTIONS, to_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import read_many, read_one

COPIED = ("events", "showings", "devices", "tickets", "reservations", "journal", "streams")
BY_SEQ = [("seq", ASCENDING)]
HUB_STREAM_ID = "hub"


class RelayCopies:
    """Writer and reader of a relay's copy. While it is followed, changes go through the journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self) -> RelayCopy | None:
        """Return the copy that is whole; None before, and where it was broken off."""
        return await read_one(self._database, RelayCopy, {})

    async def empty(self) -> None:
        """Delete all of an event that is here: a copy that was broken off, or one that is void."""
        with driver_errors():
            await self._database.relay_copies.delete_many({})
            for name in COPIED:
                keyed = "event" if name == "journal" else "_id"
                await self._database[name].delete_many({keyed: {"$ne": HUB_STREAM_ID}})
            await self._database.relay_facts.delete_many({})
            await self._database.nonces.delete_many({})

    async def write(self, documents: Sequence[Document]) -> None:
        """Write documents of one kind."""
        if documents:
            with driver_errors():
                await self._database[COLLECTIONS[type(documents[0])]].insert_many(
                    [to_bson(document) for document in documents], ordered=False
                )

    async def write_entries(self, entries: Sequence[Entry]) -> None:
        """Write entries of the journal, under the numbers that they have."""
        if entries:
            with driver_errors():
                await self._database.journal.insert_many([to_bson(entry) for entry in entries], ordered=False)

    async def complete(self, stream: Stream, copy: RelayCopy) -> None:
        """Begin the stream, and then mark the copy as whole."""
        await self.write([stream])
        await self.write([copy])

    # --- facts ---------------------------------------------------------------------------------------------------

    async def waiting(self, event_id: str, limit: int) -> list[RelayFact]:
        """Return the first facts that wait to be sent up, in order."""
        query = {"event": event_id, "is_waiting": True}
        return await read_many(self._database, RelayFact, query, sort=BY_SEQ, limit=limit)

    async def count_waiting(self, event_id: str) -> int:
        """Number of facts that wait to be sent up."""
        with driver_errors():
            return int(await self._database.relay_facts.count_documents({"event": event_id, "is_waiting": True}))

    async def refused(self, event_id: str, limit: int) -> tuple[int, list[RelayFact]]:
        """Return the number of facts that the hub did not record, and the newest of them."""
        query = {"event": event_id, "refused": {"$exists": True}}
        newest = await read_many(self._database, RelayFact, query, sort=[("seq", DESCENDING)], limit=limit)
        if len(newest) < limit:
            return len(newest), newest
        with driver_errors():
            return int(await self._database.relay_facts.count_documents(query)), newest

    async def is_answered(self, nonce_id: str) -> bool:
        """Return whether a nonce was used here, by the id of its record."""
        with driver_errors():
            return await self._database.nonces.find_one({"_id": nonce_id}, {"_id": 1}) is not None

    async def acknowledge(self, results: Sequence[tuple[str, int | None]]) -> None:
        """Note the hub's answers to facts: name, and number there. They wait no longer.

        Past the journal: no decision goes by it.
        """
        writes = [UpdateOne({"_id": name}, _acknowledged(seq)) for name, seq in results]
        if writes:
            with driver_errors():
                await self._database.relay_facts.bulk_write(writes, ordered=False)


def _acknowledged(upstream_seq: int | None) -> dict[str, Any]:
    known = {} if upstream_seq is None else {"$set": {"upstream_seq": upstream_seq}}
    return {"$unset": {"is_waiting": ""}} | known
