"""Expiry jobs for tickets whose time is over: marked as expired, and deleted with their holders' data later."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from hub.app import Hub
from hub.errors import NotFound, Unreadable
from hub.model.event import Event
from hub.model.ticket import LeftOut, Ticket
from hub.tickets.changes import Act
from hub.tickets.expiry import has_ended
from jobs.schedule import Turn, error_boundary

BATCH = 25
"""Tickets changed at once: a door that comes in the middle waits no longer than for one of its own busiest batches."""
OF_AN_EVENT, OF_A_SHOWING = {"event", "stream"}, {"showing", "waitingqueue"}
"""Kinds of records that all tickets of an event, or of a showing, need."""


async def retime_tickets(turn: Turn) -> None:
    """Bring tickets to the ends of their showings where those changed."""
    while (changed := await turn.hub.retiming.step(BATCH)) is not None:
        turn.count += changed
        if not await turn.goes_on():
            return


async def expire_tickets(turn: Turn) -> None:
    """Mark every ticket as expired whose time is over."""
    hub = turn.hub
    left_out = LeftOut()
    while due := await hub.due_tickets.due_to_expire(hub.clock.now(), BATCH, left_out):
        known = len(left_out)
        if not await turn.goes_on():
            return
        if not await change_batch(turn, due, hub.expiry.expire, left_out) and len(left_out) == known:
            return


async def delete_tickets(turn: Turn) -> None:
    """Delete the expired tickets that their events keep no longer; before them, their event's figures are frozen."""
    for event in await turn.hub.events.all():
        if has_ended(event, turn.hub.clock.now()):
            with error_boundary(event.id):
                await _delete_of(turn, event)
        if turn.was_stopped:
            return


async def _delete_of(turn: Turn, event: Event) -> None:
    hub = turn.hub
    before = hub.clock.now() - timedelta(days=event.retention_days)
    is_frozen = False
    left_out = LeftOut()
    while due := await hub.due_tickets.due_to_go(event.id, before, BATCH, left_out):
        known = len(left_out)
        if await hub.due_tickets.is_on(event.id, hub.clock.now()) or not await turn.goes_on():
            return
        if not is_frozen:
            await hub.stats.freeze(event.id)
            is_frozen = True
        if not await change_batch(turn, due, hub.expiry.delete_due, left_out) and len(left_out) == known:
            return


async def free_unpaid(turn: Turn) -> None:
    """Cancel tickets that were not paid in time, where their event sets one."""
    for event in await turn.hub.events.all():
        if event.hold_minutes is not None and event.pay_at == "ahead":
            await _free_of(turn, event, timedelta(minutes=event.hold_minutes))
        if turn.was_stopped:
            return


async def _free_of(turn: Turn, event: Event, held: timedelta) -> None:
    hub = turn.hub
    before = hub.clock.now() - held
    left_out = LeftOut()
    while due := await hub.due_tickets.unpaid(event.id, before, BATCH, left_out):
        known = len(left_out)
        if not await turn.goes_on():
            return
        free = hub.tickets.changes.free_unpaid
        if not await change_batch(turn, due, free, left_out) and len(left_out) == known:
            return


async def change_batch(turn: Turn, tickets: Sequence[Ticket], act: Act, left_out: LeftOut | None = None) -> int:
    """Change tickets, event by event, count them, and return how many: none means that others did it already.

    What cannot be read is added to `left_out`: a ticket with its own records, or a whole showing or event.
    """
    excluded = LeftOut() if left_out is None else left_out
    changed = [await _change(turn.hub, each, act, excluded) for each in grouped(tickets, lambda ticket: ticket.event)]
    turn.count += sum(changed)
    return sum(changed)


async def _change(hub: Hub, tickets: Sequence[Ticket], act: Act, left_out: LeftOut) -> int:
    """Change tickets of one event at once, or in ever smaller parts where a record that one of them needs is spoilt."""
    try:
        return len(await hub.tickets.change_all(tickets, act))
    except NotFound:
        return 0  # somebody deleted them all meanwhile
    except Unreadable as error:
        parts = _parts(tickets, error.what, left_out)
        return sum([await _change(hub, each, act, left_out) for each in parts])


def _parts(tickets: Sequence[Ticket], what: str, left_out: LeftOut) -> Sequence[Sequence[Ticket]]:
    """Return the parts in which tickets are tried again after a record of kind `what` could not be read.

    None where that is known to be theirs: then they are added to `left_out`.
    """
    if what in OF_AN_EVENT:
        left_out.events.add(tickets[0].event)
        return []
    showings = grouped(tickets, lambda ticket: ticket.showing)
    if len(showings) > 1:
        return showings
    if what in OF_A_SHOWING:
        left_out.showings.add(tickets[0].showing)
        return []
    if len(tickets) == 1:
        left_out.tickets.add(tickets[0].id)
        return []
    middle = len(tickets) // 2
    return [tickets[:middle], tickets[middle:]]


def grouped(tickets: Iterable[Ticket], key: Callable[[Ticket], str]) -> list[list[Ticket]]:
    """Return tickets in groups with the same `key`, in their order."""
    groups: dict[str, list[Ticket]] = {}
    for ticket in tickets:
        groups.setdefault(key(ticket), []).append(ticket)
    return list(groups.values())
