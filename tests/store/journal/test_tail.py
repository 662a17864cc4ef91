"""Tail of the journal: every entry once, in order, to each follower, its own process's entries too."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from hub.clock import Clock
from hub.model.journal import Entry
from store.journal.journal import Journal
from store.journal.tail import PAGE, Tail
from store.mongo.connection import Database
from tests.builders import EVENT
from tests.commands import Say
from tests.eventually import PATIENCE_S, eventually

pytestmark = pytest.mark.gen_test


class Follower:
    """Takes what a tail delivers."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, list[int]]] = []
        self.on_delivery: Callable[[list[Entry]], None] = lambda entries: None

    def deliver(self, stream: str, epoch: str, entries: list[Entry]) -> None:
        self.calls.append((stream, epoch, [entry.seq for entry in entries]))
        self.on_delivery(entries)

    def numbers(self, stream: str = EVENT) -> list[int]:
        return [seq for whose, _, numbers in self.calls if whose == stream for seq in numbers]

    async def hear(self, seq: int, stream: str = EVENT) -> None:
        await eventually(lambda: seq in self.numbers(stream))


@asynccontextmanager
async def tailing(
    database: Database, journal: Journal, *, look_every_s: float = 3600
) -> AsyncIterator[tuple[Tail, Follower]]:
    """Give a tail that listens. It looks hardly ever, unless told to."""
    follower = Follower()
    tail = Tail(database, journal, follower.deliver, look_every_s=look_every_s)
    await tail.start()
    try:
        yield tail, follower
    finally:
        await tail.stop()


async def test_own_entries_come_by_the_tail_in_order_each_once(database: Database, journal: Journal) -> None:
    async with tailing(database, journal) as (tail, follower):
        assert tail.is_listening
        tail.follow(EVENT, "k1", 0)
        for _ in range(20):
            await asyncio.gather(*(journal.append(EVENT, Say()) for _ in range(5)))
        await follower.hear(100)
    assert follower.numbers() == list(range(1, 101))
    assert {(stream, epoch) for stream, epoch, _ in follower.calls} == {(EVENT, "k1")}


async def test_the_bell_brings_each_entry_as_it_is_written(database: Database, journal: Journal) -> None:
    async with tailing(database, journal) as (tail, follower):
        tail.follow(EVENT, "k1", 0)
        for n in range(1, 11):
            await journal.append(EVENT, Say())
            await follower.hear(n)


async def test_a_follower_gets_what_came_before_from_any_place(database: Database, journal: Journal) -> None:
    await journal.append(EVENT, Say(entries=30))
    async with tailing(database, journal) as (tail, follower):
        for since in range(31):
            follower.calls.clear()
            tail.follow(EVENT, "k1", since)
            await journal.append(EVENT, Say())
            last = 31 + since
            await follower.hear(last)
            assert follower.numbers() == list(range(since + 1, last + 1))


