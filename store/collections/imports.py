"""Imports: reader and writer of staged tickets, unseen among the others, where the index keeps barcodes apart.

No query shows them before their event names the import (`store/collections/import_filter.py`), as the journal says.
What is here changes nothing that is visible: it stages, records progress, and takes away again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from pymongo import DESCENDING
from pymongo.errors import BulkWriteError

from hub.errors import Unavailable
from hub.model.command import IdempotencyRecord
from hub.model.imports import Choices, Import, KeptChoices, Known
from hub.model.ticket import Reservation, Ticket
from store.mongo.connection import Database
from store.mongo.documents import COLLECTIONS, from_bson, to_bson
from store.mongo.errors import STATE_CHANGES, driver_errors
from store.mongo.reading import count_some, read_all, read_documents, read_first, read_many
from store.mongo.statements import DUPLICATE_KEY

AT_ONCE = 500
"""Documents that are taken away at once: doors go first."""
PAUSE_S = 0.05
NEWEST_FIRST = [("created_at", DESCENDING), ("_id", DESCENDING)]

Identity = tuple[str, str]
"""("barcode", text), ("uuid", a ticket's id) or ("reservation", its id)."""


class Imports:
    """Reader and writer of imports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, import_id: str) -> Import | None:
        """Return an import, or None."""
        with driver_errors():
            found = await self._database.imports.find_one({"_id": import_id})
        return None if found is None else from_bson(found, Import)

    async def page(self, event_id: str, *, after: tuple[datetime, str] | None, limit: int) -> list[Import]:
        """Return `limit` imports of an event at most, newest first, those after `after`; without the rows refused."""
        wanted: dict[str, Any] = {"event": event_id}
        if after is not None:
            wanted["created_at"] = {"$lte": after[0]}  # this is what the index goes by
            wanted["$or"] = [{"created_at": {"$lt": after[0]}}, {"_id": {"$lt": after[1]}}]
        cursor = self._database.imports.find(wanted, {"problems": 0}).sort(NEWEST_FIRST)
        return await read_first(cursor, Import, limit)

    async def count(self, event_id: str) -> int | None:
        """Return how many imports an event has, None where they are too many to count."""
        return await count_some(self._database.imports, {"event": event_id})

    async def under_way(self, event_id: str) -> list[Import]:
        """Return an event's imports that are staging, dead ones too."""
        found = await read_documents(self._database.imports.find({"event": event_id, "state": "staging"}))
        return [from_bson(each, Import) for each in found]

    async def dead(self, now: datetime) -> list[Import]:
        """Return the imports whose processes ended before them."""
        wanted = {"state": "staging", "alive_until": {"$lte": now}}
        return await read_all(self._database.imports.find(wanted), Import)

    async def failed(self, since: datetime) -> list[Import]:
        """Return the imports that failed since then."""
        wanted = {"state": "failed", "ended_at": {"$gte": since}}
        return await read_all(self._database.imports.find(wanted), Import)

    async def idempotency_record(self, idempotency: str) -> IdempotencyRecord | None:
        """Return the record of an idempotency key that was used, or None."""
        with driver_errors():
            found = await self._database.nonces.find_one({"_id": idempotency})
        return None if found is None else from_bson(found, IdempotencyRecord)

    async def kept_choices(self, ids: Sequence[str]) -> Choices:
        """Return the choices that are kept under some ids, merged; of two that differ the later id's holds."""
        wanted = {"_id": {"$in": list(ids)}}
        with driver_errors():
            found = await self._database.import_choices.find(wanted).to_list(None)
        kept = {each.id: each for each in (from_bson(one, KeptChoices) for one in found)}
        both = Choices()
        for each in ids:
            if each in kept:
                both = msgspec.json.decode(kept[each].choices, type=Choices).over(both)
        return both

    async def keep_choices(self, kept: Sequence[KeptChoices]) -> None:
        """Keep choices, in place of those under the same ids."""
        with driver_errors():
            for each in kept:
                await self._database.import_choices.replace_one({"_id": each.id}, to_bson(each), upsert=True)

    async def known(self, event_id: str, identities: Collection[Identity]) -> list[Known]:
        """Return the tickets and reservations that have these barcodes in an event, or these ids anywhere.

        Those of imports that are not through are among them.
        """
        texts: defaultdict[str, list[str]] = defaultdict(list)
        for kind, text in identities:
            texts[kind].append(text)
        by_barcode = {"event": event_id, "barcode": {"$in": texts["barcode"]}}
        tickets = await read_many(self._database, Ticket, by_barcode) if texts["barcode"] else []
        if texts["uuid"]:
            tickets += await read_many(self._database, Ticket, {"_id": {"$in": texts["uuid"]}})
        ids = {*texts["reservation"], *(ticket.reservation for ticket in tickets)}
        found = await read_many(self._database, Reservation, {"_id": {"$in": sorted(ids)}}) if ids else []
        reservations = {each.id: each for each in found}
        alone = [Known(reservation=reservations[each]) for each in texts["reservation"] if each in reservations]
        return [*(Known(ticket=each, reservation=reservations.get(each.reservation)) for each in tickets), *alone]

    async def stage(self, documents: Sequence[Ticket] | Sequence[Reservation]) -> list[int]:
        """Keep tickets or reservations of an import unseen; return the positions of those that others are in place of.

        Done twice it does no more than once. Raises `Unavailable` where it is not known how much of it was done.
        """
        if not documents:
            return []
        collection = self._database[COLLECTIONS[type(documents[0])]]
        try:
            with driver_errors():
                await collection.insert_many([to_bson(each) for each in documents], ordered=False)
        except BulkWriteError as error:
            refused = _refused(error)
            by_import = {documents[place].id: documents[place].import_id for place in refused}
            found = await read_documents(collection.find({"_id": {"$in": [*by_import]}}, {"import_id": 1}))
            own = {each["_id"] for each in found if each.get("import_id") == by_import[each["_id"]]}
            return [place for place in refused if documents[place].id not in own]
        return []

    async def goes_on(self, import_id: str, staged: int, alive_until: datetime) -> bool:
        """Record the progress of an import; False where it was ended meanwhile."""
        noted = {"$set": {"staged": staged, "alive_until": alive_until}}
        wanted = {"_id": import_id, "state": "staging"}
        with driver_errors():
            changed = await self._database.imports.update_one(wanted, noted)
        return changed.matched_count == 1

    async def take_away(self, failed: Import) -> int:
        """Delete the staged tickets of a failed import, some at a time; return how many."""
        count = 0
        for collection in (self._database.tickets, self._database.reservations):
            wanted = {"event": failed.event, "import_id": failed.id}
            while ids := await read_documents(collection.find(wanted, {"_id": 1}).limit(AT_ONCE)):
                with driver_errors():
                    await collection.delete_many({"_id": {"$in": [each["_id"] for each in ids]}})
                count += len(ids) if collection.name == "tickets" else 0
                await asyncio.sleep(PAUSE_S)
        return count


def _refused(error: BulkWriteError) -> list[int]:
    """Return the positions of documents that are there already. Raises `Unavailable` where another try may help."""
    details = error.details or {}
    refused = details.get("writeErrors", [])
    if details.get("writeConcernErrors") or any(each["code"] in STATE_CHANGES for each in refused):
        raise Unavailable("The database does not answer: try again") from error
    if not all(each["code"] == DUPLICATE_KEY for each in refused):
        raise error
    return [each["index"] for each in refused]
