"""A stream that reads all that has come, and gives out of it what it is asked for.

Tornado's own, asked for a head and then for a body, stops listening in between and starts again: two calls of the
kernel for each scan that change nothing.
"""

import re
from typing import Any

from tornado.iostream import IOStream, UnsatisfiableReadError

CHUNK = 64 * 1024


class ReadAhead:
    """`stream`, as Tornado uses it. One reads at a time."""

    def __init__(self, stream: IOStream) -> None:
        self._stream = stream
        self._ahead = b""

    def __getattr__(self, name: str) -> Any:
        """Be the stream in all that is not reading."""
        return getattr(self._stream, name)

    def closed(self) -> bool:
        """Tell whether the connection has ended."""
        return self._stream.closed()

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    async def read_until_regex(self, regex: bytes, max_bytes: int | None = None) -> bytes:
        """Return what comes, up to the end of what matches `regex`; where that is too far the connection ends."""
        return await self._read_to(regex, max_bytes)

    async def read_until(self, delimiter: bytes, max_bytes: int | None = None) -> bytes:
        """Return what comes, up to `delimiter`, and that; likewise."""
        return await self._read_to(re.escape(delimiter), max_bytes)

    async def read_bytes(self, num_bytes: int, partial: bool = False) -> bytes:
        """Return the next bytes: so many, or with `partial` those of them that have come."""
        if not self._ahead:
            return await self._stream.read_bytes(num_bytes, partial=partial)
        while len(self._ahead) < num_bytes and not partial:
            await self._read_on()
        return self._take(num_bytes)

    def give_back(self, read: bytes) -> None:
        """Take back what was read last: it comes again."""
        self._ahead = read + self._ahead

    async def _read_to(self, regex: bytes, max_bytes: int | None) -> bytes:
        pattern = re.compile(regex)
        while True:
            found = pattern.search(self._ahead)
            seen = found.end() if found else len(self._ahead)
            if max_bytes is not None and seen > max_bytes:
                self.close()
                raise UnsatisfiableReadError
            if found:
                return self._take(seen)
            await self._read_on()

    async def _read_on(self) -> None:
        self._ahead += await self._stream.read_bytes(CHUNK, partial=True)

    def _take(self, num_bytes: int) -> bytes:
        taken, self._ahead = self._ahead[:num_bytes], self._ahead[num_bytes:]
        return taken
