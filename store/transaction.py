"""One transaction, retried by hand.

Motor's `with_transaction` does not retry a failed commit (it commits on leaving its context, before its own retry
loop), so this does: the commit again on UnknownTransactionCommitResult, the whole again on
TransientTransactionError (MongoDB manual, "Transactions in applications").
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pymongo
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorClientSession
from pymongo.errors import ConnectionFailure, PyMongoError
from pymongo.read_concern import ReadConcern

from hub.errors import Unavailable
from store.connection import MAJORITY

T = TypeVar("T")
Work = Callable[[AsyncIOMotorClientSession], Awaitable[T]]

TRANSIENT = "TransientTransactionError"
UNKNOWN_COMMIT = "UnknownTransactionCommitResult"


async def run_transaction(client: AsyncIOMotorClient[dict[str, Any]], work: Work[T], *, within_s: float = 5.0) -> T:
    """Run `work` in a transaction until it is committed by majority, and return what it returned.

    `work` may run several times, also after a commit whose result never became known: it must see for itself
    whether it was done before. Raises `Unavailable` when nothing was confirmed within `within_s` seconds, and
    whatever `work` raises that a retry would not mend.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within_s
    pause_s = 0.005
    while True:
        try:
            with pymongo.timeout(max(deadline - loop.time(), 0.001)):
                return await _attempt(client, work)
        except PyMongoError as error:
            if loop.time() + pause_s >= deadline and (error.timeout or is_transient(error)):
                raise Unavailable from error
            if not is_transient(error):
                raise
        await asyncio.sleep(pause_s * random.uniform(0.5, 1.5))
        pause_s = min(pause_s * 2, 0.5)


def is_transient(error: PyMongoError) -> bool:
    """Tell whether the same work may succeed when it is tried again."""
    labelled = error.has_error_label(TRANSIENT) or error.has_error_label(UNKNOWN_COMMIT)
    return labelled or isinstance(error, ConnectionFailure)


async def _attempt(client: AsyncIOMotorClient[dict[str, Any]], work: Work[T]) -> T:
    async with await client.start_session() as session:
        session.start_transaction(read_concern=ReadConcern("snapshot"), write_concern=MAJORITY)
        try:
            result = await work(session)
            await _commit(session)
        except BaseException:
            if session.in_transaction:
                await session.abort_transaction()
            raise
        return result


async def _commit(session: AsyncIOMotorClientSession, tries: int = 3) -> None:
    for last in (False,) * (tries - 1) + (True,):
        try:
            await session.commit_transaction()
            return
        except PyMongoError as error:
            if last or not error.has_error_label(UNKNOWN_COMMIT):
                raise
