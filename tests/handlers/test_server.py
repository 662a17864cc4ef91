"""The server: timeouts and the number of its connections, and HTTPS."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from msgspec.structs import replace
from tornado.netutil import bind_sockets

from handlers import server
from handlers.api.imports import UPLOAD_S
from handlers.http import idle_timeout
from handlers.http.idle_timeout import BODY_S, IDLE_S, WRITE_S, IdleTimeouts
from handlers.pages.vendor import installed_version
from hub.app import Hub
from hub.settings import Settings
from tests.api import ADMIN_KEY, Api
from tests.eventually import PATIENCE_S
from tests.hub.mail.tls import make_certificate

HEADS = {
    "a body": (BODY_S, b"POST /api/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"),
    "a scan's body": (BODY_S, b"POST /scan/ticket/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"),
    "a head": (IDLE_S, b"GET / HTTP/1.1\r\nHo"),
    "nothing": (IDLE_S, b""),
}


class Timer:
    """Idle timeouts whose clock stands until it is set forward."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.timeouts = IdleTimeouts(lambda: self.now_s)

    async def until(self, *left_s: float) -> None:
        """Wait until exactly these deadlines are waited for, each so many seconds away."""
        async with asyncio.timeout(PATIENCE_S):
            while sorted(self.timeouts.left_s()) != sorted(left_s):  # noqa: ASYNC110 - an event would be for tests alone
                await asyncio.sleep(0.005)

    def pass_time(self, seconds: float) -> None:
        self.now_s += seconds
        self.timeouts.look()


@pytest.fixture
def timer() -> Timer:
    return Timer()


@pytest.mark.parametrize(("within_s", "began_with"), HEADS.values(), ids=HEADS)
@pytest.mark.gen_test
async def test_a_connection_that_begins_and_does_not_go_on_is_closed(
    hub: Hub, timer: Timer, within_s: float, began_with: bytes
) -> None:
    async with connected(hub, timer.timeouts) as (reader, writer):
        writer.write(began_with)
        await timer.until(within_s)
        timer.pass_time(within_s - 0.5)
        await timer.until(0.5)
        timer.pass_time(0.5)
        with suppress(ConnectionResetError):  # where it was closed before it read what had come
            assert await reader.read() == b""


@pytest.mark.parametrize("began_with", [b"", b"\x16\x03\x01\x02\x00\x01"], ids=["nothing", "a part of a hello"])
@pytest.mark.gen_test
async def test_a_tls_handshake_that_does_not_go_on_is_closed(
    hub: Hub, timer: Timer, tmp_path: Path, began_with: bytes
) -> None:
    hub.settings, _ = with_certificate(hub.settings, tmp_path)
    async with connected(hub, timer.timeouts) as (reader, writer):
        writer.write(began_with)
        await timer.until(IDLE_S)
        timer.pass_time(IDLE_S)
        with suppress(ConnectionResetError):
            assert await reader.read() == b""


@pytest.mark.gen_test
async def test_tls_is_of_today_and_renegotiates_nothing(hub: Hub, tmp_path: Path) -> None:
    hub.settings, trusted = with_certificate(hub.settings, tmp_path)
    context = server.make_server(hub).ssl_options
    assert isinstance(context, ssl.SSLContext)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2 and context.options & ssl.OP_NO_RENEGOTIATION
    trusted.maximum_version = ssl.TLSVersion.TLSv1_2
    async with connected(hub, tls=trusted) as (reader, writer):
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await reader.readline() == b"HTTP/1.1 200 OK\r\n"


@pytest.mark.gen_test
async def test_connections_are_looked_at_every_so_often(
    hub: Hub, timer: Timer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle_timeout, "LOOK_S", 0.01)
    async with connected(hub, timer.timeouts) as (reader, _):
        await timer.until(IDLE_S)
        timer.now_s += IDLE_S
        assert await reader.read() == b""


@pytest.mark.gen_test
async def test_a_file_to_import_may_take_longer(hub: Hub, timer: Timer) -> None:
    async with connected(hub, timer.timeouts) as (reader, writer):
        writer.write(f"POST /api/events/{uuid4()}/import HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n".encode())
        writer.write(f"Authorization: Api-Key {ADMIN_KEY}\r\nContent-Length: 9\r\n\r\nname".encode())
        await timer.until(UPLOAD_S)
        timer.pass_time(UPLOAD_S - 1)
        writer.write(b"\r\nAda")
        assert (await reader.readline()).startswith(b"HTTP/1.1 404")


