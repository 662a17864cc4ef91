"""Fixtures of the outbox tests: one prepared database for all tests of this folder, emptied before each."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop

from hub.clock import Clock
from hub.outbox.consumer import Consumer
from store.mongo.connection import Database
from tests.a_database import a_connection, begin_anew, prepare_new
from tests.hub.outbox.process import OutboxProcess, outbox_process

OpenOutbox = Callable[..., AbstractAsyncContextManager[OutboxProcess]]


@pytest.fixture(scope="session")
def _prepared_outbox(mongod_uri: str) -> str:
    return prepare_new(mongod_uri, "outgoing")


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
