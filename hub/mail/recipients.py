"""Rate limiter for mail to one address: bookings without a key may name any address."""

import hmac
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from hub.errors import SlowDown
from hub.formats.contact import box_of
from hub.outbox.consumer import DeliveryFailed
from hub.rate_limit import AN_HOUR_S, RateLimiter


class Recipients:
    """Sliding rate limiter of mails an hour for each address, kept as a keyed hash, in the leading process's memory."""

    def __init__(self, per_hour: int, key: bytes, monotonic: Callable[[], float]) -> None:
        self._limit = RateLimiter(per_hour, monotonic, AN_HOUR_S)
        self._key = key

    @contextmanager
    def one_more(self, address: str) -> Iterator[None]:
        """Count a mail to `address`, unless it fails. Raises a permanent `DeliveryFailed` for one too many."""
        mailbox = self._hash(address)
        try:
            self._limit.take(mailbox)
        except SlowDown:
            raise DeliveryFailed("too many mails to one address", permanent=True) from None
        try:
            yield
        except DeliveryFailed:
            self._limit.give_back(mailbox)
            raise

    def limit(self, address: str, *, is_limited: bool) -> AbstractContextManager[None]:
        """Return `one_more` where a mail `is_limited`, else a context that does nothing."""
        return self.one_more(address) if is_limited else nullcontext()

    def _hash(self, address: str) -> str:
        return hmac.digest(self._key, box_of(address).encode(), "sha256").hex()
