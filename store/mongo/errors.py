"""Error boundary of the driver: PyMongo's exceptions leave the store as errors of our own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bson.errors import InvalidDocument
from pymongo.errors import BulkWriteError, OperationFailure, PyMongoError

from hub.errors import BadInput, Unavailable
from store.mongo.transaction import is_transient

DriverError = PyMongoError
"""Any exception of the driver, for rooms that must not import it."""
UNSTORABLE = (InvalidDocument, OverflowError, UnicodeEncodeError)
"""What the driver raises for a document that BSON has no room for: a number above 64 bits, a NUL in a name."""


def unstorable() -> BadInput:
    """Return the refusal of a document that BSON has no room for."""
    return BadInput("A value is too large or holds characters that cannot be stored")


STATE_CHANGES = frozenset({91, 189, 10058, 10107, 11600, 11602, 13435, 13436})
"""Codes of a server that steps down, shuts down, or is no primary (yet): another try finds the new one."""
PASSING = frozenset({6, 7, 43, 64, 89, 112, 117, 133, 134, 237, 246, 262, 276, 11601})
"""Codes of what was cut off or stood in the way for a moment: a host or a cursor that is gone, a majority or a snapshot
that is not there yet, an index or a collection that another process makes just now."""


def is_state_change(error: PyMongoError) -> bool:
    """Return whether an operation failed because the replica set was changing its primary, or for a moment."""
    if isinstance(error, BulkWriteError):
        return _is_only_unacknowledged(error.details or {})
    return isinstance(error, OperationFailure) and error.code in STATE_CHANGES | PASSING


def _is_only_unacknowledged(bulk: Mapping[str, Any]) -> bool:
    """Return whether a bulk was written, and an election left some of it without acknowledgement."""
    codes = {unacknowledged.get("code") for unacknowledged in bulk.get("writeConcernErrors", ())}
    return not bulk.get("writeErrors") and bool(codes) and codes <= STATE_CHANGES | PASSING


@contextmanager
def driver_errors() -> Iterator[None]:
    """Error boundary for one operation.

    Raises `Unavailable` where the database did not answer (asking again may help), `BadInput` for a document that
    cannot be stored. An error that a repetition would not mend, such as a `DuplicateKeyError`, passes as it is.
    """
    try:
        yield
    except PyMongoError as error:
        if error.timeout or is_transient(error) or is_state_change(error):
            raise Unavailable("The database does not answer: try again") from error
        raise
    except UNSTORABLE as error:
        raise unstorable() from error
