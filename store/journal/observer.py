"""Observer of the journal's writers, for metrics. Its methods are called in the writers' threads."""

from store.mongo.transaction import Incident


class JournalObserver:
    """Observer that does nothing; one that counts overrides its methods (`hub/telemetry/journal.py`)."""

    def committed(self, *, commands: int, entries: int, took_s: float) -> None:
        """Record a transaction that committed so many commands with so many entries."""

    def failed(self) -> None:
        """Record a transaction that the database did not confirm in time."""

    def notify(self, incident: Incident) -> None:
        """Record a conflict, or a repetition, of a transaction."""


NO_OBSERVER = JournalObserver()
