"""Attackers: what one client does to a hub, in a process of its own, until it is ended.

    python -m bench.attacks NAME PORT EVENT KEY     KEY: a paired device's, for those who have one

Each comes back at once where it is closed, so that what a limit costs is measured with it.
"""

import asyncio
import itertools
import json
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NamedTuple

import uvloop

from bench.load import frame
from bench.screens import subscribe

CHUNK = 64 * 1024
UPGRADE = (
    b"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
)
GOES = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


class Target(NamedTuple):
    """Hub that is attacked, and what the attacker has of it."""

    port: int
    event: str
    key: str

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Return a new connection."""
        return await asyncio.open_connection("127.0.0.1", self.port)

    def asks(self, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> bytes:
        """Return a request with the device's key."""
        head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Api-Key {self.key}\r\nContent-Type: {kind}\r\n"
        return head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body


Attack = Callable[[Target], Awaitable[None]]


async def again(attack: Attack, target: Target) -> None:
    """Carry out an attack of one connection again and again."""
    while True:
        with suppress(*GOES):
            await attack(target)
        await asyncio.sleep(0.001)


def many(count: int, attack: Attack) -> Attack:
    """Return the attack of so many connections at once."""

    async def all_of_them(target: Target) -> None:
        await asyncio.gather(*(again(attack, target) for _ in range(count)))

    return all_of_them


def flood(first: bytes, then: bytes, *, reads: bool = True) -> Attack:
    """Return the attack that sends `first`, then `then` without end."""

    async def send(target: Target) -> None:
        reader, writer = await target.connect()
        reading = asyncio.create_task(_read_away(reader)) if reads else None
        try:
            writer.write(first)
            while True:
                writer.write(then)
                await writer.drain()
                await asyncio.sleep(0)
        finally:
            writer.close()
            if reading is not None:
                reading.cancel()

    return send


async def _read_away(reader: asyncio.StreamReader) -> None:
    with suppress(*GOES):
        while await reader.read(CHUNK):
            pass


def drip(first: bytes, piece: bytes = b"x", every_s: float = 1.0) -> Attack:
    """Return the attack that sends `first`, then a piece at a time."""

    async def send(target: Target) -> None:
        _, writer = await target.connect()
        try:
            writer.write(first)
            while not writer.is_closing():
                await asyncio.sleep(every_s)
                writer.write(piece)
                await writer.drain()
        finally:
            writer.close()

    return send


def guess(make: Callable[[Target, int], bytes]) -> Attack:
    """Return the attack that asks, reads the answer, and asks with the next guess."""
    numbers = itertools.count(os.getpid() * 1_000_000)

    async def ask(target: Target) -> None:
        reader, writer = await target.connect()
        try:
            while True:
                writer.write(make(target, next(numbers)))
                head = await reader.readuntil(b"\r\n\r\n")
                length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
                await reader.readexactly(int(length or 0))
        finally:
            writer.close()

    return ask


def known_socket(request: Callable[[Target, int], bytes], *, reads: bool = True) -> Attack:
    """Return the attack of a socket that says hello with the key, then sends requests without end."""

    async def send(target: Target) -> None:
        reader, writer = await target.connect()
        writer.write(UPGRADE + frame(json.dumps({"type": "hello", "id": 0, "api_key": target.key}).encode()))
        await reader.readuntil(b"welcome")
        reading = asyncio.create_task(_read_away(reader)) if reads else None
        try:
            for number in itertools.count(1):
                writer.write(request(target, number))
                await writer.drain()
                await asyncio.sleep(0)
        finally:
            writer.close()
            if reading is not None:
                reading.cancel()

    return send


async def come_and_go(target: Target) -> None:
    """Open a connection and close it."""
    _, writer = await target.connect()
    writer.close()
    await writer.wait_closed()


async def come_and_go_by_socket(target: Target) -> None:
    """Open a socket and close it."""
    reader, writer = await target.connect()
    writer.write(UPGRADE)
    await reader.readuntil(b"\r\n\r\n")
    writer.close()


