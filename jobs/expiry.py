"""Expiry jobs for tickets whose time is over: marked as expired, and deleted with their holders' data later."""

from collections.abc import Sequence
from datetime import timedelta

from hub.app import Hub
from hub.errors import NotFound
from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.tickets.changes import Act
from hub.tickets.expiry import has_ended
from jobs.schedule import Turn

BATCH = 25
"""Tickets changed at once: a door that comes in the middle waits no longer than for one of its own busiest batches."""


async def retime_tickets(turn: Turn) -> None:
    """Bring tickets to the ends of their showings where those changed."""
    while (changed := await turn.hub.retiming.step(BATCH)) is not None:
        turn.count += changed
        if not await turn.goes_on():
            return


async def expire_tickets(turn: Turn) -> None:
    """Mark every ticket as expired whose time is over."""
    hub = turn.hub
    while due := await hub.due_tickets.due_to_expire(hub.clock.now(), BATCH):
        if not await turn.goes_on() or not await change_batch(turn, due, hub.expiry.expire):
            return


async def delete_tickets(turn: Turn) -> None:
    """Delete the expired tickets that their events keep no longer; before them, their event's figures are frozen."""
    for event in await turn.hub.events.all():
        if has_ended(event, turn.hub.clock.now()):
            await _delete_of(turn, event)
        if turn.was_stopped:
            return


async def _delete_of(turn: Turn, event: Event) -> None:
    hub = turn.hub
    before = hub.clock.now() - timedelta(days=event.retention_days)
    is_frozen = False
    while due := await hub.due_tickets.due_to_go(event.id, before, BATCH):
        if await hub.due_tickets.is_on(event.id, hub.clock.now()) or not await turn.goes_on():
            return
        if not is_frozen:
            await hub.stats.freeze(event.id)
            is_frozen = True
        if not await change_batch(turn, due, hub.expiry.delete_due):
            return


async def free_unpaid(turn: Turn) -> None:
    """Cancel tickets that were not paid in time, where their event sets one."""
    hub = turn.hub
    for event in await hub.events.all():
        if event.hold_minutes is None:
            continue
        before = hub.clock.now() - timedelta(minutes=event.hold_minutes)
        while due := await hub.due_tickets.unpaid(event.id, before, BATCH):
            if not await turn.goes_on() or not await change_batch(turn, due, hub.tickets.changes.free_unpaid):
                return


async def change_batch(turn: Turn, tickets: Sequence[Ticket], act: Act) -> int:
    """Change tickets, event by event, count them, and return how many: none means that others did it already."""
    by_event: dict[str, list[Ticket]] = {}
    for ticket in tickets:
        by_event.setdefault(ticket.event, []).append(ticket)
    changed = [await _change(turn.hub, each, act) for each in by_event.values()]
    turn.count += sum(changed)
    return sum(changed)


async def _change(hub: Hub, tickets: Sequence[Ticket], act: Act) -> int:
    try:
        return len(await hub.tickets.change_all(tickets, act))
    except NotFound:
        return 0  # somebody deleted them all meanwhile
