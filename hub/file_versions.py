"""Versions of files: what changes with each new content, so that a file is read anew without a restart."""

from collections.abc import Iterable
from pathlib import Path

Versions = tuple[tuple[int, int, int], ...]
CHECKED_EVERY_S = 60.0
"""How often files that may be renewed are looked at."""


def versions_of(files: Iterable[Path]) -> Versions:
    """Return what changes with each new content of the files; of one that is gone for a moment, nothing."""
    return tuple(map(_version_of, files))


def _version_of(file: Path) -> tuple[int, int, int]:
    try:
        stat = file.stat()
    except OSError:
        return 0, 0, 0
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
