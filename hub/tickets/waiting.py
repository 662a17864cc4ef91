"""Commands of the waiting list: join, leave, accept, lapse, forget (booking-api.md, When a time is sold out). Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec

from hub.errors import BadInput, Conflict, NotFound
from hub.model.base import Document
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Event, Showing
from hub.model.waiting import Ending, Offer, Place, WaitingEntry, WaitingQueue
from hub.tickets.book import BookTickets
from hub.tickets.seats import Seats, most_of, with_booked
from hub.tickets.waiting_queue import arranged, entry_data, fits, with_offers, without_empty

OnRepeat = Literal["refuse", "remind", "add"]
"""What becomes of joining with the address of a party that stands in the queue.

`refuse`: for those who may see the list. `remind`: nothing changes, that party is mailed its link, and the answer is
that of a new place, so that a stranger does not learn who waits. `add`: a place of its own, where no mail is sent and
an address proves nothing.
"""
MOST_WAITING = 1000
"""Parties in the queue of one showing: it is one document, written whole."""


class JoinWaiting:
    """Command: join a showing's queue, once for the same entry. Answers with the entry as it is kept, or would be.

    Raises `Conflict` (no_waiting_list, seats_left, already_waiting, waiting_full), `BadInput` (no_showing, time_over).
    """

    weight = 2

    def __init__(self, entry: WaitingEntry, mailbox: str, seats: Seats, on_repeat: OnRepeat = "refuse") -> None:
        self._entry = entry
        self._mailbox = mailbox
        self._seats = seats
        self._on_repeat = on_repeat

    def reads(self) -> Iterable[Key]:
        """The showing with its queue, and the entry."""
        return _keys(self._entry)

    def decide(self, unit: UnitOfWork) -> Change[WaitingEntry]:
        """Return the change: a place at the end of the queue, or a reminder to the party with the same address."""
        entry = self._entry
        if (there := unit.find(WaitingEntry, entry.id)) is not None:
            return Change(answer=self._same(there))
        if unit.event.closed:
            raise NotFound("Event not found")
        if not unit.event.waiting:
            raise Conflict("no_waiting_list", "This event keeps no waiting list")
        queue = unit.find(WaitingQueue, entry.showing) or WaitingQueue(id=entry.showing, event=unit.event.id)
        self._check(unit, unit.find(Showing, entry.showing), queue)
        if (first := self._same_mailbox(queue)) is not None:
            return self._repeat(unit, first)
        place = Place(id=entry.id, tickets=entry.tickets, mailbox=self._mailbox, product=self._product(unit.event))
        joined = arranged(msgspec.structs.replace(queue, waiting=[*queue.waiting, place]))
        entry = msgspec.structs.replace(entry, joined_at=unit.now)
        journaled = NewEntry(kind="waiting.joined", data=entry_data(entry.showing, entry.id, entry.tickets))
        return Change(answer=entry, entries=[journaled], put=[entry, joined])

    def _product(self, event: Event) -> str | None:
        """Return the product that the party waits for: the only one where it did not say."""
        if self._entry.product is None and len(event.products) == 1:
            return event.products[0].name
        return self._entry.product

    def _same_mailbox(self, queue: WaitingQueue) -> Place | Offer | None:
        """Return the party in the queue that has the address, where a repeat is not one more."""
        if self._on_repeat == "add":
            return None
        standing: list[Place | Offer] = [*queue.waiting, *queue.offers]
        return next((each for each in standing if each.mailbox == self._mailbox), None)

    def _repeat(self, unit: UnitOfWork, first: Place | Offer) -> Change[WaitingEntry]:
        if self._on_repeat == "refuse":
            raise Conflict("already_waiting", "This address waits for that time already")
        data = entry_data(self._entry.showing, first.id, first.tickets)
        answer = msgspec.structs.replace(self._entry, joined_at=unit.now)
        return Change(answer=answer, entries=[NewEntry(kind="waiting.repeated", data=data)])

    def _same(self, there: WaitingEntry) -> WaitingEntry:
        sent = msgspec.structs.replace(self._entry, joined_at=there.joined_at, language=there.language)
        if there.ended is None and there != sent:
            raise BadInput("Idempotency-Key was used for another request", code="idempotency_mismatch")
        return there

    def _check(self, unit: UnitOfWork, showing: Showing | None, queue: WaitingQueue) -> None:
        if showing is None:
            raise BadInput("There is no showing at that time", {"time": "no showing"}, code="no_showing")
        if self._seats.is_over(unit.event, showing, unit.now):
            raise BadInput("That time is already over", {"time": "is over"}, code="time_over")
        product = self._product(unit.event)
        if self._entry.tickets > (most := most_of(unit.event, showing, product)):
            raise BadInput("The party is too large", {"tickets": f"that time has {most} seats in all"})
        if fits(unit.event, showing, product, self._entry.tickets):
            raise Conflict("seats_left", "There are seats left: book them")
        if len(queue.waiting) + len(queue.offers) >= MOST_WAITING:
            raise Conflict("waiting_full", "The waiting list for that time is full")


class LeaveWaiting:
    """Command: leave a queue, or decline an offer, whose seats are offered on at once. The entry is deleted.

    Raises `NotFound` where it is not there, `Conflict` (not_waiting) where it ended.
    """

    weight = 4

    def __init__(self, entry: WaitingEntry, seats: Seats) -> None:
        self._entry = entry
        self._seats = seats

    def reads(self) -> Iterable[Key]:
        """The showing with its queue, and the entry."""
        return _keys(self._entry)

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change."""
        entry, found = _standing(unit, self._entry)
        if entry.ended is not None or found is None:
            raise Conflict("not_waiting", "This place on the waiting list has ended")
        data = entry_data(entry.showing, entry.id, entry.tickets, declined=found.offer is not None)
        change = Change(
            answer=None,
            entries=[NewEntry(kind="waiting.left", data=data)],
            put=[*_taken_out(unit, found.queue, {entry.id})],
            drop=[(WaitingEntry, entry.id)],
        )
        return with_offers(unit, change, self._seats)


