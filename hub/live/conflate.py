"""The teller: sends a state of an event to whoever has not seen the newest, so many times a second at most."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from hub.errors import HubError, error_boundary
from hub.live.ports import Subscriber
from hub.tasks import Tasks


class Conflator:
    """Conflates: however often the state changes, each listener gets `per_s` frames at most, and the newest always.

    `what` names the state (its counts, its devices); `encode` makes the frame of it as it stands, once for all.
    """

    def __init__(self, what: str, encode: Callable[[], Awaitable[bytes]], tasks: Tasks, per_s: float) -> None:
        self._what = what
        self._encode = encode
        self._tasks = tasks
        self._every_s = 1 / per_s
        self._stale: set[Subscriber] = set()
        self._next = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def tell(self, subscribers: Iterable[Subscriber]) -> None:
        """Have the state sent to `listeners`: now, or when the last time is long enough ago."""
        self._stale.update(subscribers)
        if self._stale and self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time(), self._next), self._due)

    def forget(self, subscriber: Subscriber) -> None:
        """Send nothing more to `listener`."""
        self._stale.discard(subscriber)

    def stop(self) -> None:
        """Send nothing more to anybody."""
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
