"""Conflation: a state that changes often is sent so many times a second at most, and its newest version always."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from hub.errors import HubError, error_boundary
from hub.live.ports import Subscriber
from hub.tasks import Tasks


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
