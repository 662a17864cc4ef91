"""Observer of the journal's writers: metrics and spans of their commits, and the id of the request that writes."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from typing_extensions import override

from hub.telemetry.correlation import current_id
from hub.telemetry.metrics import Metrics
from hub.telemetry.tracing import Tracer
from store.journal.observer import JournalObserver
from store.mongo.transaction import Incident


class JournalMeter(JournalObserver):
    """Observer of the journal that counts in the metrics of this process."""

    def __init__(self, metrics: Metrics, tracer: Tracer) -> None:
        self._metrics = metrics
        self._tracer = tracer

    @override
    def request_id(self) -> str | None:
        return current_id()

    @override
    def origin(self) -> object:
        return self._tracer.origin()

    @override
    def transaction(self, origins: Sequence[object]) -> AbstractContextManager[None]:
        return self._tracer.commit(origins)

    @override
    def committed(self, *, commands: int, entries: int, took_s: float) -> None:
        metrics = self._metrics
        metrics.commits("committed").inc()
        metrics.commit_seconds.observe(took_s)
        metrics.batch_commands.observe(commands)
        metrics.entries.inc(entries)

    @override
    def failed(self) -> None:
        self._metrics.commits("failed").inc()

    @override
    def notify(self, incident: Incident) -> None:
        match incident:
            case "conflict":
                self._metrics.conflicts.inc()
            case "transaction retried":
                self._metrics.retries("transaction").inc()
            case "commit retried":
                self._metrics.retries("commit").inc()
