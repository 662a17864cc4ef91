"""Rate limiter: so many times a minute or hour for each address or account, of a process or of all of a hub."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from hub.errors import SlowDown

MOST_KEPT = 10_000
A_MINUTE_S, AN_HOUR_S = 60.0, 3600.0


class Buckets(Protocol):
    """Store of token buckets by name: each is the monotonic time at which it will be full again, 0 for one that is."""

    def locked(self) -> AbstractContextManager[object]:
        """Return a lock between the processes that share the store: what is read in it may be written in it."""

    def full_at(self, name: str) -> float:
        """Return when a bucket will be full."""

    def keep(self, name: str, full_at: float, now: float) -> None:
        """Keep when a bucket will be full; those that are full `now` may be forgotten."""


class LocalBuckets:
    """Buckets of this process alone: at most `MOST_KEPT`, beyond which the oldest is forgotten."""

    def __init__(self) -> None:
        self._full_at: dict[str, float] = {}

    def locked(self) -> AbstractContextManager[object]:
        """Return no lock: one loop uses it."""
        return nullcontext()

    def full_at(self, name: str) -> float:
        """Return when a bucket will be full."""
        return self._full_at.get(name, 0.0)

    def keep(self, name: str, full_at: float, now: float) -> None:
        """Keep when a bucket will be full."""
        self._full_at.pop(name, None)
        if full_at <= now:
            return
        if len(self._full_at) >= MOST_KEPT:
            self._full_at = {each: at for each, at in self._full_at.items() if at > now}
        while len(self._full_at) >= MOST_KEPT:
            del self._full_at[next(iter(self._full_at))]
        self._full_at[name] = full_at


class RateLimiter:
    """Token bucket for each `who`: `most` times in `within_s`, evenly refilled.

    (As of the generic cell rate algorithm: one number says how much is left.)
    """

    def __init__(
        self,
        most: int,
        monotonic: Callable[[], float],
        within_s: float = A_MINUTE_S,
        *,
        buckets: Buckets | None = None,
        name: str = "",
    ) -> None:
        """`name` tells its buckets from those of other limiters in the same `buckets`; by default they are its own."""
        self._within_s = within_s
        self._each_s = within_s / most
        self._monotonic = monotonic
        self._buckets = buckets or LocalBuckets()
        self._name = name

    def check(self, who: str) -> None:
        """Raise `SlowDown` where nothing is left, taking nothing."""
        if (after_s := self._empty_for_s(who)) > 0:
            raise SlowDown("Too many requests: try again later", after_s=after_s)

    def is_empty(self, who: str) -> bool:
        """Return whether nothing is left for `who`."""
        return self._empty_for_s(who) > 0

    def is_counted(self, who: str) -> bool:
        """Return whether anything is counted against `who`."""
        return self._buckets.full_at(self._bucket(who)) > self._monotonic()

    def take(self, who: str) -> None:
        """Take one. Raises `SlowDown` where nothing is left."""
        with self._buckets.locked():
            self.check(who)
            self._move(who, self._each_s)

    def count(self, who: str) -> None:
        """Count one against `who`, whether or not anything is left."""
        with self._buckets.locked():
            self._move(who, self._each_s)

    def give_back(self, who: str) -> None:
        """Take back one count against `who`."""
        with self._buckets.locked():
            self._move(who, -self._each_s)

    def _move(self, who: str, by_s: float) -> None:
        now, bucket = self._monotonic(), self._bucket(who)
        full_at = max(now, self._buckets.full_at(bucket)) + by_s
        self._buckets.keep(bucket, min(full_at, now + self._within_s), now)

    def _empty_for_s(self, who: str) -> float:
        """Return for how many seconds nothing will be left; the hair's breadth is that of floating-point numbers."""
        full_in_s = self._buckets.full_at(self._bucket(who)) - self._monotonic()
        return full_in_s - (self._within_s - self._each_s) if full_in_s > self._within_s - self._each_s + 1e-6 else 0.0

    def _bucket(self, who: str) -> str:
        return f"{self._name} {who}"
