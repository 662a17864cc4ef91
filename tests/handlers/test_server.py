"""The server: its patience with those who hold a connection and send next to nothing, and HTTPS."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from msgspec.structs import replace
from tornado.netutil import bind_sockets

from handlers import server
from handlers.http import idle_timeout
from hub.app import Hub
from hub.settings import Settings
from tests.api import ADMIN_KEY, Api
from tests.hub.mail.tls import make_certificate

HEADS = {
    "a body": b"POST /api/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    "a scan's body": b"POST /scan/ticket/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    "a head": b"GET / HTTP/1.1\r\nHo",
    "nothing": b"",
}


@pytest.mark.parametrize("began_with", HEADS.values(), ids=HEADS)
@pytest.mark.gen_test
async def test_who_begins_and_does_not_go_on_is_let_go(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, began_with: bytes
) -> None:
    monkeypatch.setattr(idle_timeout, "BODY_S", 0.1)
    monkeypatch.setattr(idle_timeout, "IDLE_S", 0.1)
    async with connected(hub) as (reader, writer):
        writer.write(began_with)
        assert await asyncio.wait_for(reader.read(), 4) == b""


@pytest.mark.gen_test
async def test_a_file_to_import_may_take_longer(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_timeout, "BODY_S", 0.05)
    monkeypatch.setattr(idle_timeout, "LOOK_S", 0.05)
    async with connected(hub) as (reader, writer):
        writer.write(f"POST /api/events/{uuid4()}/import HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n".encode())
        writer.write(f"Authorization: Api-Key {ADMIN_KEY}\r\nContent-Length: 9\r\n\r\nname".encode())
        await asyncio.sleep(0.5)
        writer.write(b"\r\nAda")
        assert (await asyncio.wait_for(reader.readline(), 4)).startswith(b"HTTP/1.1 404")


@pytest.mark.gen_test
async def test_who_asks_again_and_again_stays(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_timeout, "IDLE_S", 0.5)
    monkeypatch.setattr(idle_timeout, "LOOK_S", 0.05)
    async with connected(hub) as (reader, writer):
        for _ in range(5):
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert await asyncio.wait_for(reader.readline(), 4) == b"HTTP/1.1 200 OK\r\n"
            await asyncio.wait_for(reader.readuntil(b"}"), 4)
            await asyncio.sleep(0.2)


@pytest.mark.gen_test
async def test_who_waits_for_the_hub_stays(api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream of events goes on for hours without another request."""
    event = await api.make_event()
    monkeypatch.setattr(idle_timeout, "BODY_S", 0.2)
    monkeypatch.setattr(idle_timeout, "IDLE_S", 0.2)
    monkeypatch.setattr(idle_timeout, "LOOK_S", 0.05)
    async with connected(hub) as (reader, writer):
        writer.write(f"GET /api/events/{event['uuid']}/live HTTP/1.1\r\nHost: x\r\n".encode())
        writer.write(f"Authorization: Api-Key {ADMIN_KEY}\r\n\r\n".encode())
        await asyncio.wait_for(reader.readuntil(b"snapshot"), 4)
        await asyncio.sleep(0.6)
        await api.book(event)
        await asyncio.wait_for(reader.readuntil(b"updates"), 4)


@pytest.mark.gen_test
async def test_scans_and_all_else_go_over_https_on_one_connection(api: Api, hub: Hub, tmp_path: Path) -> None:
    event = await api.make_event()
    gate, [first, second] = await api.make_device(event), await api.book(event, 2)
    hub.settings, trusted = with_certificate(hub.settings, tmp_path)
    asks = f"HTTP/1.1\r\nHost: localhost\r\nAuthorization: Api-Key {gate.key}\r\n"
    bodies = [msgspec.json.encode({"qrcode_data": ticket["code"]}).decode() for ticket in (first, second)]
    scans = [f"POST /scan/ticket/ {asks}Content-Length: {len(body)}\r\n\r\n{body}" for body in bodies]
    async with connected(hub, trusted) as (reader, writer):
        writer.write(f"{scans[0]}GET /scan/test_api/ {asks}\r\n{scans[1]}".encode())
        for word in (b"admitted", b"device_info", b"admitted"):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 4)
            assert head.startswith(b"HTTP/1.1 200 OK\r\n")
            length = int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0])
            assert word in await asyncio.wait_for(reader.readexactly(length), 4)


def with_certificate(settings: Settings, folder: Path) -> tuple[Settings, ssl.SSLContext]:
    """Return `settings` with a certificate of their own, and who trusts it."""
    certificate, key = make_certificate("localhost", datetime.now(UTC))
    chain, private = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(certificate.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return replace(settings, tls_cert=chain, tls_key=private), ssl.create_default_context(cafile=str(chain))


@asynccontextmanager
async def connected(
    hub: Hub, tls: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Give a connection to a server of the hub."""
    serving, sockets = server.make_server(hub), bind_sockets(0, "127.0.0.1")
    serving.add_sockets(sockets)
    port = sockets[0].getsockname()[1]
    name = None if tls is None else "localhost"
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls, server_hostname=name)
    try:
        yield reader, writer
    finally:
        writer.close()
        serving.stop()
        await serving.close_all_connections()
