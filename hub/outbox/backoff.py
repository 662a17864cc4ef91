"""Exponential back-off with jitter for failed deliveries, and a pacing rate limiter for successful ones."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

FIRST_S = 2.0
LONGEST_S = 15 * 60.0
LONGEST_ASKED_FOR_S = 3600.0


def back_off(failures: int, after_s: float | None, random: Callable[[], float]) -> timedelta:
    """Back-off after so many failures in a row (1, 2, ...): exponential from 2 s to 15 min, with jitter.

    The jitter takes up to half of the pause away, so that targets do not all come back at once; `random` gives 0 to 1.
    `after_s` is the target's own wish (Retry-After) in seconds, respected up to an hour.
    """
    longest = min(FIRST_S * 2 ** min(failures - 1, 30), LONGEST_S)
    pause_s = longest * (0.5 + 0.5 * random())
    return timedelta(seconds=max(pause_s, min(after_s or 0.0, LONGEST_ASKED_FOR_S)))


class Pace:
    """Pacing rate limiter: spaces calls evenly, `per_s` a second, without bursts."""

    def __init__(
        self,
        per_s: float,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._every_s = 1 / per_s
        self._monotonic = monotonic
        self._sleep = sleep
        self._next = monotonic()

    async def turn(self) -> None:
        """Sleep until the caller's slot; slots are given in the order of the calls."""
        now = self._monotonic()
        mine = max(now, self._next)
        self._next = mine + self._every_s
        await self._sleep(mine - now)
