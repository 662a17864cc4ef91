"""Housekeeping jobs: dead imports are given up, staged tickets of failed ones and old messages are deleted."""

from datetime import timedelta

from jobs.schedule import Turn

LOOK_BACK = timedelta(days=7)
"""How long after its end a failed import is looked after: a process thought dead may have staged a little more."""


async def end_imports(turn: Turn) -> None:
    """Give up dead imports and delete their staged tickets."""
    hub = turn.hub
    for dead in await hub.imports.dead(hub.clock.now()):
        turn.count += await hub.importer.end_dead(dead)
    for failed in await hub.imports.failed(hub.clock.now() - LOOK_BACK):
        if not await turn.goes_on():
            return
        turn.count += await hub.imports.take_away(failed)


BATCH = 1000


async def trim_letters(turn: Turn) -> None:
    """Delete messages of the outbox that were delivered or dead-lettered longer ago than they are kept."""
    hub = turn.hub
    before = hub.clock.now() - timedelta(days=hub.settings.deliveries_days)
    while await turn.goes_on():
        gone = await hub.outbox.trim(before, BATCH)
        turn.count += gone
        if gone < BATCH:
            return
