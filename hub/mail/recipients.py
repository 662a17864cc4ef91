"""How often one address gets mail that nobody with a key asked for: anybody may book with anybody's address."""

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hub.errors import SlowDown
from hub.outbox.consumer import DeliveryFailed
from hub.rate_limit import AN_HOUR_S, RateLimiter


class Recipients:
    """Counts mails for each address, which it knows by a keyed hash only, in the process that leads the mail."""

    def __init__(self, per_hour: int, key: bytes, monotonic: Callable[[], float]) -> None:
        self._limit = RateLimiter(per_hour, monotonic, AN_HOUR_S)
        self._key = key

    @contextmanager
    def one_more(self, address: str) -> Iterator[None]:
        """Count a mail to `address`, unless it fails. Raises a permanent `DeliveryFailed` for one too many."""
        who = self._hash(address)
        try:
            self._limit.take(who)
        except SlowDown:
            raise DeliveryFailed("too many mails to one address", permanent=True) from None
        try:
            yield
        except DeliveryFailed:
            self._limit.give_back(who)
            raise

    def _hash(self, address: str) -> str:
        return hmac.digest(self._key, box_of(address).encode(), "sha256").hex()


def box_of(address: str) -> str:
    """Return what an address is counted as: most servers put `Ada+tickets@` into the box of `ada@`."""
    local, _, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"
