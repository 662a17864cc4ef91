"""The journal: every change of an event is written here, numbered without gaps, and read again.

One appender for each event does the writing; readers follow the tail (`store/journal/tail.py`).
"""

import asyncio
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from pymongo import ASCENDING

from hub.clock import Clock
from hub.errors import Unavailable
from hub.model.command import Command
from hub.model.journal import Entry, Stream
from store.journal.appender import Appender
from store.journal.observer import NO_OBSERVER, JournalObserver
from store.mongo.connection import Database
from store.mongo.documents import from_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import read_all, read_documents

T = TypeVar("T")

MOST_APPENDERS = 256
"""How many are kept: each holds two files. Those that rest go first."""
MOST_THREADS = 32
"""In how many events a process writes at once; each blocks a thread, also while another process has its turn."""


class Journal:
    """Journals of all events, each with its stream. `folder` holds the host locks (`store/journal/host_lock.py`).

    `writing` is the same database by connections of its own: statements of one transaction that find the connection of
    the one before, which no other process took meanwhile, find all they need at hand on the server.
    """

    def __init__(
        self,
        database: Database,
        folder: Path,
        clock: Clock,
        *,
        writing: Database | None = None,
        observer: JournalObserver = NO_OBSERVER,
        most_appenders: int = MOST_APPENDERS,
    ) -> None:
        self._database = database
        self._writing = database if writing is None else writing
        self._folder = folder
        self._clock = clock
        self._observer = observer
        self._most_appenders = most_appenders
        self._appenders: dict[str, Appender] = {}
        self._threads = ThreadPoolExecutor(MOST_THREADS, "journal")
        self._is_stopping = False

    async def append(self, stream: str, command: Command[T]) -> T:
        """Decide `command` on the truth of `stream` (an event's uuid, or `HUB_STREAM`), write it, return its answer.

        Raises what the command refuses with, `NotFound` where there is no such stream, or `Unavailable`.
        """
        if self._is_stopping:
            raise Unavailable("the hub is stopping: try again")
        if stream in self._appenders:
            return await self._appenders[stream].append(command)
        retired = self._retire_idle()
        self._appenders[stream] = Appender(
            self._writing, stream, self._folder, self._clock, self._threads, observer=self._observer
        )
        try:
            return await self._appenders[stream].append(command)
        finally:
            for appender in retired:
                await appender.stop()

    def _retire_idle(self) -> list[Appender]:
        """Remove idle appenders to make room for one more; return those, to be stopped."""
        surplus = max(0, len(self._appenders) + 1 - self._most_appenders)
        resting = [stream for stream, appender in self._appenders.items() if appender.is_idle]
        return [self._appenders.pop(stream) for stream in resting[:surplus]]

    async def stream(self, stream: str) -> Stream | None:
        """Return the stream with its counts, exact as of its `seq`, or None where there is none."""
        with driver_errors():
            document = await self._database.streams.find_one({"_id": stream})
        return None if document is None else from_bson(document, Stream)

    async def positions(self, streams: Sequence[str] | None = None) -> dict[str, tuple[str, int]]:
        """Return for each of `streams` that exists (None: for all) its (epoch, seq)."""
        wanted = {} if streams is None else {"_id": {"$in": list(streams)}}
        cursor = self._database.streams.find(wanted, {"epoch": 1, "seq": 1})
        return {found["_id"]: (found["epoch"], found.get("seq", 0)) for found in await read_documents(cursor)}

    async def read(
        self, stream: str, after: int, limit: int = 1000, kinds: Collection[str] | None = None
    ) -> list[Entry]:
        """Return the entries numbered above `after`, of any of `kinds` (None: of all), in order, `limit` at most."""
        wanted: dict[str, Any] = {"event": stream, "seq": {"$gt": after}}
        if kinds is not None:
            wanted["kind"] = {"$in": list(kinds)}
        cursor = self._database.journal.find(wanted).sort("seq", ASCENDING).limit(limit).batch_size(limit)
        return await read_all(cursor, Entry)

    async def stop(self) -> None:
        """Finish the pending commands of every appender; later ones are refused."""
        self._is_stopping = True
        while self._appenders:
            _, appender = self._appenders.popitem()
            await appender.stop()
        await asyncio.to_thread(self._threads.shutdown)
