"""Real processes in tests: find them by the folder they work on, end them by their id."""

import contextlib
import os
import signal
from pathlib import Path


def processes_on(folder: Path) -> dict[int, str]:
    """Return id and command of every process that has `folder` in its command line or its environment."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (entry / "cmdline").read_text(errors="replace").replace("\0", " ")
            if str(folder) in command or str(folder) in (entry / "environ").read_text(errors="replace"):
                found[int(entry.name)] = command
    return found


def kill(pid: int) -> None:
    """End a process as a power cut would."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
