"""HTTP client with retries: a request without an answer is made again, unchanged."""

import asyncio
import random
from typing import Any, NamedTuple

import msgspec
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.simple_httpclient import SimpleAsyncHTTPClient

PATIENCE_S = 60.0
ANSWER_WITHIN_S = 5.0
LONGEST_PAUSE_S = 1.0
ASK_AGAIN = (429, 502, 503, 504, 599)
"""Statuses after which the same request is made again; 599 is Tornado's for no answer at all."""


class NoAnswer(Exception):
    """Error of a hub that did not answer, or not as it should; the text has the last answer."""


class Answer(NamedTuple):
    """Answer, and the number of tries that it took."""

    status: int
    body: Any
    tries: int


class Wire:
    """HTTP client of the hub at `url`. Made in the loop that uses it, closed after use."""

    def __init__(self, url: str, *, chance: random.Random) -> None:
        self.url = url.rstrip("/")
        self._chance = chance
        self._client = SimpleAsyncHTTPClient(force_instance=True, max_clients=200)

    def close(self) -> None:
        """Close the sockets."""
        self._client.close()

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str = "",
        again: str = "",
        patience_s: float = PATIENCE_S,
    ) -> Answer:
        """Return the answer, retried until there is one; `again` is the Idempotency-Key. Raises `NoAnswer`."""
        headers = {"Content-Type": "application/json"}
        if key:
            headers["Authorization"] = f"Api-Key {key}"
        if again:
            headers["Idempotency-Key"] = again
        payload = None if body is None else msgspec.json.encode(body)
        request = HTTPRequest(
            self.url + path, method, headers, payload, connect_timeout=ANSWER_WITHIN_S, request_timeout=ANSWER_WITHIN_S
        )
        return await self._ask_until_answered(request, patience_s)

    async def _ask_until_answered(self, request: HTTPRequest, patience_s: float) -> Answer:
        deadline = asyncio.get_running_loop().time() + patience_s
        tries, pause_s = 0, 0.05
        while True:
            tries += 1
            status, raw = await self._try(request)
            if status not in ASK_AGAIN:
                return Answer(status, _decode(raw), tries)
            if asyncio.get_running_loop().time() >= deadline:
                raise NoAnswer(f"{request.method} {request.url}: {status} after {tries} tries")
            await asyncio.sleep(pause_s * self._chance.uniform(0.5, 1.5))
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    async def _try(self, request: HTTPRequest) -> tuple[int, bytes]:
        try:
            response = await self._client.fetch(request, raise_error=False)
        except (HTTPClientError, OSError):
            return 599, b""
        return response.code, response.body or b""


def _decode(raw: bytes) -> Any:
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return {}
