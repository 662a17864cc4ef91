"""Checks of a deployment, all of them, and their lines for a shell."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from hub.checks.database import check_database
from hub.checks.machine import check_clock, check_disk, check_open_files, check_secrets
from hub.checks.mail import check_mail
from hub.checks.network import check_network
from hub.checks.passes import check_passes
from hub.checks.result import Check, guarded
from hub.settings import Settings


async def run_checks(settings: Settings, now: datetime) -> list[Check]:
    """Return the results of all checks; each that waits for another machine gives up within seconds."""
    found = await asyncio.gather(
        asyncio.to_thread(guarded, "base URL", lambda: check_network(settings, now)),
        check_database(settings, now.date()),
        asyncio.to_thread(guarded, "clock", check_clock),
        asyncio.to_thread(guarded, "disk", lambda: check_disk(settings)),
        asyncio.to_thread(guarded, "open files", lambda: check_open_files(settings)),
        asyncio.to_thread(guarded, "secrets", lambda: check_secrets(settings)),
        asyncio.to_thread(guarded, "mail", lambda: check_mail(settings)),
        asyncio.to_thread(guarded, "wallet passes", lambda: check_passes(settings, now)),
    )
    return [each for results in found for each in results]


def lines_of(checks: Sequence[Check]) -> list[str]:
    """Return the checks as lines of a shell: level, aspect, text."""
    width = max(len(each.name) for each in checks)
    return [f"{each.level:<4}  {each.name:<{width}}  {each.text}" for each in checks]


def has_failed(checks: Sequence[Check]) -> bool:
    """Return whether any of them is wrong."""
    return any(each.level == "fail" for each in checks)
