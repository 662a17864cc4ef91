"""A client for very many requests: connections that stay open, in a few threads beside the loop that serves."""

import asyncio
import http.client
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from tornado.httputil import HTTPHeaders

from tests.api import Answer


class Wire:
    """Sends requests to one hub, `at_once` at a time."""

    def __init__(self, url: str, at_once: int = 4) -> None:
        self._place = urlsplit(url).netloc
        self._own = threading.local()
        self._all: list[http.client.HTTPConnection] = []
        self._threads = ThreadPoolExecutor(at_once)

    async def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        """Send one request and return its answer."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._ask, method, path, body, headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = http.client.HTTPConnection(self._place, timeout=30)
            self._all.append(connection)
        connection.request(method, path, body, headers)
        got = connection.getresponse()
        raw = got.read()
        return Answer(got.status, HTTPHeaders(dict(got.getheaders())), raw)

    def close(self) -> None:
        """End the threads and their connections."""
        self._threads.shutdown()
        for connection in self._all:
            connection.close()
