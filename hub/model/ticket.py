"""Tickets with the scans they keep, and their reservations. Plain data."""

from datetime import datetime
from typing import Literal, TypeVar

import msgspec
from msgspec.structs import asdict, replace

from hub.model.base import By, Count, Direction, Document, TicketStatus
from hub.model.payment import Payment

LONGEST_NOTICE, LONGEST_PLACE, LONGEST_QUESTION, LONGEST_ANSWER = 500, 50, 100, 500
"""Characters of a notice, of a part of a seat, of a question and of its answer."""
LONGEST_TEXT = 500
"""Characters of what a guest writes as feedback."""
MOST_ANSWERS = 20

S = TypeVar("S", bound=msgspec.Struct)


class Scan(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Scan: an entry or exit that a ticket keeps; its state is a fold over them (`hub/door/rules.py`)."""

    at: datetime
    seq: int
    direction: Direction = "in"
    device: str | None = None
    door: str | None = None
    nonce: str = ""
    by: By = "scan"
    into: str | None = None
    out_of: str | None = None
    undone: bool = False
    upstream_seq: int | None = None
    """On a relay: its number in the hub's journal, where that is another (docs/relay.md)."""
    undone_here: bool = False
    """On a relay: undone there, which the hub does not know yet."""


class Settled(msgspec.Struct, omit_defaults=True, kw_only=True):
    """State that a ticket's dropped scans led to (`hub/door/ticket_state.py`)."""

    where: list[str | None] = []
    entries: int = 0
    entered: list[datetime] = []
    last: Scan | None = None


class Seat(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Seat: a numbered place, as text; a part that the event has none of is None."""

    block: str | None = None
    row: str | None = None
    seat: str | None = None

    @property
    def text(self) -> str:
        """The place in one line, as guests read it: `Block A, row 3, seat 12`."""
        named = (("block", self.block), ("row", self.row), ("seat", self.seat))
        text = ", ".join(f"{name} {value}" for name, value in named if value is not None)
        return text[:1].upper() + text[1:]


class Field(msgspec.Struct, frozen=True):
    """Answer to a question that was asked at booking."""

    name: str
    value: str


class Details(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Details of a ticket for the door, beside its holder: a notice, a seat, and answers given at booking.

    Orders, rows of imports and changes carry them as one; a ticket and a reservation keep each under its own name.
    """

    notice: str | None = None
    seat: Seat | None = None
    fields: list[Field] = []

    def over(self, shared: "Details") -> "Details":
        """Return `shared` details with these in their place; what these leave out stays, in a seat and answers too."""
        seat = _over(self.seat or Seat(), shared.seat or Seat())
        return replace(
            _over(self, shared), seat=None if seat == Seat() else seat, fields=_by_name(shared.fields, self.fields)
        )

    def common(self, other: "Details") -> "Details":
        """Return the details that both have, and the answers that are in both."""
        same = {name: value for name, value in asdict(self).items() if value == getattr(other, name)}
        return Details(**same | {"fields": [field for field in self.fields if field in other.fields]})

    def following(self, before: "Details", after: "Details") -> "Details":
        """Return a ticket's details once its reservation's are `after` in place of `before`: its own stay."""
        shared = {name: getattr(after, name) for name, value in asdict(self).items() if value == getattr(before, name)}
        own = [field for field in self.fields if field not in before.fields]
        return replace(self, **shared | {"fields": _by_name(after.fields, own)})


DoorDetail = Literal["notice", "seat", "fields"]
"""Name of a detail, as an event shows it to doors or hides it."""


def _over(own: S, shared: S) -> S:
    return replace(shared, **{name: value for name, value in asdict(own).items() if value})


def _by_name(shared: list[Field], own: list[Field]) -> list[Field]:
    """Return answers with the later one to each question."""
    return [*{field.name: field for field in (*shared, *own)}.values()]


class Reservation(Document, kw_only=True):
    """Reservation: the tickets that one buyer booked at once."""

    id: str
    event: str
    name: str
    phone_number: str
    email: str | None = None
    language: str | None = None
    """Tag of the language that it was booked in, for mails and passes; None where that is not known."""
    paid: bool = True
    tickets_count: int
    notice: str | None = None
    fields: list[Field] = []
    """Answers of the buyer; its tickets hold copies, so that a door reads one document."""
    import_id: str | None = None
    by_guest: bool = False
    """Whether it was booked without a key: by anybody, in whosever name."""
    created_at: datetime


class PhoneCount(Document, kw_only=True):
    """Count of the tickets of a showing that one phone number holds. `id` names the number only by a keyed hash."""

    id: str
    event: str
    tickets: Count


class Sold(msgspec.Struct, frozen=True, kw_only=True):
    """Last state of a ticket in its seller's list, so that a change made here since is not undone by the list."""

    status: TicketStatus
    row: str
    """A hash of the row."""
    by: str
    """The import that brought it."""


class PastHolder(msgspec.Struct, frozen=True, kw_only=True):
    """Past holder of a ticket that was handed on: the name, for the organiser, and the issue that they held."""

    issue: int
    name: str
    until: datetime


class Ticket(Document, kw_only=True):
    """Ticket with its whole state, so that one read decides."""

    id: str
    event: str
    showing: str
    reservation: str
    name: str
    phone_number: str
    phones: list[str] = []
    """The phone number's digits as it may be dialled, by which it is found; it is counted by the first."""
    first_name: str | None = None
    last_name: str | None = None
    product: str | None = None
    price: str | None = None
    amount: Count | None = None
    """What its price was when it was booked, in minor units of `currency`; None where that is not known."""
    currency: str | None = None
    date: str
    time: str
    starts_at: datetime
    expires_at: datetime
    status: TicketStatus = "valid"
    was_blocked: bool = False
    """Of a cancelled ticket: whether it was blocked, as it is again when the cancellation is taken back."""
    paid: bool | None = None
    """Whether what it costs is settled; None: as its reservation says."""
    payment: Payment | None = None
    """The money that was taken for it, unless it was given back; None of what was paid elsewhere."""
    held_from: datetime | None = None
    """When an unpaid ticket began to hold its seat anew: its cancellation was taken back, or its money given back."""
    expired: bool = False
    issue: int = 1
    issued_at: datetime | None = None
    handed_on: list[PastHolder] = []
    """Who held it before, the first of them first."""
    phone_count: str | None = None
    """Of a ticket that was handed on: the `PhoneCount` that goes on counting it, though the number is forgotten."""
    notice: str | None = None
    seat: Seat | None = None
    fields: list[Field] = []
    """Answers given at booking: its own, and those of its reservation."""
    barcode: str | None = None
    """What the QR of a ticket sold elsewhere holds; unique in its event."""
    words: list[str] = []
    """The holder's names in lower case, word by word, to be searched by."""
    language: str | None = None
    """Tag of the language that its guest booked in, for the door: a copy of its reservation's. None: not known."""
    answer_words: list[str] = []
    """The words of its answers, likewise: those who are shown answers search by them."""
    invited: bool = False
    """Whether its reservation is offered wallet passes where its event offers them to invited guests only."""
    tickets_count: int = 1
    """How many its reservation holds: a door shows it, and one read decides."""
    import_id: str | None = None
    """The import that brought it: it is not there before its event names that import."""
    sold: Sold | None = None
    scans: list[Scan] = []
    settled: Settled | None = None
    """What older scans came to, once there are more than a ticket keeps."""
    created_at: datetime

    @property
    def counted_phone(self) -> str:
        """The phone number by which the ticket counts: tickets of before have it as it is written."""
        return self.phones[0] if self.phones else self.phone_number

    def is_settled(self, reservation: Reservation | None) -> bool:
        """Return whether its price is paid: money was taken, else by its status, itself or its reservation."""
        if self.payment is not None:
            return True
        if self.status in ("valid", "unpaid"):
            return self.status == "valid"
        return self.paid if self.paid is not None else reservation is None or reservation.paid


def details_of(document: Ticket | Reservation) -> Details:
    """Return the details for the door that a ticket or a reservation keeps."""
    kept = document.__struct_fields__
    return Details(**{name: getattr(document, name) for name in Details.__struct_fields__ if name in kept})


class Feedback(Document, kw_only=True):
    """Feedback of one ticket's holder: did it work (wallet.md, the ticket page); `id` is the ticket's.

    It has no name; its text is deleted with the ticket.
    """

    id: str
    event: str
    worked: bool
    text: str | None = None
    answered_at: datetime


class LeftOut(msgspec.Struct, kw_only=True):
    """Exclusions of a scheduled job, by id: unreadable records, so that all tickets of an event cost one try."""

    events: set[str] = msgspec.field(default_factory=set)
    showings: set[str] = msgspec.field(default_factory=set)
    tickets: set[str] = msgspec.field(default_factory=set)

    def __len__(self) -> int:
        """Number of exclusions."""
        return len(self.events) + len(self.showings) + len(self.tickets)
