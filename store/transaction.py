"""Transactions on one session, retried by hand.

Motor's `with_transaction` does not retry a failed commit (it commits on leaving its context, before its own retry
loop), so this does: the commit again until its result is known, the whole again on TransientTransactionError
(MongoDB manual, "Transactions in applications").

One session for all of them, because a session has one transaction at most: beginning the next ends the one before,
if its commit or its abort never arrived. Otherwise that one would hold its documents for the 60 s that a server
waits for a client that has gone.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import pymongo
from bson.binary import UUID_SUBTYPE, Binary
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorClientSession
from pymongo.client_session import ClientSession
from pymongo.errors import ConnectionFailure, PyMongoError
from pymongo.read_concern import ReadConcern

from hub.errors import Unavailable
from store.connection import MAJORITY
from store.threads import Threads

log = logging.getLogger(__name__)

T = TypeVar("T")
LastWrites = Callable[[], object]
"""What is written last. Blocks: it runs in a thread, in one turn with the commit."""
Work = Callable[[AsyncIOMotorClientSession], Awaitable[tuple[T, LastWrites]]]

TRANSIENT = "TransientTransactionError"


class Transactions:
    """Runs one transaction after another; never two at a time."""

    def __init__(self, client: AsyncIOMotorClient[dict[str, Any]], threads: Threads, *, within_s: float = 5.0) -> None:
        self._client = client
        self._threads = threads
        self._within_s = within_s
        self._session: AsyncIOMotorClientSession | None = None
        self.is_in_doubt = False
        """Whether the last one may still be open on the server, because the server could not be told to end it."""

    async def session_id(self) -> bytes:
        """Return the id by which another process can `end` what this one left open."""
        session = await self._open_session()
        number: Any = session.session_id
        return bytes(number["id"])

    async def end(self, session_id: bytes) -> bool:
        """End whatever transaction is open on a session, one's own or a dead process's; tell whether the server did."""
        try:
            with pymongo.timeout(1):
                await self._client.admin.command("killSessions", [{"id": Binary(session_id, UUID_SUBTYPE)}])
        except PyMongoError as error:
            log.warning("a transaction may be left open: %r", error)
            return False
        return True

    async def run(self, work: Work[T]) -> T:
        """Run `work` and its last writes in a transaction until it is committed by a majority; return its result.

        `work` may run several times, of which one is committed. Raises `Unavailable` where nothing was confirmed in
        time: then it is not known whether it was. Raises whatever `work` raises that a retry would not mend.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._within_s
        for pause_s in _pauses():
            try:
                with pymongo.timeout(max(deadline - loop.time(), 0.001)):
                    return await self._attempt(work, deadline)
            except PyMongoError as error:
                if not (error.timeout or is_transient(error)):
                    raise
                if loop.time() + pause_s >= deadline:
                    raise Unavailable from error
            await asyncio.sleep(pause_s)
        raise AssertionError("there is always another pause")

    async def close(self) -> None:
        """Give the session back."""
        if self._session is not None:
            await self._session.end_session()

    async def _open_session(self) -> AsyncIOMotorClientSession:
        if self._session is None:
            self._session = await self._client.start_session(causal_consistency=False)
        return self._session

    async def _attempt(self, work: Work[T], deadline: float) -> T:
        session = await self._open_session()
        session.start_transaction(read_concern=ReadConcern("snapshot"), write_concern=MAJORITY)
        self.is_in_doubt = True
        try:
            result, write = await work(session)
            error = await self._threads.run(partial(_write_and_commit, write, session.delegate))
        except BaseException as broken:
            await session.abort_transaction()
            self.is_in_doubt = _is_cut_off(broken)
            raise
        if error is not None:
            await self._commit_again(session, error, deadline)
        self.is_in_doubt = False
        return result

    async def _commit_again(self, session: AsyncIOMotorClientSession, error: PyMongoError, deadline: float) -> None:
        """After `error` commit again, until the result is known: a server answers each time what became of it.

        Whatever is not TransientTransactionError may have been committed, label or not: an interrupted wait for the
        majority has none.
        """
        loop = asyncio.get_running_loop()
        for pause_s in _pauses():
            if error.has_error_label(TRANSIENT):
                self.is_in_doubt = False
                raise error
            if loop.time() + pause_s >= deadline:
                raise Unavailable from error
            await asyncio.sleep(pause_s)
            try:
                return await session.commit_transaction()
            except PyMongoError as again:
                error = again


def _write_and_commit(write: LastWrites, session: ClientSession) -> PyMongoError | None:
    """Write what comes last and commit; return why it is not known what became of the commit, None where it is done."""
    write()
    try:
        session.commit_transaction()
    except PyMongoError as error:
        return error
    return None


def is_transient(error: PyMongoError) -> bool:
    """Tell whether the same work may succeed when it is tried again."""
    return error.has_error_label(TRANSIENT) or isinstance(error, ConnectionFailure)


def _is_cut_off(error: BaseException) -> bool:
    """Tell whether the server may know nothing of the end of the transaction that `error` broke off."""
    return isinstance(error, ConnectionFailure) or (isinstance(error, PyMongoError) and error.timeout)


def _pauses() -> Iterator[float]:
    pause_s = 0.005
    while True:
        yield pause_s * random.uniform(0.5, 1.5)
        pause_s = min(pause_s * 2, 0.5)
