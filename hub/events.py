"""Running an event: from the organiser's words to an event with its house, key and showings (booking-api.md)."""

import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec

from hub.booking import new_showing
from hub.change import Book, Change, Draft, Key
from hub.clock import to_millis
from hub.codes import make_key
from hub.errors import BadInput, NotFound
from hub.model import HUB_STREAM, Door, Event, Price, Product, Showing, SigningKey, Stream, Zone
from hub.secrets import Vault
from hub.times import to_instant, zone_of
from store.catalog import Catalog
from store.journal import Journal

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Limit = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
REENTRY = re.compile(r"single|reentry|daily|multi:[1-9][0-9]{0,3}")


class ZoneForm(msgspec.Struct, kw_only=True):
    """A zone as organisers write it."""

    name: Name
    max_inside: Limit | None = None


class DoorForm(msgspec.Struct, kw_only=True):
    """A door as organisers write it; `into` and `out_of` name zones."""

    name: Name
    into: str | None = None
    out_of: str | None = None
    products: list[str] | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None


class ProductForm(msgspec.Struct, kw_only=True):
    """A product as organisers write it."""

    name: Name
    reentry: str | None = None
    notice: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    prices: list[Price] = []


class ShowingForm(msgspec.Struct, kw_only=True):
    """A showing as organisers write it."""

    date: str
    time: str
    capacity: Limit
    ends_at: datetime | None = None


class EventForm(msgspec.Struct, kw_only=True):
    """An event as organisers write it: the body of `POST /api/events`."""

    name: Name
    timezone: str
    starts_at: datetime
    ends_at: datetime
    venue: Name | None = None
    reentry: str = "single"
    booking: Literal["open", "keys"] = "keys"
    max_inside: Limit | None = None
    offline: Literal["admit", "refuse"] = "admit"
    retention_days: Annotated[int, msgspec.Meta(ge=0, le=36_500)] = 0
    admit_before_min: Minutes | None = None
    admit_after_min: Minutes | None = None
    zones: list[ZoneForm] = []
    doors: list[DoorForm] = []
    products: list[ProductForm] = []
    showings: list[ShowingForm] = []


class CreateEvent:
    """Bring an event into being, with its stream and showings."""

    weight = 1

    def __init__(self, event: Event, showings: Sequence[Showing]) -> None:
        self._event = event
        self._showings = showings

    def wants(self) -> Iterable[Key]:
        """Nothing: it is new."""
        return ()

    def decide(self, book: Book) -> Change:
        """Put it down."""
        capacity = sum(showing.capacity for showing in self._showings)
        stream = Stream(id=self._event.id, epoch=secrets.token_hex(4), capacity=capacity)
        entry = Draft(kind="event.changed", data={"id": self._event.id})
        return Change(answer=self._event, entries=[entry], put=[self._event, stream, *self._showings])


class Events:
    """The events of the hub."""

    def __init__(self, journal: Journal, catalog: Catalog, vault: Vault) -> None:
        self._journal = journal
        self._catalog = catalog
        self._vault = vault

    async def create(self, raw: object, now: datetime) -> Event:
        """Create an event from an organiser's form. Raises `BadInput` naming every field that is wrong."""
        form = _parse(raw)
        zone = zone_of(form.timezone)
        _check(form, zone)
        event = self._build(form, now)
        showings = [_showing(event.id, each, zone) for each in form.showings]
        created: Event = await self._journal.append(HUB_STREAM, CreateEvent(event, showings))
        return created

    async def open_box_office(self, timezone: str, now: datetime) -> None:
        """Create the default event, into which anybody books, if there is none."""
        if await self._catalog.box_office() is not None:
            return
        event = Event(
            id=str(uuid4()),
            name="Box office",
            timezone=timezone,
            booking="open",
            default_capacity=20,
            key=self._new_key(),
            created_at=now,
        )
        await self._journal.append(HUB_STREAM, CreateEvent(event, []))

    async def get(self, event_id: str) -> Event:
        """Return an event. Raises `NotFound`."""
        event = await self._catalog.event(event_id)
        if event is None:
            raise NotFound("Event not found")
        return event

    async def all(self) -> list[Event]:
        """Return all events."""
        return await self._catalog.events()

    async def open_to_come(self, now: datetime) -> list[Event]:
        """Return the open events that are not past."""
        return [e for e in await self._catalog.events() if not e.closed and (e.ends_at is None or e.ends_at > now)]

    def _build(self, form: EventForm, now: datetime) -> Event:
        zones = {
            zone.name: Zone(id=f"z{n}", name=zone.name, max_inside=zone.max_inside) for n, zone in _numbered(form.zones)
        }
        return Event(
            id=str(uuid4()),
            name=form.name,
            venue=form.venue,
            timezone=form.timezone,
            starts_at=to_millis(form.starts_at),
            ends_at=to_millis(form.ends_at),
            reentry=form.reentry,
            booking=form.booking,
            max_inside=form.max_inside,
            offline=form.offline,
            retention_days=form.retention_days,
            admit_before_min=form.admit_before_min,
            admit_after_min=form.admit_after_min,
            zones=list(zones.values()),
            doors=[_door(n, door, zones) for n, door in _numbered(form.doors)],
            products=[msgspec.convert(product, Product, from_attributes=True) for product in form.products],
            key=self._new_key(),
            created_at=now,
        )

    def _new_key(self) -> SigningKey:
        signer = make_key(secrets.token_hex(4))
        return SigningKey(kid=signer.kid, public_pem=signer.public_pem, sealed=self._vault.seal(signer.private_bytes))