@pytest.mark.gen_test
async def test_a_connection_that_asks_again_and_again_stays(hub: Hub, timer: Timer) -> None:
    async with connected(hub, timer.timeouts) as (reader, writer):
        for _ in range(5):
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert await reader.readline() == b"HTTP/1.1 200 OK\r\n"
            await reader.readuntil(b"}")
            await timer.until(IDLE_S)
            timer.pass_time(IDLE_S - 1)


@pytest.mark.gen_test
async def test_a_client_that_waits_for_the_hub_stays(api: Api, hub: Hub, timer: Timer) -> None:
    """A stream of events goes on for hours without another request."""
    event = await api.make_event()
    async with connected(hub, timer.timeouts) as (reader, writer):
        writer.write(f"GET /api/events/{event['uuid']}/live HTTP/1.1\r\nHost: x\r\n".encode())
        writer.write(f"Authorization: Api-Key {ADMIN_KEY}\r\n\r\n".encode())
        await reader.readuntil(b"snapshot")
        timer.pass_time(10 * IDLE_S)
        await api.book(event)
        await reader.readuntil(b"updates")


@pytest.mark.gen_test
async def test_a_client_that_asks_and_never_reads_is_closed(hub: Hub, timer: Timer) -> None:
    async with connected(hub, timer.timeouts) as (_, writer):
        asking = asyncio.create_task(keep_asking(writer))
        await timer.until(WRITE_S)
        timer.pass_time(WRITE_S)
        with pytest.raises(ConnectionError):
            await asking
        assert timer.timeouts.left_s() == []


async def keep_asking(writer: asyncio.StreamWriter) -> None:
    """Ask for a large file, and never read it, until the connection ends."""
    path = f"/static/vendor/zxing-wasm@{installed_version('zxing-wasm')}/zxing_reader.wasm"
    while True:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 20)
        await writer.drain()
        await asyncio.sleep(0)


@pytest.mark.gen_test
async def test_a_slow_client_that_reads_gets_a_long_answer_to_its_end(hub: Hub, timer: Timer) -> None:
    """Each piece that is read gives the time anew, however long it takes in all."""
    pieces = GuardedPieces(timer.timeouts)
    for _ in range(4):
        pieces.write()
    for _ in range(3):
        timer.pass_time(WRITE_S - 1)
        pieces.read()
    assert not pieces.closed() and timer.timeouts.left_s() == [WRITE_S]
    timer.pass_time(WRITE_S)
    assert pieces.closed()


class GuardedPieces:
    """A stream to which pieces are written, of which some are read."""

    def __init__(self, timeouts: IdleTimeouts) -> None:
        self._timeouts = timeouts
        self._is_closed = False

    def write(self) -> None:
        self._timeouts.for_write(self)

    def read(self) -> None:
        self._timeouts.end_write(self)

    def closed(self) -> bool:
        return self._is_closed

    def close(self) -> None:
        self._is_closed = True


@pytest.mark.gen_test
async def test_one_connection_too_many_takes_the_place_of_the_longest_idle(hub: Hub, timer: Timer) -> None:
    hub.settings = replace(hub.settings, connections_total=2)
    async with serving(hub, timer.timeouts) as port:
        first, to_first = await asyncio.open_connection("127.0.0.1", port)
        await timer.until(IDLE_S)
        second, to_second = await asyncio.open_connection("127.0.0.1", port)
        await timer.until(IDLE_S, IDLE_S)
        third, to_third = await asyncio.open_connection("127.0.0.1", port)
        assert await first.read() == b""
        to_first.close()
        for reader, writer in ((second, to_second), (third, to_third)):
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert await reader.readline() == b"HTTP/1.1 200 OK\r\n"
            writer.close()


@pytest.mark.gen_test
async def test_an_address_that_holds_all_connections_keeps_no_other_out(hub: Hub, timer: Timer) -> None:
    hub.settings = replace(hub.settings, connections_total=3)
    begins_body = b"POST /api/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
    async with serving(hub, timer.timeouts) as port:
        held = []
        for number in range(3):
            held.append(await asyncio.open_connection("127.0.0.1", port))
            held[-1][1].write(begins_body)
            await timer.until(*[BODY_S] * (number + 1))
        for number in range(2):
            timer.pass_time(1)
            left_s = timer.timeouts.left_s()
            reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=("127.0.0.2", 0))
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert await reader.readline() == b"HTTP/1.1 200 OK\r\n", "the oldest of the greediest made room"
            with suppress(ConnectionResetError):
                assert await held[number][0].read() == b""
            held.append((reader, writer))
            await reader.readuntil(b"}")
            assert len(timer.timeouts.left_s()) == len(left_s) == 3
        for _, writer in held:
            writer.close()


