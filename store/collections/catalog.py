"""Reading what is there: events, showings, tickets, devices, keys, users. Majority-committed, never a decision."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from pymongo import ASCENDING

from hub.model.access import ApiKey, Device, HeldBatch, Session, User
from hub.model.base import Document
from hub.model.event import Event, Showing
from hub.model.ticket import Reservation, Ticket
from hub.model.webhook import Webhook
from store.collections.import_filter import ImportVisibility
from store.mongo.connection import Database
from store.mongo.documents import COLLECTIONS, from_bson, to_bson
from store.mongo.errors import driver_errors

D = TypeVar("D", bound=Document)


class Catalog:
    """Reads by id and by query. What it returns may be changed in the next moment; decisions go by the journal."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._visibility = ImportVisibility(database)

    async def event(self, event_id: str) -> Event | None:
        """Return an event, or None."""
        return await self._one(Event, {"_id": event_id})

    async def event_by_kid(self, kid: str) -> Event | None:
        """Return the event whose signing key has this id, or None."""
        return await self._one(Event, {"key.kid": kid})

    async def box_office(self) -> Event | None:
        """Return the default event, which makes its showings as they are booked."""
        return await self._one(Event, {"default_capacity": {"$exists": True}})

    async def events(self) -> list[Event]:
        """Return all events, by their beginning."""
        return await self._all(Event, {}, sort=[("starts_at", ASCENDING), ("_id", ASCENDING)])

    async def events_by_id(self, ids: Collection[str]) -> list[Event]:
        """Return those of `ids` that are there."""
        return await self._all(Event, {"_id": {"$in": list(ids)}})

    async def open_events(self, now: datetime) -> list[Event]:
        """Return the events that are neither closed nor past, by their beginning."""
        to_come = {"closed": {"$ne": True}, "$or": [{"ends_at": {"$gt": now}}, {"ends_at": None}]}
        return await self._all(Event, to_come, sort=[("starts_at", ASCENDING), ("_id", ASCENDING)])

    async def ticket(self, ticket_id: str) -> Ticket | None:
        """Return a ticket, or None."""
        return next(iter(await self._tickets({"_id": ticket_id})), None)

    async def tickets(self, ids: Sequence[str]) -> list[Ticket]:
        """Return those of `ids` that are there."""
        return await self._tickets({"_id": {"$in": list(ids)}})

    async def ticket_by_barcode(self, event_id: str, barcode: str) -> Ticket | None:
        """Return the event's ticket that was imported with this barcode, or None."""
        return next(iter(await self._tickets({"event": event_id, "barcode": barcode})), None)

    async def taken_barcodes(self, event_id: str, barcodes: Sequence[str]) -> list[str]:
        """Return those of `barcodes` that tickets of the event have already, be it in an import under way."""
        taken = await self._all(Ticket, {"event": event_id, "barcode": {"$in": list(barcodes)}})
        return sorted(ticket.barcode for ticket in taken if ticket.barcode is not None)

    async def party(self, ticket_id: str) -> list[str]:
        """Return the ids of the tickets booked together with this one, itself among them; empty where it is gone."""
        ticket = await self.ticket(ticket_id)
        return [each.id for each in await self.tickets_of(ticket.reservation)] if ticket is not None else []

    async def tickets_of(self, reservation_id: str) -> list[Ticket]:
        """Return the tickets of a reservation, by id."""
        return await self._tickets({"reservation": reservation_id}, sort=[("_id", ASCENDING)])

    async def first_good_ticket_of(self, reservation_id: str) -> str | None:
        """Return the id of the first ticket of a reservation that is good (paid, not cancelled or blocked), or None."""
        good = {"reservation": reservation_id, "status": None}  # what holds its default is not written down
        found = self._database.tickets.find(good, {"_id": 1}).sort("_id", ASCENDING).limit(1)
        return next((each["_id"] for each in await driver_errors(found.to_list(None))), None)

    async def find_tickets(
        self, wanted: Mapping[str, str], *, words: Sequence[str] = (), after: str | None, limit: int
    ) -> list[Ticket]:
        """Return `limit` tickets at most that match, ordered by id, after `after`.

        Wanted may be `date`, `time`, `event`, `status`, and `search`: a phone number, or else `words` that words of the
        holder's name begin with.
        """
        query = await self._visibility.query(wanted.get("event"))
        query |= {name: value for name, value in wanted.items() if name != "search"}
        if wanted.get("status") == "valid":
            query["status"] = None  # what holds its default is not written down
        if "search" in wanted:
            named = [{"words": {"$regex": f"^{re.escape(word)}"}} for word in words]
            query["$or"] = [{"phone_number": wanted["search"]}, *([{"$and": named}] if named else [])]
        if after is not None:
            query["_id"] = {"$gt": after}
        return await self._all(Ticket, query, sort=[("_id", ASCENDING)], limit=limit)

    async def reservation(self, reservation_id: str) -> Reservation | None:
        """Return a reservation, or None."""
        return await self._one(Reservation, {"_id": reservation_id})

    async def showings(self, event_id: str) -> list[Showing]:
        """Return an event's showings, by time."""
        return await self._all(Showing, {"event": event_id}, sort=[("starts_at", ASCENDING), ("_id", ASCENDING)])

    async def devices(self, event_id: str | None) -> list[Device]:
        """Return the devices that serve an event, those that serve all included; all devices for None."""
        return await self._all(Device, {} if event_id is None else {"event": {"$in": [event_id, None]}})

    async def device(self, device_id: str) -> Device | None:
        """Return a device, or None."""
        return await self._one(Device, {"_id": device_id})

    async def held(self, device_id: str) -> list[HeldBatch]:
        """Return the batches of an archived device that wait for the organiser, in the order they came."""
        return await self._all(HeldBatch, {"device": device_id}, sort=[("received_at", ASCENDING), ("_id", ASCENDING)])

    async def count_held(self, device_id: str, *, but: str, most: int) -> int:
        """Return how many batches of a device wait, `most` at most, the one with the id `but` aside."""
        others = {"device": device_id, "_id": {"$ne": but}}
        return int(await driver_errors(self._database.held.count_documents(others, limit=most)))

    async def hold(self, batch: HeldBatch) -> None:
        """Keep a batch until the organiser decides; sent again, it is kept once."""
        await driver_errors(self._database.held.replace_one({"_id": batch.id}, to_bson(batch), upsert=True))

    async def let_go(self, batch: HeldBatch) -> None:
        """Forget one held batch."""
        await driver_errors(self._database.held.delete_one({"_id": batch.id}))

    async def drop_held(self, device_id: str) -> int:
        """Forget a device's held batches; return how many there were."""
        dropped = await driver_errors(self._database.held.delete_many({"device": device_id}))
        return dropped.deleted_count

    async def device_by_key(self, prefix: str) -> Device | None:
        """Return the device whose API key has this prefix, or None."""
        return await self._one(Device, {"key_prefix": prefix})

    async def device_by_pairing(self, pairing_hash: bytes) -> Device | None:
        """Return the device that waits for this pairing token, or None."""
        return await self._one(Device, {"pairing_hash": pairing_hash})

    async def key_by_prefix(self, prefix: str) -> ApiKey | None:
        """Return an API key that is not revoked by its prefix, or None."""
        return await self._one(ApiKey, {"prefix": prefix, "revoked_at": None})

    async def key(self, key_id: str) -> ApiKey | None:
        """Return an API key, be it revoked, or None."""
        return await self._one(ApiKey, {"_id": key_id})

    async def keys(self) -> list[ApiKey]:
        """Return all API keys, the revoked too, by the time they were made."""
        return await self._all(ApiKey, {}, sort=[("created_at", ASCENDING), ("_id", ASCENDING)])

    async def user(self, username: str) -> User | None:
        """Return a user by name, or None."""
        return await self._one(User, {"username": username})

    async def user_by_id(self, user_id: str) -> User | None:
        """Return a user, or None."""
        return await self._one(User, {"_id": user_id})

    async def users(self) -> list[User]:
        """Return all users, by the time they were made."""
        return await self._all(User, {}, sort=[("created_at", ASCENDING), ("_id", ASCENDING)])

    async def has_users(self) -> bool:
        """Tell whether anybody can log in."""
        return await driver_errors(self._database.users.find_one({})) is not None

    async def has_keys(self) -> bool:
        """Tell whether there is any API key."""
        return await driver_errors(self._database["keys"].find_one({})) is not None

    async def session(self, session_id: str, now: datetime) -> Session | None:
        """Return a login that has not ended, or None."""
        return await self._one(Session, {"_id": session_id, "expires_at": {"$gt": now}})

    async def renew_session(self, session: Session) -> None:
        """Move the end of a login on, unless it has ended meanwhile."""
        until = {"$set": {"expires_at": session.expires_at}}
        await driver_errors(self._database.sessions.update_one({"_id": session.id}, until))

    async def keep_session(self, session: Session) -> None:
        """Keep a login."""
        await driver_errors(self._database.sessions.insert_one(to_bson(session)))

    async def saw_device(self, device_id: str, at: datetime, said: Mapping[str, Any]) -> None:
        """Note when a device was last heard of, and in `said` what it told of itself (`info`, `clock_ahead_ms`)."""
        noted = {"$max": {"last_seen_at": at}} | ({"$set": dict(said)} if said else {})
        await driver_errors(self._database.devices.update_one({"_id": device_id}, noted))

    async def ping(self) -> None:
        """Raise unless the database answers and can be written to."""
        await driver_errors(self._database.meta.update_one({"_id": "ready"}, {"$set": {"ready": True}}, upsert=True))

    async def _tickets(self, query: Mapping[str, Any], *, sort: Sequence[tuple[str, int]] = ()) -> list[Ticket]:
        return await self._visibility.visible(await self._all(Ticket, query, sort=sort))

    async def _one(self, kind: type[D], query: Mapping[str, Any]) -> D | None:
        document = await driver_errors(self._database[COLLECTIONS[kind]].find_one(query))
        return None if document is None else from_bson(document, kind)

    async def _all(
        self, kind: type[D], query: Mapping[str, Any], *, sort: Sequence[tuple[str, int]] = (), limit: int = 0
    ) -> list[D]:
        cursor = self._database[COLLECTIONS[kind]].find(query)
        if sort:
            cursor = cursor.sort(list(sort))
        return [from_bson(document, kind) for document in await driver_errors(cursor.limit(limit).to_list(None))]


class StoredWebhooks:
    """Reads webhooks; they are few, and changed by the journal's commands only."""

    def __init__(self, database: Database) -> None:
        self._webhooks = database.webhooks

    async def all(self) -> list[Webhook]:
        """Return all, the oldest first."""
        cursor = self._webhooks.find().sort("created_at", ASCENDING)
        return [from_bson(found, Webhook) for found in await driver_errors(cursor.to_list(None))]

    async def find(self, webhook_id: str) -> Webhook | None:
        """Return one, or None where there is none."""
        found = await driver_errors(self._webhooks.find_one({"_id": webhook_id}))
        return None if found is None else from_bson(found, Webhook)