def _numbered(rows: Sequence[Any]) -> Iterable[tuple[int, Any]]:
    return enumerate(rows, 1)


def _door(number: int, form: DoorForm, zones: dict[str, Zone]) -> Door:
    return Door(
        id=f"d{number}",
        name=form.name,
        into=zones[form.into].id if form.into else None,
        out_of=zones[form.out_of].id if form.out_of else None,
        products=form.products,
        opens_at=form.opens_at and to_millis(form.opens_at),
        closes_at=form.closes_at and to_millis(form.closes_at),
    )


def _showing(event: str, form: ShowingForm, zone: ZoneInfo) -> Showing:
    starts_at = to_instant(form.date, form.time, zone)
    return new_showing(event, form.date, form.time, starts_at, form.capacity, form.ends_at and to_millis(form.ends_at))


def _parse(raw: object) -> EventForm:
    try:
        return msgspec.convert(raw, EventForm)
    except msgspec.ValidationError as wrong:
        raise BadInput("The event cannot be used", field_error(wrong)) from wrong


def field_error(wrong: msgspec.ValidationError) -> dict[str, str]:
    """Return which field a validation error is about, and what is wrong with it."""
    text, _, path = str(wrong).partition(" - at `$.")
    if path:
        return {path.rstrip("`"): text}
    missing = re.fullmatch(r"Object missing required field `(\w+)`", text)
    return {missing[1]: "is required"} if missing else {"body": text}


def _check(form: EventForm, zone: ZoneInfo) -> None:
    errors: dict[str, str] = {}
    if any(moment.tzinfo is None for moment in (form.starts_at, form.ends_at)):
        errors["starts_at"] = "needs a UTC offset, like 2026-12-24T20:30:00+01:00"
    elif form.ends_at <= form.starts_at:
        errors["ends_at"] = "must be after starts_at"
    errors |= _check_reentry(form) | _check_names(form) | _check_moments(form) | _check_showings(form, zone)
    if errors:
        raise BadInput("The event cannot be used", errors)


def _check_reentry(form: EventForm) -> dict[str, str]:
    errors = {} if REENTRY.fullmatch(form.reentry) else {"reentry": "must be single, reentry, multi:N or daily"}
    for n, product in enumerate(form.products):
        if product.reentry is not None and not REENTRY.fullmatch(product.reentry):
            errors[f"products[{n}].reentry"] = "must be single, reentry, multi:N or daily"
    return errors


def _check_names(form: EventForm) -> dict[str, str]:
    errors = {}
    for field in ("zones", "doors", "products"):
        names = [each.name for each in getattr(form, field)]
        if len(set(names)) < len(names):
            errors[field] = "names must differ"
    zones, products = {zone.name for zone in form.zones}, {product.name for product in form.products}
    for n, door in enumerate(form.doors):
        for field in ("into", "out_of"):
            if getattr(door, field) not in {None, *zones}:
                errors[f"doors[{n}].{field}"] = "names no zone of this event"
        if not set(door.products or ()) <= products:
            errors[f"doors[{n}].products"] = "names a product that this event has not"
    return errors


def _check_moments(form: EventForm) -> dict[str, str]:
    moments = {f"doors[{n}].{f}": getattr(d, f) for n, d in enumerate(form.doors) for f in ("opens_at", "closes_at")}
    moments |= {f"showings[{n}].ends_at": showing.ends_at for n, showing in enumerate(form.showings)}
    return {field: "needs a UTC offset" for field, moment in moments.items() if moment and moment.tzinfo is None}


def _check_showings(form: EventForm, zone: ZoneInfo) -> dict[str, str]:
    errors: dict[str, str] = {}
    seen = set()
    for n, showing in enumerate(form.showings):
        try:
            to_instant(showing.date, showing.time, zone)
        except BadInput as wrong:
            errors |= {f"showings[{n}].{field}": text for field, text in wrong.errors.items()}
        if (showing.date, showing.time) in seen:
            errors[f"showings[{n}]"] = "the same time twice"
        seen.add((showing.date, showing.time))
    return errors


def describe_event(event: Event) -> dict[str, Any]:
    """Return an event as organisers see it."""
    zones = {zone.id: zone.name for zone in event.zones}
    described: dict[str, Any] = msgspec.to_builtins(event)
    for hidden in ("_id", "key", "default_capacity"):
        described.pop(hidden, None)
    doors = [
        {
            "id": d.id,
            "name": d.name,
            "into": zones.get(d.into or ""),
            "out_of": zones.get(d.out_of or ""),
            "products": d.products,
        }
        for d in event.doors
    ]
    zones_described = [{"name": zone.name, "max_inside": zone.max_inside} for zone in event.zones]
    return {
        "uuid": event.id,
        "reentry": event.reentry,
        "booking": event.booking,
        "offline": event.offline,
        **described,
        "doors": doors,
        "zones": zones_described,
        "publicKeyPem": event.key.public_pem,
    }