@pytest.mark.gen_test
async def test_an_address_whose_connections_read_no_answer_keeps_no_other_out(hub: Hub, timer: Timer) -> None:
    hub.settings = replace(hub.settings, connections_total=2)
    async with serving(hub, timer.timeouts) as port:
        writers, asking = [], []
        for number in range(2):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writers.append(writer)
            asking.append(asyncio.create_task(keep_asking(writer)))
            await timer.until(*[WRITE_S] * (number + 1))
        assert await is_served(port, "127.0.0.2")
        done, under_way = await asyncio.wait(asking, timeout=PATIENCE_S, return_when=asyncio.FIRST_COMPLETED)
        assert len(done) == len(under_way) == 1, "one of them made room"
        for each in under_way:
            each.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        for writer in writers:
            writer.transport.abort()


@pytest.mark.gen_test
async def test_an_address_whose_requests_are_all_under_way_keeps_no_other_out(api: Api, hub: Hub, timer: Timer) -> None:
    hub.settings = replace(hub.settings, connections_total=3)
    event = await api.make_event()
    async with serving(hub, timer.timeouts) as port:
        streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        for reader, writer in streams:
            writer.write(f"GET /api/events/{event['uuid']}/live HTTP/1.1\r\nHost: x\r\n".encode())
            writer.write(f"Authorization: Api-Key {ADMIN_KEY}\r\n\r\n".encode())
            await reader.readuntil(b"snapshot")
        idle, to_idle = await asyncio.open_connection("127.0.0.1", port, local_addr=("127.0.0.3", 0))
        await timer.until(IDLE_S)
        assert await is_served(port, "127.0.0.2")
        assert await idle.read() == b"", "the one that is idle made room"
        for writer in (to_idle, *(to_stream for _, to_stream in streams)):
            writer.close()


async def is_served(port: int, address: str) -> bool:
    """Return whether a new connection from an address of this machine is answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    line = await asyncio.wait_for(reader.readline(), PATIENCE_S)
    writer.close()
    return line == b"HTTP/1.1 200 OK\r\n"


@pytest.mark.gen_test
async def test_scans_and_all_else_go_over_https_on_one_connection(api: Api, hub: Hub, tmp_path: Path) -> None:
    event = await api.make_event()
    gate, [first, second] = await api.make_device(event), await api.book(event, 2)
    hub.settings, trusted = with_certificate(hub.settings, tmp_path)
    asks = f"HTTP/1.1\r\nHost: localhost\r\nAuthorization: Api-Key {gate.key}\r\n"
    bodies = [msgspec.json.encode({"qrcode_data": ticket["code"]}).decode() for ticket in (first, second)]
    scans = [f"POST /scan/ticket/ {asks}Content-Length: {len(body)}\r\n\r\n{body}" for body in bodies]
    async with connected(hub, tls=trusted) as (reader, writer):
        writer.write(f"{scans[0]}GET /scan/test_api/ {asks}\r\n{scans[1]}".encode())
        for word in (b"admitted", b"device_info", b"admitted"):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_S)
            assert head.startswith(b"HTTP/1.1 200 OK\r\n")
            length = int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0])
            assert word in await asyncio.wait_for(reader.readexactly(length), PATIENCE_S)


def with_certificate(settings: Settings, folder: Path) -> tuple[Settings, ssl.SSLContext]:
    """Return `settings` with a certificate of their own, and who trusts it."""
    certificate, key = make_certificate("localhost", datetime.now(UTC))
    chain, private = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(certificate.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return replace(settings, tls_cert=chain, tls_key=private), ssl.create_default_context(cafile=str(chain))


@asynccontextmanager
async def serving(hub: Hub, timeouts: IdleTimeouts | None = None) -> AsyncIterator[int]:
    """Serve the hub; yields the port."""
    one, sockets = server.make_server(hub, timeouts), bind_sockets(0, "127.0.0.1")
    one.add_sockets(sockets)
    try:
        yield sockets[0].getsockname()[1]
    finally:
        one.stop()
        await one.close_all_connections()


@asynccontextmanager
async def connected(
    hub: Hub, timeouts: IdleTimeouts | None = None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Give a connection to a server of the hub."""
    async with serving(hub, timeouts) as port:
        name = None if tls is None else "localhost"
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls, server_hostname=name)
        try:
            yield reader, writer
        finally:
            writer.close()
