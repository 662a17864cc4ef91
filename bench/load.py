"""Load generator: a client in a process of its own, as cheap as Python allows, so that it is not measured.

    python -m bench.load BODIES     one order a line on standard input, one report a line on standard output

BODIES holds one request body a line. An order names a slice of them, which is sent once, over keep-alive connections
that each wait for their answer before they ask again.
"""

import asyncio
import base64
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import cast

import msgspec
import uvloop

STALLED_AFTER_S = 300.0
LIVE = "/live"


class Order(msgspec.Struct, kw_only=True):
    """Order of one round: the bodies `first` to `first + count`, as POST to `path`, over so many connections.

    With the path `LIVE`, as `scan` frames over so many WebSockets.
    """

    port: int
    path: str
    authorization: str
    first: int
    count: int
    connections: int
    expect: str
    """What each answer must contain, so that nobody measures refusals."""


class Report(msgspec.Struct, kw_only=True):
    """Result of a round."""

    elapsed_s: float
    latencies_s: list[float]
    wrong: str | None = None
    """The first answer that was not as expected."""
    cpu_s: float = 0.0
    """Processor time that the server took for the round."""
    database_cpu_s: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.latencies_s) / self.elapsed_s


class Connection(asyncio.Protocol):
    """Keep-alive connection that asks, waits, and asks again until nothing is left to ask."""

    def __init__(self, requests: Iterator[bytes], expect: bytes, report: Report) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._requests = requests
        self._expect = expect
        self._report = report
        self._received = b""
        self._asked_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport; `ask` begins."""
        self._transport = cast(asyncio.Transport, transport)

    def ask(self) -> None:
        """Send the next request, or end."""
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            return
        self._asked_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Take part of an answer; a whole one is counted, and the next request goes out."""
        self._received += data
        head, found, rest = self._received.partition(b"\r\n\r\n")
        if not found or len(rest) < _content_length(head):
            return
        self._report.latencies_s.append(time.perf_counter() - self._asked_at)
        if self._expect not in rest and self._report.wrong is None:
            self._report.wrong = self._received.decode(errors="replace")
        self._received = b""
        self.ask()

    def connection_lost(self, exc: Exception | None) -> None:
        """The round is over for this connection, for better or worse."""
        if exc is None:
            self.ended.set_result(None)
        else:
            self.ended.set_exception(exc)


class SocketConnection(Connection):
    """WebSocket that scans, waits for the result, and scans again until nothing is left."""

    def __init__(self, requests: Iterator[bytes], expect: bytes, report: Report, upgrade: bytes) -> None:
        super().__init__(requests, expect, report)
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._upgrade = upgrade
        self._is_upgraded = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade; `ready` follows the welcome."""
        super().connection_made(transport)
        self._transport.write(self._upgrade)

    def data_received(self, data: bytes) -> None:
        """Take the upgrade's answer, then frames."""
        self._received += data
        if not self._is_upgraded:
            head, found, rest = self._received.partition(b"\r\n\r\n")
            if not found:
                return
            self._is_upgraded, self._received = True, rest
            if b" 101 " not in head:
                self.ready.set_exception(RuntimeError(head.decode(errors="replace")))
        while (found_frame := take_frame(self._received)) is not None:
            message, self._received = found_frame
            self._take(message)

    def connection_lost(self, exc: Exception | None) -> None:
        """The round is over for this socket; one that ends before its welcome ends the round."""
        super().connection_lost(exc)
        if not self.ready.done():
            self.ready.set_exception(ConnectionError(f"ended before its welcome: {self._received!r}"))

    def _take(self, message: bytes) -> None:
        if message.startswith(b'{"type":"welcome"'):
            self.ready.set_result(None)
        elif not message.startswith(b'{"type":"ping"'):
            self._report.latencies_s.append(time.perf_counter() - self._asked_at)
            if self._expect not in message and self._report.wrong is None:
                self._report.wrong = message.decode(errors="replace")
            self.ask()


def frame(text: bytes) -> bytes:
    """Return a client's text frame, masked by zeros."""
    return bytes([0x81, 0xFE, *len(text).to_bytes(2, "big"), 0, 0, 0, 0]) + text


def take_frame(received: bytes) -> tuple[bytes, bytes] | None:
    """Return the message of the first whole frame of a server, and the rest; None where there is none yet."""
    if len(received) < 2:
        return None
    size, at = received[1], 2
    if size >= 126:
        at = 4 if size == 126 else 10
        size = int.from_bytes(received[2:at], "big")
    end = at + size
    return (received[at:end], received[end:]) if len(received) >= end else None


def upgrade_request(path: str, headers: str) -> bytes:
    """Return the request for a WebSocket, with further header lines."""
    key = base64.b64encode(b"0123456789abcdef").decode()
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    return f"{head}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n{headers}\r\n".encode()


def _content_length(head: bytes) -> int:
    name, _, rest = head.partition(b"Content-Length: ")
    if not rest:
        raise ValueError(f"an answer without Content-Length: {name!r}")
    return int(rest.split(b"\r\n", 1)[0])


async def run_round(order: Order, bodies: Sequence[bytes]) -> Report:
    """Carry out one order."""
    report = Report(elapsed_s=0.0, latencies_s=[])
    is_live = order.path == LIVE
    chosen = bodies[order.first : order.first + order.count]
    requests = iter([_scan_frame(body) if is_live else _request(order, body) for body in chosen])
    make: Callable[[], Connection] = partial(Connection, requests, order.expect.encode(), report)
    if is_live:
        upgrade = upgrade_request(LIVE, f"Authorization: {order.authorization}\r\n")
        make = partial(SocketConnection, requests, order.expect.encode(), report, upgrade)
    loop = asyncio.get_running_loop()
    opened = [await loop.create_connection(make, "127.0.0.1", order.port) for _ in range(order.connections)]
    connections = [connection for _, connection in opened]
    await asyncio.gather(*(each.ready for each in connections if isinstance(each, SocketConnection)))
    began = time.perf_counter()
    for connection in connections:
        connection.ask()
    async with asyncio.timeout(STALLED_AFTER_S):
        await asyncio.gather(*(connection.ended for connection in connections))
    report.elapsed_s = time.perf_counter() - began
    return report


def _request(order: Order, body: bytes) -> bytes:
    head = (
        f"POST {order.path} HTTP/1.1\r\nHost: 127.0.0.1:{order.port}\r\nAuthorization: {order.authorization}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _scan_frame(body: bytes) -> bytes:
    return frame(b'{"type":"scan","id":1,' + body[1:])


def main() -> None:
    """Carry out the orders on standard input until it ends."""
    bodies = Path(sys.argv[1]).read_bytes().splitlines()
    for line in sys.stdin.buffer:
        order = msgspec.json.decode(line, type=Order)
        report = uvloop.run(run_round(order, bodies))
        sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
