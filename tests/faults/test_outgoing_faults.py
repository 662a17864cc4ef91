"""A process is killed between a change and its delivery: the next one delivers it."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tornado.ioloop import IOLoop

from hub.clock import SettableClock
from store.mongo.connection import Database
from tests.a_database import a_connection, prepare
from tests.eventually import eventually
from tests.faults.outgoing_process import Orders
from tests.hub.outbox.process import Recorder, outbox_process

MANY = ",".join(f"t{n}" for n in range(8))
WORDS = [f"{MANY} all", "t0 next", "t1 next"]
TOLD = sorted([*((f"t{n}", "all") for n in range(8)), ("t0", "next"), ("t1", "next")])


@pytest.fixture
def database(mongod_uri: str, database_name: str, io_loop: IOLoop) -> Iterator[Database]:
    with a_connection(mongod_uri, database_name, io_loop) as database:
        io_loop.run_sync(lambda: prepare(database))
        yield database


@pytest.mark.gen_test
@pytest.mark.parametrize("dies", ["changed", "addressing", "sending"])
async def test_a_killed_process_leaves_nothing_untold(
    database: Database, mongod_uri: str, tmp_path: Path, dies: str
) -> None:
    sent = await run_until_killed(mongod_uri, database.name, tmp_path, dies)
    consumer = Recorder()
    once_the_lease_is_over = SettableClock(datetime.now(UTC) + timedelta(minutes=1))
    async with outbox_process(mongod_uri, database.name, tmp_path, once_the_lease_is_over, consumer, "heir"):
        await eventually(lambda: set(consumer.sent) | set(sent) == set(TOLD) and is_in_order(consumer.sent))
    assert len(consumer.sent) == len(set(consumer.sent)), "told twice by one process"
    if dies == "changed":
        assert sorted(consumer.sent + sent) == TOLD, "told twice without need"


def is_in_order(sent: list[tuple[str, str]]) -> bool:
    for target in ("t0", "t1"):
        texts = [text for to, text in sent if to == target]
        if texts not in (["all", "next"], ["next"], []):
            return False
    return True


async def run_until_killed(uri: str, database: str, locks: Path, dies: str) -> list[tuple[str, str]]:
    """Return what the process had sent when it died."""
    orders = msgspec.convert(
        {"uri": uri, "database": database, "locks": str(locks), "words": WORDS, "dies": dies}, Orders
    )
    command = [sys.executable, "-m", "tests.faults.outgoing_process", msgspec.json.encode(orders).decode()]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=40)
    assert done.returncode == -9, done.stderr
    return [(line.split()[0], line.split()[1]) for line in done.stdout.splitlines()]
