"""Outbox documents: a consumer's cursor in a stream, messages with their delivery state, partitions. Plain data."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from hub.model.base import Count, Document

MessageState = Literal["waiting", "delivered", "set_aside"]
"""`set_aside`: a dead letter, which failed permanently or for too long; kept, and sent again only by hand."""


class Cursor(Document, kw_only=True):
    """Cursor: a consumer's position in a stream. `id` is `<consumer>/<stream>`."""

    id: str
    consumer: str
    stream: str
    epoch: str
    seq: Count
    """The last entry that was routed completely."""
    within: str | None = None
    """Continuation token inside the entry after `seq` (`Page.after`), where that is routed in part."""


class Message(Document, kw_only=True):
    """Outgoing message to one target: ids and verdicts, never a name. Kept until it is delivered or trimmed."""

    id: str
    consumer: str
    target: str
    partition: str = msgspec.field(name="lane")
    """Ordering key: messages of one partition are sent one after another."""
    stream: str
    seq: int
    kind: str
    state: MessageState
    version: Count
    """Rises whenever a newer change replaces this message: one that is being sent is then sent again."""
    replaces: bool = False
    content: dict[str, Any] = msgspec.field(default_factory=dict)
    attempts: Count = 0
    status: int | None = None
    """The target's last status, in HTTP's numbers."""
    reason: str | None = None
    """Reason of the last failure in a word or two of ours: never the target's own text."""
    written_at: datetime
    tried_at: datetime | None = None

    @property
    def resend_partition(self) -> str:
        """The partition of its own in which it is sent again by hand, beside those that wait."""
        return f"{self.consumer}/again/{self.id}"


class Partition(Document, kw_only=True):
    """Partition: messages sent in order. It exists while any of them waits; a failure postpones all of it."""

    id: str
    consumer: str
    target: str
    due_at: datetime
    failures: Count = 0
    """In a row, which the back-off grows with."""
    expedited: Count = 0
    """Rises whenever the partition is made due at once: a postponement decided on before no longer holds."""
    version: Count
    """Rises with each new message: a partition is closed only if none came in since it was read."""


class Backlog(msgspec.Struct, frozen=True, kw_only=True):
    """Backlog of the outbox: how many messages wait, since when the oldest of them does, how many are dead letters."""

    waiting: int = 0
    set_aside: int = 0
    waiting_since: datetime | None = None


class MessagePage(msgspec.Struct, frozen=True, kw_only=True):
    """Page of messages, newest first: `limit` of a `state` (None: of any) after the message `after`."""

    limit: int
    state: MessageState | None = None
    after: tuple[datetime, int, str] | None = None
    """`written_at`, `seq` and `id` of the last message of the page before."""
