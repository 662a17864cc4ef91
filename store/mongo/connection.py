"""Connections to MongoDB: clients of each process, made in its own loop, never before a fork (`store/store.py`).

The only module that imports Motor (docs/architecture.md, Motor and PyMongo); the others take its types from here.
"""

import asyncio
from typing import Any

from bson.codec_options import TypeRegistry
from motor.core import AgnosticBaseCursor
from motor.motor_asyncio import (
    AsyncIOMotorClient,
    AsyncIOMotorClientSession,
    AsyncIOMotorCollection,
    AsyncIOMotorDatabase,
)
from pymongo import ReadPreference
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from store.mongo.commands import BeginCommand, CommandMonitor
from store.mongo.documents import CODEC

MAJORITY = WriteConcern("majority", j=True)
"""Acknowledged means written: by a majority, and in their journals (scan-api.md, guarantee 2)."""

Client = AsyncIOMotorClient[dict[str, Any]]
Database = AsyncIOMotorDatabase[dict[str, Any]]
Collection = AsyncIOMotorCollection[dict[str, Any]]
ClientSession = AsyncIOMotorClientSession
Cursor = AgnosticBaseCursor[dict[str, Any]]


def connect(uri: str, *, select_within_s: float = 2.0, begin_command: BeginCommand | None = None) -> Client:
    """Return a client for the running loop. An operation gives up on finding a primary after `select_within_s`.

    `begin_command` is called for each command that begins, where there is one.
    """
    return Client(
        uri,
        io_loop=asyncio.get_running_loop(),
        serverSelectionTimeoutMS=int(select_within_s * 1000),
        connectTimeoutMS=2000,
        socketTimeoutMS=20_000,
        retryWrites=True,
        event_listeners=[] if begin_command is None else [CommandMonitor(begin_command)],
    )


def open_database(client: Client, name: str) -> Database:
    """Return the database `name`: primary reads of majority-committed data, majority writes, aware datetimes."""
    return client.get_database(
        name,
        codec_options=CODEC,
        read_preference=ReadPreference.PRIMARY,
        read_concern=ReadConcern("majority"),
        write_concern=MAJORITY,
    )


def atomic(collection: Collection) -> Collection:
    """Return a collection for `find_one_and_update` and its like, read without decoders of types.

    With those PyMongo keeps the reply raw, and where a write was not acknowledged, as in an election, it breaks with an
    AttributeError of its own as it adds labels to the error in there.
    """
    return collection.with_options(codec_options=CODEC.with_options(type_registry=TypeRegistry()))
