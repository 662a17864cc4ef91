"""Reads that the database may be too far away to answer."""

from collections.abc import Awaitable
from typing import TypeVar

from pymongo.errors import PyMongoError

from hub.errors import Unavailable
from store.mongo.transaction import is_transient

T = TypeVar("T")


async def driver_errors(question: Awaitable[T]) -> T:
    """Await a read. Raises `Unavailable` where the database did not answer; asking again may help."""
    try:
        return await question
    except PyMongoError as error:
        if error.timeout or is_transient(error):
            raise Unavailable("The database does not answer: try again") from error
        raise
