"""Which processor core a worker uses: one, and another than its neighbours.

The threads of one interpreter take turns. On one core a turn is handed over at once; between cores it takes a wake-up
of the other, several of them for each statement to the database (`bench`: 1.1 times the scans at 0.86 of the work).
What does run beside the interpreter, as hashing a password, may use them all.
"""

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

IS_KNOWN = hasattr(os, "sched_setaffinity")
"""Whether the system lets us choose: Linux does."""


def core_for(place: int, workers: int, cores: Sequence[int], first: int) -> int | None:
    """Return the core of the worker at `place` (from 0), counted on from `first`; None: there is not one for each."""
    return cores[(first + place) % len(cores)] if workers <= len(cores) else None


def give_core(worker: int, place: int, workers: int) -> None:
    """Let a process that has just begun, and all it begins, use one core; hubs of one machine begin at different ones.

    `worker` is its pid. It may have ended already.
    """
    if not IS_KNOWN:
        return
    core = core_for(place, workers, sorted(os.sched_getaffinity(0)), os.getpid())
    if core is not None:
        with suppress(ProcessLookupError):
            os.sched_setaffinity(worker, {core})


def free_common_threads(loop: asyncio.AbstractEventLoop) -> None:
    """Let the loop's common threads use all cores that our parent has: passwords are hashed there."""
    if IS_KNOWN:
        everywhere = os.sched_getaffinity(os.getppid())
        loop.set_default_executor(ThreadPoolExecutor(initializer=os.sched_setaffinity, initargs=(0, everywhere)))
