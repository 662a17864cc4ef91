"""Answers on events and showings, as organisers, phones and guests get them (booking-api.md, scan-api.md)."""

from datetime import datetime
from typing import Literal

import msgspec

from hub.model.event import Contact, Door, Event, PayAt, Product, Showing, WalletOffer, Zone
from hub.model.picture import picture_path
from hub.model.ticket import DoorDetail


class PublicEventAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Event as everybody may read it, in the words of TiBillet's phone."""

    uuid: str
    name: str
    start_date: str | None = msgspec.field(name="startDate")
    public_key_pem: str = msgspec.field(name="publicKeyPem")
    description: str
    url: str


class DoorAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Door of an event; `into` and `out_of` are names of zones."""

    id: str
    name: str
    into: str | None
    out_of: str | None
    products: list[str] | None
    opens_at: datetime | None
    closes_at: datetime | None


class ZoneAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Zone of an event."""

    id: str
    name: str
    max_inside: int | None


class PictureAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Picture of an event: its paths, whole and small, and the size of the whole in pixels."""

    whole: str
    small: str
    width: int
    height: int


class EventAnswer(msgspec.Struct, kw_only=True):
    """Event as organisers see it."""

    uuid: str
    name: str
    venue: str | None
    address: str | None
    about: str | None
    terms: str | None
    picture: PictureAnswer | None
    picture_alt: str | None
    doors_open_min: int | None
    timezone: str
    language: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    reentry: str
    booking: Literal["open", "keys"]
    max_inside: int | None
    offline: Literal["admit", "refuse"]
    retention_days: int
    admit_before_min: int | None
    admit_after_min: int | None
    confirm: str | None
    door_shows: list[DoorDetail]
    phone_limit: int
    hold_minutes: int | None
    pay_at: PayAt
    pay_where: str | None
    waiting: bool
    offer_minutes: int
    guest_rename: bool
    guest_cancel_until_min: int | None
    transfers: int
    closed: bool
    wallet: WalletOffer
    wallet_percent: int
    contact: Contact | None
    exit_all_at: str | None
    zones: list[ZoneAnswer]
    doors: list[DoorAnswer]
    products: list[Product]
    imports: list[str]
    created_at: datetime
    public_key_pem: str = msgspec.field(name="publicKeyPem")


class WholeEventAnswer(EventAnswer, kw_only=True):
    """Event as organisers read it: its public fields, and all others."""

    start_date: str | None = msgspec.field(name="startDate")
    description: str
    url: str
    used: bool
    """False of the box office before the first booking into it: lists do not show it."""


class ShowingAnswer(msgspec.Struct, kw_only=True):
    """Showing without its bookings."""

    event: str
    date: str
    time: str
    starts_at: datetime
    ends_at: datetime | None
    timezone: str
    capacity: int


class BookableShowingAnswer(ShowingAnswer, kw_only=True):
    """Showing with the seats that are left, and whether its reader may book them."""

    left: int
    bookable: bool
    products: dict[str, int]
    """Tickets that are left of each product that its reader may know and that has a capacity of its own."""


OWN_FIELDS = {"uuid", "zones", "doors", "picture", "public_key_pem"}
"""Fields of an answer that an event has by another name or in another form."""
ALIKE = [name for name in EventAnswer.__struct_fields__ if name not in OWN_FIELDS]


def describe_public(event: Event, base_url: str) -> PublicEventAnswer:
    """Return an event as everybody may read it."""
    return PublicEventAnswer(
        uuid=event.id,
        name=event.name,
        start_date=event.starts_at.isoformat() if event.starts_at else None,
        public_key_pem=event.key.public_pem,
        description=event.venue or "",
        url=f"{base_url}/book/{event.id}",
    )


def describe_event(event: Event) -> EventAnswer:
    """Return an event as organisers see it."""
    names = {zone.id: zone.name for zone in event.zones}
    return EventAnswer(
        uuid=event.id,
        zones=[_zone(zone) for zone in event.zones],
        doors=[_door(door, names) for door in event.doors],
        picture=picture_of(event),
        public_key_pem=event.key.public_pem,
        **{name: getattr(event, name) for name in ALIKE},
    )


def picture_of(event: Event) -> PictureAnswer | None:
    """Return the paths of an event's picture; None where it has none."""
    if event.picture is None:
        return None
    path = picture_path(event.id, event.picture)
    return PictureAnswer(
        whole=f"{path}.jpg", small=f"{path}-small.jpg", width=event.picture.width, height=event.picture.height
    )


def describe_whole(event: Event, base_url: str, *, used: bool) -> WholeEventAnswer:
    """Return an event as organisers read it."""
    public = describe_public(event, base_url)
    return WholeEventAnswer(
        **msgspec.structs.asdict(describe_event(event)),
        start_date=public.start_date,
        description=public.description,
        url=public.url,
        used=used,
    )


def describe_showing(event: Event, showing: Showing) -> ShowingAnswer:
    """Return a showing of an event without its bookings."""
    return ShowingAnswer(
        event=showing.event,
        date=showing.date,
        time=showing.time,
        starts_at=showing.starts_at,
        ends_at=showing.ends_at,
        timezone=event.timezone,
        capacity=showing.capacity,
    )


def _zone(zone: Zone) -> ZoneAnswer:
    return ZoneAnswer(id=zone.id, name=zone.name, max_inside=zone.max_inside)


def _door(door: Door, zones: dict[str, str]) -> DoorAnswer:
    return DoorAnswer(
        id=door.id,
        name=door.name,
        into=zones.get(door.into or ""),
        out_of=zones.get(door.out_of or ""),
        products=door.products,
        opens_at=door.opens_at,
        closes_at=door.closes_at,
    )
