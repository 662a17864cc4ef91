"""Processes that are killed: a module with its orders, ended by SIGKILL once it has come to a point."""

import asyncio
import sys
from typing import Any

import msgspec

from hub.settings import Settings
from tests.eventually import PATIENCE_S


def whereabouts(settings: Settings) -> dict[str, Any]:
    """Database and secret of a hub, by their names in the orders of a process."""
    return {
        "uri": str(settings.mongodb_uri),
        "database": settings.database,
        "data": str(settings.data),
        "secret": settings.secret,
    }


async def kill_once(module: str, orders: msgspec.Struct, word: str) -> None:
    """Run a module with its orders as JSON, and kill it as soon as it prints `word`."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, msgspec.json.encode(orders).decode()), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE_S):
            assert (await process.stdout.readline()).decode() == f"{word}\n"
    finally:
        process.kill()
        await process.wait()
