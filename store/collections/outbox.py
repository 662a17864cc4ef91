"""Outbox collections: consumers' cursors, messages (`letters`) and their partitions (`lanes`)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from pymongo import ASCENDING, DESCENDING, UpdateOne
from pymongo.errors import DuplicateKeyError

from hub.model.journal import HUB_STREAM
from hub.model.outbox import Backlog, Cursor, Message, MessagePage, MessageState, Partition
from store.mongo.connection import Database
from store.mongo.documents import from_bson, to_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import count_some, read_all, read_documents, read_first

OF_ONE_VERSION = ("attempts", "status", "reason", "tried_at")
"""Fields that a message does not take over from the one it replaces."""


class Cursors:
    """Cursors: each consumer's position in each stream."""

    def __init__(self, database: Database) -> None:
        self._cursors = database.cursors
        self._streams = database.streams

    async def begin(self, consumer: str) -> dict[str, Cursor]:
        """Return a consumer's cursors by stream; a new consumer's are made at the current end of each stream.

        The hub's own stream comes last, and so marks that the others are there.
        """
        if not await read_documents(self._cursors.find({"_id": f"{consumer}/{HUB_STREAM}"})):
            positions = await read_documents(self._streams.find({}, {"epoch": 1, "seq": 1}))
            for found in sorted(positions, key=lambda found: bool(found["_id"] == HUB_STREAM)):
                await self.move(_cursor(consumer, found))
        mine = await read_all(self._cursors.find({"consumer": consumer}), Cursor)
        return {cursor.stream: cursor for cursor in mine}

    async def move(self, cursor: Cursor) -> None:
        """Save a cursor, unless the saved one is further: a former leader may write late."""
        not_further = {"$or": [{"epoch": {"$ne": cursor.epoch}}, {"seq": {"$lte": cursor.seq}}]}
        try:
            with driver_errors():
                await self._cursors.replace_one({"_id": cursor.id, **not_further}, to_bson(cursor), upsert=True)
        except DuplicateKeyError:
            return

    async def drop(self, cursor: Cursor) -> None:
        """Delete the cursor of a deleted stream."""
        with driver_errors():
            await self._cursors.delete_one({"_id": cursor.id})


