"""What tests of the store share: a prepared database, and a journal on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop

from store.connection import Database
from store.journal import Journal
from tests.a_database import a_connection, a_journal, prepare


@pytest.fixture
def empty(mongod_uri: str, database_name: str, io_loop: IOLoop) -> Iterator[Database]:
    with a_connection(mongod_uri, database_name, io_loop) as database:
        yield database


@pytest.fixture
def database(empty: Database, io_loop: IOLoop) -> Database:
    prepare(empty, io_loop)
    return empty


@pytest.fixture
def journal(database: Database, tmp_path: Path, io_loop: IOLoop) -> Iterator[Journal]:
    with a_journal(database, tmp_path / "locks", io_loop) as journal:
        yield journal
