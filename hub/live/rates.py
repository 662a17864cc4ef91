"""Rate limits on requests over the socket, in place of bare counts: a storm of cheap requests slows no other client."""

from collections.abc import Callable

from hub.live_limits import LiveLimits
from hub.model.access import Principal
from hub.rate_limit import RateLimiter


class RequestRates:
    """Rate limiter for `subscribe` and `check`: token buckets of one process.

    A device, or a ticket's page, has one bucket for all its sockets. An organiser's key or login may stand for hundreds
    of dashboards that come back at once: there each socket has its own.
    """

    def __init__(self, limits: LiveLimits, monotonic: Callable[[], float]) -> None:
        self._limiters = {
            "subscribe": RateLimiter(limits.subscribes_per_minute, monotonic),
            "check": RateLimiter(limits.checks_per_minute, monotonic),
        }

    def take(self, verb: str, principal: Principal, socket: str) -> None:
        """Count a request. Raises `SlowDown` where its bucket is empty; verbs without a bucket are not counted."""
        limiter = self._limiters.get(verb)
        if limiter is not None:
            is_shared = principal.kind in ("key", "user")
            limiter.take(f"socket {socket}" if is_shared else f"{principal.kind} {principal.id}")
