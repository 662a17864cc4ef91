"""Error boundary of the driver: what PyMongo raises leaves the store as one of our own errors."""

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.errors import PyMongoError

from hub.errors import Unavailable
from store.mongo.transaction import is_transient


@contextmanager
def driver_errors() -> Iterator[None]:
    """Error boundary for one operation. Raises `Unavailable` where the database did not answer: ask again later.

    An error that a repetition would not mend, such as a `DuplicateKeyError`, passes as it is.
    """
    try:
        yield
    except PyMongoError as error:
        if error.timeout or is_transient(error):
            raise Unavailable("The database does not answer: try again") from error
        raise
