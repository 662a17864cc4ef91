"""Cooperative pauses in long work on the event loop, so that doors are answered meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

AT_ONCE = 25
"""Rows that are read without a pause: a millisecond or two."""

T = TypeVar("T")


async def with_pauses(things: Iterable[T]) -> AsyncIterator[T]:
    """Yield items, and let the event loop run after each `AT_ONCE` of them."""
    for count, thing in enumerate(things, start=1):
        yield thing
        if count % AT_ONCE == 0:
            await asyncio.sleep(0)
