"""Vocabulary of `/live`: close codes, error codes, limits, and the shapes of requests.

The contract is docs/live-protocol.md; frames that go out are built in `frames.py`.
"""

from enum import IntEnum
from typing import Annotated, Any, Literal

import msgspec

PROTOCOL = 1
SUBPROTOCOL = "scanhub.v1"

Mode = Literal["events", "state"]
RequestId = int | str

CALLS = ("scan", "check", "undo")
"""Requests that are carried out by the hub's services and answered by a `result`."""

RETRYABLE = frozenset({"slow_down", "unavailable", "internal"})
"""Error codes after which the same request may be made again."""


class CloseCode(IntEnum):
    """Close codes of a socket: clients come back after 4000 to 4499, with jittered back-off, and not after others."""

    TOO_BIG = 1009
    DRAINING = 4000
    SLOW = 4001
    RESYNC_REQUIRED = 4002
    NO_PONG = 4003
    HELLO_TIMEOUT = 4006
    UNAVAILABLE = 4007
    PROTOCOL_ERROR = 4500
    NOT_AUTHENTICATED = 4501
    NO_LONGER_ALLOWED = 4502
    TOO_MANY = 4504


# --- what a client may send --------------------------------------------------------------------------------------

Short = Annotated[str, msgspec.Meta(max_length=200)]


class HelloRequest(msgspec.Struct, kw_only=True):
    """`hello`: a device's or script's key, or a ticket with its token; `info` is the device's report of itself."""

    api_key: Short | None = None
    ticket: Short | None = None
    token: Short | None = None
    info: dict[str, Any] | None = None


class Since(msgspec.Struct, frozen=True, kw_only=True):
    """A client's position in a journal."""

    epoch: Short
    seq: Annotated[int, msgspec.Meta(ge=0, lt=2**53)]


class SubscribeRequest(msgspec.Struct, kw_only=True):
    """`subscribe`: an event, and the position to resume from."""

    event: Short
    since: Since | None = None
    mode: Mode = "events"


class UnsubscribeRequest(msgspec.Struct, kw_only=True):
    """`unsubscribe`: an event."""

    event: Short


class PongRequest(msgspec.Struct, kw_only=True):
    """`pong`: a sign of life, with the last number of each event (cumulative acknowledgement)."""

    at: dict[str, int] = {}
