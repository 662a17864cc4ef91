"""Statements of a transaction, each one command for all its documents.

Collections' own methods prepare and check each document by itself, which costs more than deciding the scan; here the
documents come from our own types, in batches of known size (`store/appender.py`), and go out as they are.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from motor.motor_asyncio import AsyncIOMotorClientSession
from pymongo.errors import DuplicateKeyError, OperationFailure

from store.connection import Database
from store.documents import CODEC

DUPLICATE_KEY = 11000

Raw = Mapping[str, Any]


class Statements:
    """Reads and writes in the transaction of one session. Raises `PyMongoError` where the server refuses."""

    def __init__(self, database: Database, session: AsyncIOMotorClientSession) -> None:
        self._database = database
        self._session = session

    async def change_one(self, collection: str, document_id: str, update: Raw) -> Raw | None:
        """Apply `update` to a document and return it as it was before, or None where there is none."""
        reply = await self._run({"findAndModify": collection, "query": {"_id": document_id}, "update": update})
        found: Raw | None = reply["value"]
        return found

    async def find(self, collection: str, query: Raw) -> Sequence[Raw]:
        """Return all documents that match; they must fit into one answer (16 MB)."""
        reply = await self._run({"find": collection, "filter": query, "batchSize": 10_000, "singleBatch": True})
        found: Sequence[Raw] = reply["cursor"]["firstBatch"]
        return found

    async def insert(self, collection: str, documents: Collection[Raw]) -> None:
        """Insert documents."""
        if documents:
            await self._write({"insert": collection, "documents": documents})

    async def update(self, collection: str, changes: Collection[tuple[Raw, Raw]]) -> None:
        """Apply to each match of a query its update."""
        if changes:
            updates = [{"q": query, "u": change, "multi": True} for query, change in changes]
            await self._write({"update": collection, "updates": updates})

    async def delete(self, collection: str, ids: Collection[str]) -> None:
        """Delete documents by id."""
        if ids:
            await self._write({"delete": collection, "deletes": [{"q": {"_id": {"$in": list(ids)}}, "limit": 0}]})

    async def _write(self, command: dict[str, Any]) -> None:
        reply = await self._run(command)
        for error in reply.get("writeErrors", ()):
            kind = DuplicateKeyError if error["code"] == DUPLICATE_KEY else OperationFailure
            raise kind(error["errmsg"], error["code"], error)

    async def _run(self, command: dict[str, Any]) -> Raw:
        reply: dict[str, Any] = await self._database.command(command, session=self._session, codec_options=CODEC)
        return reply
