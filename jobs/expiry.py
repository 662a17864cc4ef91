"""Expiry jobs for tickets whose time is over: marked as expired, and deleted with their holders' data later."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from hub.app import Hub
from hub.errors import NotFound, Unreadable
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
    unreadable: set[str] = set()
    while due := await hub.due_tickets.due_to_expire(hub.clock.now(), BATCH, unreadable):
        known = len(unreadable)
        if not await turn.goes_on():
            return
        if not await change_batch(turn, due, hub.expiry.expire, unreadable) and len(unreadable) == known:
            return


async def delete_tickets(turn: Turn) -> None:
    """Delete the expired tickets that their events keep no longer; before them, their event's figures are frozen."""
    for event in await turn.hub.events.all():
        if has_ended(event, turn.hub.clock.now()):
            with suppress(Unreadable):  # it is logged, and the other events go on
                await _delete_of(turn, event)
        if turn.was_stopped:
            return


async def _delete_of(turn: Turn, event: Event) -> None:
    hub = turn.hub
    before = hub.clock.now() - timedelta(days=event.retention_days)
    is_frozen = False
    unreadable: set[str] = set()
    while due := await hub.due_tickets.due_to_go(event.id, before, BATCH, unreadable):
        known = len(unreadable)
        if await hub.due_tickets.is_on(event.id, hub.clock.now()) or not await turn.goes_on():
            return
        if not is_frozen:
            await hub.stats.freeze(event.id)
            is_frozen = True
        if not await change_batch(turn, due, hub.expiry.delete_due, unreadable) and len(unreadable) == known:
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
    unreadable: set[str] = set()
    while due := await hub.due_tickets.unpaid(event.id, before, BATCH, unreadable):
        known = len(unreadable)
        if not await turn.goes_on():
            return
        free = hub.tickets.changes.free_unpaid
        if not await change_batch(turn, due, free, unreadable) and len(unreadable) == known:
            return


async def change_batch(turn: Turn, tickets: Sequence[Ticket], act: Act, unreadable: set[str] | None = None) -> int:
    """Change tickets, event by event, count them, and return how many: none means that others did it already.

    A ticket of which a record cannot be read is left out, and its id added to `unreadable`.
    """
    by_event: dict[str, list[Ticket]] = {}
    for ticket in tickets:
        by_event.setdefault(ticket.event, []).append(ticket)
    left_out = set() if unreadable is None else unreadable
    changed = [await _change(turn.hub, each, act, left_out) for each in by_event.values()]
    turn.count += sum(changed)
    return sum(changed)


async def _change(hub: Hub, tickets: Sequence[Ticket], act: Act, unreadable: set[str]) -> int:
    """Change tickets of one event at once, or one by one where a record that one of them needs cannot be read."""
    try:
        return len(await hub.tickets.change_all(tickets, act))
    except NotFound:
        return 0  # somebody deleted them all meanwhile
    except Unreadable:
        if len(tickets) > 1:
            return sum([await _change(hub, [each], act, unreadable) for each in tickets])
        unreadable.add(tickets[0].id)
        return 0
