"""A client for very many requests: a few connections that stay open, in the loop that serves, and nothing else.

Tornado's own client opens a connection for each request, and threads wait for each other: both cost more than the
answers. What it knows of HTTP is what the hub sends: bodies with a length, in chunks, or none.
"""

import asyncio
from urllib.parse import urlsplit

from tornado.httputil import HTTPHeaders

from tests.api import Answer

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Wire:
    """Sends requests to one hub, `at_once` at a time. To be closed."""

    def __init__(self, url: str, at_once: int = 4) -> None:
        self._host, self._port = urlsplit(url).hostname, urlsplit(url).port
        self._free: list[Connection] = []
        self._turns = asyncio.Semaphore(at_once)

    async def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        """Send one request and return its answer."""
        sent = {"Host": f"{self._host}:{self._port}", **headers}
        if body is not None:
            sent["Content-Length"] = str(len(body))
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        async with self._turns:
            reader, writer = self._free.pop() if self._free else await asyncio.open_connection(self._host, self._port)
            writer.write("\r\n".join([*lines, "", ""]).encode() + (body or b""))
            answer = await _answer(reader, method)
            if answer.headers.get("Connection") == "close":
                await _close(writer)
            else:
                self._free.append((reader, writer))
            return answer

    async def close(self) -> None:
        """End the connections."""
        for _, writer in self._free:
            await _close(writer)


async def _answer(reader: asyncio.StreamReader, method: str) -> Answer:
    first, _, rest = (await reader.readuntil(b"\r\n\r\n")).decode().partition("\r\n")
    status, headers = int(first.split()[1]), HTTPHeaders.parse(rest)
    has_body = method != "HEAD" and status not in (204, 304)
    return Answer(status, headers, await _body(reader, headers) if has_body else b"")


async def _body(reader: asyncio.StreamReader, headers: HTTPHeaders) -> bytes:
    if headers.get("Transfer-Encoding") != "chunked":
        return await reader.readexactly(int(headers.get("Content-Length", "0")))
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    await writer.wait_closed()
