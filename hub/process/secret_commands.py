"""Commands `secret status`, `secret rotate` and `secret retire` of the shell (docs/security.md, The hub's secret)."""

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hub.clock import Clock
from hub.process.backup_commands import database_of
from hub.rotation.rotation import Rotation, Say
from hub.settings import Settings
from store.store import Store


async def show_secrets(settings: Settings, say: Say) -> None:
    """Say how the hub's secrets stand. Raises `RotationRefused`, `DatabaseRefused` or `Unavailable`, as the others."""
    async with rotation_of(settings, say) as rotation:
        for line in await rotation.lines():
            say(line)


async def rotate_secret(settings: Settings, say: Say) -> None:
    """Begin a rotation of the hub's secret, or go on with the one that is under way."""
    async with rotation_of(settings, say) as rotation:
        await rotation.rotate()


async def retire_secret(settings: Settings, say: Say, *, end_links: bool) -> None:
    """End the earlier secrets; `end_links`: and what they signed."""
    async with rotation_of(settings, say) as rotation:
        await rotation.retire(end_links=end_links)


@asynccontextmanager
async def rotation_of(settings: Settings, say: Say) -> AsyncIterator[Rotation]:
    """Give the rotation of the hub's database, while the hub runs or rests."""
    process = f"{os.getpid()}-{secrets.token_hex(3)}"
    async with database_of(settings) as uri:
        clock, locks = Clock(), settings.data / "locks" / settings.database
        store = Store(uri, settings.database, locks=locks, clock=clock, process=process)
        try:
            yield Rotation(settings, store, clock.now, say)
        finally:
            await store.close()
