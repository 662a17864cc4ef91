"""Conflation: frequent changes go out so many times a second at most: states as they stand, updates together."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from hub.errors import HubError, error_boundary
from hub.live.ports import Subscriber
from hub.tasks import Tasks

FEW = 50
"""To so few subscribers each update costs less than waiting for the next."""
PAUSE_FOR_EACH_S = 40e-6
"""Twice what a frame to one subscriber costs, so that broadcasts take half of a process at most."""
LONGEST_PAUSE_S = 0.05


class Pace:
    """Pace of a broadcast: at once when it is quiet, else after a pause, longer the more subscribers there are."""

    def __init__(self) -> None:
        self._next = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def run(self, work: Callable[[], None], subscribers: int) -> None:
        """Run `work` now, or once the pause after the last time is over: that run covers all calls meanwhile."""
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        at, now = self._next, loop.time()
        self._next = max(at, now) + pause_s(subscribers)
        if at <= now:
            work()
        else:
            self._timer = loop.call_at(at, self._due, work)

    def stop(self) -> None:
        """Drop a run that is waited for."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _due(self, work: Callable[[], None]) -> None:
        self._timer = None
        work()


def pause_s(subscribers: int) -> float:
    """Seconds for which no other broadcast follows one to so many subscribers."""
    return 0.0 if subscribers <= FEW else min(LONGEST_PAUSE_S, subscribers * PAUSE_FOR_EACH_S)


class Conflator:
    """Conflating sender of one state of an event: at most `per_s` frames a second to a subscriber, the newest always.

    `what` names the state; `encode` makes the frame of it as it stands, once for all subscribers.
    """

    def __init__(self, what: str, encode: Callable[[], Awaitable[bytes]], tasks: Tasks, per_s: float) -> None:
        self._what = what
        self._encode = encode
        self._tasks = tasks
        self._every_s = 1 / per_s
        self._stale: set[Subscriber] = set()
        self._next = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def push(self, subscribers: Iterable[Subscriber]) -> None:
        """Have the state sent to `subscribers`: now, or once the interval since the last time is over."""
        self._stale.update(subscribers)
        if self._stale and self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time(), self._next), self._due)

    def forget(self, subscriber: Subscriber) -> None:
        """Drop a subscriber."""
        self._stale.discard(subscriber)

    def stop(self) -> None:
        """Drop all subscribers and the timer."""
        self._stale.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _due(self) -> None:
        self._tasks.spawn(self._send())

    async def _send(self) -> None:
        self._next = asyncio.get_running_loop().time() + self._every_s
        try:
            with error_boundary(self._what):
                frame = await self._encode()
        except HubError:
            return  # The next change tries again.
        finally:
            self._timer = None
        stale, self._stale = self._stale, set()
        for subscriber in stale:
            subscriber.push_state(frame, self._what)
