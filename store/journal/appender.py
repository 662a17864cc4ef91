"""The appender: all changes of one event that this process makes, in group commits (design.md, the journal).

Commands that wait together are decided together, one after another on the same book, and committed in one
transaction with the journal entries that tell of them. Only then do their answers go out.

A thread works a batch off, from the first read to the commit. The next one begins when the loop has heard all who
stand at the door: whoever was just answered asks again at once, and a batch of all costs each less than two of half.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from contextvars import Context
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import uuid4

import structlog
from pymongo.client_session import ClientSession
from pymongo.errors import DuplicateKeyError

from hub.clock import Clock
from hub.errors import Duplicate, HubError, NotFound, Unavailable
from hub.model.access import Device
from hub.model.base import Document
from hub.model.command import Command, Key, UnitOfWork
from hub.model.event import Event
from hub.model.journal import HUB_STREAM, Stream
from store.journal.host_lock import FairHostLock, courtesy
from store.mongo.connection import Database
from store.mongo.documents import COLLECTIONS, from_bson, to_bson
from store.mongo.errors import UNSTORABLE, unstorable
from store.mongo.statements import (
    FOUND,
    Raw,
    Statement,
    Statements,
    delete,
    documents_in,
    find,
    insert,
    look_up,
    update,
)
from store.mongo.transaction import Transactions

log = structlog.get_logger(__name__)


T = TypeVar("T")

BATCH_COMMANDS = 100
BATCH_ENTRIES = 500
QUIET_TURNS = 4
"""Turns of the loop in which no command comes: as many as a request takes from the socket to the queue."""
GATHER_S = 0.02
"""How long a batch waits for others to join, at most."""
ANSWER_WITHIN_S = 10.0


class _Waiting(Generic[T]):
    """A command, the future that its asker awaits, and what was decided in the batch under way."""

    def __init__(self, command: Command[T], loop: asyncio.AbstractEventLoop) -> None:
        self.command = command
        self.weight = command.weight
        self.done: asyncio.Future[T] = loop.create_future()
        self._answer: Any = None
        self._error: Exception | None = None

    def decide(self, unit: UnitOfWork) -> None:
        """Let the command decide on `book`; what comes out is not told before it is written."""
        self._answer = self._error = None
        try:
            change = self.command.decide(unit)
            unit.apply(change)
            self._answer = change.answer
        except HubError as refusal:
            self._error = refusal
        except Exception as bug:  # a rule that breaks must fail alone, not with the 99 others of its batch
            log.exception("a rule broke", stream=unit.stream.id)
            self._error = bug

    def undo(self, error: Exception) -> None:
        """Take back what was decided: it could not be written."""
        self._error = error

    def tell(self) -> None:
        """Hand what was decided to whoever waits."""
        if self._error is not None:
            self.fail(self._error)
        elif not self.done.done():
            self.done.set_result(self._answer)

    def fail(self, error: Exception) -> None:
        """Hand `error` to whoever waits; does nothing where an answer was given or nobody waits any more."""
        if not self.done.done():
            # A future takes any exception but StopIteration.
            self.done.set_exception(RuntimeError(repr(error)) if isinstance(error, StopIteration) else error)


class _Deadlines:
    """Tells those who wait for longer than `within_s` that nobody knows. One timer for all: it is seldom needed."""

    def __init__(self, within_s: float) -> None:
        self._within_s = within_s
        self._waiting: deque[tuple[float, _Waiting[Any]]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def add(self, waiting: _Waiting[Any], loop: asyncio.AbstractEventLoop) -> None:
        """Look to it that `waiting` is told in time."""
        while self._waiting and self._waiting[0][1].done.done():
            self._waiting.popleft()
        self._waiting.append((loop.time() + self._within_s, waiting))
        if self._timer is None:
            self._look(loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        while self._waiting and (self._waiting[0][0] <= now or self._waiting[0][1].done.done()):
            self._waiting.popleft()[1].fail(Unavailable())
        self._timer = loop.call_at(self._waiting[0][0], self._look, loop) if self._waiting else None


class _House(NamedTuple):
    """The event with its devices, as of a revision of its stream."""

    epoch: str = ""
    revision: int = -1
    event: Event | None = None
    devices: Mapping[str, Device] = MappingProxyType({})


class Appender:
    """Appends to the journal of one stream. Has a task, and one of `threads`, only while commands wait."""

    def __init__(
        self,
        database: Database,
        stream: str,
        folder: Path,
        clock: Clock,
        threads: Executor,
        *,
        answer_within_s: float = ANSWER_WITHIN_S,
    ) -> None:
        self._database = database.delegate
        self._stream = stream
        self._folder = folder
        self._lock = FairHostLock(folder, stream)
        self._clock = clock
        self._threads = threads
        self._deadlines = _Deadlines(answer_within_s)
        self._transactions = Transactions(database.client.delegate)
        self._queue: deque[_Waiting[Any]] = deque()
        self._drain: asyncio.Task[None] | None = None
        self._house = _House()

    @property
    def is_idle(self) -> bool:
        """Whether no command waits."""
        return self._drain is None

    async def append(self, command: Command[T]) -> T:
        """Decide `command` on the event's truth and return its answer once it is written by a majority.

        Raises what the command refuses with, or `Unavailable`: then nobody knows until it is asked again.
        """
        loop = asyncio.get_running_loop()
        waiting = _Waiting(command, loop)
        self._queue.append(waiting)
        if self._drain is None:
            # A context of its own: it works for all, not for the one who happened to come first.
            self._drain = loop.create_task(self._work_off(loop), context=Context())
        self._deadlines.add(waiting, loop)
        return await waiting.done

    async def stop(self) -> None:
        """Finish what waits, then close the lock and the session. Nothing may be appended any more."""
        if self._drain is not None:
            await self._drain
        self._lock.close()
        await asyncio.get_running_loop().run_in_executor(self._threads, self._transactions.close)

    async def _work_off(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            while self._queue:
                await self._gather(loop)
                _tell(await loop.run_in_executor(self._threads, self._work_off_one))
        finally:
            self._drain = None

    async def _gather(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wait until no more commands are on their way through the loop, or a batch is full, or time is over."""
        until = loop.time() + GATHER_S
        quiet_turns, waiting = 0, len(self._queue)
        while quiet_turns < QUIET_TURNS and waiting < BATCH_COMMANDS and loop.time() < until:
            await asyncio.sleep(0)
            quiet_turns = quiet_turns + 1 if len(self._queue) == waiting else 0
            waiting = len(self._queue)

    # --- in a thread -------------------------------------------------------------------------------------------------

    def _work_off_one(self) -> Sequence[_Waiting[Any]]:
        """Settle the commands that come next, and return them with what there is to tell."""
        batch: list[_Waiting[Any]] = []
        try:
            with self._lock.held():
                batch = self._take_batch()
                self._settle_signed(batch)
        except Exception as error:
            log.exception("a batch broke", stream=self._stream)
            batch = batch or self._take_batch()
            _undo(batch, error)
        return batch

    def _take_batch(self) -> list[_Waiting[Any]]:
        """Take the commands that come next, without those whose asker has gone."""
        batch: list[_Waiting[Any]] = []
        weight = 0
        while self._queue and len(batch) < BATCH_COMMANDS:
            if self._queue[0].done.done():
                self._queue.popleft()
                continue
            weight += self._queue[0].weight
            if batch and weight > BATCH_ENTRIES:
                break
            batch.append(self._queue.popleft())
        return batch

    def _settle_signed(self, batch: Sequence[_Waiting[Any]]) -> None:
        """Settle `batch`, with our name in the lock, so that the next holder can end what a kill leaves open."""
        session_id = self._transactions.session_id()
        self._end_what_is_left([self._lock])
        self._lock.sign(session_id)
        self._settle(batch)
        if not self._transactions.is_in_doubt or self._transactions.end(session_id):
            self._lock.sign_off()

    def _settle(self, batch: Sequence[_Waiting[Any]]) -> None:
        """Commit `batch`; where it cannot be written, halve it until the culprit stands alone."""
        if not batch:
            return
        try:
            self._commit(batch)
        except HubError as refusal:
            _undo(batch, refusal)
        except Exception as error:  # whatever one command makes impossible must not fail the 99 others
            if len(batch) == 1:
                _undo(batch, self._refusal_of(error))
                return
            middle = len(batch) // 2
            self._settle(batch[:middle])
            self._settle(batch[middle:])

    def _refusal_of(self, error: Exception) -> Exception:
        """Return why a command that stands alone could not be written; an error of ours stays, and is logged."""
        if isinstance(error, DuplicateKeyError):
            return Duplicate()
        if isinstance(error, UNSTORABLE):
            return unstorable()
        log.exception("a command could not be written", stream=self._stream, exc_info=error)
        return error

    def _commit(self, batch: Sequence[_Waiting[Any]]) -> None:
        """Decide and write `batch` in one transaction.

        The locks of other streams that it bumps are held until it is through, all its tries included: a busy event,
        whose stream is nearly always held, would otherwise hardly ever let a change of its devices pass. Only commands
        on `HUB_STREAM` bump other streams, so that no two appenders wait for each other.
        """
        batch_id = uuid4().hex
        with ExitStack() as courtesies:
            held = {self._stream: self._lock}
            tries = 0

            def work(session: ClientSession) -> _House:
                nonlocal tries
                tries += 1
                if tries > 1:
                    self._end_what_is_left(held.values())
                statements = Statements(self._database, session)
                stream, found = self._see(batch, statements)
                house = self._enter_house(stream, statements)
                book = UnitOfWork(
                    stream=stream,
                    event=house.event,
                    devices=house.devices,
                    documents={key: from_bson(raw, key[0]) for key, raw in found.items()},
                    now=self._clock.now(),
                    batch=batch_id,
                )
                for waiting in batch:
                    waiting.decide(book)
                for other in sorted(book.bumped - held.keys()):
                    held[other] = courtesies.enter_context(courtesy(self._folder, other))
                statements.run(_writes(book, found))
                return house

            self._house = self._transactions.run(work)

    def _end_what_is_left(self, locks: Iterable[FairHostLock]) -> None:
        """End what holders of `locks` before us may have left open: it may stand in our way, or in a migration's."""
        ours = self._transactions.session_id()
        for lock in locks:
            lock.strike_out([name for name in lock.left() if name != ours and self._transactions.end(name)])

    def _see(self, batch: Sequence[_Waiting[Any]], statements: Statements) -> tuple[Stream, dict[Key, Raw]]:
        """Read the stream and all that `batch` wants, as of one moment."""
        wanted: dict[type[Document], set[str]] = {}
        for waiting in batch:
            for kind, document_id in waiting.command.reads():
                wanted.setdefault(kind, set()).add(document_id)
        ids = {COLLECTIONS[kind]: each for kind, each in wanted.items()}
        [reply] = statements.run([look_up("streams", self._stream, ids)])
        for stream in documents_in(reply):
            found: Mapping[str, Sequence[Raw]] = stream.get(FOUND, {})
            by_key = {(kind, raw["_id"]): raw for kind in wanted for raw in found[COLLECTIONS[kind]]}
            return from_bson(stream, Stream), by_key
        raise NotFound("Event not found")

    def _enter_house(self, stream: Stream, statements: Statements) -> _House:
        """Return the event and its devices, read anew where the revision says that they changed."""
        if self._stream == HUB_STREAM or (stream.epoch, stream.revision) == self._house[:2]:
            return self._house
        event = find("events", {"_id": self._stream})
        serving = find("devices", {"event": {"$in": [self._stream, None]}})
        events, devices_found = map(documents_in, statements.run([event, serving]))
        if not events:
            raise NotFound("Event not found")
        devices = [from_bson(device, Device) for device in devices_found]
        by_id = {device.id: device for device in devices}
        return _House(stream.epoch, stream.revision, from_bson(events[0], Event), by_id)


