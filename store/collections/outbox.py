"""The outbox's own documents: consumers' cursors, the letters they wrote, and the lanes those wait in."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from pymongo import ASCENDING, DESCENDING, UpdateOne
from pymongo.errors import DuplicateKeyError

from hub.model.journal import HUB_STREAM
from hub.model.outbox import Cursor, Lane, Message, MessagePage, MessageState
from store.mongo.connection import Database
from store.mongo.documents import from_bson, to_bson
from store.mongo.errors import driver_errors

OF_ONE_VERSION = ("attempts", "status", "reason", "tried_at")
"""What a letter that takes another's place does not take over."""


class Cursors:
    """How far each consumer has read each stream."""

    def __init__(self, database: Database) -> None:
        self._cursors = database.cursors
        self._streams = database.streams

    async def begin(self, consumer: str) -> dict[str, Cursor]:
        """Return a consumer's cursors by stream; one that has none gets them where all streams stand now.

        The hub's own stream comes last, and so marks that the others are there.
        """
        if await driver_errors(self._cursors.find_one({"_id": f"{consumer}/{HUB_STREAM}"})) is None:
            standing = await driver_errors(self._streams.find({}, {"epoch": 1, "seq": 1}).to_list(None))
            for found in sorted(standing, key=lambda found: bool(found["_id"] == HUB_STREAM)):
                await self.move(_cursor(consumer, found))
        mine = await driver_errors(self._cursors.find({"consumer": consumer}).to_list(None))
        return {cursor.stream: cursor for cursor in (from_bson(found, Cursor) for found in mine)}

    async def move(self, cursor: Cursor) -> None:
        """Write down where a consumer is, unless it is further already: whoever led before may be late."""
        not_further = {"$or": [{"epoch": {"$ne": cursor.epoch}}, {"seq": {"$lte": cursor.seq}}]}
        try:
            await driver_errors(
                self._cursors.replace_one({"_id": cursor.id, **not_further}, to_bson(cursor), upsert=True)
            )
        except DuplicateKeyError:
            return

    async def drop(self, cursor: Cursor) -> None:
        """Forget a stream that is gone."""
        await driver_errors(self._cursors.delete_one({"_id": cursor.id}))


