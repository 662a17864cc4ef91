"""Waiting for a condition: returns as soon as it holds, however slow the machine is."""

import asyncio
import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hub.clock import SettableClock

WITHIN_S = 20.0
"""Generous: only a test that fails waits so long."""


async def eventually(condition: Callable[[], Any], *, within_s: float = WITHIN_S, every_s: float = 0.01) -> Any:
    """Return the first true result of `condition`, which may be asynchronous. Raises `TimeoutError`."""
    async with asyncio.timeout(within_s):
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
