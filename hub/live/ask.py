"""Asking others: the one place of the live hub where what goes wrong elsewhere becomes one of the house's errors."""

from collections.abc import Awaitable
from typing import TypeVar

import structlog

from hub.errors import HubError

log = structlog.get_logger(__name__)

Answer = TypeVar("Answer")


async def ask(question: Awaitable[Answer]) -> Answer:
    """Await `question`; raises `HubError` and nothing else."""
    try:
        return await question
    except HubError:
        raise
    except Exception as wrong:
        log.exception("asked in vain")
        raise HubError("internal", "something went wrong here: try again") from wrong