class Messages:
    """Letters and lanes. A lane is there while any of its letters waits; one process at a time works on it."""

    def __init__(self, database: Database) -> None:
        self._letters = database.letters
        self._lanes = database.lanes

    async def write(self, letters: Sequence[Message]) -> None:
        """Write letters that are not there yet, or that take the place of older ones, and open their lanes."""
        latest = {letter.id: letter for letter in letters}.values()
        await driver_errors(self._letters.bulk_write([_write(letter) for letter in latest], ordered=False))
        lanes = {letter.lane: letter for letter in latest}.values()
        await driver_errors(self._lanes.bulk_write([_open(letter) for letter in lanes], ordered=False))

    # --- what is to be sent ----------------------------------------------------------------------------------------

    async def due(self, consumer: str, now: datetime, busy: Collection[str], limit: int) -> list[Lane]:
        """Return lanes that may go on, `busy` ones aside, those first that wait for longest."""
        wanted = {"consumer": consumer, "due_at": {"$lte": now}, "_id": {"$nin": list(busy)}}
        cursor = self._lanes.find(wanted).sort("due_at", ASCENDING).limit(limit)
        return [from_bson(found, Lane) for found in await driver_errors(cursor.to_list(None))]

    async def lane(self, lane: str) -> Lane | None:
        """Return a lane, or None where nothing waits in it."""
        found = await driver_errors(self._lanes.find_one({"_id": lane}))
        return None if found is None else from_bson(found, Lane)

    async def head(self, lane: str) -> Message | None:
        """Return the letter of a lane that goes next."""
        waiting = {"lane": lane, "state": "waiting"}
        found = await driver_errors(self._letters.find_one(waiting, sort=[("seq", ASCENDING)]))
        return None if found is None else from_bson(found, Message)

    async def close(self, lane: Lane) -> bool:
        """Remove an empty lane; False where a letter came in since `lane` was read."""
        gone = await driver_errors(self._lanes.delete_one({"_id": lane.id, "version": lane.version}))
        return bool(gone.deleted_count)

    async def send_again(self, letter: Message, now: datetime) -> Message | None:
        """Let a letter wait again, in a lane of its own; None where it waits already, or is gone."""
        again = msgspec.structs.replace(letter, state="waiting", lane=letter.again_lane)
        again = msgspec.structs.replace(again, written_at=now, attempts=0, version=letter.version + 1)
        fresh = {"state": again.state, "lane": again.lane, "written_at": now, "attempts": 0, "version": again.version}
        settled = {**_this(letter), "state": {"$ne": "waiting"}}
        changed = await driver_errors(self._letters.update_one(settled, {"$set": fresh}))
        if not changed.modified_count:
            return None
        await driver_errors(self._lanes.bulk_write([_open(again)]))
        return again

    async def hurry(self, consumer: str, target: str, now: datetime) -> None:
        """Let what waits for a target go at once, as if it had never failed."""
        lanes = {"consumer": consumer, "target": target}
        await driver_errors(self._lanes.update_many(lanes, {"$set": {"due_at": now, "failures": 0}}))

    # --- what became of it -------------------------------------------------------------------------------------------

    async def put_off(self, lane: Lane, until: datetime) -> None:
        """Let a lane rest until then, with as many failures as `lane` tells."""
        later = {"$set": {"due_at": until, "failures": lane.failures}}
        await driver_errors(self._lanes.update_one({"_id": lane.id}, later))

    async def delivered(self, letter: Message, at: datetime, status: int | None, *, keep: bool) -> None:
        """Record that this version of a letter was delivered, or drop it; one that was replaced meanwhile waits on."""
        if not keep:
            await driver_errors(self._letters.delete_one(_this(letter)))
            return
        await self._record(letter, at, "delivered", status, None)

    async def failed(
        self, letter: Message, at: datetime, state: MessageState, *, status: int | None, reason: str
    ) -> None:
        """Record that an attempt failed, and whether the letter waits on or was set aside."""
        await self._record(letter, at, state, status, reason)

    async def find(self, letter: str) -> Message | None:
        """Return a letter, or None where there is none."""
        found = await driver_errors(self._letters.find_one({"_id": letter}))
        return None if found is None else from_bson(found, Message)

    async def of(self, consumer: str, target: str, page: MessagePage) -> list[Message]:
        """Return a target's letters, newest first."""
        return await self._page({"consumer": consumer, "target": target}, page)

    async def of_state(self, state: MessageState, page: MessagePage) -> list[Message]:
        """Return the letters of all consumers in a state, newest first."""
        return await self._page({"state": state}, page)

    async def forget(self, consumer: str, target: str) -> None:
        """Delete all letters of a target, whatever became of them."""
        of_it = {"consumer": consumer, "target": target}
        await driver_errors(self._letters.delete_many(of_it))
        await driver_errors(self._lanes.delete_many(of_it))

    async def trim(self, before: datetime, limit: int) -> int:
        """Delete letters that were settled and written before then, `limit` at most; return how many."""
        old = {"state": {"$in": ["delivered", "set_aside"]}, "written_at": {"$lt": before}}
        found = await driver_errors(self._letters.find(old, {"_id": 1}).limit(limit).to_list(None))
        gone = await driver_errors(self._letters.delete_many({"_id": {"$in": [each["_id"] for each in found]}}))
        return int(gone.deleted_count)

    async def _page(self, wanted: dict[str, Any], page: MessagePage) -> list[Message]:
        if page.state is not None:
            wanted["state"] = page.state
        if page.after is not None:
            wanted["$or"] = _after(*page.after)
        newest = [("written_at", DESCENDING), ("seq", DESCENDING), ("_id", DESCENDING)]
        cursor = self._letters.find(wanted).sort(newest).limit(page.limit)
        return [from_bson(found, Message) for found in await driver_errors(cursor.to_list(None))]

    async def _record(
        self, letter: Message, at: datetime, state: MessageState, status: int | None, reason: str | None
    ) -> None:
        told: dict[str, Any] = {"state": state, "tried_at": at, "status": status, "reason": reason}
        change = {"$set": told, "$inc": {"attempts": 1}}
        await driver_errors(self._letters.update_one(_this(letter), change))


def _cursor(consumer: str, stream: dict[str, Any]) -> Cursor:
    name, epoch, seq = stream["_id"], stream["epoch"], stream.get("seq", 0)
    return Cursor(id=f"{consumer}/{name}", consumer=consumer, stream=name, epoch=epoch, seq=seq)


def _after(written_at: datetime, seq: int, letter: str) -> list[dict[str, Any]]:
    return [
        {"written_at": {"$lt": written_at}},
        {"written_at": written_at, "seq": {"$lt": seq}},
        {"written_at": written_at, "seq": seq, "_id": {"$lt": letter}},
    ]


def _this(letter: Message) -> dict[str, Any]:
    return {"_id": letter.id, "version": letter.version}


def _write(letter: Message) -> UpdateOne:
    document = to_bson(letter)
    if not letter.replaces:
        return UpdateOne({"_id": letter.id}, {"$setOnInsert": document}, upsert=True)
    del document["_id"], document["version"]
    change = {"$set": document, "$inc": {"version": 1}, "$unset": dict.fromkeys(OF_ONE_VERSION, "")}
    return UpdateOne({"_id": letter.id}, change, upsert=True)


def _open(letter: Message) -> UpdateOne:
    fresh = {"consumer": letter.consumer, "target": letter.target, "due_at": letter.written_at}
    return UpdateOne({"_id": letter.lane}, {"$setOnInsert": fresh, "$inc": {"version": 1}}, upsert=True)
