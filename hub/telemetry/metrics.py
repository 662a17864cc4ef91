"""Metrics of a process for Prometheus, added up over the workers of a host (docs/operating.md): the table of all.

Several workers share one port, so whichever is asked answers for all (`hub/telemetry/files.py`). No label holds what a
client made up.
"""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from hub.telemetry.declared import declare_all, labelled, single
from hub.telemetry.files import FOLDER_VARIABLE, exposition, reserve_files
from hub.version import VERSION

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_COMMANDS = (1, 2, 5, 10, 20, 50, 100)
_SUM, _MOST, _LEAST, _NEWEST = ({"multiprocess_mode": mode} for mode in ("livesum", "livemax", "livemin", "mostrecent"))
"""How the gauges of several workers make one: of living ones their sum, most or least; else the one set last."""


class Metrics:
    """Metrics of a process: a line each. Those with labels are called with their values: `scans("admitted").inc()`."""

    requests = labelled(
        Histogram,
        "scanhub_request_seconds",
        "Time from a request's last byte to its answer",
        "route",
        "status",
        buckets=_SECONDS,
    )
    scans = labelled(Counter, "scanhub_scans", "Scans answered, by what the door was told", "code")

    commits = labelled(
        Counter,
        "scanhub_journal_commits",
        "Transactions of the journal: committed, or failed for good",
        "result",
        begins=("committed", "failed"),
    )
    commit_seconds = single(
        Histogram, "scanhub_journal_commit_seconds", "Time from a batch's first read to its commit", buckets=_SECONDS
    )
    batch_commands = single(
        Histogram, "scanhub_journal_batch_commands", "Commands that one transaction committed", buckets=_COMMANDS
    )
    entries = single(Counter, "scanhub_journal_entries", "Journal entries committed")
    conflicts = single(Counter, "scanhub_journal_conflicts", "Transactions that met another's writes")
    retries = labelled(
        Counter,
        "scanhub_journal_retries",
        "Repetitions of a whole transaction, or of a commit",
        "step",
        begins=("transaction", "commit"),
    )

    sockets = single(Gauge, "scanhub_live_sockets", "Live connections", **_SUM)
    live_delay = single(
        Histogram,
        "scanhub_live_delay_seconds",
        "Time from a change to the update that live clients were sent of it",
        buckets=_SECONDS,
    )
    live_lag = single(
        Gauge,
        "scanhub_live_lag_seconds",
        "Time that the journal's end is ahead of what live clients were sent",
        **_MOST,
    )

    deliveries = labelled(
        Counter, "scanhub_outbox_deliveries", "Attempts to deliver a message, by result", "consumer", "result"
    )

    job_runs = labelled(Counter, "scanhub_job_runs", "Runs of scheduled jobs", "job", "result")
    job_changes = labelled(Counter, "scanhub_job_changes", "What those runs changed", "job")
    job_seconds = labelled(Gauge, "scanhub_job_last_seconds", "How long a job's last run took", "job", **_NEWEST)
    job_ended = labelled(
        Gauge, "scanhub_job_last_success_timestamp_seconds", "When a job last ran to its end", "job", **_NEWEST
    )

    wallet_certificate = labelled(
        Gauge,
        "scanhub_wallet_certificate_end_timestamp_seconds",
        "When the configured pass certificate ends; 0 where it cannot be used",
        "state",
        **_NEWEST,
    )

    build = labelled(Gauge, "scanhub_build_info", "Version of the hub: 1 for the one that runs", "version", **_MOST)
    worker_starts = single(Counter, "scanhub_worker_starts", "Workers started since the hub was")
    cpu_seconds = single(Counter, "process_cpu_seconds", "User and system CPU time that the workers spent")
    resident_bytes = single(Gauge, "process_resident_memory_bytes", "Resident memory of all workers", **_SUM)
    virtual_bytes = single(Gauge, "process_virtual_memory_bytes", "Virtual memory of all workers", **_SUM)
    open_files = single(Gauge, "process_open_fds", "Open file descriptors of all workers", **_SUM)
    most_files = single(Gauge, "process_max_fds", "Open file descriptors that all workers may have", **_SUM)
    start_time = single(Gauge, "process_start_time_seconds", "Start of the oldest worker, in Unix time", **_LEAST)

    def __init__(self) -> None:
        reserve_files()
        self._registry = CollectorRegistry()
        declare_all(self, self._registry)
        self.build(VERSION).set(1)
        self.worker_starts.inc()
        self._open_files()

    def _open_files(self) -> None:
        """Open the files that the library opens at the first use of each kind: later no descriptor may be free.

        Metrics without labels have opened those of all kinds but one. An unset gauge of that kind is not exposed.
        """
        if FOLDER_VARIABLE in os.environ:
            self.job_ended("")

    def exposition(self) -> bytes:
        """Return all numbers in Prometheus' text format. Raises `Unavailable` where no file descriptor is free."""
        return exposition(self._registry)
