"""Outbox consumer: the interface that an integration implements, and the errors its delivery raises."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

import msgspec

from hub.model.journal import Entry
from hub.model.outbox import Message


class OutgoingMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Message as a consumer routes it, before it has an id and a state."""

    target: str
    """The recipient's id, by which messages are listed."""
    partition: str
    """Ordering key: messages of one partition are delivered in order; partitions do not wait for each other."""
    content: dict[str, Any] = {}
    """Plain JSON values that `send` needs: ids and verdicts, never a name."""
    replaces: bool = False
    """Conflation: whether it replaces the target's waiting or failed message, so that only the newest is sent."""


class Page(msgspec.Struct, frozen=True):
    """One page of an entry's messages. `after` is the continuation token, None on the last page."""

    messages: Sequence[OutgoingMessage] = ()
    after: str | None = None


class DeliveryFailed(Exception):
    """Failed delivery: retried with back-off, or dead-lettered at once where the failure is `permanent`.

    `status` is the HTTP (or SMTP) status, None without a response. `reason` is stored and shown, so it is never the
    target's own text. `after_s`: seconds before which the target wants no retry.
    """

    def __init__(
        self, reason: str, *, status: int | None = None, after_s: float | None = None, permanent: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.after_s = after_s
        self.permanent = permanent


class RetryLater(Exception):
    """Postponement of a partition by `after`, through no fault of its target: does not count as an attempt."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"in {after}")
        self.after = after


class Consumer(ABC):
    """Consumer of journal entries: an integration that delivers them at least once, in order within a partition.

    A new consumer starts at the current end of each stream; streams created later are read from their start.
    """

    name: str
    """Key of its cursors, messages and lease in the database: never to be changed."""
    per_s: float = 50.0
    """Rate limit: messages sent a second, evenly spaced."""
    concurrency: int = 20
    """Partitions that are sent in parallel."""
    send_timeout_s: float = 10.0
    keeps_delivered: bool = False
    """Whether delivered messages are kept as a delivery log, until a scheduled job trims them."""

    @abstractmethod
    async def subscribed_kinds(self) -> Collection[str]:
        """Return the kinds of journal entries it subscribes to now; entries of other kinds are not read."""

    async def filter(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return the entries, in their order, that may concern a target; the others are skipped.

        One query for the whole batch in place of one for each entry: most scans are of tickets without a subscriber.
        An entry whose first page was routed must not be filtered out later.
        """
        return entries

    @abstractmethod
    async def route(self, entry: Entry, after: str | None) -> Page:
        """Return one page of the messages that an entry leads to, some 500 of them.

        Called with `after` None first, then with the last `Page.after` until that is None. Idempotent: after a crash a
        page may be asked for again, and equal messages are stored once.
        """

    @abstractmethod
    async def send(self, message: Message) -> int | None:
        """Deliver a message; return the target's status, if any. Raises `DeliveryFailed`, `RetryLater`.

        At least once: it is called again after a crash between delivery and its record.
        """
