"""Checks of a deployment, all of them or those that a hub makes of itself, and their lines for a shell."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any

from hub.checks.database import check_database
from hub.checks.machine import check_clock, check_disk, check_open_files, check_secrets
from hub.checks.mail import check_mail
from hub.checks.network import check_certificate, check_network
from hub.checks.passes import check_passes
from hub.checks.result import Check, guarded
from hub.checks.secret import check_secret
from hub.settings import Settings

WITHIN_S, OWN_WITHIN_S = 20.0, 6.0
"""How long a check may take: at a terminal, where the network is asked three times, and for a page that waits."""


async def run_checks(settings: Settings, now: datetime) -> list[Check]:
    """Return the results of all checks; each that waits for another machine gives up within seconds."""
    network = guarded("base URL", asyncio.to_thread(check_network, settings, now), WITHIN_S)
    return await _all([network, *_of_hub(settings, now, WITHIN_S)])


async def run_own_checks(settings: Settings, now: datetime) -> list[Check]:
    """Return the results of the checks that a hub makes of itself, within seconds.

    Its base URL is left out: many a router leads no machine to its own public address, which phones reach all the same.
    """
    certificate = guarded("certificate", asyncio.to_thread(check_certificate, settings, now), OWN_WITHIN_S)
    return await _all([*_of_hub(settings, now, OWN_WITHIN_S), certificate])


def _of_hub(settings: Settings, now: datetime, within_s: float) -> list[Coroutine[Any, Any, list[Check]]]:
    in_threads: dict[str, Callable[[], list[Check]]] = {
        "clock": check_clock,
        "disk": lambda: check_disk(settings),
        "open files": lambda: check_open_files(settings),
        "secrets": lambda: check_secrets(settings),
        "mail": lambda: check_mail(settings),
        "wallet passes": lambda: check_passes(settings, now),
    }
    return [
        guarded("database", check_database(settings, now.date()), within_s),
        guarded("hub secret", check_secret(settings, now), within_s),
        *(guarded(name, asyncio.to_thread(check), within_s) for name, check in in_threads.items()),
    ]


async def _all(checks: Sequence[Coroutine[Any, Any, list[Check]]]) -> list[Check]:
    return [each for results in await asyncio.gather(*checks) for each in results]


def lines_of(checks: Sequence[Check]) -> list[str]:
    """Return the checks as lines of a shell: level, aspect, text."""
    width = max(len(each.name) for each in checks)
    return [f"{each.level:<4}  {each.name:<{width}}  {each.text}" for each in checks]


def has_failed(checks: Sequence[Check]) -> bool:
    """Return whether any of them is wrong."""
    return any(each.level == "fail" for each in checks)