class AcceptOffer:
    """Command: book the seats that an entry is offered, by `booking`. Answers with the reservation, done again too.

    Raises `NotFound`, `Conflict` (not_offered, offer_lapsed, booking_closed), or what booking refuses with.
    """

    def __init__(self, entry: WaitingEntry, booking: BookTickets) -> None:
        self._entry = entry
        self._booking = booking
        self.weight = booking.weight + 1

    def reads(self) -> Iterable[Key]:
        """The documents of the booking, the queue, and the entry."""
        yield from self._booking.reads()
        yield WaitingQueue, self._entry.showing
        yield WaitingEntry, self._entry.id

    def decide(self, unit: UnitOfWork) -> Change[str]:
        """Return the change: the booking, within the seats that are held for it."""
        entry, found = _standing(unit, self._entry)
        if entry.reservation is not None:
            return Change(answer=entry.reservation)
        if entry.ended == "lapsed" or (found and found.offer and found.offer.until <= unit.now):
            raise Conflict("offer_lapsed", "The time to accept these seats is over")
        if found is None or found.offer is None:
            raise Conflict("not_offered", "No seats are offered yet")
        if unit.event.closed:
            raise Conflict("booking_closed", "This event takes no more bookings")
        booked = self._booking.decide_offered(unit, found.offer.product)
        reservation = booked.answer.reservation
        queue = _without(found.queue, {entry.id})
        data = entry_data(entry.showing, entry.id, entry.tickets, reservation=reservation)
        change = Change(
            answer=reservation,
            entries=[*booked.entries, NewEntry(kind="waiting.accepted", data=data)],
            put=[*booked.put, _ended(entry, "accepted", reservation), queue],
            drop=booked.drop,
        )
        return without_empty(change)


