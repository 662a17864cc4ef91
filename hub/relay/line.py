"""Line to the hub: circuit breaker of forwards, and the state that a relay says it is in. Pure, but for its clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Literal

LineState = Literal["connected", "degraded", "alone", "catching_up", "ended"]

OPENS_AFTER = 3
"""Forwards that fail in a row before no more is tried for a while."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 60.0


class Line:
    """Line to the hub. It is down until the first exchange."""

    def __init__(self, monotonic: Callable[[], float], now: Callable[[], datetime]) -> None:
        self._monotonic = monotonic
        self._now = now
        self._is_up = False
        self._failures = 0
        self._pause_s = FIRST_PAUSE_S
        self._closed_until = 0.0
        self._deciding = 0
        self.decided = 0
        """Scans decided here so far: a count of facts that was read before the last of them is stale."""
        self.waiting = 1
        """Facts that wait to go up; one until they are counted."""
        self.last_exchange: datetime | None = None
        self.alone_since: datetime | None = now()
        self.ahead_ms = 0
        self.ended: str | None = None
        """The code with which the hub ended the relay's role."""
        self._noted: tuple[LineState, datetime] = (self.state, now())

    @property
    def state(self) -> LineState:
        """State, as docs/relay.md names it."""
        if self.ended is not None:
            return "ended"
        if not self._is_up:
            return "alone"
        if self.waiting or self._deciding:
            return "catching_up"
        return "degraded" if self._failures else "connected"

    @property
    def is_connected(self) -> bool:
        """Whether the hub is heard, and knows all that was decided here."""
        return self.state in ("connected", "degraded")

    @property
    def since(self) -> datetime:
        """When it came to be in its state."""
        self._note()
        return self._noted[1]

    @property
    def may_forward(self) -> bool:
        """Whether a scan is forwarded: it is connected, and the hub answers in time."""
        return self.is_connected and self._monotonic() >= self._closed_until

    @contextmanager
    def deciding(self) -> Iterator[None]:
        """Within this a scan is decided here; it counts as a fact that waits until all are counted anew."""
        self._deciding += 1
        try:
            yield
        finally:
            self._deciding -= 1
            self.decided += 1
            self.waiting += 1
            self._note()

    def counted(self, waiting: int, as_of: int) -> None:
        """Take a count of the facts that wait, read when `as_of` scans had been decided here."""
        if self._deciding == 0 and self.decided == as_of:
            self.waiting = waiting
            self._note()

    def exchanged(self) -> None:
        """Note that the hub answered."""
        self._is_up = True
        self.last_exchange, self.alone_since = self._now(), None
        self._note()

    def failed(self) -> None:
        """Note that the hub did not answer a pull."""
        self._go_alone()

    def forwarded(self) -> None:
        """Note that a forward was answered in time."""
        self._failures, self._pause_s = 0, FIRST_PAUSE_S
        self.exchanged()

    def forward_failed(self) -> None:
        """Note that a forward was not answered in time; after some in a row none is tried for a while."""
        self._failures += 1
        if self._failures >= OPENS_AFTER:
            self._closed_until = self._monotonic() + self._pause_s
            self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
        self._note()

    def _go_alone(self) -> None:
        if self._is_up or self.alone_since is None:
            self.alone_since = self._now()
        self._is_up = False
        self._note()

    def _note(self) -> None:
        """Note a state that is another than before, and when."""
        if self._noted[0] != self.state:
            self._noted = (self.state, self._now())
