"""Messages between a relay and its hub (`/api/relay`, docs/relay.md): typed data that both sides read."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from hub.door.response import DoorAnswer
from hub.model.access import Device
from hub.model.event import Event, Showing
from hub.model.journal import Entry, Stream
from hub.model.relay.documents import RelayFact
from hub.model.ticket import Ticket
from hub.validation import Name

MOST_FACTS = 100
"""Facts that go up at once: they fit into the hub's usual limit of a body."""
MOST_ENTRIES = 400
"""Entries of one page that is followed; one transaction takes 500."""
MOST_TICKETS = 500
MOST_COPIED = 1000
LONGEST_WAIT_S = 5.0

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Instance = Annotated[str, msgspec.Meta(min_length=8, max_length=100, pattern=r"\A[A-Za-z0-9_-]*\Z")]
"""Random name of a relay's data folder."""
Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class RelayForm(msgspec.Struct, kw_only=True):
    """Form of a relay that joins: the body of `POST /api/relay/join`."""

    instance: Instance
    name: Name
    url: Annotated[str, msgspec.Meta(max_length=300)] = ""
    """Its own address, as phones reach it."""


class JoinAnswer(msgspec.Struct, kw_only=True):
    """Answer to a relay that joined: the event, what serves it, and the position that they are as of."""

    event: Event
    stream: Stream
    devices: list[Device]
    showings: list[Showing]
    organisation: str
    now: datetime


class AfterQuery(msgspec.Struct, kw_only=True):
    """Query of a page of tickets: those after this id, in order; empty: from the first."""

    after: Annotated[str, msgspec.Meta(max_length=200)] = ""


class SpanQuery(msgspec.Struct, kw_only=True):
    """Query of a page of the journal: entries above `after`, up to `until`."""

    after: Number
    until: Number


class TicketsPage(msgspec.Struct, kw_only=True):
    """Page of an event's tickets, by id; one that is not full is the last."""

    tickets: list[Ticket]
    is_last: bool


class JournalPage(msgspec.Struct, kw_only=True):
    """Page of an event's journal, in order; one that is not full is the last."""

    entries: list[Entry]
    is_last: bool


class Report(msgspec.Struct, kw_only=True):
    """Report of a relay on itself, with each exchange."""

    instance: Instance
    waiting: Number = 0
    """Facts that wait to be sent up."""
    ahead_ms: Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)] = 0
    """How far its clock is ahead of the hub's, as it measured."""


class PullForm(Report, kw_only=True):
    """Form of a relay that follows, from its position: the body of `POST /api/relay/pull`."""

    epoch: Annotated[str, msgspec.Meta(max_length=100)]
    since: Number
    revision: Number
    wait_s: Annotated[float, msgspec.Meta(ge=0, le=LONGEST_WAIT_S)] = LONGEST_WAIT_S


class Page(msgspec.Struct, kw_only=True):
    """Page of what is new in an event: the entries after `since`, and what they are about, as it is now.

    The event and what serves it are there where the stream's revision is another than the relay's; showings also where
    entries name them.
    """

    epoch: str
    since: int
    seq: int
    """The number of its last entry: the position after it."""
    head: int
    """The number of the journal's newest entry."""
    revision: int
    entries: list[Entry] = []
    tickets: list[Ticket] = []
    gone: list[str] = []
    """Tickets that entries name and that are not there any more."""
    event: Event | None = None
    devices: list[Device] | None = None
    showings: list[Showing] | None = None
    now: datetime

    @property
    def is_news(self) -> bool:
        """Whether there is anything to apply."""
        return bool(self.entries) or self.event is not None


Call = Literal["scan", "undo", "headcount"]
"""Call of a door that a relay forwards."""


class ForwardForm(Report, kw_only=True):
    """Form of a call of a door that a relay forwards: the body of `POST /api/relay/scan`."""

    device: Id
    call: Call = "scan"
    scan: dict[str, Any]
    """The call's body as the door sent it (scan-api.md), with its nonce."""


class ForwardAnswer(msgspec.Struct, kw_only=True):
    """Answer to a forwarded call: the HTTP status and the answer that the door is to get."""

    status: int
    answer: DoorAnswer
    now: datetime


class FactsForm(Report, kw_only=True):
    """Form of facts that a relay sends up, in order: the body of `POST /api/relay/facts`."""

    facts: Annotated[list[RelayFact], msgspec.Meta(max_length=MOST_FACTS)]


class FactResult(msgspec.Struct, kw_only=True):
    """Result of one fact: its number in the hub's journal, or the code of why it was not recorded."""

    id: str
    seq: int | None = None
    refused: str | None = None


class FactsAnswer(msgspec.Struct, kw_only=True):
    """Answer to facts: a result for each, in their order."""

    results: list[FactResult]
    now: datetime
