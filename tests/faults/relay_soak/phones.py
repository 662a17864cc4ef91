"""Phones at doors: each asks its addresses under one nonce until one answers, and records what it asked and heard."""

import asyncio
import random
from collections.abc import Sequence
from typing import Literal
from uuid import uuid4

import msgspec
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.httputil import HTTPHeaders
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from tests.faults.history.record import Attempt
from tests.faults.soak.doors import UNDECIDED, Recorder, decode

SideName = Literal["hub", "relay"]
ANSWER_WITHIN_S = 8.0
LOST = 0.04
"""Answers that are lost on the venue's own network, in parts of one: the phone asks again."""
GIVES_UP = 0.03
TRIES = 40


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """One sending of a scan to one side; without an answer `code` and `seq` are None."""

    side: SideName
    attempt: Attempt


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket shown at a door: all sendings of its scan, under one nonce."""

    nonce: str
    device: str
    door: str
    ticket: str
    code: str
    tried: tuple[Tried, ...]

    @property
    def verdict(self) -> str | None:
        """The answer that the door heard, or None."""
        return self.tried[-1].attempt.code

    @property
    def start(self) -> float:
        """When it was sent first."""
        return self.tried[0].attempt.start


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Address of a side."""

    side: SideName
    url: str


class Phone:
    """Phone with one device: `addresses` are asked in their order, the first most of the time."""

    def __init__(
        self,
        addresses: Sequence[Address],
        *,
        key: str,
        device: str,
        door: str,
        recorder: Recorder,
        shown: list[Shown],
        chance: random.Random,
    ) -> None:
        self.addresses = addresses
        self.queue: asyncio.Queue[tuple[str, str] | None] = asyncio.Queue()
        self._key = key
        self._device = device
        self._door = door
        self._recorder = recorder
        self._shown = shown
        self._chance = chance
        self._turn = 0
        self._http = SimpleAsyncHTTPClient(force_instance=True)

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    async def work(self) -> None:
        """Scan what comes to the door, until None comes."""
        while (ticket := await self.queue.get()) is not None:
            self._shown.append(await self.scan(*ticket))

    async def scan(self, ticket: str, code: str) -> Shown:
        """Scan one ticket; ask until it is answered, or give up."""
        nonce, tried = uuid4().hex, list[Tried]()
        tries = TRIES if self._chance.random() > GIVES_UP else 1
        while len(tried) < tries:
            address = self.addresses[self._turn % len(self.addresses)]
            attempt = await self.ask(address.url, code, nonce)
            tried.append(Tried(side=address.side, attempt=attempt))
            if attempt.code is not None:
                self._turn = self._turn if self._chance.random() < 0.8 else 0
                break
            self._turn += self._chance.random() < 0.5
            await asyncio.sleep(self._chance.uniform(0.05, 1.0))
        return Shown(nonce=nonce, device=self._device, door=self._door, ticket=ticket, code=code, tried=tuple(tried))

    async def ask(self, url: str, code: str, nonce: str, *, is_sure: bool = False) -> Attempt:
        """Send a scan once. `is_sure`: no answer is lost."""
        headers = {"Authorization": f"Api-Key {self._key}", "Content-Type": "application/json"}
        body = msgspec.json.encode({"qrcode_data": code, "nonce": nonce})
        request = HTTPRequest(
            f"{url}/scan/ticket/", "POST", headers, body, connect_timeout=3, request_timeout=ANSWER_WITHIN_S
        )
        start = asyncio.get_running_loop().time()
        try:
            got = await self._http.fetch(request, raise_error=False)
            status, raw, given = got.code, got.body or b"", got.headers
        except (HTTPClientError, OSError):
            status, raw, given = 599, b"", HTTPHeaders()
        end = asyncio.get_running_loop().time()
        answer = decode(raw)
        if status != 599:
            self._recorder.check(status, given, answer)
        is_lost = not is_sure and self._chance.random() < LOST
        if status in UNDECIDED or is_lost:
            return Attempt(start=start, end=end)
        return Attempt(start=start, end=end, code=answer.get("code"), seq=answer.get("seq"))
