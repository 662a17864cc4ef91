"""Restore of a backup into an empty database: read whole before anything is written, and verified by its sums after it.

What it writes stands under a mark until all of it is verified; a start refuses a database that bears it, and the next
restore begins anew.
"""

import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from bson.raw_bson import RawBSONDocument
from pymongo.database import Database

from hub.errors import Unreadable
from hub.model.access import SecretState
from store.backup.contents import Contents, Sum, Summing, fields_of, read_contents
from store.backup.dump import Progress, opened, sums_of
from store.backup.errors import NotRestorable, UnreadableBackup
from store.backup.sealed_file import Head, SealedReader
from store.migrations import RESTORING
from store.mongo.connection import MAJORITY
from store.mongo.documents import from_bson

NOTHING = Summing().result()
"""Sum of a collection without a document, which a restore does not make."""
BATCH = 500
BATCH_BYTES = 8 * 1024 * 1024


class Inspection(NamedTuple):
    """Inspection of a whole backup: its head, the sum of each collection, and the state of its hub's secrets."""

    head: Head
    sums: Mapping[str, Sum]
    secrets: SecretState

    @property
    def total(self) -> int:
        """Number of documents."""
        return sum(each.count for each in self.sums.values())


def inspect(path: Path, key: str | None) -> Inspection:
    """Read a backup from its first byte to its last. Raises `UnreadableBackup` where it is not whole, or of no hub."""
    with _file(path) as file:
        stream = SealedReader(file, key)
        sums: dict[str, Sum] = {}
        secrets: SecretState | None = None
        for contents in read_contents(stream):
            summing = Summing()
            for document in contents.documents:
                summing.add(document)
                if contents.collection == "meta" and (fields := fields_of(document)).get("_id") == "secret":
                    secrets = _state_of(fields)
            sums[contents.collection] = summing.result()
    if secrets is None or sums.get("streams", NOTHING) == NOTHING:
        raise UnreadableBackup("the backup holds no hub: it was made of an empty database")
    return Inspection(stream.head, sums, secrets)


def _state_of(fields: Mapping[str, Any]) -> SecretState | None:
    try:
        return from_bson(fields, SecretState)
    except Unreadable:
        return None


def restore(
    uri: str, database: str, path: Path, key: str | None, known: Collection[str], progress: Progress
) -> Inspection:
    """Restore a backup into an empty database, and return its inspection.

    `known` are the fingerprints of the secrets that are there: all that were in force in the backup's hub are needed.
    Raises `BackupError`; then the database is as it was.
    """
    inspection = inspect(path, key)
    missing = inspection.secrets.missing(known)
    if inspection.secrets.proof in missing:
        raise NotRestorable(
            "the secret is not that of the backup's hub: set HUB_SECRET, or put its hub-secret into the data folder"
        )
    if missing:
        raise NotRestorable(
            f"an earlier secret was in force too when the backup was made ({', '.join(missing)}): "
            "put it into hub-secret in the data folder, or HUB_OTHER_SECRETS"
        )
    with opened(uri, database) as client:
        target = client.get_database(database, write_concern=MAJORITY)
        _take(target)
        try:
            _fill(target, path, key, progress)
            _verify(uri, database, inspection)
        except BaseException:
            client.drop_database(database)
            raise
        # Clients that were further than the backup have to see that its numbers are others (live-protocol.md).
        target.streams.update_many({}, {"$set": {"epoch": secrets.token_hex(4)}})
        target.meta.delete_one({"_id": RESTORING})
    return inspection


def _take(target: Database[dict[str, Any]]) -> None:
    """Mark an empty database as one that is being restored. Raises `NotRestorable`."""
    if target.meta.find_one({"_id": RESTORING}) is not None:
        target.client.drop_database(target.name)
    filled = [name for name in target.list_collection_names() if target[name].find_one({}, {"_id": 1}) is not None]
    if filled:
        raise NotRestorable(
            f"the database {target.name} is not empty: restore into a new one, before a hub was started on it"
        )
    target.meta.insert_one({"_id": RESTORING})


def _fill(target: Database[dict[str, Any]], path: Path, key: str | None, progress: Progress) -> None:
    with _file(path) as file:
        for contents in read_contents(SealedReader(file, key)):
            done = 0
            for batch in _batches(contents):
                target[contents.collection].insert_many(batch, ordered=False)
                done += len(batch)
                progress(contents.collection, done)


def _batches(contents: Contents) -> Iterator[list[RawBSONDocument]]:
    """Yield the documents in batches, bounded by number and by bytes."""
    batch: list[RawBSONDocument] = []
    size = 0
    for document in contents.documents:
        batch.append(document)
        size += len(document.raw)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _verify(uri: str, database: str, inspection: Inspection) -> None:
    """Check of a restored database: its counts and hashes are the backup's. Raises `NotRestorable`."""
    found = sums_of(uri, database)
    for name in sorted(found.keys() | inspection.sums.keys()):
        if found.get(name, NOTHING) != inspection.sums.get(name, NOTHING):
            raise NotRestorable(f"the database does not hold what was written: the collection {name} differs")


@contextmanager
def _file(path: Path) -> Iterator[IO[bytes]]:
    try:
        with open(path, "rb") as file:
            yield file
    except OSError as error:
        raise UnreadableBackup(f"{path} cannot be read: {error.strerror}") from error
