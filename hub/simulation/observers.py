"""Observers over `/live`: a dashboard, and a clerk that follows every entry of the journal."""

import asyncio
import contextlib
from typing import Any

from hub.client.client import LiveClient, LiveEnded
from hub.client.replica import Update
from hub.simulation.audit import Recorded, counts_of_frame

CATCH_UP_S = 15.0


async def read_journal(clerk: LiveClient, until: int) -> list[Recorded]:
    """Return the entries that `clerk` received up to `until`, without those that could not be recovered."""
    journal: list[Recorded] = []
    with contextlib.suppress(TimeoutError, LiveEnded):
        async with asyncio.timeout(CATCH_UP_S):
            async for news in clerk.updates():
                if isinstance(news, Update):
                    journal.append(_recorded(news))
                if news.seq >= until:
                    break
    return journal


async def read_dashboard(dashboard: LiveClient, occupancy: dict[str, Any]) -> dict[str, Any]:
    """Return the counts that `dashboard` shows, once they are those of `occupancy` or have had time to be."""
    wanted = counts_of_frame(occupancy)
    shown: dict[str, Any] = {}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(CATCH_UP_S):
            while counts_of_frame(shown) != wanted:
                await asyncio.sleep(0.05)
                shown = dashboard.state.get("occupancy", {})
    return shown


def _recorded(update: Update) -> Recorded:
    data = update.data
    return Recorded(
        seq=update.seq,
        kind=update.kind,
        ticket=data.get("ticket"),
        code=data.get("code"),
        device=data.get("device"),
        effect=data.get("effect", {}),
    )
