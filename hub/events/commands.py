"""Commands on events and showings; doors and zones keep their ids, so that counters and devices stay true."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from typing_extensions import override

from hub.clock import to_millis
from hub.errors import BadInput, Conflict
from hub.events.form import DoorForm, EventForm, ProductForm, ShowingForm, ShowingPatch, ZoneForm, read_event
from hub.events.price_form import to_price
from hub.events.timetable import Timetable
from hub.formats.organiser_contact import kept_contact
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Door, Event, Product, Showing, Zone
from hub.model.journal import Stream
from hub.model.waiting import WaitingQueue
from hub.tickets.seats import Seats, new_showing, showing_id
from hub.tickets.waiting_queue import with_offers

PLAIN = (
    "name",
    "venue",
    "address",
    "about",
    "terms",
    "picture_alt",
    "doors_open_min",
    "timezone",
    "language",
    "reentry",
    "booking",
    "max_inside",
    "offline",
    "retention_days",
    "admit_before_min",
    "admit_after_min",
    "confirm",
    "door_shows",
    "phone_limit",
    "hold_minutes",
    "pay_at",
    "pay_where",
    "waiting",
    "offer_minutes",
    "guest_rename",
    "guest_cancel_until_min",
    "transfers",
    "exit_all_at",
    "wallet",
    "wallet_percent",
    "closed",
    "imported_pem",
)
"""The fields that a form and an event have alike."""

F = TypeVar("F", DoorForm, ZoneForm)


class ChangeEvent:
    """Command: change an event by an organiser's form; a change of its end may move the ends of its showings.

    Seats that the change frees are offered to those who wait. `event` and `timetable` are as they were read before.
    Raises `BadInput` where the words cannot be used.
    """

    weight = 1

    def __init__(self, event: Event, raw: object, timetable: Timetable, seats: Seats) -> None:
        self._raw = raw
        self._timetable = timetable
        self._seats = seats
        self._planned = _wanted(event, raw, None)
        self._queues = [*timetable.showing_ids] if _may_free_seats(event, self._planned) else []

    def reads(self) -> Iterable[Key]:
        """The event, the showings whose ends move, and those with their queues where seats may come free."""
        yield from self._timetable.reads(self._planned)
        for awaited in self._queues:
            yield Showing, awaited
            yield WaitingQueue, awaited

    def decide(self, unit: UnitOfWork) -> Change[Event]:
        """Return the change, unless a device, a guest inside or a ticket that is counted would be left (`Conflict`)."""
        event = unit.event
        changed = _wanted(event, self._raw, unit.stream)
        _check_left(unit, event, changed)
        _check_counted(event, changed, self._timetable)
        if changed.exit_all_at != event.exit_all_at:
            changed = msgspec.structs.replace(changed, exited_all_at=unit.now)
        if changed == event:
            return Change(answer=event)
        entry = NewEntry(kind="event.changed", data={"id": event.id, "fields": _changed_fields(event, changed)})
        moved: list[Showing] = []
        if changed.ends_at != event.ends_at:
            changed, _, moved = self._timetable.change(unit, changed)
        put = [changed, *self._awaited(unit), *moved]
        return with_offers(unit, Change(answer=changed, entries=[entry], put=put, bump={event.id}), self._seats)

    def _awaited(self, unit: UnitOfWork) -> Iterable[Showing]:
        """Return the showings that have a waiting list."""
        for awaited in self._queues:
            if unit.find(WaitingQueue, awaited) and (showing := unit.find(Showing, awaited)):
                yield showing


def _may_free_seats(before: Event, after: Event) -> bool:
    """Whether tickets may be left after a change that were not before, or are to be offered that were not."""
    numbers = [[(each.name, each.capacity) for each in event.products] for event in (before, after)]
    return numbers[0] != numbers[1] or before.closed > after.closed or after.waiting > before.waiting


class PutShowings(ABC):
    """Base of the commands that add or change showings of an event, all or none, and count their seats."""

    weight = 1

    def __init__(self, event: Event, timetable: Timetable, planned: Sequence[Showing]) -> None:
        self._event = event
        self._timetable = timetable
        self._planned = planned

    def reads(self) -> Iterable[Key]:
        """The showings at these times, the event, and the showings whose ends move."""
        yield from ((Showing, showing.id) for showing in self._planned)
        yield from self._timetable.reads(self._event, self._planned)

    def decide(self, unit: UnitOfWork) -> Change[list[Showing]]:
        """Return the change; its answer is the showings as they are then."""
        before = [unit.find(Showing, showing.id) for showing in self._planned]
        after = [self.one(unit, number, showing) for number, showing in enumerate(before)]
        more = sum(each.capacity for each in after) - sum(each.capacity for each in before if each)
        change = Change(answer=after, put=[*after])
        if any(old is None or old.ends_at != new.ends_at for old, new in zip(before, after, strict=True)):
            event, after, moved = self._timetable.change(unit, unit.event, after)
            change = Change(answer=after, put=[event, *after, *moved], bump={event.id})
        change.entries.append(
            NewEntry(
                kind="event.changed",
                effect={"capacity": more} if more else {},
                data={"id": unit.event.id, "showings": [showing.id for showing in after]},
            )
        )
        return change

    @abstractmethod
    def one(self, unit: UnitOfWork, number: int, before: Showing | None) -> Showing:
        """Return the showing that takes the place of `before` (None: there is none), the `number`-th of these."""


class AddShowings(PutShowings):
    """Command: add showings to an event. Raises `Conflict` (showing_exists)."""

    @override
    def one(self, unit: UnitOfWork, number: int, before: Showing | None) -> Showing:
        wanted = self._planned[number]
        if before is not None:
            raise Conflict("showing_exists", f"There is a showing at {_when(wanted)} already")
        return wanted


class ChangeShowings(PutShowings):
    """Command: change seats and ends of showings, which were read before; new seats are offered to those who wait.

    Raises `BadInput` (no_showing), `Conflict` (seats_booked).
    """

    def __init__(
        self, event: Event, showings: Sequence[Showing], patches: Sequence[ShowingPatch], seats: Seats
    ) -> None:
        there = {showing.id: showing for showing in showings}
        planned = [_patched(there.get(showing_id(event.id, each.date, each.time)), each) for each in patches]
        super().__init__(event, Timetable(event, showings), planned)
        self._patches = patches
        self._seats = seats

    @override
    def reads(self) -> Iterable[Key]:
        yield from super().reads()
        yield from ((WaitingQueue, showing.id) for showing in self._planned)

    @override
    def decide(self, unit: UnitOfWork) -> Change[list[Showing]]:
        return with_offers(unit, super().decide(unit), self._seats)

    @override
    def one(self, unit: UnitOfWork, number: int, before: Showing | None) -> Showing:
        after = _patched(before, self._patches[number])
        if after.capacity < after.booked:
            raise Conflict("seats_booked", f"{after.booked} seats of {_when(after)} are booked")
        return after


def _patched(showing: Showing | None, patch: ShowingPatch) -> Showing:
    if showing is None:
        raise BadInput(f"There is no showing at {_when(patch)}", {"time": "no showing"}, code="no_showing")
    return msgspec.structs.replace(
        showing,
        capacity=showing.capacity if patch.capacity is msgspec.UNSET else patch.capacity,
        ends_at=showing.ends_at if patch.ends_at is msgspec.UNSET else patch.ends_at and to_millis(patch.ends_at),
    )


def _when(showing: Showing | ShowingPatch) -> str:
    return f"{showing.date} {showing.time}"


def _wanted(event: Event, raw: object, stream: Stream | None) -> Event:
    """Return the event as an organiser's form wants it. Raises `BadInput`."""
    prices = [price for product in event.products for price in product.prices]
    form = read_event(
        _merged(event, raw),
        is_endless=event.default_capacity is not None,
        kept=prices,
        stored=_merged(event, {}),
    )
    _check_known(event, form)
    return built(event, form, stream)


