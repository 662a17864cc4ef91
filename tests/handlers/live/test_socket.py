"""The lean socket with real sockets, and a client that writes bytes: what Tornado's own does, it does, too."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from socket import socketpair

import msgspec
import pytest
from prometheus_client import CollectorRegistry, Gauge
from tornado.ioloop import IOLoop
from tornado.iostream import IOStream
from websockets.frames import Close, Frame, Opcode

from handlers.live.socket import FRAMES_A_TURN, LiveSocket
from hub.live_limits import LiveLimits
from tests.eventually import PATIENCE_S, eventually
from tests.hub.live.site import Site
from tests.hub.live.small_hub import SmallHub


@pytest.fixture
def limits() -> LiveLimits:
    return LiveLimits(tick_s=0.02, close_s=0.3, scans_under_way=2000)


@pytest.fixture
def site(io_loop: IOLoop, limits: LiveLimits) -> Iterator[Site]:
    made: list[Site] = []

    async def make() -> None:
        made.append(Site(SmallHub(limits)))

    io_loop.run_sync(make)
    yield made[0]
    io_loop.run_sync(made[0].stop)


UPGRADE = (
    b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    b"Authorization: Api-Key scanner\r\n\r\n"
)


class Peer:
    """A client that has said hello, as bytes: it writes frames, and reads (opcode, payload)."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def write(self, opcode: int, payload: bytes = b"", *, fin: bool = True) -> None:
        self.writer.write(Frame(Opcode(opcode), payload, fin=fin).serialize(mask=True))

    async def read(self) -> tuple[int, bytes]:
        async with asyncio.timeout(PATIENCE_S):
            first, size = await self.reader.readexactly(2)
            if size >= 126:
                size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
            return first & 0x0F, await self.reader.readexactly(size)

    async def read_to_the_end(self) -> list[tuple[int, bytes]]:
        frames = []
        try:
            while True:
                frames.append(await self.read())
        except (EOFError, ConnectionError):
            return frames


@asynccontextmanager
async def peer_of(site: Site) -> AsyncIterator[Peer]:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(UPGRADE)
    async with asyncio.timeout(PATIENCE_S):
        await reader.readuntil(b"\r\n\r\n")
    peer = Peer(reader, writer)
    assert b'"welcome"' in (await peer.read())[1]
    try:
        yield peer
    finally:
        writer.close()
        await eventually(lambda: site.small_hub.live.sockets == 0)


def scan(number: int) -> bytes:
    return msgspec.json.encode({"type": "scan", "id": number, "qrcode_data": "x"})


@pytest.mark.gen_test
async def test_many_frames_of_one_write_are_each_answered_once(site: Site) -> None:
    async with peer_of(site) as peer:
        peer.writer.write(b"".join(Frame(Opcode.TEXT, scan(number)).serialize(mask=True) for number in range(500)))
        answers = [msgspec.json.decode((await peer.read())[1]) for _ in range(500)]
        assert {answer["type"] for answer in answers} == {"result"}
        assert sorted(answer["id"] for answer in answers) == list(range(500))


@pytest.mark.gen_test
async def test_a_frame_that_comes_byte_by_byte_is_answered(site: Site) -> None:
    async with peer_of(site) as peer:
        for byte in Frame(Opcode.TEXT, scan(7)).serialize(mask=True):
            peer.writer.write(bytes([byte]))
            await peer.writer.drain()
            await asyncio.sleep(0)
        assert msgspec.json.decode((await peer.read())[1])["id"] == 7


@pytest.mark.gen_test
async def test_a_ping_is_answered_with_what_it_holds_even_between_fragments(site: Site) -> None:
    async with peer_of(site) as peer:
        text = scan(1)
        peer.write(Opcode.TEXT, text[:5], fin=False)
        peer.write(Opcode.PING, b"are you there")
        assert await peer.read() == (Opcode.PONG, b"are you there")
        peer.write(Opcode.CONT, text[5:])
        assert msgspec.json.decode((await peer.read())[1])["id"] == 1


