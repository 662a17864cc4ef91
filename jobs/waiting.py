"""Waiting list jobs: offers that lapsed go on to the next, entries of times long over are deleted.

Seats are offered where they are freed, in the same transaction. What is left to a job is what no transaction comes by
to do: time that runs out, and seats of a version before that were left free.
"""

from datetime import timedelta

from hub.model.event import Event
from hub.tickets.expiry import has_ended
from jobs.schedule import Turn, error_boundary

BATCH = 100


async def settle_offers(turn: Turn) -> None:
    """Lapse the offers that are due, and offer their seats, and others that are free, to the next."""
    hub = turn.hub
    for queue in await hub.waiting.unsettled(hub.clock.now()):
        if not await turn.goes_on():
            return
        with error_boundary(queue.event):
            turn.count += await hub.waiting.settle(queue, hub.clock.now())


async def forget_waiting(turn: Turn) -> None:
    """Delete the waiting entries that their events keep no longer: as long as the tickets of the same time."""
    for event in await turn.hub.events.all():
        if has_ended(event, turn.hub.clock.now()):
            with error_boundary(event.id):
                await _forget_of(turn, event)
        if turn.was_stopped:
            return


async def _forget_of(turn: Turn, event: Event) -> None:
    """Delete those of one event."""
    hub = turn.hub
    if await hub.due_tickets.is_on(event.id, hub.clock.now()):
        return
    showings = await hub.showings.of_event(event.id)
    before = hub.clock.now() - timedelta(days=event.retention_days)
    while gone := await hub.waiting.over(event.id, showings, before, BATCH):
        if not await turn.goes_on():
            return
        turn.count += await hub.waiting.forget(gone)
