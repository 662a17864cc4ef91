"""Contents of a backup: collection after collection, each document as it is stored, with counts and hashes.

BSON documents one after another, told apart by their one field: `collection` begins one, `document` is one of its
documents, `end` holds the sum of the collection; `total`, the last, how many documents there are.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import bson
import msgspec
from bson.codec_options import CodecOptions
from bson.errors import InvalidBSON
from bson.raw_bson import RawBSONDocument

from store.backup.errors import UnreadableBackup
from store.backup.sealed_file import SealedReader, SealedWriter

RAW: CodecOptions[RawBSONDocument] = CodecOptions(document_class=RawBSONDocument)
"""Documents as their bytes: nothing is decoded, so nothing is lost, whatever version wrote it."""
LARGEST = 17 * 1024 * 1024
"""Bytes of the largest record: a document of MongoDB (16 MB), wrapped."""
_LENGTH_BYTES = 4


class Sum(msgspec.Struct, frozen=True):
    """Sum of a collection: the number of its documents, and a SHA-256 over them in the order of their ids."""

    count: int
    sha256: str


class Summing:
    """Sum of a collection under way."""

    def __init__(self) -> None:
        self.count = 0
        self._hash = hashlib.sha256()

    def add(self, document: RawBSONDocument) -> None:
        """Add the next document."""
        self.count += 1
        self._hash.update(document.raw)

    def result(self) -> Sum:
        """Return the sum so far."""
        return Sum(self.count, self._hash.hexdigest())


class Contents(NamedTuple):
    """A collection of a backup that is read: its name and its documents, to be read to their end."""

    collection: str
    documents: Iterator[RawBSONDocument]


class ContentsWriter:
    """Writer of contents into a sealed stream."""

    def __init__(self, stream: SealedWriter) -> None:
        self._stream = stream
        self._total = 0

    def write(self, collection: str, documents: Iterable[RawBSONDocument]) -> Iterator[int]:
        """Write a collection; yields how many documents are written, after each."""
        summing = Summing()
        self._put({"collection": collection})
        for document in documents:
            self._put({"document": document})
            summing.add(document)
            yield summing.count
        self._total += summing.count
        self._put({"end": msgspec.structs.asdict(summing.result())})

    def close(self) -> None:
        """Write the end, and that of the stream."""
        self._put({"total": self._total})
        self._stream.close()

    def _put(self, record: dict[str, Any]) -> None:
        self._stream.write(bson.encode(record))


def read_contents(stream: SealedReader) -> Iterator[Contents]:
    """Yield the collections of a sealed stream. Raises `UnreadableBackup` where anything does not add up."""
    records = _records(stream)
    total = 0
    for record in records:
        if "total" in record:
            if record["total"] != total or next(records, None) is not None:
                break
            return
        collection = record.get("collection")
        if not isinstance(collection, str) or not _is_own(collection):
            break
        summing = Summing()
        yield Contents(collection, _documents(records, summing))
        total += summing.count
    raise UnreadableBackup("the backup is damaged: its parts do not add up")


def _is_own(collection: str) -> bool:
    """Return whether a collection's name may be one of a hub's: no control characters, none of the server's own."""
    return collection.isprintable() and not collection.startswith("system.")


def fields_of(document: RawBSONDocument) -> dict[str, Any]:
    """Return the fields of a document. Raises `UnreadableBackup` where its bytes are no BSON."""
    try:
        return dict(document)
    except (InvalidBSON, ValueError, OverflowError, IndexError) as error:
        raise UnreadableBackup("the backup is damaged: a record cannot be read") from error


def _documents(records: Iterator[dict[str, Any]], summing: Summing) -> Iterator[RawBSONDocument]:
    for record in records:
        document = record.get("document")
        if not isinstance(document, RawBSONDocument):
            if _is_sum(record.get("end"), summing.result()):
                return
            break
        summing.add(document)
        yield document
    raise UnreadableBackup("the backup is damaged: a collection does not add up")


def _is_sum(end: object, expected: Sum) -> bool:
    return isinstance(end, RawBSONDocument) and fields_of(end) == msgspec.structs.asdict(expected)


def _records(stream: SealedReader) -> Iterator[dict[str, Any]]:
    while prefix := stream.read(_LENGTH_BYTES):
        length = int.from_bytes(prefix, "little")
        rest = stream.read(max(0, min(length, LARGEST) - _LENGTH_BYTES))
        try:
            record = RawBSONDocument(prefix + rest, RAW)
        except (InvalidBSON, IndexError) as error:  # IndexError: of a negative length
            raise UnreadableBackup("the backup is damaged: a record cannot be read") from error
        yield fields_of(record)