class SettleQueue:
    """Command: lapse the offers of a queue that are due, of the `due` entries alone, and offer the free seats.

    Answers with how many offers lapsed or were made.
    """

    def __init__(self, queue: WaitingQueue, due: Collection[str], seats: Seats) -> None:
        self._showing = queue.id
        self._due = due
        self._seats = seats
        self.weight = 2 + 2 * len(due)

    def reads(self) -> Iterable[Key]:
        """The showing with its queue, and the due entries."""
        yield Showing, self._showing
        yield WaitingQueue, self._showing
        yield from ((WaitingEntry, each) for each in self._due)

    def decide(self, unit: UnitOfWork) -> Change[int]:
        """Return the change."""
        queue, showing = unit.find(WaitingQueue, self._showing), unit.find(Showing, self._showing)
        if queue is None or showing is None:
            return Change(answer=0)
        lapsed = [each for each in queue.offers if each.id in self._due and each.until <= unit.now]
        found = [unit.find(WaitingEntry, each.id) for each in lapsed]
        change = Change(
            answer=0,
            entries=[_lapsed_entry(showing.id, each) for each in lapsed],
            put=[*_taken_out(unit, queue, {each.id for each in lapsed})],
        )
        change.put += [_ended(entry, "lapsed") for entry in found if entry is not None]
        change = with_offers(unit, change, self._seats)
        return msgspec.structs.replace(change, answer=len(change.entries)) if change.entries else Change(answer=0)


class ForgetWaiting:
    """Command: delete entries of a showing, which is over for longer than its event keeps tickets."""

    def __init__(self, entries: Sequence[WaitingEntry]) -> None:
        self._entries = entries
        self.weight = len(entries)

    def reads(self) -> Iterable[Key]:
        """The entries, with their showings and queues."""
        for entry in self._entries:
            yield from _keys(entry)

    def decide(self, unit: UnitOfWork) -> Change[int]:
        """Return the change; its answer is how many were deleted."""
        found = [unit.find(WaitingEntry, each.id) for each in self._entries]
        entries = [each for each in found if each is not None]
        standing = [each for each in entries if each.ended is None]
        change = Change(
            answer=len(entries),
            entries=[_deleted_entry(each) for each in standing],
            drop=[(WaitingEntry, each.id) for each in entries],
        )
        for showing_id in {each.showing for each in standing}:
            if (queue := unit.find(WaitingQueue, showing_id)) is not None:
                change.put += _taken_out(unit, queue, {each.id for each in standing})
        return without_empty(change)


class _Standing(NamedTuple):
    """Queue of an entry, with its offer, None while it waits."""

    queue: WaitingQueue
    offer: Offer | None


def _keys(entry: WaitingEntry) -> Iterable[Key]:
    yield Showing, entry.showing
    yield WaitingQueue, entry.showing
    yield WaitingEntry, entry.id


def _standing(unit: UnitOfWork, seen: WaitingEntry) -> tuple[WaitingEntry, _Standing | None]:
    """Return the entry with its queue and offer. Raises `NotFound`."""
    entry, queue = unit.find(WaitingEntry, seen.id), unit.find(WaitingQueue, seen.showing)
    if entry is None:
        raise NotFound("There is no such place on the waiting list")
    if queue is None:
        return entry, None
    for offer in queue.offers:
        if offer.id == entry.id:
            return entry, _Standing(queue, offer)
    is_waiting = any(place.id == entry.id for place in queue.waiting)
    return entry, _Standing(queue, None) if is_waiting else None


def _taken_out(unit: UnitOfWork, queue: WaitingQueue, gone: Collection[str]) -> Iterable[Document]:
    """Return the queue without `gone`, and the showing without the seats that they were offered."""
    yield _without(queue, gone)
    held: Counter[str | None] = Counter()
    for each in queue.offers:
        held[each.product] -= each.tickets if each.id in gone else 0
    if showing := unit.find(Showing, queue.id):
        yield with_booked(unit.event, showing, held)


def _without(queue: WaitingQueue, gone: Collection[str]) -> WaitingQueue:
    return arranged(
        msgspec.structs.replace(
            queue,
            waiting=[each for each in queue.waiting if each.id not in gone],
            offers=[each for each in queue.offers if each.id not in gone],
        )
    )


def _ended(entry: WaitingEntry, how: Ending, reservation: str | None = None) -> WaitingEntry:
    """Return an entry that has ended: without personal data, and with its outcome."""
    return msgspec.structs.replace(entry, name="", email=None, phone_number=None, ended=how, reservation=reservation)


def _lapsed_entry(showing: str, each: Offer) -> NewEntry:
    return NewEntry(kind="waiting.lapsed", data=entry_data(showing, each.id, each.tickets))


def _deleted_entry(entry: WaitingEntry) -> NewEntry:
    data = entry_data(entry.showing, entry.id, entry.tickets, reason="deleted")
    return NewEntry(kind="waiting.left", data=data)
