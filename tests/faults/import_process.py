"""A process that begins an import and stops in the middle of it, waiting to be killed.

`python -m tests.faults.import_process` with `Orders` as JSON says "staged" once a part of the tickets is stored.
"""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import msgspec

from hub.app import Hub
from hub.clock import SettableClock
from hub.importing import checked, importer
from hub.settings import Settings


class Orders(msgspec.Struct, kw_only=True):
    """Orders of the process: the import, its database, and the time."""

    uri: str
    database: str
    data: str
    secret: str
    event: str
    file: str
    now: datetime
    staged: str
    """The barcode that is staged once a part is."""
    named: str | None = None
    """What the ticket with that barcode is called once a part of the list is corrected."""
    corrected_at_once: int | None = None


async def main(orders: Orders) -> None:
    settings = Settings(mongodb_uri=orders.uri, database=orders.database, data=Path(orders.data), secret=orders.secret)
    hub = Hub(settings, SettableClock(orders.now))
    importer.PAUSE_S = 3600  # after the first part
    if orders.corrected_at_once is not None:
        checked.CORRECTED_AT_ONCE = orders.corrected_at_once
    upload = hub.importer.receive(1_000_000)
    upload.write(orders.file.encode())
    upload.end()
    times = await hub.importer.times(orders.event)
    await hub.importer.start(upload, times, await hub.importer.check(upload, times))
    while not await is_there(hub, orders):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    sys.stdout.write("staged\n")
    sys.stdout.flush()
    await asyncio.sleep(3600)


async def is_there(hub: Hub, orders: Orders) -> bool:
    found = await hub.store.imports.known(orders.event, [("barcode", orders.staged)])
    return any(orders.named in (None, each.ticket.name) for each in found if each.ticket is not None)


if __name__ == "__main__":
    asyncio.run(main(msgspec.json.decode(sys.argv[1], type=Orders)))
