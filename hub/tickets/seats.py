"""Seat allocation: seats taken and freed within a showing's capacity and a phone number's limit. Pure."""

import hmac
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

import msgspec

from hub.errors import BadInput, Conflict
from hub.formats.local_time import to_instant
from hub.model.command import Change, Key, UnitOfWork
from hub.model.event import Event, ProductSeats, Showing, expiry_of
from hub.model.ticket import PhoneCount, Ticket
from hub.vault import IndexPurpose, Vault


class ProductSoldOut(Conflict):
    """Conflict of a booking with the capacity of a product, where its showing may have seats for others."""

    def __init__(self, message: str) -> None:
        super().__init__("sold_out", message)


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """Taken seats: the showing with them, the documents to write, and the seats that came into being (`opened`)."""

    showing: Showing
    expires_at: datetime
    put: list[Showing | PhoneCount]
    opened: int

    @property
    def effect(self) -> dict[str, int]:
        """Effect on the event's counters of the showing that came into being."""
        return {"capacity": self.opened} if self.opened else {}


class Seats:
    """Seat allocation for the commands that book, move, cancel, restore and delete."""

    def __init__(self, vault: Vault, expire_after: timedelta) -> None:
        self._vault = vault
        self._expire_after = expire_after

    def keys(self, showing: str, *phones: str) -> Iterable[Key]:
        """Return the keys of a showing's seat counts, in all and by some phone numbers."""
        yield Showing, showing
        ids = {self.phone_id(showing, phone) for phone in phones if is_counted(phone)}
        yield from ((PhoneCount, phone_id) for phone_id in ids)

    def count_id(self, ticket: Ticket) -> str | None:
        """Return the id of the phone count that counts a ticket: of one that was handed on still the buyer's.

        None for a ticket that counts for no phone number: one without, an imported one, or one that was handed on and
        then moved.
        """
        if ticket.import_id is not None:
            return None
        if ticket.handed_on and not ticket.phone_number:
            return ticket.phone_count
        return self.phone_id(ticket.showing, ticket.counted_phone) if is_counted(ticket.counted_phone) else None

    def keys_of(self, ticket: Ticket) -> Iterable[Key]:
        """Return the keys of the seat counts that a ticket is part of."""
        yield Showing, ticket.showing
        if (count := self.count_id(ticket)) is not None:
            yield PhoneCount, count

    def phone_id(self, showing: str, phone_number: str) -> str:
        """Return the id of a phone number's count for a showing; however it is spelled, as a keyed hash."""
        digits = re.sub(r"\D", "", phone_number, flags=re.ASCII)
        key = self._vault.index_key(IndexPurpose.PHONES)
        return f"{showing}/{hmac.digest(key, f'{showing}/{digits}'.encode(), 'sha256')[:16].hex()}"

    def take(
        self,
        unit: UnitOfWork,
        *,
        date: str,
        time: str,
        phone: str,
        also_counted: str | None = None,
        products: Mapping[str | None, int],
        is_limited: bool = False,
        held: Mapping[str | None, int] = MappingProxyType({}),
    ) -> Taken:
        """Take seats of the showing at that time by product, of which `held` are booked for these tickets already.

        Tickets of before count by their number as it was written: `also_counted`. Without a number none is counted.

        Raises `BadInput` (no_showing, time_over) or `Conflict` (sold_out; phone_limit where `is_limited`).
        """
        wanted = Counter(products)
        wanted.subtract(held)
        taken = self.take_uncounted(unit, date=date, time=time, products=wanted)
        if not is_counted(phone):
            return taken
        count = sum(products.values())
        counted = self.count_phone(unit, taken.showing.id, phone, count)
        before = self._counted_before(unit, taken.showing.id, counted, also_counted)
        if is_limited and counted.tickets + before > unit.event.phone_limit:
            raise Conflict("phone_limit", f"At most {unit.event.phone_limit} tickets of one time for a phone number")
        return msgspec.structs.replace(taken, put=[*taken.put, counted])

    def take_uncounted(self, unit: UnitOfWork, *, date: str, time: str, products: Mapping[str | None, int]) -> Taken:
        """Take seats that count for no phone number. Raises `BadInput` or `Conflict` as `take` does."""
        there = unit.find(Showing, showing_id(unit.event.id, date, time))
        showing, opened = find_showing(unit.event, there, date, time)
        if self.is_over(unit.event, showing, unit.now):
            raise BadInput("That time is already over", {"time": "is over"}, code="time_over")
        taken = with_booked(unit.event, showing, products)
        return Taken(showing=taken, expires_at=self.expiry(taken), put=[taken], opened=opened)

    def free(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> Change[list[Ticket]]:
        """Free the seats that `tickets` hold: cancelled ones hold none. Imported ones count for no phone number."""
        held = [ticket for ticket in tickets if ticket.status != "canceled"]
        change: Change[list[Ticket]] = Change(answer=[])
        for showing_id, products in products_of(held).items():
            if showing := unit.find(Showing, showing_id):
                freed = {product: -count for product, count in products.items()}
                change.put.append(with_booked(unit.event, showing, freed))
        for phone_id, count in self._counts(held).items():
            keep_phone(change, phone_of(unit, phone_id, -count))
        return change

    def take_again(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> Change[list[Ticket]]:
        """Take the seats that cancelled `tickets` held. Raises `Conflict` (sold_out) where not all of them are left."""
        change: Change[list[Ticket]] = Change(answer=[])
        for showing_id, products in products_of(tickets).items():
            if showing := unit.find(Showing, showing_id):
                change.put.append(with_booked(unit.event, showing, products))
        for phone_id, count in self._counts(tickets).items():
            keep_phone(change, phone_of(unit, phone_id, count))
        return change

    def _counts(self, tickets: Sequence[Ticket]) -> Counter[str]:
        """Number of `tickets` in each phone count, by its id."""
        return Counter(found for ticket in tickets if (found := self.count_id(ticket)) is not None)

    def is_over(self, event: Event, showing: Showing, now: datetime) -> bool:
        """Whether a showing has ended by `now`, so that it cannot be booked any more.

        One without an end is over when its tickets expire, or its event ends.
        """
        end = showing.over_at or showing.ends_at
        if end is None:
            end = self.expiry(showing)
            if event.ends_at is not None and event.ends_at > showing.starts_at:
                end = min(end, event.ends_at)
        return end <= now

    def count_phone(self, unit: UnitOfWork, showing: str, phone: str, by: int) -> PhoneCount:
        """Return a phone number's count for a showing with `by` more."""
        return phone_of(unit, self.phone_id(showing, phone), by)

    def _counted_before(self, unit: UnitOfWork, showing: str, held: PhoneCount, also_counted: str | None) -> int:
        """Number of tickets that are still counted by the phone number as it was written."""
        if also_counted is None or not is_counted(also_counted):
            return 0
        if (phone_id := self.phone_id(showing, also_counted)) == held.id:
            return 0
        found = unit.find(PhoneCount, phone_id)
        return found.tickets if found else 0

    def expiry(self, showing: Showing) -> datetime:
        """Return when a showing's tickets expire."""
        return expiry_of(showing, self._expire_after)


def is_counted(phone_number: str) -> bool:
    """Return whether tickets are counted by a phone number: by one with digits, in ASCII as `phone_words` has them."""
    return re.search(r"[0-9]", phone_number) is not None


def with_booked(event: Event, showing: Showing, products: Mapping[str | None, int]) -> Showing:
    """Return the showing with so many more seats booked, by product; below zero: freed.

    Raises `Conflict` (sold_out) where the showing, or one of the products, has not so many left.
    """
    count, left = sum(products.values()), showing.capacity - showing.booked
    if count > max(left, 0):
        raise Conflict("sold_out", "Sold out" if left <= 0 else f"Only {left} left for that time")
    for product, more in products.items():
        room = left_of(event, showing, product)
        if room is not None and more > max(room, 0):
            raise ProductSoldOut(f"{product}: sold out" if room <= 0 else f"{product}: only {room} left for that time")
    return booked_anyway(showing, products)


def booked_anyway(showing: Showing, products: Mapping[str | None, int]) -> Showing:
    """Return the showing with so many more seats booked, by product, also beyond its capacity."""
    count = sum(products.values())
    booked = Counter({each.product: each.booked for each in showing.booked_by})
    booked.update(products)
    by_product = [ProductSeats(product, number) for product, number in booked.items() if number > 0]
    return msgspec.structs.replace(showing, booked=max(0, showing.booked + count), booked_by=by_product)


def left_of(event: Event, showing: Showing, product: str | None) -> int | None:
    """Number of tickets of a product that a showing has left by its capacity; None where it has none."""
    limit = _limit_of(event, product)
    if limit is None:
        return None
    return limit - sum(each.booked for each in showing.booked_by if each.product == product)


def most_of(event: Event, showing: Showing, product: str | None) -> int:
    """Capacity of a product in a showing, booked or not."""
    limit = _limit_of(event, product)
    return showing.capacity if limit is None else min(showing.capacity, limit)


def _limit_of(event: Event, product: str | None) -> int | None:
    return next((each.capacity for each in event.products if each.name == product), None)


def products_of(tickets: Iterable[Ticket]) -> dict[str, Counter[str | None]]:
    """Number of `tickets` of each showing, by product."""
    found: dict[str, Counter[str | None]] = {}
    for ticket in tickets:
        found.setdefault(ticket.showing, Counter())[ticket.product] += 1
    return found


def phone_of(unit: UnitOfWork, phone_id: str, by: int) -> PhoneCount:
    """Return a phone number's count with `by` more; never below none."""
    held = unit.find(PhoneCount, phone_id)
    return PhoneCount(id=phone_id, event=unit.event.id, tickets=max(0, (held.tickets if held else 0) + by))


def keep_phone(change: Change[list[Ticket]], held: PhoneCount) -> None:
    """Keep a phone number's count while it is above zero, and delete it afterwards."""
    if held.tickets:
        change.put.append(held)
    else:
        change.drop.append((PhoneCount, held.id))


def find_showing(event: Event, there: Showing | None, date: str, time: str) -> tuple[Showing, int]:
    """Return the showing, the existing one or a new one, and how many seats it newly brings into the event.

    Raises `BadInput` (no_showing) where the event's showings do not come into being by themselves.
    """
    if there is not None:
        return there, 0
    if event.default_capacity is None:
        raise BadInput("There is no showing at that time", {"time": "no showing"}, code="no_showing")
    showing = new_showing(event, date, time, event.default_capacity)
    return showing, showing.capacity


def showing_id(event: str, date: str, time: str) -> str:
    """Return the id of an event's showing: there is one for each date and time."""
    return f"{event}/{date}T{time}"


def new_showing(event: Event, date: str, time: str, capacity: int, ends_at: datetime | None = None) -> Showing:
    """Return a showing without bookings. Raises `BadInput` for a time that there is not."""
    return Showing(
        id=showing_id(event.id, date, time),
        event=event.id,
        date=date,
        time=time,
        starts_at=to_instant(date, time, ZoneInfo(event.timezone)),
        ends_at=ends_at,
        capacity=capacity,
    )