def _login(_: Target, number: int) -> bytes:
    body = b"username=organiser&password=guess%d" % number
    kind = b"application/x-www-form-urlencoded"
    return b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (
        kind,
        len(body),
        body,
    )


def _barcode(target: Target, number: int) -> bytes:
    return target.asks("POST", "/scan/ticket/", json.dumps({"qrcode_data": f"{number:013}"}).encode())


def _batch(target: Target, number: int) -> bytes:
    at = "2026-06-01T12:00:00Z"
    scans = [
        {"qrcode_data": f"{number}-{n}", "nonce": f"{number}-{n}", "verdict": "admitted", "scanned_at": at}
        for n in range(50)
    ]
    return target.asks("POST", "/scan/batch/", json.dumps({"scans": scans}).encode())


def _check(_: Target, number: int) -> bytes:
    return frame(json.dumps({"type": "check", "id": number, "qrcode_data": f"{number:013}"}).encode())


GET = "GET {} HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /api/tickets HTTP/1.1\r\nHost: x\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
TEN_MB = b"Content-Length: 10485760\r\n\r\n"

ATTACKS: dict[str, Attack] = {
    "pings before a hello": many(10, flood(UPGRADE, b"\x89\x80\0\0\0\0" * 1000)),
    "pongs before a hello": many(10, flood(UPGRADE, b"\x8a\x80\0\0\0\0" * 1000)),
    "fragments without end": many(10, flood(UPGRADE + b"\x01\x80\0\0\0\0", b"\x00\x80\0\0\0\0" * 1000)),
    "a frame without end": many(10, flood(UPGRADE + b"\x82\xff\0\0\0\1\0\0\0\0\0\0\0\0", b"x" * CHUNK)),
    "sockets that come and go": many(10, come_and_go_by_socket),
    "connections that come and go": many(10, come_and_go),
    "pipelined GET /healthz": many(10, flood(b"", GET.format("/healthz").encode() * 100)),
    "pipelined GET /book": many(10, flood(b"", GET.format("/book").encode() * 20)),
    "pipelined GET /scanner/worker.js": many(10, flood(b"", GET.format("/scanner/worker.js").encode() * 20)),
    "pipelined GET of unknown catalogues": many(10, flood(b"", GET.format("/static/locales/en/none.js").encode() * 20)),
    "GET /book, never read": many(300, flood(b"", GET.format("/book").encode() * 20, reads=False)),
    "bodies in chunks of one byte": many(10, flood(CHUNKED, b"1\r\nx\r\n" * 1000)),
    "bodies of 10 MB": many(20, flood(POST + TEN_MB, b"x" * CHUNK)),
    "heads, a byte a second": many(2000, drip(b"GET / HTTP/1.1\r\nHost: x\r\nX: ")),
    "bodies, a byte a second": many(2000, drip(POST + TEN_MB)),
    "sockets without a hello": many(1000, drip(UPGRADE, b"", 10.0)),
    "guesses of a pairing code": many(10, guess(lambda _, n: GET.format(f"/scan/guess{n}/pair").encode())),
    "guesses of a password": many(10, guess(_login)),
    "guesses of a key": many(10, guess(lambda t, n: t._replace(key=f"{n:012}.{'x' * 40}").asks("GET", "/api/tickets"))),
    "guesses of a barcode": many(4, guess(_barcode)),
    "guesses of barcodes by batches": many(4, guess(_batch)),
    "storm of subscribe": many(4, known_socket(lambda t, _: frame(subscribe(t.event)))),
    "storm of check": many(4, known_socket(_check)),
    "sockets that subscribe and never read": many(
        19, known_socket(lambda t, _: frame(subscribe(t.event)), reads=False)
    ),
}


def main() -> None:
    """Attack until ended."""
    name, port, event, key = sys.argv[1:]
    os.nice(19)  # an attacker's own work is another machine's
    uvloop.run(ATTACKS[name](Target(int(port), event, key)))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
