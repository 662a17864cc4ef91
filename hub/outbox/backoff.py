"""How long a lane waits after a failure, and how fast a consumer goes when nothing fails."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

FIRST_S = 2.0
LONGEST_S = 15 * 60.0
LONGEST_ASKED_FOR_S = 3600.0


def back_off(failures: int, after_s: float | None, random: Callable[[], float]) -> timedelta:
    """Return the pause after so many failures in a row (1, 2, ...).

    It doubles from 2 s to 15 min; up to half of it is left to chance, so that not all come back at once.
    `after_s` is what the target asked for (Retry-After), heeded up to an hour; `random` gives 0 to 1.
    """
    longest = min(FIRST_S * 2 ** min(failures - 1, 30), LONGEST_S)
    pause_s = longest * (0.5 + 0.5 * random())
    return timedelta(seconds=max(pause_s, min(after_s or 0.0, LONGEST_ASKED_FOR_S)))


class Pace:
    """Lets one pass every so often, and nobody sooner."""

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
        """Wait for one's turn."""
        now = self._monotonic()
        mine = max(now, self._next)
        self._next = mine + self._every_s
        await self._sleep(mine - now)
