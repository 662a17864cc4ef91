"""A database of the hub's shape for one test, reached as the hub reaches it, in the test's own loop."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tornado.ioloop import IOLoop

from hub.clock import Clock
from hub.model.journal import HUB_STREAM
from store.journal.journal import Journal
from store.migrations import migrate
from store.mongo.connection import Database, connect, open_database
from store.mongo.documents import to_bson
from store.mongo.leases import Leases
from store.schema import shapes
from tests.builders import a_stream, an_event


@contextmanager
def a_connection(uri: str, name: str, io_loop: IOLoop) -> Iterator[Database]:
    """Give an open database."""

    async def made() -> Database:
        return open_database(connect(uri), name)

    database = io_loop.run_sync(made)
    try:
        yield database
    finally:
        database.client.close()


async def prepare(database: Database) -> None:
    """Give it its shape and one event with its stream."""
    await migrate(database, Leases(database, "test"), "k1")
    await begin(database)


async def begin(database: Database) -> None:
    """Put one event with its stream into it."""
    await database.events.insert_one(to_bson(an_event()))
    await database.streams.insert_one(to_bson(a_stream()))


async def begin_anew(database: Database) -> None:
    """Empty a prepared database, and begin again: quicker than to prepare another."""
    for name in shapes():
        await database[name].delete_many({})
    await database.streams.insert_one(to_bson(a_stream(HUB_STREAM)))
    await begin(database)


@contextmanager
def a_journal(database: Database, locks: Path, io_loop: IOLoop, **options: Any) -> Iterator[Journal]:
    """Give a journal, stopped afterwards."""
    journal = Journal(database, locks, Clock(), **options)
    try:
        yield journal
    finally:
        io_loop.run_sync(journal.stop)
