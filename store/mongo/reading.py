"""Reading documents as their kinds, behind the error boundary of the driver."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pymongo import DESCENDING

from hub.model.base import Document
from store.mongo.connection import Collection, Cursor, Database
from store.mongo.documents import COLLECTIONS, from_bson, readable
from store.mongo.errors import driver_errors

D = TypeVar("D", bound=Document)
T = TypeVar("T")

MOST_COUNTED = 10_000
"""Documents that a list counts at most, to say its length: a longer one does not say it."""

Query = Mapping[str, Any]
Sort = Sequence[tuple[str, int]]


async def read_one(database: Database, kind: type[D], query: Query) -> D | None:
    """Return the first document of a kind that matches, or None.

    Raises `Unavailable`, and `Unreadable` for one that cannot be read: it is not taken for missing.
    """
    with driver_errors():
        found = await database[COLLECTIONS[kind]].find_one(query)
    return None if found is None else from_bson(found, kind)


async def read_many(database: Database, kind: type[D], query: Query, *, sort: Sort = (), limit: int = 0) -> list[D]:
    """Return the documents of a kind that match, `limit` at most (0: all), without any that cannot be read.

    Raises `Unavailable`.
    """
    cursor = database[COLLECTIONS[kind]].find(query)
    if sort:
        cursor = cursor.sort(list(sort))
    return await read_all(cursor.limit(limit), kind)


async def read_all(cursor: Cursor, kind: type[T]) -> list[T]:
    """Return all that a cursor yields, as `kind`, without any that cannot be read. Raises `Unavailable`."""
    return readable(await read_documents(cursor), kind)


async def read_first(cursor: Cursor, kind: type[T], limit: int) -> list[T]:
    """Return the first `limit` that a cursor yields and that can be read as `kind`; the others are passed over.

    Raises `Unavailable`.
    """
    found: list[T] = []
    with driver_errors():
        async for document in cursor.batch_size(limit):
            found += readable([document], kind)
            if len(found) == limit:
                await cursor.close()
                break
    return found


async def read_newest(collection: Collection, field: str, query: Query, most: int) -> list[Any]:
    """Return the values of one field of the `most` documents that match and were added last, the oldest first.

    Raises `Unavailable`.
    """
    found = collection.find({**query, field: {"$ne": None}}, {field: 1}).sort("$natural", DESCENDING).limit(most)
    return [document[field] for document in reversed(await read_documents(found))]


async def read_documents(cursor: Cursor) -> list[dict[str, Any]]:
    """Return all that a cursor yields, as it is stored. Raises `Unavailable`."""
    with driver_errors():
        found: list[dict[str, Any]] = await cursor.to_list(None)
    return found


async def count_some(collection: Collection, query: Query, *, hint: Sort | None = None) -> int | None:
    """Return how many documents match, None where they are more than `MOST_COUNTED`. Raises `Unavailable`.

    `hint` is the index to go by, where the planner would take none.
    """
    bounds: dict[str, Any] = {"limit": MOST_COUNTED + 1} | ({} if hint is None else {"hint": list(hint)})
    with driver_errors():
        found: int = await collection.count_documents(query, **bounds)
    return found if found <= MOST_COUNTED else None
