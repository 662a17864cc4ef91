"""Fixtures of the outbox tests: one prepared database for all tests of this folder, emptied before each."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from uuid import uuid4

import pytest
from tornado.ioloop import IOLoop

from hub.clock import Clock
from hub.outbox.consumer import Consumer
from store.mongo.connection import Database, connect, open_database
from tests.a_database import a_connection, begin_anew, prepare
from tests.hub.outbox.process import OutboxProcess, outbox_process

OpenOutbox = Callable[..., AbstractAsyncContextManager[OutboxProcess]]


@pytest.fixture(scope="session")
def _prepared_outbox(mongod_uri: str) -> str:
    name = f"test_outgoing_{uuid4().hex}"

    async def prepared() -> None:
        database = open_database(connect(mongod_uri), name)
        await prepare(database)
        database.client.close()

    asyncio.run(prepared())
    return name


@pytest.fixture
def database(mongod_uri: str, _prepared_outbox: str, io_loop: IOLoop) -> Iterator[Database]:
    with a_connection(mongod_uri, _prepared_outbox, io_loop) as database:
        io_loop.run_sync(lambda: begin_anew(database))
        io_loop.run_sync(lambda: database.leases.delete_many({}))
        yield database


@pytest.fixture
def open_outbox(mongod_uri: str, database: Database, tmp_path: Path, clock: Clock) -> OpenOutbox:
    """OpenOutbox a process's desks for a consumer."""

    def opened(
        consumer: Consumer, process: str = "p1", by: Clock | None = None
    ) -> AbstractAsyncContextManager[OutboxProcess]:
        return outbox_process(mongod_uri, database.name, tmp_path / "locks", by or clock, consumer, process)

    return opened