def built(event: Event, form: EventForm, stream: Stream | None = None) -> Event:
    """Return `event` as its form describes it; `stream` knows the ids that were ever in use."""
    zones = [
        Zone(id=zone_id, name=zone.name, max_inside=zone.max_inside)
        for zone_id, zone in _with_ids(form.zones, event.zones, "z", stream.zones if stream else {})
    ]
    ids = {zone.name: zone.id for zone in zones}
    doors = _with_ids(form.doors, event.doors, "d", stream.doors if stream else {})
    return msgspec.structs.replace(
        event,
        starts_at=form.starts_at and to_millis(form.starts_at),
        ends_at=form.ends_at and to_millis(form.ends_at),
        contact=kept_contact(form.contact),
        zones=zones,
        doors=[_door(door_id, door, ids) for door_id, door in doors],
        products=[_product(each) for each in form.products],
        **{field: getattr(form, field) for field in PLAIN} | {"wallet_percent": _kept_percent(form)},
    )


def _product(form: ProductForm) -> Product:
    return Product(
        name=form.name,
        reentry=form.reentry,
        notice=form.notice,
        confirm=form.confirm,
        public=form.public,
        capacity=form.capacity,
        prices=[to_price(price) for price in form.prices],
    )


def _kept_percent(form: EventForm) -> int:
    """Return the share of reservations offered passes, as `wallet` says it by itself where it does."""
    return {"on": 100, "invited": 0}.get(form.wallet, form.wallet_percent)


