"""The appender: all changes of one event that this process makes, in group commits (design.md, the journal).

Commands that wait together are decided together, one after another on the same book, and committed in one
transaction with the journal entries that tell of them. Only then do their answers go out.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from bson.errors import InvalidDocument
from motor.motor_asyncio import AsyncIOMotorClientSession
from pymongo import DeleteOne, InsertOne, ReplaceOne
from pymongo.errors import PyMongoError

from hub.change import Book, Change, Command, Key
from hub.clock import Clock
from hub.errors import HubError, NotFound, Unavailable
from hub.model import HUB_STREAM, Device, Document, Event, Stream
from store.connection import Database
from store.courtesy import CourtesyLock
from store.documents import COLLECTIONS, from_bson, to_bson
from store.transaction import run_transaction

log = logging.getLogger(__name__)

BATCH_COMMANDS = 100
BATCH_ENTRIES = 500


class _Waiting:
    """A command, the future that its asker awaits, and what became of it in the batch under way."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.answer: Any = None
        self.error: Exception | None = Unavailable()

    def resolve(self) -> None:
        """Hand the answer, or the refusal, to whoever waits; nobody may wait any more."""
        if self.done.done():
            return
        if self.error is not None:
            self.done.set_exception(self.error)
        else:
            self.done.set_result(self.answer)


class _Attempt:
    """What the last try of a batch would have written, to know it again after a commit without a result."""

    def __init__(self, batch: str) -> None:
        self.batch = batch
        self.first = 0
        self.wrote = False


