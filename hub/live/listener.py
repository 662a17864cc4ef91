"""Who a feed sends to, as the feed sees them: subscriptions (`follower.py`) and tickets' pages (`ticket_page.py`)."""

from typing import Protocol

from hub.live.visibility import View


class Listener(Protocol):
    """A live subscription."""

    view: View
    seq: int

    def push(self, frame: bytes, last: int) -> None:
        """Send updates up to number `last`."""

    def push_state(self, frame: bytes, what: str) -> None:
        """Send a state, in place of an older one of `what` that still waits."""

    def fall_behind(self, reason: str) -> bool:
        """Leave the live flow and begin again from a snapshot; False where it was not in the flow."""


class Page(Protocol):
    """A ticket's page."""

    ticket: str

    def changed(self) -> None:
        """Something happened to its ticket."""
