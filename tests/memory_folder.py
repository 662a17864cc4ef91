"""Folders in memory for the databases of tests: what a disk takes long to sync is written at once."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RAM_DISK = Path("/dev/shm")
ROOM_BYTES = 4 << 30
"""A database takes 300 MB, the one with a million tickets 3 GB."""
PREFIX = "scan-hub-tests-"


@contextmanager
def memory_folder() -> Iterator[Path]:
    """Give an empty folder, removed afterwards: on the RAM disk where one has room, else among temporary files."""
    _remove_orphans()
    parent = RAM_DISK if _has_room() else None
    with tempfile.TemporaryDirectory(dir=parent, prefix=f"{PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _has_room() -> bool:
    return RAM_DISK.is_dir() and os.access(RAM_DISK, os.W_OK) and shutil.disk_usage(RAM_DISK).free > ROOM_BYTES


def _remove_orphans() -> None:
    """Remove the folders of test runs that were killed: they hold memory."""
    for folder in RAM_DISK.glob(f"{PREFIX}*"):
        if not Path("/proc", folder.name.removeprefix(PREFIX).split("-")[0]).exists():
            shutil.rmtree(folder, ignore_errors=True)
