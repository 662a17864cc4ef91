"""Metrics of a process for Prometheus, added up over the workers of a host (docs/operating.md).

Several workers share one port, so whichever is asked answers for all: under a supervisor each keeps its numbers in
files of a folder that all read (`PROMETHEUS_MULTIPROC_DIR`, which the supervisor sets and empties). No label holds what
a client made up.
"""

import os
from functools import cache
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from hub.errors import Unavailable
from hub.version import VERSION

log = structlog.get_logger(__name__)

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Read by the library itself, when it is imported."""
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
FILES = ("counter", "histogram", "gauge_livemax", "gauge_livesum", "gauge_mostrecent")
"""Files of a process, by the library's names."""
RESERVED_BYTES = 512 * 1024
"""Bytes of each that are its own from the start: a page that the disk has no room for ends the process (SIGBUS)."""
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Metrics:
    """Metrics of a process: counters, gauges and histograms. `exposition` returns all of this host's processes."""

    def __init__(self) -> None:
        if FOLDER_VARIABLE in os.environ:
            for name in FILES:
                _reserve(Path(os.environ[FOLDER_VARIABLE]) / f"{name}_{os.getpid()}.db", RESERVED_BYTES)
        self._registry = CollectorRegistry()
        requests = Histogram(
            "scanhub_request_seconds",
            "Time from a request's last byte to its answer",
            ("route", "status"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        scans = Counter(
            "scanhub_scans", "Scans answered, by what the door was told", ("code",), registry=self._registry
        )
        # Looking a label up in the library costs as much as counting: what each request does looks up once.
        self.requests = cache(requests.labels)
        self.scans = cache(scans.labels)
        build = Gauge(
            "scanhub_build_info",
            "Version of the hub: 1 for the one that runs",
            ("version",),
            multiprocess_mode="livemax",
            registry=self._registry,
        )
        build.labels(VERSION).set(1)
        self.sockets = Gauge(
            "scanhub_live_sockets", "Live connections", multiprocess_mode="livesum", registry=self._registry
        )
        self.job_runs = Counter(
            "scanhub_job_runs", "Runs of scheduled jobs", ("job", "result"), registry=self._registry
        )
        self.job_changes = Counter("scanhub_job_changes", "What those runs changed", ("job",), registry=self._registry)
        self.job_seconds = Gauge(
            "scanhub_job_last_seconds",
            "How long a job's last run took",
            ("job",),
            multiprocess_mode="mostrecent",
            registry=self._registry,
        )
        self.wallet_certificate = Gauge(
            "scanhub_wallet_certificate_end_timestamp_seconds",
            "When the configured pass certificate ends; 0 where it cannot be used",
            ("state",),
            multiprocess_mode="mostrecent",
            registry=self._registry,
        )
        self.job_ended = Gauge(
            "scanhub_job_last_success_timestamp_seconds",
            "When a job last ran to its end",
            ("job",),
            multiprocess_mode="mostrecent",
            registry=self._registry,
        )

        if FOLDER_VARIABLE in os.environ:
            self._open_files()

    def _open_files(self) -> None:
        """Open the files that the library opens at the first use of each kind: later no descriptor may be free."""
        self.requests("/scan/ticket", 200)
        self.scans("admitted")
        self.job_ended.labels("")  # not exposed before it is set

    def exposition(self) -> bytes:
        """Return all numbers in Prometheus' text format. Raises `Unavailable` where no file descriptor is free."""
        if FOLDER_VARIABLE not in os.environ:
            return generate_latest(self._registry)
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        try:
            numbers = generate_latest(shared)
        except OSError as error:
            raise Unavailable("not ready") from error
        if not numbers:  # the library takes a folder that it cannot open for an empty one
            raise Unavailable("not ready")
        return numbers


def empty(folder: Path) -> None:
    """Make `folder` ready for the numbers of new processes: counters begin at 0 when a hub starts."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink()


def has_room(folder: Path) -> bool:
    """Return whether the disk has room for the numbers of one more process; where not, a line of the log says so."""
    probe = folder / "probe"
    try:
        _reserve(probe, len(FILES) * RESERVED_BYTES)
    except OSError as error:
        log.error("no room for metrics: a worker answers with its own alone", folder=str(folder), reason=error.strerror)
        return False
    finally:
        probe.unlink(missing_ok=True)
    return True


def _reserve(file: Path, size: int) -> None:
    """Make a file at least so long, by bytes that are written: not every system can reserve them otherwise."""
    with file.open("ab") as opened:
        opened.write(bytes(max(size - opened.tell(), 0)))


def forget_process(folder: Path, pid: int) -> None:
    """Take a dead worker's share out of the gauges; its counters stay."""
    mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
