"""A hub in one process, with a planted bug or with `nothing`: `python -m tests.faults.planted guard_off`.

With `HUB_UPSTREAM` it is a relay.
"""

import asyncio
import signal
import sys

import uvloop

from handlers.server import serve_worker
from hub.process.bootstrap import prepare
from hub.process.logs import configure_logs
from hub.process.relay_bootstrap import prepare_relay
from hub.settings import Settings
from tests.faults.planted.bugs import BUGS, OTHERS
from tests.faults.planted.relay_bugs import RELAY_BUGS


async def main() -> None:
    """Prepare the database and serve until a signal."""
    settings, stop = Settings.load(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await (prepare_relay if settings.upstream else prepare)(settings)
    await serve_worker(settings, stop)


if __name__ == "__main__":
    configure_logs("json")
    {**BUGS, **RELAY_BUGS, **OTHERS}[sys.argv[1]]()
    uvloop.run(main())
