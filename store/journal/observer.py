"""Observer of the journal's writers, for metrics and correlation ids."""

from store.mongo.transaction import Incident


class JournalObserver:
    """Observer that does nothing; one that counts overrides its methods (`hub/telemetry/journal.py`).

    All but `request_id` are called in the writers' threads.
    """

    def request_id(self) -> str | None:
        """Return the id of the request that appends, called in its context; its entries carry it."""
        return None

    def committed(self, *, commands: int, entries: int, took_s: float) -> None:
        """Record a transaction that committed so many commands with so many entries."""

    def failed(self) -> None:
        """Record a transaction that the database did not confirm in time."""

    def notify(self, incident: Incident) -> None:
        """Record a conflict, or a repetition, of a transaction."""


NO_OBSERVER = JournalObserver()
