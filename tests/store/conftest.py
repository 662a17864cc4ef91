"""Fixtures of the store's tests: databases of a test's own, and a journal on the prepared one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop

from store.journal.journal import Journal
from store.mongo.connection import Database
from tests.a_database import a_connection, a_journal, prepare


@pytest.fixture
def empty(mongod_uri: str, database_name: str, io_loop: IOLoop) -> Iterator[Database]:
    """Database that is fresh."""
    with a_connection(mongod_uri, database_name, io_loop) as database:
        yield database


@pytest.fixture
def fresh(empty: Database, io_loop: IOLoop) -> Database:
    """A prepared database of this test's own, to change its shape."""
    io_loop.run_sync(lambda: prepare(empty))
    return empty


@pytest.fixture
def journal(database: Database, tmp_path: Path, io_loop: IOLoop) -> Iterator[Journal]:
    with a_journal(database, tmp_path / "locks", io_loop) as journal:
        yield journal
