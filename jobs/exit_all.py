"""Exit of all guests: at a time of day that an event sets, those who are still inside are checked out."""

from hub.app import Hub
from hub.model.event import Event
from hub.tickets.expiry import exit_all, exit_all_due
from jobs.expiry import BATCH, change_batch
from jobs.schedule import Turn, error_boundary


async def exit_everybody(turn: Turn) -> None:
    """Check out all guests of the events whose time has come, once a day."""
    for event in await turn.hub.events.all():
        with error_boundary(event.id):
            await _exit_event(turn, turn.hub, event)


async def _exit_event(turn: Turn, hub: Hub, event: Event) -> None:
    moment = exit_all_due(event, hub.clock.now())
    if moment is None:
        return
    ids = await hub.due_tickets.scanned(event.id)
    for first in range(0, len(ids), BATCH):
        if not await turn.goes_on():
            return
        if tickets := await hub.tickets.by_ids(ids[first : first + BATCH]):
            await change_batch(turn, tickets, exit_all(moment))
    await hub.tickets.finish_exit_all(event.id, moment)
