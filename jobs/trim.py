"""What became of letters long ago: forgotten, so that the record of deliveries does not grow for ever."""

from datetime import timedelta

from jobs.schedule import Turn

BATCH = 1000


async def trim_letters(turn: Turn) -> None:
    """Delete letters that were delivered or set aside longer ago than they are kept."""
    hub = turn.hub
    before = hub.clock.now() - timedelta(days=hub.settings.deliveries_days)
    while await turn.goes_on():
        gone = await hub.store.letters.trim(before, BATCH)
        turn.count += gone
        if gone < BATCH:
            return