class Appender:
    """Appends to the journal of one stream. Has a task only while commands wait."""

    def __init__(self, database: Database, stream: str, lock: CourtesyLock, clock: Clock) -> None:
        self._database = database
        self._stream = stream
        self._lock = lock
        self._clock = clock
        self._queue: deque[_Waiting] = deque()
        self._drain: asyncio.Task[None] | None = None
        self._revision = -1
        self._event: Event | None = None
        self._devices: dict[str, Device] = {}

    async def append(self, command: Command) -> Any:
        """Decide `command` on the event's truth and return its answer once it is written by a majority.

        Raises what the command refuses with, or `Unavailable`: then nobody knows until it is asked again.
        """
        waiting = _Waiting(command)
        self._queue.append(waiting)
        if self._drain is None:
            self._drain = asyncio.create_task(self._work_off())
        return await waiting.done

    async def stop(self) -> None:
        """Finish what waits, then rest and close the lock."""
        if self._drain is not None:
            await self._drain
        self._lock.close()

    async def _work_off(self) -> None:
        try:
            while self._queue:
                await self._work_off_one()
        finally:
            self._drain = None

    async def _work_off_one(self) -> None:
        batch: list[_Waiting] = []
        try:
            async with self._lock.held():
                batch = self._take_batch()
                await self._settle(batch)
        finally:
            for waiting in batch:
                waiting.resolve()

    def _take_batch(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        weight = 0
        while self._queue and len(batch) < BATCH_COMMANDS:
            weight += self._queue[0].command.weight
            if batch and weight > BATCH_ENTRIES:
                break
            batch.append(self._queue.popleft())
        return batch

    async def _settle(self, batch: Sequence[_Waiting]) -> None:
        """Commit `batch`; where it cannot be written, halve it until the culprit stands alone."""
        try:
            await self._commit(batch)
        except HubError as refusal:
            self._refuse(batch, refusal)
        except (PyMongoError, InvalidDocument, OverflowError) as error:
            if len(batch) == 1:
                log.exception("a command could not be written", extra={"stream": self._stream})
                self._refuse(batch, error)
                return
            middle = len(batch) // 2
            await self._settle(batch[:middle])
            await self._settle(batch[middle:])

    def _refuse(self, batch: Sequence[_Waiting], error: Exception) -> None:
        for waiting in batch:
            waiting.error = error

    async def _commit(self, batch: Sequence[_Waiting]) -> None:
        attempt = _Attempt(uuid4().hex)

        async def work(session: AsyncIOMotorClientSession) -> None:
            stream = await self._touch(session)
            if await self._is_written(attempt, session):
                return
            await self._refresh(stream, session)
            documents = await self._read(batch, session)
            book = Book(
                stream=stream,
                event=self._event,
                devices=self._devices,
                documents=documents,
                now=self._clock.now(),
                batch=attempt.batch,
            )
            attempt.first = book.next_seq
            self._decide(batch, book)
            await self._write(book, session)
            attempt.wrote = bool(book.entries)

        await run_transaction(self._database.client, work)

    async def _touch(self, session: AsyncIOMotorClientSession) -> Stream:
        """Take hold of the stream before anything is read: whoever comes second conflicts here, at no cost."""
        document = await self._database.streams.find_one_and_update(
            {"_id": self._stream}, {"$inc": {"touch": 1}}, session=session
        )
        if document is None:
            raise NotFound("Event not found")
        return from_bson(document, Stream)

    async def _is_written(self, attempt: "_Attempt", session: AsyncIOMotorClientSession) -> bool:
        """Tell whether an earlier try of this batch was committed although its result never became known.

        Exact, because the touch before it waits for any commit that still holds the stream.
        """
        if not attempt.wrote:
            return False
        entry = await self._database.journal.find_one({"event": self._stream, "seq": attempt.first}, session=session)
        return entry is not None and entry["batch"] == attempt.batch

    async def _refresh(self, stream: Stream, session: AsyncIOMotorClientSession) -> None:
        """Read the event and its devices anew where the revision says that they changed."""
        if self._stream == HUB_STREAM or stream.revision == self._revision:
            return
        self._revision = -1
        event = await self._database.events.find_one({"_id": self._stream}, session=session)
        if event is None:
            raise NotFound("Event not found")
        serving = self._database.devices.find({"event": {"$in": [self._stream, None]}}, session=session)
        self._devices = {device.id: device for device in [from_bson(d, Device) async for d in serving]}
        self._event = from_bson(event, Event)
        self._revision = stream.revision

    async def _read(self, batch: Sequence[_Waiting], session: AsyncIOMotorClientSession) -> dict[Key, Document]:
        wanted: dict[type[Document], set[str]] = {}
        for waiting in batch:
            for kind, document_id in waiting.command.wants():
                wanted.setdefault(kind, set()).add(document_id)
        found: dict[Key, Document] = {}
        for kind, ids in wanted.items():
            cursor = self._database[COLLECTIONS[kind]].find({"_id": {"$in": list(ids)}}, session=session)
            for document in await cursor.to_list(None):
                found[kind, document["_id"]] = from_bson(document, kind)
        return found

    def _decide(self, batch: Sequence[_Waiting], book: Book) -> None:
        for waiting in batch:
            waiting.error = None
            try:
                change: Change = waiting.command.decide(book)
                book.apply(change)
                waiting.answer = change.answer
            except HubError as refusal:
                waiting.error = refusal
            except Exception as bug:  # a rule that breaks must fail alone, not with the 99 others of its batch
                log.exception("a rule broke", extra={"stream": self._stream})
                waiting.error = bug

    async def _write(self, book: Book, session: AsyncIOMotorClientSession) -> None:
        writes: dict[str, list[Any]] = {}
        for (kind, document_id), document, existed in book.writes():
            writes.setdefault(COLLECTIONS[kind], []).append(_write(document_id, document, existed))
        for collection, operations in writes.items():
            await self._database[collection].bulk_write(operations, ordered=False, session=session)
        if book.entries:
            await self._database.journal.insert_many([to_bson(entry) for entry in book.entries], session=session)
            await self._database.streams.update_one({"_id": self._stream}, _advance(book), session=session)
        others = list(book.bumped - {self._stream})
        if others:
            await self._database.streams.update_many(
                {"_id": {"$in": others}}, {"$inc": {"revision": 1}}, session=session
            )


def _write(document_id: str, document: Document | None, existed: bool) -> Any:
    if document is None:
        return DeleteOne({"_id": document_id})
    if existed:
        return ReplaceOne({"_id": document_id}, to_bson(document))
    return InsertOne(to_bson(document))


def _advance(book: Book) -> dict[str, Any]:
    bumped = {"revision": 1} if book.stream.id in book.bumped else {}
    return {"$set": {"seq": book.stream.seq}, "$inc": {"touch": 0, **book.effect, **bumped}}