async def test_more_than_a_page_is_read_page_by_page(database: Database, journal: Journal) -> None:
    for _ in range(40):  # more in one transaction takes a busy machine longer than a commit may take
        await journal.append(EVENT, Say(entries=PAGE // 20))
    await journal.append(EVENT, Say())
    async with tailing(database, journal) as (tail, follower):
        tail.follow(EVENT, "k1", 0)
        await follower.hear(2 * PAGE + 1)
    assert [len(numbers) for _, _, numbers in follower.calls] == [PAGE, PAGE, 1]
    assert follower.numbers() == list(range(1, 2 * PAGE + 2))


async def test_nothing_comes_of_what_is_followed_no_more(database: Database, journal: Journal) -> None:
    async with tailing(database, journal) as (tail, follower):
        tail.follow(EVENT, "k1", 0)
        tail.follow("hub", "k1", 0)
        await journal.append(EVENT, Say())
        await follower.hear(1)
        tail.unfollow(EVENT)
        tail.unfollow("never followed")
        await journal.append(EVENT, Say())
        await journal.append("hub", Say())
        await follower.hear(1, "hub")
        assert follower.numbers() == [1]


async def test_what_is_left_in_the_middle_of_a_read_is_not_delivered(database: Database, journal: Journal) -> None:
    await journal.append(EVENT, Say(entries=3))
    async with tailing(database, journal) as (tail, follower):
        tail.follow(EVENT, "k1", 0)
        await asyncio.sleep(0)
        tail.unfollow(EVENT)
        await asyncio.sleep(0.1)
        assert follower.calls == []
        tail.follow(EVENT, "k1", 0)
        await asyncio.sleep(0)
        tail.follow(EVENT, "k1", 2)
        await follower.hear(3)
        await asyncio.sleep(0.1)
    assert follower.numbers() == [3]


async def test_a_stream_that_begins_anew_is_told_once_with_its_epoch(database: Database, journal: Journal) -> None:
    await journal.append(EVENT, Say(entries=9))
    async with tailing(database, journal, look_every_s=0.05) as (tail, follower):
        tail.follow(EVENT, "k1", 9)
        await database.journal.delete_many({"event": EVENT, "seq": {"$gt": 4}})
        await database.streams.update_one({"_id": EVENT}, {"$set": {"epoch": "k2", "seq": 4}})
        await eventually(lambda: bool(follower.calls))
        await asyncio.sleep(0.2)  # several looks
        assert follower.calls == [(EVENT, "k2", [])]
        await journal.append(EVENT, Say())
        await follower.hear(5)
    assert follower.calls[1:] == [(EVENT, "k2", [5])]


async def test_a_part_that_is_kept_no_more_shows_as_a_gap(
    database: Database, journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    await journal.append(EVENT, Say(entries=9))
    await database.journal.delete_many({"event": EVENT, "seq": {"$in": [1, 2, 5]}})
    async with tailing(database, journal) as (tail, follower):
        tail.follow(EVENT, "k1", 0)
        await follower.hear(9)
    assert [numbers for _, _, numbers in follower.calls] == [[3, 4], [6, 7, 8, 9]]
    assert [record.levelno for record in caplog.records if "gap" in record.message] == [logging.ERROR] * 2


async def test_a_slow_follower_misses_nothing(database: Database, journal: Journal) -> None:
    async with tailing(database, journal) as (tail, follower):
        follower.on_delivery = lambda entries: time.sleep(0.05)
        tail.follow(EVENT, "k1", 0)
        for _ in range(20):
            await journal.append(EVENT, Say())
        await follower.hear(20)
    assert follower.numbers() == list(range(1, 21))


async def test_a_follower_that_breaks_stops_nobody(database: Database, journal: Journal) -> None:
    def break_once(entries: list[Entry]) -> None:
        follower.on_delivery = lambda entries: None
        raise ValueError("a bug")

    async with tailing(database, journal, look_every_s=0.05) as (tail, follower):
        tail.follow(EVENT, "k1", 0)
        for stream in (EVENT, "hub"):
            tail.follow(stream, "k1", 0)
            follower.on_delivery = break_once
            await journal.append(stream, Say())
            await follower.hear(1, stream)
            await journal.append(stream, Say())
            await follower.hear(2, stream)
        follower.on_delivery = break_once
        await database.streams.update_one({"_id": EVENT}, {"$set": {"epoch": "k2"}})
        await eventually(lambda: (EVENT, "k2", []) in follower.calls)
        await journal.append(EVENT, Say())
        await follower.hear(3)
    assert follower.numbers() == [1, 2, 3]


async def test_a_bell_that_was_not_heard_is_healed_by_a_look(
    database: Database, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.journal.tail.SIGNAL_PIPELINE", [{"$match": {"operationType": "never"}}])
    async with tailing(database, journal, look_every_s=0.1) as (tail, follower):
        tail.follow(EVENT, "k1", 0)
        await journal.append(EVENT, Say())
        await asyncio.sleep(0)
        await follower.hear(1)
    async with tailing(database, journal) as (tail, follower):
        tail.follow(EVENT, "k1", 0)
        await follower.hear(1)  # by the reading that every follower begins with
        await journal.append(EVENT, Say())
        await asyncio.sleep(0.3)  # far longer than a bell takes
        assert follower.numbers() == [1]


async def test_a_stop_waits_for_the_pending_reads(database: Database, journal: Journal) -> None:
    async with tailing(database, journal) as (tail, follower):
        await journal.append(EVENT, Say(entries=5))
        tail.follow(EVENT, "k1", 0)
        await asyncio.sleep(0)
        tail.unfollow(EVENT)
        await tail.stop()
        others = {task for task in asyncio.all_tasks() if "Tail." in repr(task)}
        assert others == set()
        assert not tail.is_listening
        tail.follow(EVENT, "k1", 0)
        await asyncio.sleep(0.05)
        assert follower.calls == []


async def test_a_stop_does_not_wait_for_a_commit_to_come(
    database: Database, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.journal.tail.AWAIT_MS", 15_000)
    async with tailing(database, journal) as (tail, follower):
        tail.follow(EVENT, "k1", 0)
        await journal.append(EVENT, Say())
        await follower.hear(1)
        async with asyncio.timeout(PATIENCE_S):
            await tail.stop()
    await journal.append(EVENT, Say())  # lets go of the thread that reads
    assert not tail.is_listening
    assert follower.numbers() == [1]


async def test_a_start_that_is_stopped_before_the_database_answers_ends(
    database: Database, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **options: Any) -> None:
        raise OSError("away")

    monkeypatch.setattr(Tail, "_follow_change_stream", away)
    tail = Tail(database, journal, lambda *delivered: None)
    starting = asyncio.create_task(tail.start())
    await asyncio.sleep(0.05)
    assert not starting.done()
    async with asyncio.timeout(PATIENCE_S):
        await tail.stop()
        await starting


async def test_a_stream_collection_that_goes_away_is_listened_to_again(fresh: Database, tmp_path: Path) -> None:
    """A change stream ends quietly when its collection is dropped."""
    database, journal = fresh, Journal(fresh, tmp_path, Clock())
    async with tailing(database, journal) as (tail, follower):
        tail.follow(EVENT, "k1", 0)
        stream = await database.streams.find_one({"_id": EVENT})
        await database.streams.drop()
        await database.streams.insert_one(stream or {})
        await journal.append(EVENT, Say())
        await follower.hear(1)
    await journal.stop()


async def test_the_lag_is_as_long_as_the_journal_goes_on_behind_what_was_delivered(
    database: Database, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_read = asyncio.Event()
    read = journal.read

    async def read_late(*asked: Any) -> list[Entry]:
        await may_read.wait()
        return await read(*asked)

    async with tailing(database, journal) as (tail, follower):
        tail.follow(EVENT, "k1", 0)
        await eventually(lambda: tail.lag_s == 0)
        monkeypatch.setattr(journal, "read", read_late)
        await journal.append(EVENT, Say())
        await eventually(lambda: tail.lag_s > 0.1)
        before = tail.lag_s
        await journal.append(EVENT, Say())
        await eventually(lambda: tail.lag_s > before + 0.1)
        may_read.set()
        await follower.hear(2)
        await eventually(lambda: tail.lag_s == 0)


async def test_a_stream_that_is_followed_no_more_has_no_lag(
    database: Database, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read_never(*_: Any) -> list[Entry]:
        raise ConnectionError

    async with tailing(database, journal) as (tail, _):
        monkeypatch.setattr(journal, "read", read_never)
        tail.follow(EVENT, "k1", 0)
        await eventually(lambda: tail.lag_s > 0.05)
        tail.unfollow(EVENT)
        assert tail.lag_s == 0