@pytest.mark.gen_test
async def test_a_close_is_answered_with_its_code_and_ends_the_socket(site: Site) -> None:
    async with peer_of(site) as peer:
        peer.write(Opcode.CLOSE, Close(1000, "bye").serialize())
        peer.write(Opcode.TEXT, scan(1))  # after its close a client says nothing that counts
        frames = await peer.read_to_the_end()
        assert [(opcode, payload[:2]) for opcode, payload in frames] == [(Opcode.CLOSE, Close(1000, "").serialize())]
        assert site.small_hub.scans_asked == 0


@pytest.mark.gen_test
async def test_a_client_that_never_answers_a_close_is_cut_off(site: Site) -> None:
    async with peer_of(site) as peer:
        for number in range(10):  # ten malformed ones close the socket
            peer.write(Opcode.TEXT, b"no json %d" % number)
        frames = await peer.read_to_the_end()
        assert frames[-1] == (Opcode.CLOSE, Close(4500, "protocol_error").serialize())


@pytest.mark.parametrize("broken", [b"\x81\x82\0\0\0\0\xff\xfe", b"\x83\x80\0\0\0\0"], ids=["no UTF-8", "no opcode"])
@pytest.mark.gen_test
async def test_a_frame_that_breaks_the_rules_ends_the_socket_and_no_other(site: Site, broken: bytes) -> None:
    async with peer_of(site) as peer:
        peer.writer.write(broken)
        await peer.read_to_the_end()
    async with peer_of(site) as other:
        other.write(Opcode.TEXT, scan(2))
        assert msgspec.json.decode((await other.read())[1])["id"] == 2


@pytest.mark.gen_test
async def test_a_socket_that_is_reset_in_the_middle_of_a_frame_is_forgotten(site: Site) -> None:
    async with peer_of(site) as peer:
        peer.writer.write(Frame(Opcode.TEXT, scan(1)).serialize(mask=True)[:10])
        await peer.writer.drain()
        peer.writer.transport.abort()


@pytest.mark.gen_test
async def test_a_client_that_leaves_at_once_leaves_nothing(site: Site) -> None:
    for _ in range(20):
        _, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(UPGRADE)
        await writer.drain()
        writer.transport.abort()
    async with peer_of(site) as peer:
        peer.write(Opcode.TEXT, scan(3))
        assert msgspec.json.decode((await peer.read())[1])["id"] == 3


class Turns:
    """A receiver that counts the messages of each turn of the loop."""

    def __init__(self) -> None:
        self.turns = [0]
        self.total = 0
        self.is_gone = False

    def receive(self, text: str | bytes) -> None:
        self.turns[-1] += 1
        self.total += 1

    def gone(self) -> None:
        self.is_gone = True

    async def count(self) -> None:
        while not self.is_gone:
            self.turns.append(0)
            await asyncio.sleep(0)


@pytest.mark.gen_test
async def test_a_flood_of_one_socket_leaves_the_loop_its_turns_and_ends_with_it(io_loop: IOLoop) -> None:
    ours, theirs = socketpair()
    ours.setblocking(False)
    gauge = Gauge("sockets", "", registry=CollectorRegistry())
    one = LiveSocket(IOStream(ours), limit=65536, extra_per_minute=600, address="here", sockets=gauge)
    receiver = Turns()
    one.start(receiver)
    counting = asyncio.ensure_future(receiver.count())
    theirs.sendall(Frame(Opcode.TEXT, b"{}").serialize(mask=True) * 1000)
    await eventually(lambda: receiver.total == 1000)
    assert max(receiver.turns) <= FRAMES_A_TURN
    theirs.close()
    async with asyncio.timeout(PATIENCE_S):
        await counting
    assert [sample.value for metric in gauge.collect() for sample in metric.samples] == [0]
    with pytest.raises(ConnectionError):
        one.send_now([b"too late"])
