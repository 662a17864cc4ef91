"""What a consumer of the outbox implements, and what it says when something could not be delivered."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

import msgspec

from hub.model.journal import Entry
from hub.model.outbox import Message


class OutgoingMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A letter as its consumer addresses it: to whom, what it says, and in which lane it waits."""

    target: str
    """Who gets it; what the letters are looked up by."""
    lane: str
    """Letters of one lane go one after another; lanes do not wait for each other."""
    content: dict[str, Any] = {}
    """Plain JSON values that `send` needs: ids and verdicts, never a name."""
    replaces: bool = False
    """Whether it takes the place of what waits or failed for this target: of several changes one is told."""


class Page(msgspec.Struct, frozen=True):
    """Some of the envelopes of one entry; `after` is where to go on, None where these are the last."""

    envelopes: Sequence[OutgoingMessage] = ()
    after: str | None = None


class NotDelivered(Exception):
    """The target did not take a letter: it is tried again later, or set aside at once where that is `hopeless`.

    `status` is HTTP's number, if it came so far; `reason` goes on record, so it is never what the target wrote;
    `after_s`: the target asked not to be called sooner.
    """

    def __init__(
        self, reason: str, *, status: int | None = None, after_s: float | None = None, hopeless: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.after_s = after_s
        self.hopeless = hopeless


class RetryLater(Exception):
    """Now is not the time for this lane, through no fault of its target; does not count as an attempt."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"in {after}")
        self.after = after


class Consumer(ABC):
    """Somebody who is told what happens, at least once, in order, from the day they first asked.

    A consumer that is new begins with what happens from now on; streams that begin later it reads from their start.
    """

    name: str
    """What cursors, letters and the lease are kept under: never to be changed."""
    per_s: float = 50.0
    """Sends no more than this a second, steadily."""
    lanes_at_once: int = 20
    send_within_s: float = 10.0
    keeps_delivered: bool = False
    """Whether a letter stays on record once it is delivered, until the job that trims them comes by."""

    @abstractmethod
    async def kinds(self) -> Collection[str]:
        """Return the kinds of journal entries that it wants now; others are skipped unread."""

    async def concerned(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return those of `entries`, in their order, that somebody may be told of; the others are passed over.

        Looks up for all of them at once what would cost a question each: most scans are of tickets nobody follows.
        An entry of several pages must not be passed over once it has begun.
        """
        return entries

    @abstractmethod
    async def address(self, entry: Entry, after: str | None) -> Page:
        """Return the envelopes of one entry, a page at a time.

        Called first with `after` None, then with `Page.after` until that is None; some 500 envelopes are a good page.
        After a crash a page may be asked for again: the same envelopes make the same letters, once.
        """

    @abstractmethod
    async def send(self, letter: Message) -> int | None:
        """Deliver a message; return the status that the target gave, if any. Raises `NotDelivered`, `RetryLater`.

        It may happen again after a crash between delivery and record: at least once.
        """
