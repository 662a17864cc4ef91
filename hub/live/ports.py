"""Ports of the live server: the types of its dependencies; `hub/live_wiring.py` fills them in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from hub.live.visibility import View
from hub.model.access import Principal
from hub.model.event_view import EventView
from hub.model.journal import Entry, Stream


class KeyCredential(msgspec.Struct, frozen=True):
    """The key of a device or a script."""

    api_key: str


class CookieCredential(msgspec.Struct, frozen=True):
    """The cookie of an organiser's login."""

    cookie: str


class TicketCredential(msgspec.Struct, frozen=True):
    """A ticket with the token that its holder got."""

    ticket: str
    token: str


Credential = KeyCredential | CookieCredential | TicketCredential


class JournalReader(Protocol):
    """Reader of the journal, by majority and in order."""

    async def stream(self, event: str) -> Stream | None:
        """Return the event's stream with its counts, or None."""

    async def read(self, event: str, after: int, limit: int = 1000) -> list[Entry]:
        """Return the entries numbered above `after`, in order, `limit` at most."""


class TailControl(Protocol):
    """Control of the process's tail, which hands new entries to `LiveHub.deliver`."""

    def follow(self, event: str, epoch: str, seq: int) -> None:
        """Deliver the entries that follow `seq`, from now on."""

    def unfollow(self, event: str) -> None:
        """Deliver nothing more of this event."""


class Transport(Protocol):
    """A socket, as the edge offers it."""

    def send_now(self, frames: Sequence[bytes]) -> bool:
        """Write `frames` in one go; False, with nothing written, where the client has to be waited for: `send` does.

        Raises `ConnectionError` on a closed socket.
        """

    async def send(self, frame: bytes) -> None:
        """Write `frame`; returns once the kernel has all of it. Raises `ConnectionError` on a closed socket."""

    def close(self, code: int, reason: str) -> None:
        """Begin the closing handshake."""


Names = Callable[[str, Sequence[str]], Awaitable[dict[str, str]]]
Describe = Callable[[str], Awaitable[EventView | None]]
Identify = Callable[[Credential], Awaitable[Principal]]
TicketState = Callable[[str], Awaitable[msgspec.Struct | None]]
Call = Callable[[Principal, dict[str, Any]], Awaitable[tuple[int, msgspec.Struct]]]
Seen = Callable[[Principal, dict[str, Any] | None], None]


def _not_measured(seconds: float) -> None:
    """Measure no delay: the default of the port."""


def _not_counted(address: str) -> None:
    """Count no bad credential: the default of the port."""


class Ports(msgspec.Struct, frozen=True, kw_only=True):
    """All ports of the live server."""

    journal: JournalReader
    tail: TailControl
    names: Names
    """An event and ticket ids to the names to show; an id that is gone, or of another event, is left out."""
    describe: Describe
    identify: Identify
    """Who a credential stands for; raises `NotAllowed`."""
    ticket_state: TicketState
    """What a ticket's page shows of its ticket; None: it is gone."""
    calls: Mapping[str, Call]
    """`scan`, `check`, `undo`: answer as their HTTP paths do, as a status and a body."""
    seen: Seen
    """Told when a device says hello (with its `info`) and whenever it answers a ping."""
    refused: Callable[[str], None] = _not_counted
    """Told the address from which a bad credential came. Raises `SlowDown` for one that shows many."""
    delayed: Callable[[float], None] = _not_measured
    """Told how many seconds after a change its update was queued for its subscribers."""


class Subscriber(Protocol):
    """A live subscription, as its channel sees it."""

    view: View
    seq: int

    def push(self, frame: bytes, last: int) -> None:
        """Queue a frame of updates up to number `last`."""

    def push_state(self, frame: bytes, what: str) -> None:
        """Queue a state, in place of an older one of `what` that is still queued."""

    def fall_behind(self, reason: str) -> bool:
        """Leave the live flow and resynchronise from a snapshot; False where it was not in the flow."""


class TicketSubscriber(Protocol):
    """A ticket's page, as its channel sees it."""

    ticket: str

    def changed(self) -> None:
        """Send the ticket's state anew."""
