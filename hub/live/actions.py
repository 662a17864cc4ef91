"""Steps: what the pure parts of a conversation ask the shell (`connection.py`) to carry out, in order."""

from typing import Any

import msgspec

from hub.live.ports import Credential
from hub.live.protocol import CloseCode, Mode, RequestId, Since


class Send(msgspec.Struct, frozen=True):
    """Send this frame."""

    frame: bytes


class Close(msgspec.Struct, frozen=True):
    """Say what is still to say, then close."""

    code: CloseCode
    reason: str


class Identify(msgspec.Struct, frozen=True, kw_only=True):
    """Find out whom `credential` stands for, then call `Hello.known` or `Hello.refused`."""

    credential: Credential
    info: dict[str, Any] | None = None


class Recheck(msgspec.Struct, frozen=True):
    """Find out whether the credential is still good, and close where it is not."""


class StartOver(msgspec.Struct, frozen=True):
    """End all subscriptions and begin with this hello: it says more than the cookie that came with the address."""

    text: str


class Follow(msgspec.Struct, frozen=True, kw_only=True):
    """Subscribe to `event`, in place of a subscription that there may be."""

    id: RequestId
    event: str
    since: Since | None
    mode: Mode


class Unfollow(msgspec.Struct, frozen=True):
    """End the subscription to `event`."""

    event: str


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """Have the service `verb` answer `body`, then call `Session.answered` or `Session.failed`."""

    id: RequestId
    verb: str
    body: dict[str, Any]


class Alive(msgspec.Struct, frozen=True):
    """The client answered a ping."""


Action = Send | Close | Identify | Recheck | StartOver | Follow | Unfollow | Call | Alive
