"""What leaves the hub, as plain data: how far a consumer has read, the letters it wrote, the lanes they wait in."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from hub.model.base import Count, Document

MessageState = Literal["waiting", "delivered", "set_aside"]


class Cursor(Document, kw_only=True):
    """How far a consumer has turned a stream into letters. `id` is `<consumer>/<stream>`."""

    id: str
    consumer: str
    stream: str
    epoch: str
    seq: Count
    """The last entry that was worked off whole."""
    within: str | None = None
    """Where the consumer stopped inside the entry that it addresses next (`Page.after`)."""


class Message(Document, kw_only=True):
    """One thing to be told to one target: ids and verdicts, never a name. Kept until it is delivered or trimmed."""

    id: str
    consumer: str
    target: str
    lane: str
    stream: str
    seq: int
    kind: str
    state: MessageState
    version: Count
    """Rises whenever a newer change takes this letter's place: one that is being sent is then sent again."""
    replaces: bool = False
    content: dict[str, Any] = msgspec.field(default_factory=dict)
    attempts: Count = 0
    status: int | None = None
    """What the target said last, in HTTP's numbers."""
    reason: str | None = None
    """Why it was not delivered, in a word or two of ours: never what the target wrote."""
    written_at: datetime
    tried_at: datetime | None = None

    @property
    def again_lane(self) -> str:
        """The lane of its own that it waits in once somebody has it sent again."""
        return f"{self.consumer}/again/{self.id}"


class Lane(Document, kw_only=True):
    """Letters that go one after another, there while any of them waits. A failure puts the whole lane off."""

    id: str
    consumer: str
    target: str
    due_at: datetime
    failures: Count = 0
    version: Count
    """Rises with each letter that comes in, so that a lane is closed only if none came meanwhile."""


class MessagePage(msgspec.Struct, frozen=True, kw_only=True):
    """Which letters are asked for, newest first: `limit` of a state (None: of any) after the letter `after`."""

    limit: int
    state: MessageState | None = None
    after: tuple[datetime, int, str] | None = None
