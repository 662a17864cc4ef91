"""Files of metrics: under a supervisor each process keeps its numbers in a folder that all of the host read."""

import os
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from hub.errors import Unavailable

log = structlog.get_logger(__name__)

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Read by the library itself, when it is imported."""
FILES = ("counter", "histogram", "gauge_livemax", "gauge_livemin", "gauge_livesum", "gauge_mostrecent")
"""Files of a process, by the library's names."""
RESERVED_BYTES = 512 * 1024
"""Bytes of each that are its own from the start: a page that the disk has no room for ends the process (SIGBUS)."""


def reserve_files() -> None:
    """Reserve this process's files on the disk, where it keeps any."""
    if FOLDER_VARIABLE in os.environ:
        for name in FILES:
            _reserve(Path(os.environ[FOLDER_VARIABLE]) / f"{name}_{os.getpid()}.db", RESERVED_BYTES)


def exposition(registry: CollectorRegistry) -> bytes:
    """Return the numbers of all processes of this host, or of `registry` alone, in Prometheus' text format.

    Raises `Unavailable` where no file descriptor is free.
    """
    if FOLDER_VARIABLE not in os.environ:
        return generate_latest(registry)
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
