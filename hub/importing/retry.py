"""Retry of an import's steps while the database does not answer: no election ends one that has begun."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from hub.errors import Unavailable

TRIES = 10
PAUSE_S = 1.0

T = TypeVar("T")
Step = Callable[[], Awaitable[T]]
"""One step, which done twice does no more than once."""


class Retry:
    """Runs steps, each again a second later where its outcome is not known, ten times at most."""

    def __init__(self, is_stopping: Callable[[], bool]) -> None:
        """`is_stopping` says when no more tries are to be made."""
        self._is_stopping = is_stopping

    async def run(self, step: Step[T]) -> T:
        """Result of a step. Raises `Unavailable` after the last try, and any other error of the step."""
        for _ in range(TRIES - 1):
            try:
                return await step()
            except Unavailable:
                if self._is_stopping():
                    raise
            await asyncio.sleep(PAUSE_S)
        return await step()
