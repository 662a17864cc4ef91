"""The socket at the edge, with real sockets: upgrade, cookies and origins, limits, a stalled peer, closing."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler, WebSocketProtocol13, websocket_connect

from handlers.live.websocket_frames import text_frame
from hub.live.protocol import CloseCode
from hub.live_limits import LiveLimits
from tests.eventually import PATIENCE_S, eventually
from tests.hub.live.site import Browser, Site
from tests.hub.live.small_hub import EVENT, SmallHub, settle


@pytest.fixture
def limits() -> LiveLimits:
    return LiveLimits(tick_s=0.02, close_s=0.3)


@pytest.fixture
def site(io_loop: IOLoop, limits: LiveLimits) -> Iterator[Site]:
    made: list[Site] = []

    async def make() -> None:
        made.append(Site(SmallHub(limits)))

    io_loop.run_sync(make)
    yield made[0]
    io_loop.run_sync(made[0].stop)


@pytest.mark.gen_test
async def test_key_in_the_header_is_welcomed_without_a_hello(site: Site) -> None:
    browser = await site.connect(Authorization="Api-Key scanner")
    await browser.say("subscribe", id=2, event=EVENT)
    assert (await browser.hear("welcome"))["you"]["id"] == "d1"
    assert (await browser.hear("snapshot"))["seq"] == 0
    site.small_hub.write("ticket.scanned")
    assert (await browser.hear("updates"))["first"] == 1
    await browser.close()


@pytest.mark.gen_test
async def test_hello_frame_is_answered_under_its_id(site: Site) -> None:
    browser = await site.connect("/live/")
    await browser.say("hello", id=5, api_key="scanner")
    assert (await browser.hear("welcome"))["id"] == 5
    await browser.close()


@pytest.mark.gen_test
async def test_bad_key_in_the_header_is_told_and_closed(site: Site) -> None:
    for credential in ("Api-Key nobody", "Bearer scanner", "scanner"):
        browser = await site.connect(Authorization=credential)
        assert (await browser.hear("error"))["code"] == "bad_key"
        assert await browser.close_code() == CloseCode.NOT_AUTHENTICATED


@pytest.mark.gen_test
async def test_a_good_key_gets_in_from_an_address_of_many_bad_ones(site: Site) -> None:
    for _ in range(121):
        site.bad_keys.count("127.0.0.1")
    browser = await site.connect(Authorization="Api-Key scanner")
    assert (await browser.hear("welcome"))["you"]["kind"] == "device"
    await browser.close()


@pytest.mark.gen_test
async def test_subprotocol_is_taken_where_offered(site: Site) -> None:
    browser = await site.connect(offers=["other", "scanhub.v1"], Authorization="Api-Key scanner")
    assert browser.connection.selected_subprotocol == "scanhub.v1"
    await browser.close()
    browser = await site.connect(offers=["other"], Authorization="Api-Key scanner")
    assert browser.connection.selected_subprotocol is None
    await browser.close()


@pytest.mark.gen_test
async def test_credential_in_the_address_is_refused(site: Site) -> None:
    for query in ("token=x", "api_key=scanner", "a=b&key=scanner", "token="):
        assert (await site.refusal(f"/live?{query}")).code == 400


@pytest.mark.gen_test
async def test_login_works_from_our_own_pages_only(site: Site) -> None:
    own = f"http://127.0.0.1:{site.port}"
    for origin in (own, "https://hub.example.org"):
        browser = await site.connect(Cookie="__Host-hub=cookie", Origin=origin)
        assert (await browser.hear("welcome"))["you"]["kind"] == "organiser"
        await browser.close()
    for headers in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": own + ".evil.example"}):
        assert (await site.refusal(Cookie="__Host-hub=cookie", **headers)).code == 403


@pytest.mark.gen_test
async def test_page_elsewhere_may_connect_and_say_hello(site: Site) -> None:
    browser = await site.connect(Origin="http://localhost")
    await browser.say("hello", id=1, api_key="scanner")
    await browser.hear("welcome")
    await browser.close()


@pytest.mark.gen_test
async def test_plain_request_is_told_what_is_expected(site: Site) -> None:
    with pytest.raises(HTTPClientError) as refused:
        await AsyncHTTPClient().fetch(f"http://127.0.0.1:{site.port}/live")
    assert refused.value.code == 400


@pytest.mark.gen_test
async def test_frame_over_64_kib_closes_with_1009(site: Site) -> None:
    browser = await site.connect(Authorization="Api-Key scanner")
    await browser.hear("welcome")
    await browser.say("scan", id=1, qrcode_data="x" * 70_000)
    assert await browser.close_code() == 1009


@pytest.mark.gen_test
async def test_frame_over_4_kib_before_the_welcome_closes_with_1009(site: Site) -> None:
    browser = await site.connect()
    await browser.say("hello", id=1, api_key="x" * 5_000)
    assert (await browser.hear("error"))["code"] == "too_large"
    assert await browser.close_code() == 1009


@pytest.mark.gen_test
async def test_binary_frame_is_malformed(site: Site) -> None:
    browser = await site.connect(Authorization="Api-Key scanner")
    await browser.hear("welcome")
    await browser.connection.write_message(b"\x00\x01", binary=True)
    assert (await browser.hear("error"))["code"] == "bad_request"
    await browser.close()


@pytest.mark.gen_test
async def test_nothing_is_compressed(site: Site) -> None:
    connection = await websocket_connect(site.request(Authorization="Api-Key scanner"), compression_options={})
    assert connection.headers is not None
    assert "Sec-WebSocket-Extensions" not in connection.headers
    await Browser(connection).close()


@pytest.mark.parametrize("limits", [LiveLimits(sockets_total=1, tick_s=0.02)])
@pytest.mark.gen_test
async def test_one_socket_too_many_is_refused_at_the_upgrade(site: Site) -> None:
    browser = await site.connect(Authorization="Api-Key scanner")
    refused = await site.refusal(Authorization="Api-Key scanner")
    assert (refused.code, refused.headers["Retry-After"]) == (429, "5")
    await browser.close()
    await settle()
    again = await site.connect(Authorization="Api-Key scanner")
    await again.close()


@pytest.mark.parametrize("limits", [LiveLimits(drain_s=0.2, tick_s=0.02, close_s=0.3)])
@pytest.mark.gen_test
async def test_draining_hub_tells_clients_takes_no_more_and_closes_with_4000(site: Site) -> None:
    browser = await site.connect(Authorization="Api-Key scanner")
    await browser.hear("welcome")
    draining = asyncio.create_task(site.small_hub.live.drain())
    assert (await browser.hear("draining"))["within"] == 0.2
    assert (await site.refusal(Authorization="Api-Key scanner")).code == 503
    assert await browser.close_code() == CloseCode.DRAINING
    await draining


@pytest.mark.gen_test
async def test_socket_that_vanishes_is_forgotten(site: Site) -> None:
    browser = await site.connect(Authorization="Api-Key scanner")
    await browser.hear("welcome")
    assert site.small_hub.live.sockets == 1
    await browser.close()
    await sockets_become(site, 0)


async def sockets_become(site: Site, count: int) -> None:
    await eventually(lambda: site.small_hub.live.sockets == count)


async def _deaf_peer(site: Site) -> socket.socket:
    """A client that subscribes and then reads nothing at all, with a small receive buffer."""
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(peer, ("127.0.0.1", site.port))
    upgrade = (
        f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        "Authorization: Api-Key organiser\r\n\r\n"
    )
    subscribe = json.dumps({"type": "subscribe", "id": 1, "event": EVENT}).encode()
    frame = bytes([0x81, 0x80 | len(subscribe), 0, 0, 0, 0]) + subscribe
    await loop.sock_sendall(peer, upgrade.encode() + frame)
    return peer


@pytest.mark.parametrize("limits", [LiveLimits(outbox_frames=20, tick_s=0.02, close_s=0.3)])
@pytest.mark.gen_test
async def test_peer_that_reads_nothing_delays_nobody_and_is_dropped(site: Site) -> None:
    quick = await site.connect(Authorization="Api-Key scanner")
    await quick.say("subscribe", id=2, event=EVENT)
    await quick.hear("snapshot")
    peer = await _deaf_peer(site)
    await sockets_become(site, 2)
    rounds = 0
    while site.small_hub.live.sockets == 2 and rounds < 500:
        rounds += 1
        site.small_hub.write("ticket.moved", data={"filling": "x" * 30_000})
        async with asyncio.timeout(PATIENCE_S):
            assert (await quick.hear("updates"))["first"] == rounds
    assert rounds < 500
    await quick.say("scan", id=9, qrcode_data="D:S")
    assert (await quick.hear("result"))["id"] == 9
    peer.close()
    await quick.close()


# --- frames that no handler sees ---------------------------------------------------------------------------------

PING, PONG, FRAGMENT, BEGUN = b"\x89\x80\0\0\0\0", b"\x8a\x80\0\0\0\0", b"\x00\x80\0\0\0\0", b"\x01\x80\0\0\0\0"


@asynccontextmanager
async def raw_socket(site: Site, key: str = "") -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Open a socket by hand, so that any frame can be sent on it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    credential = f"Authorization: Api-Key {key}\r\n" if key else ""
    upgrade = (
        f"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n{credential}Upgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    writer.write(upgrade.encode())
    await reader.readuntil(b"\r\n\r\n")
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def rest_of(reader: asyncio.StreamReader) -> bytes:
    """Read until the socket ends."""
    heard = b""
    async with asyncio.timeout(PATIENCE_S):
        try:
            while some := await reader.read(65536):
                heard += some
        except ConnectionError:
            pass
    return heard


@pytest.mark.parametrize("key", ["", "scanner"])
@pytest.mark.parametrize("flood", [PING, PONG, BEGUN + FRAGMENT * 100], ids=["pings", "pongs", "fragments"])
@pytest.mark.parametrize("limits", [LiveLimits(tick_s=0.02, close_s=0.3, control_frames_per_minute=50)])
@pytest.mark.gen_test
async def test_flood_of_frames_that_carry_no_message_is_cut_off(site: Site, key: str, flood: bytes) -> None:
    async with raw_socket(site, key) as (reader, writer):
        writer.write(flood * 1000)
        heard = await rest_of(reader)
        assert heard.count(b"\x8a\x00") <= 60  # pongs: the rate, and what came back to it meanwhile
        await sockets_become(site, 0)


@pytest.mark.parametrize("limits", [LiveLimits(tick_s=0.02, close_s=0.3, control_frames_per_minute=50)])
@pytest.mark.gen_test
async def test_pings_and_messages_in_pieces_within_the_rate_are_served(site: Site) -> None:
    message = json.dumps({"type": "scan", "id": 7, "qrcode_data": "x"}).encode()
    pieces = [message[place : place + 4] for place in range(0, len(message), 4)]
    assert len(pieces) < 40
    heard = b""
    async with raw_socket(site, "scanner") as (reader, writer), asyncio.timeout(PATIENCE_S):
        for place, piece in enumerate(pieces):
            head = (0x80 if place == len(pieces) - 1 else 0) | (0 if place else 1)
            writer.write(bytes([head, 0x80 | len(piece), 0, 0, 0, 0]) + piece)
        writer.write(PING * 10)
        while heard.count(b"\x8a\x00") < 10 or b'"id":7' not in heard:
            heard += await reader.read(65536)


@pytest.mark.parametrize("limits", [LiveLimits(tick_s=0.02, close_s=0.3, control_frames_per_minute=1)])
@pytest.mark.gen_test
async def test_messages_count_against_no_rate_of_control_frames(site: Site) -> None:
    browser = await site.connect(Authorization="Api-Key scanner")
    for number in range(300):
        await browser.say("scan", id=number, qrcode_data="x")
        assert (await browser.hear("result"))["id"] == number
    await browser.close()


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 300_000])
@pytest.mark.gen_test
async def test_a_message_of_any_size_is_a_frame_that_clients_read(size: int, io_loop: IOLoop) -> None:
    message = b"x" * size

    class Handler(WebSocketHandler):
        def open(self, *_: str, **__: str) -> None:
            assert isinstance(self.ws_connection, WebSocketProtocol13)
            self.ws_connection.stream.write(text_frame(message) + text_frame(b"the next"))

    sock, port = bind_unused_port()
    server = HTTPServer(Application([("/", Handler)]))
    server.add_socket(sock)
    client = await websocket_connect(f"ws://127.0.0.1:{port}/")
    assert await client.read_message() == message.decode()
    assert await client.read_message() == "the next"
    client.close()
    assert await client.read_message() is None
    server.stop()
    await server.close_all_connections()


@pytest.mark.gen_test
async def test_a_client_that_reads_late_gets_every_entry_in_order(site: Site) -> None:
    browser = await site.connect(Authorization="Api-Key scanner")
    await browser.say("subscribe", id=1, event=EVENT)
    await browser.hear("snapshot")
    for _ in range(150):
        site.small_hub.write("ticket.scanned", data={"filler": "x" * 2500})
        await settle()
    seqs: list[int] = []
    while len(seqs) < 150:
        frame = await browser.hear("updates")
        seqs += range(frame["first"], frame["first"] + len(frame["items"]))
    assert seqs == list(range(1, 151))
    await browser.close()
