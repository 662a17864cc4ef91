"""The field's own words as plain data: event, door, showing, ticket, scan, device, journal entry, stream.

No behaviour beyond small readings of itself. `store` keeps these as documents (`id` is stored as `_id`);
instants are aware datetimes in UTC, cut to milliseconds.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

Direction = Literal["in", "out"]
TicketStatus = Literal["valid", "unpaid", "canceled", "blocked"]
By = Literal["scan", "manual", "batch", "force"]
Count = Annotated[int, msgspec.Meta(ge=0)]
"""A number of people or things: the database refuses to keep one below zero."""

HUB_STREAM = "hub"
"""The stream of what belongs to no event: devices, keys, users, jobs."""


class Document(msgspec.Struct, rename={"id": "_id"}, omit_defaults=True, kw_only=True):
    """Base of what is stored under an id of its own."""


# --- the event and its house -------------------------------------------------------------------------------------


class Zone(msgspec.Struct, kw_only=True):
    """A part of the house with a count, and perhaps a limit, of the people inside."""

    id: str
    name: str
    max_inside: int | None = None


class Door(msgspec.Struct, kw_only=True):
    """Where devices scan. `into` and `out_of` are zone ids; None is the house, respectively outside."""

    id: str
    name: str
    into: str | None = None
    out_of: str | None = None
    products: list[str] | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None


class Price(msgspec.Struct, kw_only=True):
    """What a product costs, by name."""

    name: str
    amount: float = 0
    currency: str = "EUR"


class Product(msgspec.Struct, kw_only=True):
    """A kind of ticket. `reentry` overrides the event's rule; `notice` is shown when it is scanned."""

    name: str
    reentry: str | None = None
    notice: str | None = None
    prices: list[Price] = []


class SigningKey(msgspec.Struct, kw_only=True):
    """An event's key pair: `kid` stands in each code, `public_pem` is public, `sealed` is encrypted."""

    kid: str
    public_pem: str
    sealed: bytes


class Event(Document, kw_only=True):
    """One event with its rules (booking-api.md, running an event)."""

    id: str
    name: str
    venue: str | None = None
    timezone: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    """Both None for the box office, which has no end."""
    reentry: str = "single"
    booking: Literal["open", "keys"] = "keys"
    max_inside: int | None = None
    offline: Literal["admit", "refuse"] = "admit"
    retention_days: int = 0
    admit_before_min: int | None = None
    admit_after_min: int | None = None
    phone_limit: int = 6
    hold_minutes: int | None = None
    closed: bool = False
    default_capacity: int | None = None
    """Showings come into being when somebody books them, with this many seats (the box office)."""
    wallet: Literal["off", "invited", "on"] = "on"
    """Who is offered wallet passes: nobody, invited reservations, everybody."""
    exit_all_at: str | None = None
    """`HH:MM` in the event's zone: everybody still inside is checked out then, every day."""
    exited_all_at: datetime | None = None
    """When that was last done, or `exit_all_at` last changed."""
    zones: list[Zone] = []
    doors: list[Door] = []
    products: list[Product] = []
    key: SigningKey
    imported_pem: str | None = None
    """The public key of another server that signed some of the tickets, Ed25519 or RSA."""
    imports: list[str] = []
    """The imports that are through: tickets of any other import are not there (`hub/importing/`)."""
    created_at: datetime


class Showing(Document, kw_only=True):
    """One time of an event, with its seats."""

    id: str
    event: str
    date: str
    time: str
    starts_at: datetime
    ends_at: datetime | None = None
    capacity: Count
    booked: Count = 0


# --- tickets -----------------------------------------------------------------------------------------------------


