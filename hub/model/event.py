"""The event and its venue: zones, doors, products, prices, showings, signing key. Plain data."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Literal, get_args

import msgspec

from hub.clock import to_millis
from hub.model.base import Count, Document
from hub.model.picture import PictureRef
from hub.model.ticket import DoorDetail


class Zone(msgspec.Struct, kw_only=True):
    """Zone: a part of the venue with a count, and perhaps a limit, of the people inside."""

    id: str
    name: str
    max_inside: int | None = None


class Door(msgspec.Struct, kw_only=True):
    """Door, where devices scan. `into` and `out_of` are zone ids; None is the venue, respectively outside."""

    id: str
    name: str
    into: str | None = None
    out_of: str | None = None
    products: list[str] | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None


class Price(msgspec.Struct, kw_only=True):
    """Price of a product, by name. `amount` is a decimal, exact as text; versions before kept a number."""

    name: str
    amount: str | float = "0"
    currency: str = "EUR"


class Product(msgspec.Struct, kw_only=True):
    """Product: a kind of ticket. `reentry` and `confirm` override the event's; `notice` is shown when it is scanned."""

    name: str
    reentry: str | None = None
    notice: str | None = None
    confirm: str | None = None
    public: bool | None = None
    """Whether it may be booked without a key; None: where all its prices are zero."""
    capacity: int | None = None
    """How many tickets of it each showing has; None: as many as there are seats."""
    prices: list[Price] = []


class SigningKey(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Signing key of an event: `kid` stands in each code, `public_pem` is public, `sealed` is encrypted."""

    kid: str
    public_pem: str
    sealed: bytes
    salt: bytes | None = None
    """Salt of the hashes in the event's manifests; None in events of before, whose salt their sealing secret gives."""


class Contact(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Contact of an organiser, as guests are shown it: any of a mail address, a phone number and a web page."""

    email: str | None = None
    phone: str | None = None
    url: str | None = None


PayAt = Literal["ahead", "door"]
WalletOffer = Literal["off", "invited", "percent", "on"]
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]


def all_door_details() -> list[DoorDetail]:
    """Return the names of all details that a door can be shown of a ticket."""
    return list(get_args(DoorDetail))


class Event(Document, kw_only=True):
    """Event with its rules (booking-api.md, events)."""

    id: str
    name: str
    venue: str | None = None
    address: str | None = None
    """Postal address of the venue, in one line, as guests and maps read it."""
    about: str | None = None
    """What guests read of it before they book, in the organiser's words, in several lines."""
    terms: str | None = None
    """Terms and conditions that a booking accepts, in several lines."""
    picture: PictureRef | None = None
    picture_alt: str | None = None
    """What the picture shows, for those who do not see it; None: it shows nothing that is not said beside it."""
    doors_open_min: int | None = None
    """How many minutes before each of its times guests may come; None: not said."""
    timezone: str
    language: str | None = None
    """Tag of the language of guests who showed none; None: the hub's own."""
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
    confirm: str | None = None
    """A question that a door answers before it admits, like "ID seen?"."""
    door_shows: list[DoorDetail] = msgspec.field(default_factory=all_door_details)
    """What of a ticket a door is shown beside its holder's name."""
    phone_limit: int = 6
    hold_minutes: int | None = None
    """How long an unpaid ticket holds its seat; None: until it is paid."""
    pay_at: PayAt = "ahead"
    """Whether guests pay before they come, within `hold_minutes`, or at the door."""
    pay_where: str | None = None
    """Where and how guests pay, in the organiser's words."""
    waiting: bool = False
    """Whether guests may wait for seats of a time that is sold out."""
    offer_minutes: int = 60
    """How long a freed seat is held for the next who waits."""
    guest_rename: bool = False
    """Whether a ticket's holder may correct its name."""
    guest_cancel_until_min: int | None = None
    """Until how many minutes before its time a ticket's holder may cancel it; None: not at all."""
    transfers: int = 0
    """How often a ticket may be handed on by its holders."""
    closed: bool = False
    default_capacity: int | None = None
    """Showings come into being when they are booked, with this many seats (the box office)."""
    wallet: WalletOffer = "on"
    """Who is offered wallet passes: nobody, invited reservations, a share of reservations beside those, everybody."""
    wallet_percent: Percent = 0
    """That share of its reservations (`hub/tickets/wallet_offer.py`); while passes are off, the share before."""
    wallet_waves: Count = 0
    """How many waves raised it so far."""
    contact: Contact | None = None
    """Whom guests ask: shown on ticket pages, in mails and on the back of passes."""
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
    times_version: Count = 0
    """How often its times or those of its showings changed: a change planned on an older version is stale."""
    created_at: datetime


class ProductSeats(msgspec.Struct, frozen=True):
    """Seats of a showing that are booked for one product; None: for tickets without one."""

    product: str | None
    booked: Count


class Showing(Document, kw_only=True):
    """Showing: one time of an event, with its seats."""

    id: str
    event: str
    date: str
    time: str
    starts_at: datetime
    ends_at: datetime | None = None
    over_at: datetime | None = None
    """Its end as `ends_of` says, kept so that a booking reads one showing. None: none is known (the box office)."""
    retime: Count = 0
    """The version of its event's times since which tickets of it may expire at another time than it says; 0: none."""
    capacity: Count
    booked: Count = 0
    booked_by: list[ProductSeats] = []
    """The same by product, to hold each to its capacity."""


def product_named(event: Event, name: str | None) -> Product | None:
    """Return the event's product with this name, or None."""
    for product in event.products:
        if product.name == name:
            return product
    return None


def door_of(event: Event, door_id: str | None) -> Door | None:
    """Return the event's door with this id, or None."""
    return next((door for door in event.doors if door.id == door_id), None)


def ends_of(event: Event, showings: Iterable[Showing]) -> dict[str, datetime | None]:
    """Ends of all `showings` of an event, by id; None where none is known (booking-api.md, times).

    A showing ends at its own `ends_at`; without one when the next begins or the event ends, whichever comes first. One
    that begins after its event's end is not ended by it. Showings of the box office, which come into being as they are
    booked, do not end each other.
    """
    found = list(showings)
    starts = sorted({showing.starts_at for showing in found})
    return {showing.id: _end_of(showing, event, starts) for showing in found}


def _end_of(showing: Showing, event: Event, starts: list[datetime]) -> datetime | None:
    if showing.ends_at is not None or event.default_capacity is not None:
        return showing.ends_at
    following = starts[bisect_right(starts, showing.starts_at) :][:1]
    ends = [event.ends_at] if event.ends_at is not None and event.ends_at > showing.starts_at else []
    return min([*following, *ends], default=None)


def expiry_of(showing: Showing, expire_after: timedelta) -> datetime:
    """When a showing's tickets expire: `expire_after` its start, or at its end where that is later; in milliseconds."""
    ends = (showing.over_at, showing.ends_at)
    return to_millis(max([showing.starts_at + expire_after, *(end for end in ends if end is not None)]))
