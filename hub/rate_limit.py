"""Rate limiter: so many times a minute or hour for each address or account, counted in this process."""

from collections.abc import Callable

from hub.errors import SlowDown

MOST_KEPT = 10_000
A_MINUTE_S, AN_HOUR_S = 60.0, 3600.0


class RateLimiter:
    """Token bucket for each `who`: `most` times in `within_s`, evenly refilled."""

    def __init__(self, most: int, monotonic: Callable[[], float], within_s: float = A_MINUTE_S) -> None:
        self._most = most
        self._within_s = within_s
        self._monotonic = monotonic
        self._buckets: dict[str, tuple[float, float]] = {}

    def check(self, who: str) -> None:
        """Raise `SlowDown` where nothing is left, taking nothing."""
        left = self._left(who)
        if left < 1:
            raise SlowDown("Too many requests: try again later", after_s=(1 - left) * self._within_s / self._most)

    def is_empty(self, who: str) -> bool:
        """Return whether nothing is left for `who`."""
        return self._left(who) < 1

    def take(self, who: str) -> None:
        """Take one. Raises `SlowDown` where nothing is left."""
        self.check(who)
        self.count(who)

    def count(self, who: str) -> None:
        """Count one against `who`, whether or not anything is left."""
        if len(self._buckets) >= MOST_KEPT:
            self._forget_full()
        self._buckets[who] = max(0.0, self._left(who) - 1), self._monotonic()

    def give_back(self, who: str) -> None:
        """Take back one count against `who`."""
        left = self._left(who) + 1
        if left >= self._most:
            self._buckets.pop(who, None)
        else:
            self._buckets[who] = left, self._monotonic()

    @property
    def counted(self) -> list[str]:
        """The accounts or addresses with a count."""
        return list(self._buckets)

    def _left(self, who: str) -> float:
        left, at = self._buckets.get(who, (float(self._most), self._monotonic()))
        return min(self._most, left + (self._monotonic() - at) * self._most / self._within_s)

    def _forget_full(self) -> None:
        for who in [who for who in self._buckets if self._left(who) >= self._most]:
            del self._buckets[who]
        while len(self._buckets) >= MOST_KEPT:
            del self._buckets[next(iter(self._buckets))]