class Messages:
    """Messages and their partitions. A partition exists while any of its messages waits; one process works on it."""

    def __init__(self, database: Database) -> None:
        self._messages = database.letters
        self._partitions = database.lanes

    async def write(self, messages: Sequence[Message]) -> None:
        """Insert new messages, replace those that `replaces` names, and open their partitions. Idempotent."""
        latest = {message.id: message for message in messages}.values()
        with driver_errors():
            await self._messages.bulk_write([_write(message) for message in latest], ordered=False)
        partitions = {message.partition: message for message in latest}.values()
        with driver_errors():
            await self._partitions.bulk_write([_open(message) for message in partitions], ordered=False)

    # --- sending ---------------------------------------------------------------------------------------------------

    async def due(self, consumer: str, now: datetime, busy: Collection[str], limit: int) -> list[Partition]:
        """Return due partitions but the `busy` ones, longest due first."""
        wanted = {"consumer": consumer, "due_at": {"$lte": now}, "_id": {"$nin": list(busy)}}
        cursor = self._partitions.find(wanted).sort("due_at", ASCENDING).limit(limit)
        return await read_all(cursor, Partition)

    async def partition(self, partition: str) -> Partition | None:
        """Return a partition, or None where no message waits in it."""
        with driver_errors():
            found = await self._partitions.find_one({"_id": partition})
        return None if found is None else from_bson(found, Partition)

    async def head(self, partition: str) -> Message | None:
        """Return the next message of a partition, or None."""
        waiting = {"lane": partition, "state": "waiting"}
        with driver_errors():
            found = await self._messages.find_one(waiting, sort=[("seq", ASCENDING)])
        return None if found is None else from_bson(found, Message)

    async def close(self, partition: Partition) -> bool:
        """Delete an empty partition; return False where a message came in since `partition` was read."""
        with driver_errors():
            deleted = await self._partitions.delete_one({"_id": partition.id, "version": partition.version})
        return bool(deleted.deleted_count)

    async def send_again(self, message: Message, now: datetime) -> Message | None:
        """Let a message wait again, in a partition of its own; None where it waits already, or is deleted."""
        again = msgspec.structs.replace(message, state="waiting", partition=message.resend_partition)
        again = msgspec.structs.replace(again, written_at=now, attempts=0, version=message.version + 1)
        fresh = {
            "state": again.state,
            "lane": again.partition,
            "written_at": now,
            "attempts": 0,
            "version": again.version,
        }
        settled = {**_this(message), "state": {"$ne": "waiting"}}
        with driver_errors():
            changed = await self._messages.update_one(settled, {"$set": fresh})
        if not changed.modified_count:
            return None
        with driver_errors():
            await self._partitions.bulk_write([_open(again)])
        return again

    async def expedite(self, consumer: str, target: str, now: datetime) -> None:
        """Make all partitions of a target due at once, as if none had failed."""
        partitions = {"consumer": consumer, "target": target}
        afresh = {"$set": {"due_at": now, "failures": 0}, "$inc": {"expedited": 1}}
        with driver_errors():
            await self._partitions.update_many(partitions, afresh)

    # --- results ---------------------------------------------------------------------------------------------------

    async def postpone(self, partition: Partition, until: datetime) -> None:
        """Make a partition due at `until`, and save its count of failures; not where it was expedited since read."""
        as_read = {"_id": partition.id, "expedited": {"$not": {"$gt": partition.expedited}}}
        later = {"$set": {"due_at": until, "failures": partition.failures}}
        with driver_errors():
            await self._partitions.update_one(as_read, later)

    async def delivered(self, message: Message, at: datetime, status: int | None, *, keep: bool) -> None:
        """Record this version of a message as delivered, or delete it; one replaced meanwhile stays waiting."""
        if not keep:
            with driver_errors():
                await self._messages.delete_one(_this(message))
            return
        await self._record(message, at, "delivered", status, None)

    async def failed(
        self, message: Message, at: datetime, state: MessageState, *, status: int | None, reason: str
    ) -> None:
        """Record a failed attempt; `state` is `waiting` for a retry, `set_aside` for a dead letter."""
        await self._record(message, at, state, status, reason)

    # --- listing ---------------------------------------------------------------------------------------------------

    async def find(self, message_id: str) -> Message | None:
        """Return a message, or None."""
        with driver_errors():
            found = await self._messages.find_one({"_id": message_id})
        return None if found is None else from_bson(found, Message)

    async def of(self, consumer: str, target: str, page: MessagePage) -> list[Message]:
        """Return a target's messages, newest first."""
        return await self._page({"consumer": consumer, "target": target}, page)

    async def of_state(self, state: MessageState, page: MessagePage) -> list[Message]:
        """Return the messages of all consumers in a state, newest first."""
        return await self._page({"state": state}, page)

    async def count_of(self, consumer: str, target: str, state: MessageState | None) -> int | None:
        """Return how many messages a target has, of one state or of all; None where they are too many to count."""
        of_state = {} if state is None else {"state": state}
        return await count_some(self._messages, {"consumer": consumer, "target": target, **of_state})

    async def count_of_state(self, state: MessageState) -> int | None:
        """Return how many messages of all consumers are in a state, None where they are too many to count."""
        return await count_some(self._messages, {"state": state})

    async def unsent(self) -> Backlog:
        """Return how many messages wait, since when the oldest of them does, and how many are set aside."""
        with driver_errors():
            waiting = await self._messages.count_documents({"state": "waiting"})
            set_aside = await self._messages.count_documents({"state": "set_aside"})
            oldest = await self._messages.find_one(
                {"state": "waiting"}, {"_id": 0, "written_at": 1}, sort=[("written_at", ASCENDING)]
            )
        since = (oldest or {}).get("written_at")
        return Backlog(
            waiting=waiting, set_aside=set_aside, waiting_since=since if isinstance(since, datetime) else None
        )

    async def delete_target(self, consumer: str, target: str) -> None:
        """Delete all messages of a target, in whatever state."""
        of_target = {"consumer": consumer, "target": target}
        with driver_errors():
            await self._messages.delete_many(of_target)
            await self._partitions.delete_many(of_target)

    async def trim(self, before: datetime, limit: int) -> int:
        """Delete settled messages written before then, `limit` at most; return how many."""
        old = {"state": {"$in": ["delivered", "set_aside"]}, "written_at": {"$lt": before}}
        found = await read_documents(self._messages.find(old, {"_id": 1}).limit(limit))
        with driver_errors():
            deleted = await self._messages.delete_many({"_id": {"$in": [each["_id"] for each in found]}})
        return int(deleted.deleted_count)

    async def _page(self, wanted: dict[str, Any], page: MessagePage) -> list[Message]:
        if page.state is not None:
            wanted["state"] = page.state
        if page.after is not None:
            wanted["$or"] = _after(*page.after)
        newest = [("written_at", DESCENDING), ("seq", DESCENDING), ("_id", DESCENDING)]
        return await read_first(self._messages.find(wanted).sort(newest), Message, page.limit)

    async def _record(
        self, message: Message, at: datetime, state: MessageState, status: int | None, reason: str | None
    ) -> None:
        result: dict[str, Any] = {"state": state, "tried_at": at, "status": status, "reason": reason}
        change = {"$set": result, "$inc": {"attempts": 1}}
        with driver_errors():
            await self._messages.update_one(_this(message), change)


def _cursor(consumer: str, stream: dict[str, Any]) -> Cursor:
    name, epoch, seq = stream["_id"], stream["epoch"], stream.get("seq", 0)
    return Cursor(id=f"{consumer}/{name}", consumer=consumer, stream=name, epoch=epoch, seq=seq)


def _after(written_at: datetime, seq: int, message: str) -> list[dict[str, Any]]:
    return [
        {"written_at": {"$lt": written_at}},
        {"written_at": written_at, "seq": {"$lt": seq}},
        {"written_at": written_at, "seq": seq, "_id": {"$lt": message}},
    ]


def _this(message: Message) -> dict[str, Any]:
    return {"_id": message.id, "version": message.version}


def _write(message: Message) -> UpdateOne:
    document = to_bson(message)
    if not message.replaces:
        return UpdateOne({"_id": message.id}, {"$setOnInsert": document}, upsert=True)
    del document["_id"], document["version"]
    change = {"$set": document, "$inc": {"version": 1}, "$unset": dict.fromkeys(OF_ONE_VERSION, "")}
    return UpdateOne({"_id": message.id}, change, upsert=True)


def _open(message: Message) -> UpdateOne:
    fresh = {"consumer": message.consumer, "target": message.target, "due_at": message.written_at}
    return UpdateOne({"_id": message.partition}, {"$setOnInsert": fresh, "$inc": {"version": 1}}, upsert=True)
