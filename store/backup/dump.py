"""Dump of a database as of one instant, while hubs run on it: all collections, read in one snapshot session."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.errors import OperationFailure, PyMongoError

from store.backup.contents import RAW, ContentsWriter, Sum, Summing
from store.backup.errors import BackupError
from store.backup.sealed_file import SealedWriter
from store.migrations import RESTORING
from store.mongo.primary import rights_refused, settings_refused

NEVER_KEPT = frozenset({"leases"})
"""Collections that say what processes of this moment do."""
LEFT_OUT = {"meta": ["shape", "ready", "restoring"]}
"""Documents that the next start makes itself: the restored hub gets the indexes and validators of its own version."""
PAGE = 500
SNAPSHOT_GONE = frozenset({239, 246})
"""SnapshotTooOld and SnapshotUnavailable."""
SAY_EVERY = 5000

Progress = Callable[[str, int], None]
"""Is called with a collection and how many of its documents are done, every `SAY_EVERY`, and at its end."""


def dump(uri: str, database: str, stream: SealedWriter, progress: Progress) -> int:
    """Write all of a database as of now into `stream`, and return how many documents that are.

    Raises `BackupError`, also where it holds no hub.
    """
    contents, total = ContentsWriter(stream), 0
    with opened(uri, database) as client, client.start_session(snapshot=True) as session:
        _check_hub(client, database)
        for name in collections_of(client, database):
            count = 0
            for count in contents.write(name, documents_of(client, database, name, session)):
                if count % SAY_EVERY == 0:
                    progress(name, count)
            progress(name, count)
            total += count
        contents.close()
    return total


def _check_hub(client: MongoClient[dict[str, Any]], database: str) -> None:
    """Raise `BackupError` for a database that holds no hub, or a part of one."""
    meta, streams = client[database].meta, client[database].streams
    if meta.find_one({"_id": RESTORING}) is not None:
        raise BackupError("a restore into this database was broken off: restore again, which begins anew")
    if meta.find_one({"_id": "secret"}) is None or streams.find_one({}) is None:
        raise BackupError(f"the database {database} holds no hub: check HUB_DATA, HUB_MONGODB_URI and HUB_DATABASE")


def sums_of(uri: str, database: str) -> dict[str, Sum]:
    """Return the sum of each collection of a database, as a backup of now would hold it. Raises `BackupError`."""
    sums = {}
    with opened(uri, database) as client, client.start_session(snapshot=True) as session:
        for name in collections_of(client, database):
            summing = Summing()
            for document in documents_of(client, database, name, session):
                summing.add(document)
            sums[name] = summing.result()
    return sums


def collections_of(client: MongoClient[dict[str, Any]], database: str) -> list[str]:
    """Return the names of the collections that a backup holds, in their order."""
    names = client[database].list_collection_names(filter={"type": "collection"})
    return sorted(name for name in names if name not in NEVER_KEPT and not name.startswith("system."))


def documents_of(
    client: MongoClient[dict[str, Any]], database: str, name: str, session: ClientSession
) -> Iterator[RawBSONDocument]:
    """Yield the documents of a collection in the order of their ids, a page in memory at a time."""
    collection = client.get_database(database, codec_options=RAW)[name]
    wanted = {"_id": {"$nin": LEFT_OUT[name]}} if name in LEFT_OUT else {}
    yield from collection.find(wanted, session=session, sort=[("_id", 1)], batch_size=PAGE)


@contextmanager
def opened(uri: str, database: str) -> Iterator[MongoClient[dict[str, Any]]]:
    """Connect, and turn the driver's errors into a `BackupError`.

    Raises `DatabaseRefused` for a URI that is none, and for a login that is refused or lacks the rights.
    """
    with settings_refused():
        connected = MongoClient[dict[str, Any]](uri, serverSelectionTimeoutMS=15_000)
    try:
        with connected as client, rights_refused(database):
            yield client
    except OperationFailure as error:
        if error.code in SNAPSHOT_GONE:
            raise BackupError(
                "the database keeps its history for less time than this takes: "
                "raise minSnapshotHistoryWindowInSeconds (docs/operating.md, Backup)"
            ) from error
        raise BackupError(f"the database refuses: {error.details and error.details.get('errmsg')}") from error
    except PyMongoError as error:
        raise BackupError(f"the database does not answer: {' '.join(str(error).split())[:200]}") from error
