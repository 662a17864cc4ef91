"""Metrics of the journal's writers, on the real database and its fail points."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tornado.ioloop import IOLoop

from hub.clock import Clock
from hub.errors import Unavailable
from hub.telemetry.journal import JournalMeter
from hub.telemetry.metrics import Metrics
from hub.telemetry.tracing import NO_TRACER
from store.journal.journal import Journal
from store.mongo.connection import Database
from tests.a_database import a_connection, a_journal, prepare
from tests.builders import EVENT
from tests.commands import Say
from tests.faults.fail_points import failing
from tests.hub.telemetry.samples import value

pytestmark = pytest.mark.gen_test

APP = "measured"
ABORTED: dict[str, Any] = {"errorCode": 251, "errorLabels": ["TransientTransactionError"]}
CONFLICT: dict[str, Any] = {"errorCode": 112, "errorLabels": ["TransientTransactionError"]}
UNKNOWN: dict[str, Any] = {"errorCode": 6, "errorLabels": ["UnknownTransactionCommitResult"]}


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def database(mongod_uri: str, database_name: str, io_loop: IOLoop) -> Iterator[Database]:
    with a_connection(f"{mongod_uri}&appName={APP}", database_name, io_loop) as database:
        io_loop.run_sync(lambda: prepare(database))
        yield database


@pytest.fixture
def journal(database: Database, tmp_path: Path, io_loop: IOLoop, metrics: Metrics) -> Iterator[Journal]:
    with a_journal(database, tmp_path / "locks", io_loop, observer=JournalMeter(metrics, NO_TRACER)) as journal:
        yield journal


async def test_commits_count_their_commands_and_entries(journal: Journal, metrics: Metrics) -> None:
    await journal.append(EVENT, Say())
    await asyncio.gather(*(journal.append(EVENT, Say(entries=2)) for _ in range(7)))
    told = metrics.exposition()
    assert value(told, "scanhub_journal_commits_total", result="committed") == 2
    assert value(told, "scanhub_journal_entries_total") == 15
    assert value(told, "scanhub_journal_batch_commands_sum") == 8
    assert value(told, "scanhub_journal_batch_commands_bucket", le="1.0") == 1
    assert value(told, "scanhub_journal_batch_commands_bucket", le="10.0") == 2
    assert value(told, "scanhub_journal_commit_seconds_count") == 2
    assert value(told, "scanhub_journal_conflicts_total") == 0


async def test_conflicts_and_repetitions_are_counted(journal: Journal, metrics: Metrics, mongod_uri: str) -> None:
    with failing(mongod_uri, "insert", APP, times=2, **CONFLICT):
        await journal.append(EVENT, Say())
    with failing(mongod_uri, "commitTransaction", APP, times=3, **ABORTED):
        await journal.append(EVENT, Say())
    with failing(mongod_uri, "commitTransaction", APP, times=4, **UNKNOWN):
        await journal.append(EVENT, Say())
    told = metrics.exposition()
    assert value(told, "scanhub_journal_conflicts_total") == 2
    assert value(told, "scanhub_journal_retries_total", step="transaction") == 5
    assert value(told, "scanhub_journal_retries_total", step="commit") >= 2, "the driver repeats each once by itself"
    assert value(told, "scanhub_journal_commits_total", result="committed") == 3


async def test_two_hosts_at_one_event_meet_each_other(
    journal: Journal, database: Database, tmp_path: Path, metrics: Metrics
) -> None:
    other = Journal(database, tmp_path / "another host", Clock())

    async def write(journal: Journal) -> None:
        for _ in range(20):
            await journal.append(EVENT, Say())

    await asyncio.gather(write(journal), write(other))
    await other.stop()
    told = metrics.exposition()
    assert value(told, "scanhub_journal_commits_total", result="committed") == 20
    assert value(told, "scanhub_journal_entries_total") == 20


async def test_a_batch_that_is_never_confirmed_counts_as_failed(
    journal: Journal, metrics: Metrics, mongod_uri: str
) -> None:
    with failing(mongod_uri, "commitTransaction", APP, times=None, closeConnection=True), pytest.raises(Unavailable):
        await journal.append(EVENT, Say())
    await journal.append(EVENT, Say())
    told = metrics.exposition()
    assert value(told, "scanhub_journal_commits_total", result="failed") == 1
    assert value(told, "scanhub_journal_commits_total", result="committed") == 1
    assert value(told, "scanhub_journal_entries_total") == 1
