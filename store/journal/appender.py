"""Appender: group commits of all changes that this process makes of one event (docs/architecture.md, The journal).

Commands that wait together are decided one after another on the same unit of work, and committed in one transaction
with their journal entries. Only then do their callers get the answers.

A thread executes a batch, from the first read to the commit. The next batch begins when no more commands are on their
way through the loop: callers that were just answered ask again at once, and a batch of all costs each of them less than
two of half.
"""

import asyncio
import time
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from contextvars import Context
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

import structlog
from pymongo import WriteConcern
from pymongo.client_session import ClientSession
from pymongo.errors import DuplicateKeyError

from hub.clock import Clock
from hub.errors import Duplicate, HubError, NotFound, Unavailable, Unreadable
from hub.model.access import Device
from hub.model.base import Document
from hub.model.command import Command, Key, UnitOfWork
from hub.model.event import Event
from hub.model.journal import HUB_STREAM, Stream
from store.journal.host_lock import FairHostLock, host_lock
from store.journal.observer import NO_OBSERVER, JournalObserver
from store.journal.pending import Deadlines, PendingCommand
from store.journal.writes import touch_streams, write_statements
from store.mongo.connection import Database
from store.mongo.documents import COLLECTIONS, from_bson, readable
from store.mongo.errors import UNSTORABLE, unstorable
from store.mongo.statements import FOUND, Raw, Statements, documents_in, find, look_up
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
CONTENDED_S = 1.0
"""How long after a conflict another host counts as one that writes the same stream."""


class _EventState(NamedTuple):
    """Cache of the event with its devices, as of a revision of its stream."""

    epoch: str = ""
    revision: int = -1
    event: Event | None = None
    devices: Mapping[str, Device] = MappingProxyType({})


