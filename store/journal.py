"""The journal: how every change of an event is written, numbered without gaps, and read again.

One appender for each event does the writing; whoever wants to hear of it follows the tail (`store/tail.py`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pymongo import ASCENDING

from hub.change import Command
from hub.clock import Clock
from hub.model import Entry, Stream
from store.answered import answered
from store.appender import Appender
from store.connection import Database
from store.courtesy import CourtesyLock
from store.documents import from_bson


class Journal:
    """The journals of all events, each with its stream. `folder` holds the courtesy locks of this host."""

    def __init__(self, database: Database, folder: Path, clock: Clock) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock
        self._appenders: dict[str, Appender] = {}

    async def append(self, stream: str, command: Command) -> Any:
        """Decide `command` on the truth of `stream` (an event's uuid, or `HUB_STREAM`), write it, return its answer.

        Raises what the command refuses with, `NotFound` where there is no such stream, or `Unavailable`.
        """
        appender = self._appenders.get(stream)
        if appender is None:
            lock = CourtesyLock(self._folder, stream)
            appender = self._appenders[stream] = Appender(self._database, stream, lock, self._clock)
        return await appender.append(command)

    async def stream(self, stream: str) -> Stream | None:
        """Return the stream with its counts, exact as of its `seq`, or None where there is none."""
        document = await answered(self._database.streams.find_one({"_id": stream}))
        return None if document is None else from_bson(document, Stream)

    async def positions(self, streams: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Return for each of `streams` that exists its (epoch, seq)."""
        cursor = self._database.streams.find({"_id": {"$in": list(streams)}}, {"epoch": 1, "seq": 1})
        return {found["_id"]: (found["epoch"], found.get("seq", 0)) for found in await answered(cursor.to_list(None))}

    async def read(self, stream: str, after: int, limit: int = 1000) -> list[Entry]:
        """Return the entries numbered above `after`, in order, `limit` at most."""
        wanted = {"event": stream, "seq": {"$gt": after}}
        cursor = self._database.journal.find(wanted).sort("seq", ASCENDING).limit(limit)
        return [from_bson(document, Entry) for document in await answered(cursor.to_list(None))]

    async def stop(self) -> None:
        """Finish what waits in every appender."""
        for appender in self._appenders.values():
            await appender.stop()
