"""Read-ahead buffer of a connection: reads all bytes that have come, and serves reads from them.

Tornado's own stream, asked for a head and then for a body, stops listening in between and starts again: two calls of
the kernel for each scan that change nothing.
"""

import re
from collections.abc import Awaitable
from functools import cache

from tornado.iostream import StreamClosedError, UnsatisfiableReadError
from typing_extensions import override

from handlers.http.guarded_stream import GuardedStream, done

CHUNK = 64 * 1024

_compiled = cache(re.compile)


class ReadAhead(GuardedStream):
    """Guarded stream with a buffer. A read that the buffer can serve is done when it returns, as `IOStream`'s are."""

    _ahead = b""
    _at = 0
    """Where in `_ahead` the next read begins."""

    @override
    def close(self) -> None:
        """End the connection; bytes after its last request are dropped."""
        self._ahead, self._at = b"", 0
        super().close()

    @override
    def read_bytes(self, num_bytes: int, partial: bool = False) -> Awaitable[bytes]:
        has = len(self._ahead) - self._at
        if has >= num_bytes or (has and partial):
            return done(self._take(min(num_bytes, has)))
        if not has:
            return self._stream.read_bytes(num_bytes, partial=partial)
        return self._read_bytes(num_bytes)

    def take_body(self, num_bytes: int) -> bytes | None:
        """Return the next bytes where they have come already, None where they are to be read."""
        return self._take(num_bytes) if len(self._ahead) - self._at >= num_bytes else None

    def give_back(self, read: bytes) -> None:
        """Put back the bytes that were read last: the next read returns them again."""
        self._ahead, self._at = read + self._ahead[self._at :], 0

    @override
    def _read_head(self, regex: bytes, max_bytes: int | None) -> Awaitable[bytes]:
        return self._read_to(_compiled(regex), max_bytes)

    @override
    def _read_line(self, delimiter: bytes, max_bytes: int | None) -> Awaitable[bytes]:
        pattern = re.compile(re.escape(delimiter))
        try:
            found = self._find(pattern, max_bytes)
        except UnsatisfiableReadError:
            self.close()  # as `IOStream` does
            raise
        return self._read_line_on(pattern, max_bytes) if found is None else done(self._take(found))

    async def _read_line_on(self, pattern: re.Pattern[bytes], max_bytes: int | None) -> bytes:
        try:
            return await self._read_to(pattern, max_bytes)
        except UnsatisfiableReadError:
            self.close()
            raise

    async def _read_bytes(self, num_bytes: int) -> bytes:
        while len(self._ahead) - self._at < num_bytes:
            await self._read_on()
        return self._take(num_bytes)

    async def _read_to(self, pattern: re.Pattern[bytes], max_bytes: int | None) -> bytes:
        while (found := self._find(pattern, max_bytes)) is None:
            await self._read_on()
        return self._take(found)

    def _find(self, pattern: re.Pattern[bytes], max_bytes: int | None) -> int | None:
        """Number of bytes to the end of `pattern`; None where more have to come.

        Raises `UnsatisfiableReadError` where they are more than `max_bytes`.
        """
        found = pattern.search(self._ahead, self._at)
        seen = (found.end() if found else len(self._ahead)) - self._at
        if max_bytes is not None and seen > max_bytes:
            raise UnsatisfiableReadError
        return seen if found else None

    async def _read_on(self) -> None:
        if self.closed():
            raise StreamClosedError
        came = await self._stream.read_bytes(CHUNK, partial=True)
        self._ahead, self._at = self._ahead[self._at :] + came, 0

    def _take(self, num_bytes: int) -> bytes:
        end = self._at + num_bytes
        taken = self._ahead[self._at : end]
        self._at = end
        if end == len(self._ahead):
            self._ahead, self._at = b"", 0
        return taken
