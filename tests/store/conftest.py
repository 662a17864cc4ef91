"""Fixtures of the store's tests: a prepared database, and a journal on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop

from store.journal.journal import Journal
from store.mongo.connection import Database
from tests.a_database import a_connection, a_journal, begin_anew, prepare, prepare_new


@pytest.fixture(scope="session")
def _prepared(mongod_uri: str) -> str:
    """The name of one prepared database for all tests of the store that leave its shape alone."""
    return prepare_new(mongod_uri, "store")


@pytest.fixture
def database(mongod_uri: str, _prepared: str, io_loop: IOLoop) -> Iterator[Database]:
    """A prepared database with one event in it."""
    with a_connection(mongod_uri, _prepared, io_loop) as database:
        io_loop.run_sync(lambda: begin_anew(database))
        yield database


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
