"""Two hosts on one event, which share no lock: they take turns, by a wait on the server in place of tries in vain."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from hub.clock import Clock
from hub.model.command import Change, UnitOfWork
from store.journal import appender
from store.journal.journal import Journal
from store.mongo.connection import Database
from tests.builders import EVENT
from tests.commands import Say
from tests.eventually import eventually

pytestmark = pytest.mark.gen_test


class CountedSay(Say):
    """Say a word; counts how often that was decided."""

    decided = 0

    def decide(self, unit: UnitOfWork) -> Change[Any]:
        self.decided += 1
        return super().decide(unit)


@asynccontextmanager
async def another_host_writes(database: Database) -> AsyncIterator[None]:
    """Hold the stream in a transaction that has not ended, and commit it at the end."""
    async with await database.client.start_session() as session, session.start_transaction():
        await database.streams.update_one({"_id": EVENT}, {"$inc": {"touch": 1}}, session=session)
        yield


async def waits_on_the_server(database: Database) -> None:
    """Return once an update of a stream waits for a transaction that holds it: the server tries again and again."""
    waiting = {"ns": f"{database.name}.streams", "op": "update", "writeConflicts": {"$gte": 20}}
    pipeline: list[dict[str, Any]] = [{"$currentOp": {"allUsers": True}}, {"$match": waiting}]
    await eventually(lambda: database.client.admin.aggregate(pipeline).to_list(None))


async def test_a_batch_that_meets_another_hosts_waits_for_its_end_and_is_then_committed_at_once(
    database: Database, journal: Journal
) -> None:
    command = CountedSay("after a wait")
    async with another_host_writes(database):
        appended = asyncio.create_task(journal.append(EVENT, command))
        await waits_on_the_server(database)
        assert command.decided == 1
    assert await appended == 1
    assert command.decided == 2


async def test_after_a_conflict_batches_wait_first_and_as_long_as_that_is_new(
    database: Database, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appender, "CONTENDED_S", 3600.0)
    async with another_host_writes(database):
        first = asyncio.create_task(journal.append(EVENT, CountedSay()))
        await waits_on_the_server(database)
    await first
    command = CountedSay("no try in vain")
    async with another_host_writes(database):
        appended = asyncio.create_task(journal.append(EVENT, command))
        await waits_on_the_server(database)
        assert command.decided == 0
    assert await appended == 2
    assert command.decided == 1


async def test_two_hosts_that_write_without_a_pause_both_go_on_and_no_number_is_left_out(
    database: Database, journal: Journal, tmp_path: Path
) -> None:
    other = Journal(database, tmp_path / "other host", Clock())
    done = {"one": 0, "other": 0}

    async def write(host: Journal, name: str) -> None:
        while min(done.values()) < 20:
            await host.append(EVENT, Say(name))
            done[name] += 1

    await asyncio.gather(write(journal, "one"), write(other, "other"))
    await other.stop()
    entries = await journal.read(EVENT, 0, 100_000)
    assert [entry.seq for entry in entries] == list(range(1, sum(done.values()) + 1))
    assert Counter(entry.data["word"] for entry in entries) == done
    assert max(done.values()) < 100, "the quicker one had the other wait for its turn, and no longer"
