"""Folders in memory for the databases of tests: what a disk takes long to sync is written at once."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RAM_DISK = Path("/dev/shm")
MEMORY = Path("/proc/meminfo")
CGROUP = Path("/sys/fs/cgroup")
ROOM_BYTES = 3 << 30
"""A database takes 300 MB, one with many tickets 1 GB; its cache comes on top."""
PREFIX = "scan-hub-tests-"


@contextmanager
def memory_folder() -> Iterator[Path]:
    """Give an empty folder, removed afterwards: on the RAM disk where one has room, else among temporary files."""
    _remove_orphans()
    parent = RAM_DISK if _has_room() else None
    with tempfile.TemporaryDirectory(dir=parent, prefix=f"{PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _has_room() -> bool:
    if not (RAM_DISK.is_dir() and os.access(RAM_DISK, os.W_OK)):
        return False
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    return has_room_for(workers, shutil.disk_usage(RAM_DISK).free, available_bytes(MEMORY), unused_bytes(CGROUP))


def has_room_for(workers: int, disk: int, available: int, unused: int | None) -> bool:
    """Whether each worker's database fits: all of them look before the first is filled.

    In bytes: free on the RAM disk, available in memory, and unused of the control group's limit (None without one).
    """
    return min(disk, available, available if unused is None else unused) > ROOM_BYTES * workers


def available_bytes(memory: Path) -> int:
    """MemAvailable of a file like /proc/meminfo; 0 where it is unknown."""
    try:
        found = re.search(r"^MemAvailable:\s+(\d+) kB$", memory.read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def unused_bytes(cgroup: Path) -> int | None:
    """Memory left by a control group's limit; None without a limit that can be read."""
    try:
        limit, used = ((cgroup / name).read_text().strip() for name in ("memory.max", "memory.current"))
    except OSError:
        return None
    return int(limit) - int(used) if limit.isdecimal() else None


def _remove_orphans() -> None:
    """Remove the folders of test runs that were killed: they hold memory."""
    for folder in RAM_DISK.glob(f"{PREFIX}*"):
        if not Path("/proc", folder.name.removeprefix(PREFIX).split("-")[0]).exists():
            shutil.rmtree(folder, ignore_errors=True)
