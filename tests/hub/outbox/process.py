"""Fixtures of the outbox tests: a process's outbox on a real database, and a consumer that records what it sent."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from hub.clock import Clock
from hub.model.journal import Entry
from hub.model.outbox import Message
from hub.outbox.consumer import Consumer, OutgoingMessage, Page
from hub.outbox.worker import Outbox
from store.mongo.connection import connect, open_database
from store.mongo.documents import to_bson
from store.store import Store
from tests.builders import EVENT, a_stream, an_event
from tests.commands import Say

T = TypeVar("T")
GIVE_UP_AFTER = timedelta(days=1)
PAGE = 3


class Recorder(Consumer):
    """Consumer that routes each word `<target>,<target> <text>` to its targets, and records what it sent."""

    def __init__(self, *, replaces: bool = False, keeps_delivered: bool = True) -> None:
        self.name = "recorder"
        self.per_s = 10_000.0
        self.keeps_delivered = keeps_delivered
        self.wanted = {"job.ran"}
        self.sent: list[tuple[str, str]] = []
        self.tried: list[tuple[str, str]] = []
        self.refusing: dict[str, Exception] = {}
        self.routed = self.asked = 0
        self._replaces = replaces

    async def subscribed_kinds(self) -> Collection[str]:
        self.asked += 1
        return self.wanted

    async def route(self, entry: Entry, after: str | None) -> Page:
        self.routed += 1
        targets, _, text = entry.data["word"].partition(" ")
        waiting = [target for target in targets.split(",") if after is None or target > after]
        messages = [
            OutgoingMessage(target=target, partition=target, content={"text": text}, replaces=self._replaces)
            for target in waiting[:PAGE]
        ]
        return Page(messages, waiting[PAGE - 1] if len(waiting) > PAGE else None)

    async def send(self, message: Message) -> int | None:
        delivery = message.target, message.content["text"]
        self.tried.append(delivery)
        if message.target in self.refusing:
            raise self.refusing[message.target]
        self.sent.append(delivery)
        return 200


class OutboxProcess:
    """One process: its store and its outbox."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        self.store = store
        self.outbox = outbox

    async def say(self, *words: str, stream: str = EVENT) -> None:
        """Append the words to a stream's journal."""
        for word in words:
            await self.store.journal.append(stream, Say(word))


@asynccontextmanager
async def outbox_process(
    uri: str, database: str, locks: Path, clock: Clock, consumer: Consumer, process: str = "p1", **options: Any
) -> AsyncIterator[OutboxProcess]:
    """Run a process with one consumer, woken by the real tail."""
    store = Store(uri, database, locks=locks, clock=clock, process=process)
    outbox = Outbox(store, clock, give_up_after=GIVE_UP_AFTER, **options)
    outbox.add(consumer)
    tail = store.tail(lambda stream, epoch, entries: None, outbox.wake)
    await tail.start()
    outbox.start()
    try:
        yield OutboxProcess(store, outbox)
    finally:
        await outbox.stop()
        await tail.stop()
        await store.close()


async def begin_stream(uri: str, database: str, stream: str) -> None:
    """Put an event with its stream into the database."""
    opened = open_database(connect(uri), database)
    await opened.events.insert_one(to_bson(an_event(stream)))
    await opened.streams.insert_one(to_bson(a_stream(stream)))
    opened.client.close()
