"""Wallet collections: registrations of phones, objects at Google, and the journal's changes of a pass."""

from collections.abc import Collection, Sequence
from typing import Any

from pymongo import ASCENDING

from hub.model.kinds import PASS_FIELDS, PASS_KINDS
from hub.model.wallet import GoogleObject, Moment, Registration
from store.mongo.connection import Database
from store.mongo.documents import COLLECTIONS, from_bson, to_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import read_all, read_documents

OF_TICKET = {
    "$or": [
        {"kind": {"$in": sorted(PASS_KINDS)}},
        {"kind": "ticket.changed", "data.fields": {"$in": sorted(PASS_FIELDS["ticket.changed"])}},
    ]
}
MOMENT = {"seq": 1, "at": 1, "received_at": 1}
_OF_EVENT_KINDS = ("event.changed", "import.completed", "import.failed")
OF_EVENT = {
    "kind": {"$in": list(_OF_EVENT_KINDS)},
    "data.fields": {"$in": sorted({field for kind in _OF_EVENT_KINDS for field in PASS_FIELDS[kind]})},
}


class Passes:
    """Registrations for pass updates, and the changes of a pass in the journal."""

    def __init__(self, database: Database) -> None:
        self._journal = database.journal
        self._registrations = database[COLLECTIONS[Registration]]

    async def register(self, registration: Registration) -> bool:
        """Insert or replace a registration; return whether it is new."""
        document = to_bson(registration)
        made = document.pop("created_at")
        change = {"$set": document, "$setOnInsert": {"created_at": made}}
        with driver_errors():
            kept = await self._registrations.update_one({"_id": registration.id}, change, upsert=True)
        return kept.upserted_id is not None

    async def unregister(self, device: str, ticket: str) -> None:
        """Delete one registration."""
        with driver_errors():
            await self._registrations.delete_one({"_id": Registration.name(device, ticket)})

    async def forget_phone(self, push_hash: bytes) -> None:
        """Delete all registrations with a push token that Apple reports as gone."""
        with driver_errors():
            await self._registrations.delete_many({"push_hash": push_hash})

    async def forget_tickets(self, tickets: Sequence[str]) -> None:
        """Delete all registrations for these tickets."""
        with driver_errors():
            await self._registrations.delete_many({"ticket": {"$in": list(tickets)}})

    async def of_device(self, device: str) -> list[Registration]:
        """Return a device's registrations."""
        return await self._find({"device": device})

    async def of_devices(self, devices: Sequence[str]) -> list[Registration]:
        """Return the registrations of some devices."""
        return await self._find({"device": {"$in": list(devices)}})

    async def of_ticket(self, ticket: str) -> list[Registration]:
        """Return the registrations for a ticket."""
        return await self._find({"ticket": ticket})

    async def are_any(self) -> bool:
        """Return whether there is any registration."""
        with driver_errors():
            return (await self._registrations.find_one({"_id": {"$gt": ""}}, {"_id": 1})) is not None

    async def registered(self, tickets: Collection[str]) -> set[str]:
        """Return those of `tickets` with a registration."""
        found = self._registrations.find({"ticket": {"$in": list(tickets)}}, {"_id": 0, "ticket": 1})
        return {each["ticket"] for each in await read_documents(found)}

    async def of_event(self, event: str, *, after: str, limit: int) -> list[Registration]:
        """Return a page of an event's registrations by id, those after the id `after`."""
        cursor = self._registrations.find({"event": event, "_id": {"$gt": after}}).sort("_id", ASCENDING).limit(limit)
        return await read_all(cursor, Registration)

    async def changes(self, event: str, ticket: str) -> list[Moment]:
        """Return the changes of a ticket's pass, in the order of the journal."""
        of_ticket = self._journal.find({"ticket": ticket, **OF_TICKET}, MOMENT)
        of_event = self._journal.find({"event": event, **OF_EVENT}, MOMENT)
        found = [*await read_documents(of_ticket), *await read_documents(of_event)]
        return sorted(Moment(each["seq"], each.get("received_at") or each["at"]) for each in found)

    async def changed_since(self, event: str, tickets: Collection[str], seq: int) -> set[str]:
        """Return those of an event's `tickets` whose pass changed after `seq` of the event's journal."""
        later = {"seq": {"$gt": seq}}
        if await read_documents(self._journal.find({"event": event, **OF_EVENT, **later}, {"_id": 1}).limit(1)):
            return set(tickets)
        asked = self._journal.find({"ticket": {"$in": list(tickets)}, **OF_TICKET, **later}, {"ticket": 1})
        return {each["ticket"] for each in await read_documents(asked)}

    async def _find(self, query: dict[str, Any]) -> list[Registration]:
        cursor = self._registrations.find(query).sort("_id", ASCENDING)
        return await read_all(cursor, Registration)


class GoogleObjects:
    """Objects at Google with a save link, so that updates go to these alone."""

    def __init__(self, database: Database) -> None:
        self._objects = database[COLLECTIONS[GoogleObject]]

    async def keep(self, kept: GoogleObject) -> None:
        """Insert an object unless it is there."""
        first = {"$setOnInsert": to_bson(kept)}
        with driver_errors():
            await self._objects.update_one({"_id": kept.id}, first, upsert=True)

    async def of_ticket(self, ticket: str) -> list[GoogleObject]:
        """Return the objects of all issues of a ticket."""
        found = await read_documents(self._objects.find({"ticket": ticket}))
        return [from_bson(each, GoogleObject) for each in found]

    async def offered(self, tickets: Collection[str]) -> set[str]:
        """Return those of `tickets` with a save link."""
        found = self._objects.find({"ticket": {"$in": list(tickets)}}, {"_id": 0, "ticket": 1})
        return {each["ticket"] for each in await read_documents(found)}

    async def drop(self, name: str) -> None:
        """Delete an object."""
        with driver_errors():
            await self._objects.delete_one({"_id": name})
