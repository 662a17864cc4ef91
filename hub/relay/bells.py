"""Bells of streams: futures that end with the next wake-up signal of a stream (`store/journal/tail.py`)."""

import asyncio


class Bells:
    """Bells: waiters by stream. A signal may be lost, so that a waiter also looks from time to time."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Future[None]]] = {}

    def ring(self, stream: str) -> None:
        """End the waiting for a stream's news."""
        for bell in self._waiting.pop(stream, ()):
            if not bell.done():
                bell.set_result(None)

    def listen(self, stream: str) -> "asyncio.Future[None]":
        """Return a future that the next signal of a stream ends; to be cancelled when it is needed no longer."""
        bell: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(stream, set()).add(bell)
        bell.add_done_callback(lambda done: self._forget(stream, done))
        return bell

    def _forget(self, stream: str, bell: "asyncio.Future[None]") -> None:
        waiting = self._waiting.get(stream)
        if waiting is not None:
            waiting.discard(bell)
            if not waiting:
                del self._waiting[stream]