def to_showing(event: Event, form: ShowingForm) -> Showing:
    """Return a showing of an event as its form describes it."""
    return new_showing(event, form.date, form.time, form.capacity, form.ends_at and to_millis(form.ends_at))


def _with_ids(
    forms: Sequence[F], known: Sequence[Door | Zone], prefix: str, used: Mapping[str, Any]
) -> Iterable[tuple[str, F]]:
    """Give each of `forms` its id: that which it names, else that of its name, else one that was never used."""
    by_name = {each.name: each.id for each in known}
    ids: set[str] = set(by_name.values())
    claimed = {form.id for form in forms if form.id in ids}
    number = max((int(each.removeprefix(prefix)) for each in {*ids, *used}), default=0)
    for form in forms:
        kept = form.id if form.id in ids else by_name.get(form.name)
        if kept is None or (kept in claimed and kept != form.id):
            number += 1
            kept = f"{prefix}{number}"
        yield kept, form


def _door(door_id: str, form: DoorForm, zones: Mapping[str, str]) -> Door:
    return Door(
        id=door_id,
        name=form.name,
        into=zones[form.into] if form.into is not None else None,
        out_of=zones[form.out_of] if form.out_of is not None else None,
        products=form.products,
        opens_at=form.opens_at and to_millis(form.opens_at),
        closes_at=form.closes_at and to_millis(form.closes_at),
    )


def _merged(event: Event, raw: object) -> dict[str, Any]:
    """Return the event as its form, with the fields of `raw` in place of its own."""
    if not isinstance(raw, dict):
        raise BadInput("The body must be a JSON object", code="bad_request", status=400)
    if "showings" in raw:
        raise BadInput("The event cannot be changed so", {"showings": "have a path of their own: .../showings"})
    sent = {"imported_pem" if name == "publicKeyPem" else name: value for name, value in raw.items()}
    if sent.get("imported_pem") == event.key.public_pem:  # an event sent back as it was read
        del sent["imported_pem"]
    merged = _as_form(event) | sent
    merged["publicKeyPem"] = merged.pop("imported_pem")
    return merged


def _as_form(event: Event) -> dict[str, Any]:
    names = {zone.id: zone.name for zone in event.zones}
    whole: dict[str, Any] = {field: getattr(event, field) for field in (*PLAIN, "starts_at", "ends_at")}
    whole["contact"] = msgspec.to_builtins(event.contact)
    whole["zones"] = msgspec.to_builtins(event.zones)
    whole["products"] = msgspec.to_builtins(event.products)
    whole["doors"] = [
        {**msgspec.to_builtins(door), "into": names.get(door.into or ""), "out_of": names.get(door.out_of or "")}
        for door in event.doors
    ]
    return whole


def _changed_fields(before: Event, after: Event) -> list[str]:
    return [field for field in before.__struct_fields__ if getattr(before, field) != getattr(after, field)]


def _check_known(event: Event, form: EventForm) -> None:
    errors = {}
    if form.timezone != event.timezone:
        errors["timezone"] = "cannot be changed: its showings stand in it"
    for field in ("zones", "doors"):
        ids = {each.id for each in getattr(event, field)}
        for n, each in enumerate(getattr(form, field)):
            if each.id is not None and each.id not in ids:
                errors[f"{field}[{n}].id"] = "this event has none with that id"
    if errors:
        raise BadInput("The event cannot be changed so", errors)


def _check_left(unit: UnitOfWork, before: Event, after: Event) -> None:
    """Raise `Conflict` where a removed door has devices, or a removed zone has people inside."""
    gone = {door.id for door in before.doors} - {door.id for door in after.doors}
    stuck = sorted(device.name for device in unit.devices if device.door in gone and device.is_in_service)
    if stuck:
        raise Conflict("door_in_use", f"Devices stand at that door: {', '.join(stuck)}")
    left = {zone.id for zone in before.zones} - {zone.id for zone in after.zones}
    if any(unit.stream.zones.get(zone) for zone in left):
        raise Conflict("zone_in_use", "Somebody is in that zone")


def _check_counted(before: Event, after: Event, timetable: Timetable) -> None:
    """Raise `Conflict` where a product with a capacity and tickets is renamed or removed: they count by its name."""
    kept = {product.name for product in after.products}
    gone = [each.name for each in before.products if each.capacity is not None and each.name not in kept]
    if names := ", ".join(name for name in gone if timetable.sells(name)):
        raise Conflict(
            "product_sold",
            f"Tickets of that product are sold and counted by its name; first remove its number: {names}",
        )
