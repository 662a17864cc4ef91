"""Statements of a transaction, each one command for all its documents.

Collections' own methods prepare and check each document by itself, which costs more than deciding the scan; here the
documents come from our own types, in batches of known size (`store/journal/appender.py`), and go out as they are.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError, OperationFailure

from store.mongo.documents import CODEC

DUPLICATE_KEY = 11000

FOUND = "found"

Raw = Mapping[str, Any]
Statement = dict[str, Any]


class Statements:
    """Runner of statements in the transaction of one session. Blocks."""

    def __init__(self, database: Database[dict[str, Any]], session: ClientSession) -> None:
        self._database = database
        self._session = session

    def run(self, statements: Iterable[Statement]) -> list[Raw]:
        """Run `statements` one after another and return their replies. Raises `PyMongoError` where one is refused."""
        return [self._run(statement) for statement in statements]

    def _run(self, statement: Statement) -> Raw:
        reply: dict[str, Any] = self._database.command(statement, session=self._session, codec_options=CODEC)
        for error in reply.get("writeErrors", ()):
            kind = DuplicateKeyError if error["code"] == DUPLICATE_KEY else OperationFailure
            raise kind(error["errmsg"], error["code"], error)
        return reply


def look_up(collection: str, document_id: str, wanted: Mapping[str, Collection[str]]) -> Statement:
    """Read a document together with others by their ids: by collection in its field `FOUND`, see `documents_in`.

    All of it must fit into one document (16 MB). One statement costs half of what one for each collection does.
    """
    others = [
        {"$lookup": {"from": name, "pipeline": [{"$match": {"_id": {"$in": list(ids)}}}], "as": f"{FOUND}.{name}"}}
        for name, ids in wanted.items()
    ]
    return {"aggregate": collection, "pipeline": [{"$match": {"_id": document_id}}, *others], "cursor": {}}


def find(collection: str, query: Raw) -> Statement:
    """Read all documents that match, see `documents_in`; they must fit into one answer (16 MB)."""
    return {"find": collection, "filter": query, "batchSize": 10_000, "singleBatch": True}


def documents_in(reply: Raw) -> Sequence[Raw]:
    """Return the documents that were read."""
    found: Sequence[Raw] = reply["cursor"]["firstBatch"]
    return found


def insert(collection: str, documents: Collection[Raw]) -> Statement:
    """Insert documents."""
    return {"insert": collection, "documents": documents}


def update(collection: str, changes: Collection[tuple[Raw, Raw]]) -> Statement:
    """Apply to each match of a query its update."""
    return {"update": collection, "updates": [{"q": query, "u": change, "multi": True} for query, change in changes]}


def delete(collection: str, ids: Collection[str]) -> Statement:
    """Delete documents by id."""
    return {"delete": collection, "deletes": [{"q": {"_id": {"$in": list(ids)}}, "limit": 0}]}
