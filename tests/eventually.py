"""Waiting for a condition: returns as soon as it holds, however slow the machine is."""

import asyncio
import inspect
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hub.clock import SettableClock

PATIENCE_S = 60.0
"""How long tests wait for anything: only one that fails waits so long.

pyproject.toml gives each async test thrice as much.
"""


async def eventually(condition: Callable[[], Any], *, every_s: float = 0.01) -> Any:
    """Return the first true result of `condition`, which may be asynchronous. Raises `TimeoutError`."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            found = condition()
            if inspect.isawaitable(found):
                found = await found
            if found:
                return found
            await asyncio.sleep(every_s)


async def passing(clock: SettableClock, condition: Callable[[], Any], *, step: timedelta = timedelta(seconds=3)) -> Any:
    """Let the hub's time pass, step by step with a moment of ours between, until `condition` holds; return that."""

    def step_on() -> Any:
        clock.advance(step)
        return condition()

    return await eventually(step_on, every_s=0.05)


def until(condition: Callable[[], bool], what: str) -> None:
    """Block until `condition` holds, in tests without a loop."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"waited {PATIENCE_S} s in vain until {what}"
        time.sleep(0.05)
