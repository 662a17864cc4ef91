"""Observer of the journal's writers, for metrics, correlation ids and traces."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from store.mongo.transaction import Incident


class JournalObserver:
    """Observer that does nothing; one that counts overrides its methods (`hub/telemetry/journal.py`).

    All but `request_id` and `origin` are called in the writers' threads.
    """

    def request_id(self) -> str | None:
        """Return the id of the request that appends, called in its context; its entries carry it."""
        return None

    def origin(self) -> object:
        """Return what `transaction` is to know of the request that appends, called in its context."""
        return None

    def transaction(self, origins: Sequence[object]) -> AbstractContextManager[None]:
        """Return a context in which a transaction runs, with the origin of each of its commands."""
        return _NOTHING

    def committed(self, *, commands: int, entries: int, took_s: float) -> None:
        """Record a transaction that committed so many commands with so many entries."""

    def failed(self) -> None:
        """Record a transaction that the database did not confirm in time."""

    def notify(self, incident: Incident) -> None:
        """Record a conflict, or a repetition, of a transaction."""


_NOTHING = nullcontext()
NO_OBSERVER = JournalObserver()
