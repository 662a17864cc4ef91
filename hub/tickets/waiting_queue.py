"""Waiting queue: free seats of a showing are offered to those who wait, first come first served. Pure.

Seats are offered in the transaction that frees them, so no process that dies can lose them between the two, and nobody
who books meanwhile can be faster than who waited. Seats that are offered count as booked.

A party that needs more seats than are free is passed over, keeps its place, and is shown how often that happened; what
no party fits into is on sale to all. So no free seat waits for the rest of a party, and each party that waits needs
more seats than its showing has left.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple, TypeVar

import msgspec

from hub.model.command import Change, NewEntry, UnitOfWork, key_of
from hub.model.event import Showing
from hub.model.waiting import Offer, Place, WaitingQueue
from hub.tickets.seats import Seats

T = TypeVar("T")


class Offered(NamedTuple):
    """Outcome of offering: the showing with the seats held, its queue, and the journal entries of the offers."""

    showing: Showing
    queue: WaitingQueue
    entries: list[NewEntry]


def with_offers(unit: UnitOfWork, change: Change[T], seats: Seats) -> Change[T]:
    """Return a change of showings that offers the seats it frees; it must have read their queues.

    A queue that the change itself puts is taken as it has it.
    """
    put = {key_of(document): document for document in change.put}
    for showing in [each for each in put.values() if isinstance(each, Showing)]:
        queue = put.get((WaitingQueue, showing.id)) or unit.find(WaitingQueue, showing.id)
        if not isinstance(queue, WaitingQueue):
            continue
        offered = offer(unit, showing, queue, seats)
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


def offer(unit: UnitOfWork, showing: Showing, queue: WaitingQueue, seats: Seats) -> Offered:
    """Offer the free seats of a showing; none where its event is closed or keeps no list, or its time is over."""
    event = unit.event
    if not event.waiting or event.closed or seats.is_over(event, showing, unit.now):
        return Offered(showing, arranged(queue), [])
    chosen = _choose(queue.waiting, showing.capacity - showing.booked)
    until = unit.now + timedelta(minutes=event.offer_minutes)
    until = min(until, showing.over_at or showing.ends_at or until)
    offers = [Offer(id=each.id, tickets=each.tickets, mailbox=each.mailbox, until=until) for each in chosen]
    held = sum(each.tickets for each in offers)
    waiting = _without(queue.waiting, {each.id for each in offers})
    queue = msgspec.structs.replace(queue, waiting=waiting, offers=[*queue.offers, *offers])
    showing = msgspec.structs.replace(showing, booked=showing.booked + held)
    return Offered(showing, arranged(queue), [_offered_entry(showing, each) for each in offers])


def _choose(waiting: Sequence[Place], free: int) -> list[Place]:
    """Return who is offered `free` seats: in their order, each party that fits into what is left."""
    chosen = []
    for place in waiting:
        if free <= 0:
            break
        if place.tickets <= free:
            chosen.append(place)
            free -= place.tickets
    return chosen


def _without(waiting: Sequence[Place], chosen: set[str]) -> list[Place]:
    """Return who still waits, each counting the chosen ones that were behind it."""
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
