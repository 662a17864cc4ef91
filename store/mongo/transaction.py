"""Transactions on one session, retried by hand.

PyMongo's `with_transaction` may go on for two minutes and hides which of its tries was committed; Motor's does not
retry a failed commit at all. So this does: the commit again until its result is known, the whole again on
TransientTransactionError (MongoDB manual, "Transactions in applications"). All of it blocks: it runs in a thread.

One session for all of them, because a session has one transaction at most: beginning the next ends the one before,
if its commit or its abort never arrived. Otherwise that one would hold its documents for the 60 s that a server
waits for a client that has gone.
"""

import random
import time
from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeVar

import pymongo
import structlog
from bson.binary import UUID_SUBTYPE, Binary
from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.errors import ConnectionFailure, OperationFailure, PyMongoError
from pymongo.read_concern import ReadConcern

from hub.errors import Unavailable
from store.mongo.connection import MAJORITY

log = structlog.get_logger(__name__)

T = TypeVar("T")
Work = Callable[[ClientSession], T]
Wait = Callable[[], None]

Incident = Literal["conflict", "transaction retried", "commit retried"]
Notify = Callable[[Incident], None]


def _ignore(incident: Incident) -> None:
    """Default of `notify`."""


TRANSIENT = "TransientTransactionError"
WRITE_CONFLICT = 112
FIRST_WAIT_S = 1.0
"""How long a wait before the first try may take: one in vain must leave time for tries."""


class Transactions:
    """Runner of transactions on one session, one after another; never two at a time. `notify` runs in its thread."""

    def __init__(self, client: MongoClient[dict[str, Any]], *, within_s: float = 5.0, notify: Notify = _ignore) -> None:
        self._client = client
        self._within_s = within_s
        self._notify = notify
        self._session: ClientSession | None = None
        self.is_in_doubt = False
        """Whether the last one may still be open on the server, because the server could not be told to end it."""

    def session_id(self) -> bytes:
        """Return the id by which another process can `end` a transaction that this one left open."""
        return bytes(self._open_session().session_id["id"])

    def end(self, session_id: bytes) -> bool:
        """End the open transaction of a session, one's own or a dead process's; return whether the server did."""
        try:
            with pymongo.timeout(1):
                self._client.admin.command("killSessions", [{"id": Binary(session_id, UUID_SUBTYPE)}])
        except PyMongoError as error:
            log.warning("a transaction may be left open", reason=repr(error))
            return False
        return True

    def run(self, work: Work[T], *, wait_first: Wait | None = None, after_conflict: Wait | None = None) -> T:
        """Run `work` in a transaction until it is committed by a majority; return its result.

        `work` may run several times, of which one is committed. Before the first `wait_first` is called, and after a
        write conflict `after_conflict` in place of a pause: both are part of the time that there is. Raises
        `Unavailable` where nothing was confirmed in time: then it is not known whether it was. Raises whatever `work`
        raises that a retry would not mend.
        """
        deadline = time.monotonic() + self._within_s
        if wait_first is not None:
            self._wait(wait_first, min(deadline, time.monotonic() + FIRST_WAIT_S))
        for pause_s in _pauses():
            try:
                with pymongo.timeout(max(deadline - time.monotonic(), 0.001)):
                    return self._attempt(work, deadline)
            except PyMongoError as error:
                if not (error.timeout or is_transient(error)):
                    raise
                if is_conflict := _is_conflict(error):
                    self._notify("conflict")
                if time.monotonic() + pause_s >= deadline:
                    raise Unavailable from error
                waits = after_conflict if is_conflict else None
            self._notify("transaction retried")
            if waits is None or not self._wait(waits, deadline):
                time.sleep(pause_s)
        raise AssertionError("there is always another pause")

    def _wait(self, wait: Wait, deadline: float) -> bool:
        """Run a wait until `deadline` at most; return whether it came to its end. What broke it a try meets, too."""
        try:
            with pymongo.timeout(max(deadline - time.monotonic(), 0.001)):
                wait()
        except PyMongoError:
            return False
        return True

    def close(self) -> None:
        """Give the session back."""
        if self._session is not None:
            self._session.end_session()

    def _open_session(self) -> ClientSession:
        if self._session is None:
            self._session = self._client.start_session(causal_consistency=False)
        return self._session

    def _attempt(self, work: Work[T], deadline: float) -> T:
        session = self._open_session()
        session.start_transaction(read_concern=ReadConcern("snapshot"), write_concern=MAJORITY)
        self.is_in_doubt = True
        try:
            result = work(session)
        except BaseException as broken:
            session.abort_transaction()
            self.is_in_doubt = _is_cut_off(broken)
            raise
        self._commit(session, deadline)
        self.is_in_doubt = False
        return result

    def _commit(self, session: ClientSession, deadline: float) -> None:
        """Commit, again and again until the result is known: a server answers each time with the outcome.

        Whatever is not TransientTransactionError may have been committed, label or not: an interrupted wait for the
        majority has none.
        """
        for pause_s in _pauses():
            try:
                return session.commit_transaction()
            except PyMongoError as error:
                if error.has_error_label(TRANSIENT):
                    self.is_in_doubt = False
                    raise
                if time.monotonic() + pause_s >= deadline:
                    raise Unavailable from error
            self._notify("commit retried")
            time.sleep(pause_s)


def _is_conflict(error: PyMongoError) -> bool:
    return isinstance(error, OperationFailure) and error.code == WRITE_CONFLICT


def is_transient(error: PyMongoError) -> bool:
    """Return whether the same work may succeed when it is tried again."""
    return error.has_error_label(TRANSIENT) or isinstance(error, ConnectionFailure)


def _is_cut_off(error: BaseException) -> bool:
    """Return whether the server may know nothing of the end of the transaction that `error` broke off."""
    return isinstance(error, ConnectionFailure) or (isinstance(error, PyMongoError) and error.timeout)


def _pauses() -> Iterator[float]:
    pause_s = 0.005
    while True:
        yield pause_s * random.uniform(0.5, 1.5)
        pause_s = min(pause_s * 2, 0.5)
