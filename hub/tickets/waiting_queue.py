"""Waiting queue: free seats of a showing are offered to those who wait, first come first served. Pure.

Seats are offered in the transaction that frees them, so no process that dies can lose them between the two, and nobody
who books meanwhile can be faster than who waited. Seats that are offered count as booked.

A party that needs more seats than are free is passed over, keeps its place, and is shown how often that happened; what
no party fits into is on sale to all. So no free seat waits for the rest of a party, and each party that waits needs
more seats than its showing, or its product there, has left.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

import msgspec

from hub.model.command import Change, NewEntry, UnitOfWork, key_of
from hub.model.event import Event, Showing
from hub.model.waiting import Offer, Place, WaitingQueue
from hub.tickets.seats import Seats, left_of, with_booked

T = TypeVar("T")


class Offered(NamedTuple):
    """Outcome of offering: the showing with the seats held, its queue, and the journal entries of the offers."""

    showing: Showing
    queue: WaitingQueue
    entries: list[NewEntry]


def with_offers(unit: UnitOfWork, change: Change[T], seats: Seats) -> Change[T]:
    """Return a change of showings that offers the seats it frees; it must have read their queues.

    A queue or event that the change itself puts is taken as it has it.
    """
    put = {key_of(document): document for document in change.put}
    event = next((each for each in put.values() if isinstance(each, Event)), unit.event)
    for showing in [each for each in put.values() if isinstance(each, Showing)]:
        queue = put.get((WaitingQueue, showing.id)) or unit.find(WaitingQueue, showing.id)
        if not isinstance(queue, WaitingQueue):
            continue
        offered = offer(unit, event, showing, queue, seats)
        if offered.entries:
            change.entries.extend(offered.entries)
            put |= {key_of(offered.showing): offered.showing, key_of(offered.queue): offered.queue}
    change.put = list(put.values())
    return without_empty(change)


def without_empty(change: Change[T]) -> Change[T]:
    """Return the change with empty queues dropped."""
    change.drop = [*change.drop, *(key_of(each) for each in change.put if _is_empty(each))]
    change.put = [each for each in change.put if not _is_empty(each)]
    return change


def offer(unit: UnitOfWork, event: Event, showing: Showing, queue: WaitingQueue, seats: Seats) -> Offered:
    """Offer the free seats of a showing; none where its `event` is closed or keeps no list, or its time is over."""
    if not event.waiting or event.closed or seats.is_over(event, showing, unit.now):
        return Offered(showing, arranged(queue), [])
    chosen, held = _choose(event, showing, queue.waiting)
    until = unit.now + timedelta(minutes=event.offer_minutes)
    until = min(until, showing.over_at or showing.ends_at or until)
    offers = [_offer_to(each, until) for each in chosen]
    waiting = _without(queue.waiting, {each.id for each in offers})
    queue = msgspec.structs.replace(queue, waiting=waiting, offers=[*queue.offers, *offers])
    return Offered(held, arranged(queue), [_offered_entry(held, each) for each in offers])


def _choose(event: Event, showing: Showing, waiting: Sequence[Place]) -> tuple[list[Place], Showing]:
    """Parties that are offered free seats, each that fits in its turn, and the showing with these seats held."""
    chosen: list[Place] = []
    for place in waiting:
        if showing.booked >= showing.capacity:
            break
        if fits(event, showing, place.product, place.tickets):
            chosen.append(place)
            showing = with_booked(event, showing, {place.product: place.tickets})
    return chosen, showing


def fits(event: Event, showing: Showing, product: str | None, tickets: int) -> bool:
    """Return whether a showing has so many seats left, of the product too."""
    room = left_of(event, showing, product)
    return tickets <= showing.capacity - showing.booked and (room is None or tickets <= room)


def _offer_to(place: Place, until: datetime) -> Offer:
    return Offer(id=place.id, tickets=place.tickets, mailbox=place.mailbox, product=place.product, until=until)


def _without(waiting: Sequence[Place], chosen: set[str]) -> list[Place]:
    """Queue without the chosen entries; each left counts those that were behind it."""
    left: list[Place] = []
    behind = 0
    for place in reversed(waiting):
        if place.id in chosen:
            behind += 1
        else:
            left.append(msgspec.structs.replace(place, passed=place.passed + behind) if behind else place)
    return left[::-1]


def arranged(queue: WaitingQueue) -> WaitingQueue:
    """Return the queue with its index fields: when its first offer lapses, and its smallest party."""
    return msgspec.structs.replace(
        queue,
        due_at=min((each.until for each in queue.offers), default=None),
        fewest=min((each.tickets for each in queue.waiting), default=None),
    )


def _is_empty(document: object) -> bool:
    return isinstance(document, WaitingQueue) and not document.waiting and not document.offers


def _offered_entry(showing: Showing, each: Offer) -> NewEntry:
    data = entry_data(showing.id, each.id, each.tickets, until=each.until.isoformat())
    return NewEntry(kind="waiting.offered", data=data)


def entry_data(showing: str, entry: str, tickets: int, **more: object) -> dict[str, object]:
    """Return the data of a journal entry on the waiting list: ids and numbers, no name and no address."""
    return {"waiting": entry, "showing": showing, "tickets": tickets, **more}
