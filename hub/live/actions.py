"""Actions: effects of the state machines (`handshake.py`, `session.py`), carried out by the connection in order."""

from typing import Any

import msgspec

from hub.live.ports import Credential
from hub.live.protocol import CloseCode, Mode, RequestId, Since


class Send(msgspec.Struct, frozen=True):
    """A frame to queue."""

    frame: bytes


class Close(msgspec.Struct, frozen=True):
    """The end of the socket, once the frames before it have left."""

    code: CloseCode
    reason: str


class Identify(msgspec.Struct, frozen=True, kw_only=True):
    """Authentication of `credential`, after which `Handshake.known` or `Handshake.refused` is called."""

    credential: Credential
    info: dict[str, Any] | None = None


class Recheck(msgspec.Struct, frozen=True):
    """Authentication once more; the socket is closed where the credential is no longer good."""


class StartOver(msgspec.Struct, frozen=True):
    """A second handshake, by a hello with a better credential than the cookie of the upgrade."""

    text: str


class Follow(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription to `event`, in place of one that there may be."""

    id: RequestId
    event: str
    since: Since | None
    mode: Mode


class Unfollow(msgspec.Struct, frozen=True):
    """The end of the subscription to `event`."""

    event: str


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A request for the service `verb`, after which `Session.answered` or `Session.failed` is called."""

    id: RequestId
    verb: str
    body: dict[str, Any]


class Alive(msgspec.Struct, frozen=True):
    """A sign of life: the client answered a ping."""


Action = Send | Close | Identify | Recheck | StartOver | Follow | Unfollow | Call | Alive
