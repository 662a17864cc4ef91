"""A process that changes an event's end and brings its tickets to it, a few at a time, until it is killed.

`python -m tests.faults.retime_process` with `Orders` as JSON says "changed" once some batches are written, and goes on.
"""

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from hub.app import Hub
from hub.clock import SettableClock
from hub.settings import Settings
from hub.tickets import retiming


class Orders(msgspec.Struct, kw_only=True):
    """Orders of the process: the change, its database, and the time."""

    uri: str
    database: str
    data: str
    secret: str
    event: str
    change: dict[str, Any]
    now: datetime
    batches: int
    """After how many it says so."""


async def main(orders: Orders) -> None:
    settings = Settings(mongodb_uri=orders.uri, database=orders.database, data=Path(orders.data), secret=orders.secret)
    hub = Hub(settings, SettableClock(orders.now))
    retiming.AT_ONCE = 0
    await hub.events.change(orders.event, orders.change)
    for batch in range(10**6):
        if batch == orders.batches:
            sys.stdout.write("changed\n")
            sys.stdout.flush()
        await hub.retiming.step(1, orders.event)


if __name__ == "__main__":
    asyncio.run(main(msgspec.json.decode(sys.argv[1], type=Orders)))