class Appender:
    """Appender of one stream: group commit of its commands. Has a task, and one of `threads`, only while any wait."""

    def __init__(
        self,
        database: Database,
        stream: str,
        folder: Path,
        clock: Clock,
        threads: Executor,
        *,
        observer: JournalObserver = NO_OBSERVER,
        answer_within_s: float = ANSWER_WITHIN_S,
    ) -> None:
        self._database = database.delegate
        self._stream = stream
        self._folder = folder
        self._lock = FairHostLock(folder, stream)
        self._clock = clock
        self._threads = threads
        self._deadlines = Deadlines(answer_within_s)
        self._observer = observer
        self._transactions = Transactions(database.client.delegate, notify=observer.notify)
        self._queue: deque[PendingCommand[Any]] = deque()
        self._drain: asyncio.Task[None] | None = None
        self._event_state = _EventState()
        self._contended_until = 0.0

    @property
    def is_idle(self) -> bool:
        """Whether no command waits."""
        return self._drain is None

    async def append(self, command: Command[T]) -> T:
        """Run `command` in a transaction and return its answer once a majority has it.

        Raises what the command raises, or `Unavailable`: then it is unknown whether it was carried out.
        """
        loop = asyncio.get_running_loop()
        pending = PendingCommand(command, loop, self._observer.request_id(), self._observer.origin())
        self._queue.append(pending)
        if self._drain is None:
            # A context of its own: it works for all callers, not for the first of them.
            self._drain = loop.create_task(self._drain_queue(loop), context=Context())
        self._deadlines.add(pending, loop)
        return await pending.done

    async def stop(self) -> None:
        """Finish the commands that wait, then close the lock and the session. Nothing may be appended any more."""
        if self._drain is not None:
            await self._drain
        self._lock.close()
        await asyncio.get_running_loop().run_in_executor(self._threads, self._transactions.close)

    async def _drain_queue(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            while self._queue:
                await self._gather(loop)
                _resolve(await loop.run_in_executor(self._threads, self._run_batch))
        finally:
            self._drain = None

    async def _gather(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wait until no more commands are on their way through the loop, or a batch is full, or `GATHER_S` is over."""
        until = loop.time() + GATHER_S
        quiet_turns, waiting = 0, len(self._queue)
        while quiet_turns < QUIET_TURNS and waiting < BATCH_COMMANDS and loop.time() < until:
            await asyncio.sleep(0)
            quiet_turns = quiet_turns + 1 if len(self._queue) == waiting else 0
            waiting = len(self._queue)

    # --- in a thread -------------------------------------------------------------------------------------------------

    def _run_batch(self) -> Sequence[PendingCommand[Any]]:
        """Execute the next commands of the queue, and return them with their results."""
        batch: list[PendingCommand[Any]] = []
        try:
            with self._lock.held():
                batch = self._take_batch()
                self._execute_signed(batch)
        except Exception as error:
            log.exception("a batch broke", stream=self._stream)
            batch = batch or self._take_batch()
            _roll_back(batch, error)
        return batch

    def _take_batch(self) -> list[PendingCommand[Any]]:
        """Take the next commands off the queue, without those whose caller is gone."""
        batch: list[PendingCommand[Any]] = []
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

    def _execute_signed(self, batch: Sequence[PendingCommand[Any]]) -> None:
        """Execute `batch` with our session recorded in the lock: the next holder can end one left open by a kill."""
        session_id = self._transactions.session_id()
        self._end_unfinished([self._lock])
        self._lock.record_holder(session_id)
        self._execute(batch)
        if not self._transactions.is_in_doubt or self._transactions.end(session_id):
            self._lock.clear_holder()

    def _execute(self, batch: Sequence[PendingCommand[Any]]) -> None:
        """Commit `batch`; where it cannot be written, halve it until the command at fault stands alone."""
        if not batch:
            return
        try:
            self._commit(batch)
        except Exception as error:  # whatever one command makes impossible must not fail the 99 others
            is_of_all = isinstance(error, HubError) and not isinstance(error, Unreadable)
            if isinstance(error, Unavailable):
                self._observer.failed()
            if is_of_all or len(batch) == 1:
                _roll_back(batch, self._refusal_of(error))
                return
            middle = len(batch) // 2
            self._execute(batch[:middle])
            self._execute(batch[middle:])

    def _refusal_of(self, error: Exception) -> Exception:
        """Error of commands that could not be written; one that is not the hub's stays, and is logged."""
        if isinstance(error, HubError):
            return error
        if isinstance(error, DuplicateKeyError):
            return Duplicate()
        if isinstance(error, UNSTORABLE):
            return unstorable()
        log.exception("a command could not be written", stream=self._stream, exc_info=error)
        return error

    def _commit(self, batch: Sequence[PendingCommand[Any]]) -> None:
        """Decide and write `batch` in one transaction, tried again until it is committed: the unit of work.

        The locks of other streams that it bumps are held until the end, all its tries included: a busy event,
        whose stream is nearly always held, would otherwise hardly ever let a change of its devices pass. Only commands
        on `HUB_STREAM` bump other streams, so that no two appenders wait for each other.
        """
        began = time.monotonic()
        with self._observer.transaction([each.origin for each in batch]), ExitStack() as other_locks:
            tries = _Tries(batch, uuid4().hex, {self._stream: self._lock}, other_locks)
            self._event_state = self._transactions.run(
                partial(self._attempt, tries),
                wait_first=partial(self._wait_for_turn, tries.held) if self._is_contended else None,
                after_conflict=partial(self._wait_after_conflict, tries.held),
            )
        self._observer.committed(commands=len(batch), entries=tries.entries, took_s=time.monotonic() - began)

    def _attempt(self, tries: "_Tries", session: ClientSession) -> _EventState:
        """Read, decide and write a batch once, in the transaction of `session`; return the event as it was read."""
        if tries.is_another():
            self._end_unfinished(tries.held.values())
        statements = Statements(self._database, session)
        if self._is_contended:
            statements.run([touch_streams(tries.held)])
        stream, found = self._read(tries.batch, statements)
        state = self._current_event_state(stream, statements)
        unit = UnitOfWork(
            stream=stream,
            event=state.event,
            devices=state.devices,
            documents={key: from_bson(raw, key[0]) for key, raw in found.items()},
            now=self._clock.now(),
            batch=tries.batch_id,
        )
        for pending in tries.batch:
            pending.decide(unit)
        tries.hold(self._folder, unit.bumped)
        statements.run(write_statements(unit, found))
        tries.entries = len(unit.entries)
        return state

    @property
    def _is_contended(self) -> bool:
        """Whether another host wrote these streams just now: a batch then waits first, in place of a try in vain."""
        return time.monotonic() < self._contended_until

    def _wait_after_conflict(self, streams: Collection[str]) -> None:
        self._contended_until = time.monotonic() + CONTENDED_S
        self._wait_for_turn(streams)

    def _wait_for_turn(self, streams: Collection[str]) -> None:
        """Wait until no transaction of another host holds `streams`: a plain update waits for it on the server.

        A batch that then takes them with its first statement is not overtaken between its read and its writes, and
        whatever began before is: so hosts take turns, where pauses between tries would leave all to the one that is
        quicker.
        """
        at_once = self._database.streams.with_options(write_concern=WriteConcern(1))
        at_once.update_many({"_id": {"$in": sorted(streams)}}, {"$inc": {"touch": 1}})

    def _end_unfinished(self, locks: Iterable[FairHostLock]) -> None:
        """End transactions that earlier holders of `locks` left open: they would block ours, or a migration."""
        ours = self._transactions.session_id()
        for lock in locks:
            lock.forget([holder for holder in lock.unfinished() if holder != ours and self._transactions.end(holder)])

    def _read(self, batch: Sequence[PendingCommand[Any]], statements: Statements) -> tuple[Stream, dict[Key, Raw]]:
        """Return the stream and the documents that `batch` reads, as of one moment. Raises `NotFound`."""
        wanted: dict[type[Document], set[str]] = {}
        for pending in batch:
            for kind, document_id in pending.command.reads():
                wanted.setdefault(kind, set()).add(document_id)
        ids = {COLLECTIONS[kind]: each for kind, each in wanted.items()}
        [reply] = statements.run([look_up("streams", self._stream, ids)])
        for stream in documents_in(reply):
            found: Mapping[str, Sequence[Raw]] = stream.get(FOUND, {})
            by_key = {(kind, raw["_id"]): raw for kind in wanted for raw in found[COLLECTIONS[kind]]}
            return from_bson(stream, Stream), by_key
        raise NotFound("Event not found")

    def _current_event_state(self, stream: Stream, statements: Statements) -> _EventState:
        """Return the event and its devices, read anew where the stream's revision says that they changed."""
        if self._stream == HUB_STREAM or (stream.epoch, stream.revision) == self._event_state[:2]:
            return self._event_state
        event = find("events", {"_id": self._stream})
        serving = find("devices", {"event": {"$in": [self._stream, None]}})
        events, devices_found = map(documents_in, statements.run([event, serving]))
        if not events:
            raise NotFound("Event not found")
        by_id = {device.id: device for device in readable(devices_found, Device)}
        return _EventState(stream.epoch, stream.revision, from_bson(events[0], Event), by_id)


class _Tries:
    """Tries of one batch: what is kept from one to the next, above all the locks of the streams that it writes."""

    def __init__(
        self,
        batch: Sequence[PendingCommand[Any]],
        batch_id: str,
        held: dict[str, FairHostLock],
        other_locks: ExitStack,
    ) -> None:
        """`held` is the lock of its own stream; those of others are released by `other_locks`."""
        self.batch = batch
        self.batch_id = batch_id
        self.held = held
        self.entries = 0
        """Journal entries that the last try wrote."""
        self._other_locks = other_locks
        self._count = 0

    def is_another(self) -> bool:
        """Count a try, and return whether there was one before."""
        self._count += 1
        return self._count > 1

    def hold(self, folder: Path, streams: Collection[str]) -> None:
        """Hold the locks of further streams."""
        for stream in sorted(streams - self.held.keys()):
            self.held[stream] = self._other_locks.enter_context(host_lock(folder, stream))


def _roll_back(batch: Sequence[PendingCommand[Any]], error: Exception) -> None:
    for pending in batch:
        pending.roll_back(error)


def _resolve(batch: Sequence[PendingCommand[Any]]) -> None:
    for pending in batch:
        pending.resolve()
