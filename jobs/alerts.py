"""Alerts: every few seconds one process looks at the events that are on."""

from jobs.schedule import Turn


async def watch(turn: Turn) -> None:
    """Have alerts told and ended."""
    await turn.hub.watch.look()
