"""Cache of the checks that a hub makes of itself: made once a minute at most, however often they are asked for."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import msgspec

from hub.checks.checks import run_own_checks
from hub.checks.result import Check
from hub.clock import Clock
from hub.settings import Settings

KEPT_S = 60.0


class CheckRun(msgspec.Struct, frozen=True, kw_only=True):
    """Results of one run of the checks, and when it was made."""

    checked_at: datetime
    checks: list[Check]


class RecentChecks:
    """Cache of the newest run; requests that come while one is made share it."""

    def __init__(self, settings: Settings, clock: Clock, monotonic: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock
        self._monotonic = monotonic
        self._one_at_a_time = asyncio.Lock()
        self._kept: tuple[float, CheckRun] | None = None

    async def get(self) -> CheckRun:
        """Return the newest run, which is made now where none is younger than a minute."""
        async with self._one_at_a_time:
            if self._kept is None or self._monotonic() - self._kept[0] >= KEPT_S:
                self._kept = await self._made()
            return self._kept[1]

    async def _made(self) -> tuple[float, CheckRun]:
        now = self._clock.now()
        checks = await run_own_checks(self._settings, now)
        return self._monotonic(), CheckRun(checked_at=now, checks=checks)
