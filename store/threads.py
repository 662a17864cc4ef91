"""Threads of one owner's: what blocks in them waits for nobody else's work, as it would in the loop's common pool."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


class Threads:
    """A few threads, begun as they are needed. To be stopped."""

    def __init__(self, most: int, name: str) -> None:
        self._pool = ThreadPoolExecutor(most, name)

    async def run(self, work: Callable[[], T]) -> T:
        """Return what `work` returns, called in a thread with the caller's context: PyMongo's timeouts are in it."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, copy_context().run, work)

    async def stop(self) -> None:
        """Finish what is under way."""
        await asyncio.to_thread(self._pool.shutdown)