class Scan(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One entry or exit that the ticket keeps; its state is a fold over them (`hub/door/rules.py`)."""

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


class Settled(msgspec.Struct, omit_defaults=True, kw_only=True):
    """The state that a ticket's dropped scans led to (`hub/door/ticket_state.py`)."""

    where: list[str | None] = []
    entries: int = 0
    entered: list[datetime] = []
    last: Scan | None = None


class Reservation(Document, kw_only=True):
    """What one buyer booked at once."""

    id: str
    event: str
    name: str
    phone_number: str
    email: str | None = None
    paid: bool = True
    tickets_count: int
    import_id: str | None = None
    by_guest: bool = False
    """Whether it was booked without a key: by anybody, in whosever name."""
    created_at: datetime


class PhoneCount(Document, kw_only=True):
    """How many tickets of a showing one phone number holds. `id` names the number only by a keyed hash."""

    id: str
    event: str
    tickets: Count


class Ticket(Document, kw_only=True):
    """A ticket with its whole state, so that one read decides."""

    id: str
    event: str
    showing: str
    reservation: str
    name: str
    phone_number: str
    first_name: str | None = None
    last_name: str | None = None
    product: str | None = None
    price: str | None = None
    date: str
    time: str
    starts_at: datetime
    expires_at: datetime
    status: TicketStatus = "valid"
    expired: bool = False
    issue: int = 1
    issued_at: datetime | None = None
    notice: str | None = None
    barcode: str | None = None
    """What the QR of a ticket sold elsewhere holds; unique in its event."""
    words: list[str] = []
    """The holder's names in lower case, word by word, to be searched by."""
    invited: bool = False
    """Whether its reservation is offered wallet passes where its event offers them to invited guests only."""
    tickets_count: int = 1
    """How many its reservation holds: a door shows it, and one read decides."""
    import_id: str | None = None
    """The import that brought it: it is not there before its event names that import."""
    scans: list[Scan] = []
    settled: Settled | None = None
    """What older scans came to, once there are more than a ticket keeps."""
    created_at: datetime


# --- who asks ----------------------------------------------------------------------------------------------------


class Device(Document, kw_only=True):
    """A door scanner. `may` is its security profile (booking-api.md, running an event)."""

    id: str
    name: str
    event: str | None = None
    door: str | None = None
    may: list[str] = []
    archived: bool = False
    archived_at: datetime | None = None
    claimed: bool = False
    key_prefix: str | None = None
    key_hash: bytes | None = None
    pairing_hash: bytes | None = None
    pairing_expires_at: datetime | None = None
    uses: int | None = None
    """How many phones may join by this pairing code; None: an ordinary device, which pairs once."""
    joined: int = 0
    parent: str | None = None
    last_seen_at: datetime | None = None
    clock_ahead_ms: int = 0
    """How far the phone's clock is ahead of the hub's, as last seen."""
    info: dict[str, Any] = {}
    """What the phone says of itself: app, version, battery, queue."""
    created_at: datetime


class HeldBatch(Document, kw_only=True):
    """Offline scans that an archived device sent: unseen by the counts until the organiser accepts or drops them."""

    id: str
    device: str
    event: str | None
    scans: list[dict[str, Any]]
    received_at: datetime


class Attendance(Document, kw_only=True):
    """A device on a socket of one process: true until `until`, which that process moves on while the socket lives."""

    id: str
    device: str
    event: str | None = None
    since: datetime
    until: datetime


class Alert(Document, kw_only=True):
    """An alert that was told and still stands, so that it is told once (`hub/alerts/commands.py`)."""

    id: str
    kind: str
    event: str | None = None
    device: str | None = None
    door: str | None = None
    at: datetime
    data: dict[str, Any] = {}
    """Why, in numbers, as its entry in the journal tells."""

    @staticmethod
    def name(subject: str, kind: str) -> str:
        """Return the id of the alert of `kind` about `subject`: a device, an event, or one of its doors or zones."""
        return f"{subject}/{kind}"


class ApiKey(Document, kw_only=True):
    """A key of a script's or an organiser's, with scopes (booking-api.md, who may)."""

    id: str
    name: str
    prefix: str
    hash: bytes
    scopes: list[str]
    made_by: str | None = None
    """The user whose rights it came from; None: the hub's own first key, or one that such a key made."""
    revoked_at: datetime | None = None
    created_at: datetime


class User(Document, kw_only=True):
    """Somebody who logs in with a password."""

    id: str
    username: str
    password_hash: str
    role: Literal["owner", "organiser", "viewer"] = "organiser"
    disabled: bool = False
    generation: Count = 0
    """Rises with every change of the user: a login of an earlier one has ended."""
    keys: list[str] = []
    """The keys that came from their rights and are good: each holds no more than they may themselves."""
    created_at: datetime


class Session(Document, kw_only=True):
    """A login. `id` is the SHA-256 of the cookie's value, in hex."""

    id: str
    user: str
    generation: Count = 0
    """The user's, when they logged in."""
    csrf: str
    began_at: datetime | None = None
    expires_at: datetime


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever a request comes from, once known."""

    kind: Literal["device", "key", "user", "ticket"]
    id: str
    name: str
    scopes: frozenset[str] = frozenset()
    event: str | None = None
    """The only event this principal may touch; None: any (for a device: it serves all)."""
    door: str | None = None
    may: frozenset[str] = frozenset()
    session: str | None = None
    """The login it came by, and that login's CSRF token."""
    csrf: str | None = None

    def has(self, scope: str) -> bool:
        """Tell whether it holds `scope`; `admin` holds all but `owner`, who alone decides on users."""
        return scope in self.scopes or ("admin" in self.scopes and scope != "owner")


# --- the journal -------------------------------------------------------------------------------------------------


class Entry(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One numbered entry of an event's journal: ids and verdicts, never a name.

    `effect` is what it changed in the stream's counters, as dotted paths with their deltas
    (`{"admitted": 1, "inside": 1, "doors.d3.admitted": 1}`); the counters are the sum of all effects.
    """

    event: str
    seq: int
    kind: str
    at: datetime
    batch: str
    received_at: datetime | None = None
    ticket: str | None = None
    device: str | None = None
    door: str | None = None
    direction: Direction | None = None
    code: str | None = None
    nonce: str | None = None
    by: By | None = None
    effect: dict[str, int] = {}
    data: dict[str, Any] = {}


class DoorCount(msgspec.Struct, kw_only=True):
    """What one door did so far."""

    admitted: Count = 0
    exited: Count = 0
    denied: Count = 0


class Stream(Document, kw_only=True):
    """An event's stream: the journal's number and the exact counts as of it.

    `epoch` changes when a backup is restored; `first` is the oldest sequence kept; `revision` is bumped by
    every change of the event, its doors or its devices, so that processes know when to read them anew.
    `inside` is people: tickets inside, headcount, forced and conflicting entries.
    """

    id: str
    epoch: str
    seq: Count = 0
    first: int = 1
    revision: Count = 0
    touch: Count = 0
    booked: Count = 0
    capacity: Count = 0
    admitted: Count = 0
    inside: int = 0
    headcount: int = 0
    denied: Count = 0
    doors: dict[str, DoorCount] = {}
    zones: dict[str, Count] = {}
