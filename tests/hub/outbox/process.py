"""What the tests of the outbox share: a process's desks on a real database, and a consumer that keeps what it sent."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from hub.clock import Clock
from hub.model.journal import Entry, Stream
from hub.model.outbox import Message
from hub.outbox.consumer import Consumer, OutgoingMessage, Page
from hub.outbox.worker import Outbox
from store.mongo.connection import connect, open_database
from store.mongo.documents import to_bson
from store.store import Store
from tests.a_database import EVENT, an_event
from tests.commands import Say

T = TypeVar("T")
PATIENCE = timedelta(days=1)
PAGE = 3


class Recorder(Consumer):
    """Takes each word `<targets, comma between> <text>` to its targets, and keeps what it sent."""

    def __init__(self, *, replaces: bool = False, keeps_delivered: bool = True) -> None:
        self.name = "recorder"
        self.per_s = 10_000.0
        self.keeps_delivered = keeps_delivered
        self.wanted = {"job.ran"}
        self.sent: list[tuple[str, str]] = []
        self.tried: list[tuple[str, str]] = []
        self.refusing: dict[str, Exception] = {}
        self.addressed = self.asked = 0
        self._replaces = replaces

    async def kinds(self) -> Collection[str]:
        self.asked += 1
        return self.wanted

    async def address(self, entry: Entry, after: str | None) -> Page:
        self.addressed += 1
        targets, _, text = entry.data["word"].partition(" ")
        waiting = [target for target in targets.split(",") if after is None or target > after]
        envelopes = [
            OutgoingMessage(target=target, lane=target, content={"text": text}, replaces=self._replaces)
            for target in waiting[:PAGE]
        ]
        return Page(envelopes, waiting[PAGE - 1] if len(waiting) > PAGE else None)

    async def send(self, letter: Message) -> int | None:
        told = letter.target, letter.content["text"]
        self.tried.append(told)
        if letter.target in self.refusing:
            raise self.refusing[letter.target]
        self.sent.append(told)
        return 200


class Office:
    """One process: its store and its desks."""

    def __init__(self, store: Store, outgoing: Outbox) -> None:
        self.store = store
        self.outgoing = outgoing

    async def say(self, *words: str, stream: str = EVENT) -> None:
        """Let it happen."""
        for word in words:
            await self.store.journal.append(stream, Say(word))


@asynccontextmanager
async def an_office(
    uri: str, database: str, locks: Path, clock: Clock, consumer: Consumer, process: str = "p1"
) -> AsyncIterator[Office]:
    """Give a process that works for one consumer, woken by the real bell."""
    store = Store(uri, database, locks=locks, clock=clock, process=process)
    outgoing = Outbox(store, clock, patience=PATIENCE)
    outgoing.add(consumer)
    tail = store.tail(lambda stream, epoch, entries: None, outgoing.wake)
    await tail.start()
    outgoing.start()
    try:
        yield Office(store, outgoing)
    finally:
        await outgoing.stop()
        await tail.stop()
        await store.close()


async def until(condition: Callable[[], bool]) -> None:
    """Wait until `condition` holds."""
    async with asyncio.timeout(15):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def until_kept(find: Callable[[], Awaitable[T]]) -> T:
    """Wait until the database has what `find` looks for, and return it."""
    async with asyncio.timeout(15):
        while not (found := await find()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        return found


async def begin_stream(uri: str, database: str, stream: str) -> None:
    """Put an event with its stream into the database."""
    opened = open_database(connect(uri), database)
    await opened.events.insert_one(to_bson(an_event(stream)))
    await opened.streams.insert_one(to_bson(Stream(id=stream, epoch="k1")))
    opened.client.close()
