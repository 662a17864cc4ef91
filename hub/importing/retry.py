"""Retry of an import's steps while the database does not answer: no election ends one that has begun."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from hub.tasks import retry

WITHIN_S = 60.0

T = TypeVar("T")
Step = Callable[[], Awaitable[T]]
"""One step, which done twice does no more than once."""


class Retry:
    """Runs steps, each again after growing pauses where its outcome is not known, for a minute at most."""

    def __init__(self, is_stopping: Callable[[], bool]) -> None:
        """`is_stopping` says when no more tries are to be made."""
        self._is_stopping = is_stopping

    async def run(self, step: Step[T]) -> T:
        """Result of a step. Raises `Unavailable` after the last try, and any other error of the step."""
        return await retry(step, within_s=WITHIN_S, what="a step of an import", is_stopping=self._is_stopping)
