"""A database of the hub's shape for one test, reached as the hub reaches it, in the test's own loop."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pymongo.database
from pymongo import MongoClient
from pymongo.write_concern import WriteConcern
from tornado.ioloop import IOLoop

from hub.clock import Clock
from hub.mail.account_consumer import AccountMailer
from hub.mail.consumer import TicketMail
from hub.mail.waiting_consumer import WaitingMailer
from hub.mail.wave_consumer import WaveMailer
from hub.model.journal import HUB_STREAM, Stream
from hub.model.outbox import Cursor
from hub.wallet.apple.pushes import Pushes
from hub.wallet.google.service import GoogleWallet
from hub.webhooks.consumer import WebhookConsumer
from store.journal.journal import Journal
from store.migrations import migrate
from store.mongo.connection import Database, connect, open_database
from store.mongo.documents import from_bson, to_bson
from store.mongo.leases import Leases
from tests.builders import a_stream, an_event

CONSUMERS = (WebhookConsumer, TicketMail, AccountMailer, WaitingMailer, WaveMailer, Pushes, GoogleWallet)


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


def empty(
    client: MongoClient[dict[str, Any]], name: str, beginning: Mapping[str, Sequence[dict[str, Any]]] | None = None
) -> None:
    """Delete all documents of a database but `meta`, and insert those of its `beginning`.

    Quicker than to make its collections anew.
    """
    database = client.get_database(name, write_concern=WriteConcern(1))
    for collection in _filled(database):
        database[collection].delete_many({})
    for collection, documents in (beginning or {}).items():
        database[collection].insert_many(documents)
    client[name].meta.delete_many({"_id": "the last, which waits until all is written by majority"})


def contents(database: pymongo.database.Database[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the documents of each collection that holds any, but `meta`."""
    return {collection: list(database[collection].find()) for collection in _filled(database)}


def with_cursors(beginning: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return a beginning in which each consumer of the outbox has begun.

    A new consumer begins at the end of the journal: what a test did before that would never be sent.
    """
    streams = [from_bson(stream, Stream) for stream in beginning["streams"]]
    cursors = [
        Cursor(id=f"{each.name}/{stream.id}", consumer=each.name, stream=stream.id, epoch=stream.epoch, seq=stream.seq)
        for each in CONSUMERS
        for stream in streams
    ]
    return beginning | {"cursors": [to_bson(cursor) for cursor in cursors]}


def _filled(database: pymongo.database.Database[dict[str, Any]]) -> list[str]:
    """Return which collections but `meta` hold anything, by one query; none of the server's own, such as a profile."""
    names = [name for name in database.list_collection_names() if name != "meta" and not name.startswith("system.")]
    each = [
        {"$unionWith": {"coll": name, "pipeline": [{"$limit": 1}, {"$project": {"_id": {"$literal": name}}}]}}
        for name in names
    ]
    return [found["_id"] for found in database.meta.aggregate([{"$match": {"$expr": False}}, *each])]


async def begin_anew(database: Database) -> None:
    """Empty a prepared database, and begin again: quicker than to prepare another."""
    empty(database.client.delegate, database.name)
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


def prepare_new(uri: str) -> str:
    """Name of a new prepared database."""
    name = f"test_{uuid4().hex}"

    async def prepared() -> None:
        database = open_database(connect(uri), name)
        await prepare(database)
        database.client.close()

    asyncio.run(prepared())
    return name
