"""Calls that a relay passes on to its hub, and their answers: the list of paths, and plain data."""

import re
from collections.abc import Mapping

import msgspec

MOST_BYTES = 64 * 1024
"""Of the body of a call that is passed on."""
PART = "[A-Za-z0-9_-]{1,200}"
"""One part of a path, as it may be passed on: nothing that leads elsewhere."""


class PassedPath(msgspec.Struct, frozen=True, kw_only=True):
    """Path that a relay passes on, for one method."""

    method: str
    pattern: str
    is_for_devices: bool = True
    """Whether its callers are devices, which the relay knows: strangers are refused before the hub is asked."""
    is_sale: bool = False
    """Whether it sells: what the hub decides while it is heard, and the relay on its own."""
    is_picture: bool = False
    """Whether it draws a ticket's code: of one that has a barcode the relay does."""
    is_pairing: bool = False
    """Whether the path holds a pairing code. It is spent by the first answer, so that no try is repeated."""


class PassedCall(msgspec.Struct, frozen=True, kw_only=True):
    """Call as its caller made it: the path with its query, and the headers that count at the hub."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    may_repeat: bool = True


class PassedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of the hub to a call."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_done(self) -> bool:
        """Whether the hub did what it was asked for."""
        return 200 <= self.status < 300


PASSED_PATHS = (
    PassedPath(method="POST", pattern="/scan/door"),
    PassedPath(method="GET", pattern="/scan/sales", is_sale=True),
    PassedPath(method="POST", pattern="/scan/sales", is_sale=True),
    PassedPath(method="GET", pattern=f"/scan/{PART}/offer", is_for_devices=False, is_pairing=True),
    PassedPath(method="GET", pattern=f"/scan/{PART}/pair", is_for_devices=False, is_pairing=True),
    PassedPath(method="POST", pattern=f"/api/(tickets|reservations)/{PART}/pay", is_for_devices=False),
    PassedPath(method="GET", pattern=f"/tickets/{PART}/qr", is_for_devices=False, is_picture=True),
)
ASKED = (
    *("Authorization", "Content-Type", "Accept", "Accept-Language"),
    *("Idempotency-Key", "If-None-Match", "X-Device-Info"),
)
"""Headers of a call that the hub goes by. No cookie: a login at the relay is none at the hub."""
ANSWERED = (
    *("Content-Type", "Content-Language", "Cache-Control", "ETag", "Retry-After", "Vary"),
    "WWW-Authenticate",
)
"""Headers of an answer that its caller gets."""


def passed_path(method: str | None, path: str) -> PassedPath | None:
    """Return the path by which a call is passed on; None for one that is not."""
    asked = path.rstrip("/")
    return next((each for each in PASSED_PATHS if each.method == method and re.fullmatch(each.pattern, asked)), None)