class _Writes:
    """What is to be written to one collection."""

    def __init__(self) -> None:
        self.inserts: list[Raw] = []
        self.updates: list[tuple[Raw, Raw]] = []
        self.deletes: list[str] = []


def _writes(unit: UnitOfWork, found: Mapping[Key, Raw]) -> Iterator[Statement]:
    """Yield what writes all that the book changes; nothing where it changes nothing.

    The stream comes first, and always: of two batches that read the same stream the second conflicts here at once.
    """
    by_collection = _sort(unit, found)
    if not (by_collection or unit.entries or unit.bumped):
        return
    yield update("streams", [({"_id": unit.stream.id}, _advance(unit))])
    for collection, writes in by_collection.items():
        if writes.inserts:
            yield insert(collection, writes.inserts)
        if writes.updates:
            yield update(collection, writes.updates)
        if writes.deletes:
            yield delete(collection, writes.deletes)
    if unit.entries:
        yield insert("journal", [to_bson(entry) for entry in unit.entries])
    others = list(unit.bumped - {unit.stream.id})
    if others:
        yield update("streams", [({"_id": {"$in": others}}, {"$inc": {"revision": 1}})])


def _sort(unit: UnitOfWork, found: Mapping[Key, Raw]) -> Mapping[str, _Writes]:
    """Return what the book changes, by collection."""
    sorted_writes: dict[str, _Writes] = {}
    for key, document in unit.writes():
        kind, document_id = key
        writes = sorted_writes.setdefault(COLLECTIONS[kind], _Writes())
        if document is None:
            writes.deletes.append(document_id)
        elif key in found:
            writes.updates.append(({"_id": document_id}, _change(found[key], to_bson(document))))
        else:
            writes.inserts.append(to_bson(document))
    return sorted_writes


def _change(before: Raw, after: Raw) -> Raw:
    """Return the update that makes `after` of `before`.

    Only fields that changed are set: a whole document put in place of another makes the server look into each index.
    """
    changed = {name: value for name, value in after.items() if name not in before or before[name] != value}
    gone = dict.fromkeys(before.keys() - after.keys(), "")
    return {"$set": {"_id": after["_id"], **changed}, "$unset": gone}


def _undo(batch: Sequence[_Waiting[Any]], error: Exception) -> None:
    for waiting in batch:
        waiting.undo(error)


def _tell(batch: Sequence[_Waiting[Any]]) -> None:
    for waiting in batch:
        waiting.tell()


def _advance(unit: UnitOfWork) -> dict[str, Any]:
    bumped = {"revision": 1} if unit.stream.id in unit.bumped else {}
    numbered = {"seq": unit.stream.seq} if unit.entries else {}
    return {"$set": {"_id": unit.stream.id, **numbered}, "$inc": {"touch": 1, **unit.effect, **bumped}}
