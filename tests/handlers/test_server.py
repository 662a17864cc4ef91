"""The server's own patience with those who hold a connection and send next to nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from tornado.netutil import bind_sockets

from handlers import patience, server
from hub.hub import Hub
from tests.api import ADMIN_KEY, Api

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
    monkeypatch.setattr(patience, "BODY_S", 0.1)
    monkeypatch.setattr(patience, "IDLE_S", 0.1)
    async with connected(hub) as (reader, writer):
        writer.write(began_with)
        assert await asyncio.wait_for(reader.read(), 4) == b""


@pytest.mark.gen_test
async def test_a_file_to_import_may_take_longer(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BODY_S", 0.05)
    monkeypatch.setattr(patience, "LOOK_S", 0.05)
    async with connected(hub) as (reader, writer):
        writer.write(f"POST /api/events/{uuid4()}/import HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n".encode())
        writer.write(f"Authorization: Api-Key {ADMIN_KEY}\r\nContent-Length: 9\r\n\r\nname".encode())
        await asyncio.sleep(0.5)
        writer.write(b"\r\nAda")
        assert (await asyncio.wait_for(reader.readline(), 4)).startswith(b"HTTP/1.1 404")


@pytest.mark.gen_test
async def test_who_asks_again_and_again_stays(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "IDLE_S", 0.5)
    monkeypatch.setattr(patience, "LOOK_S", 0.05)
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
    monkeypatch.setattr(patience, "BODY_S", 0.2)
    monkeypatch.setattr(patience, "IDLE_S", 0.2)
    monkeypatch.setattr(patience, "LOOK_S", 0.05)
    async with connected(hub) as (reader, writer):
        writer.write(f"GET /api/events/{event['uuid']}/live HTTP/1.1\r\nHost: x\r\n".encode())
        writer.write(f"Authorization: Api-Key {ADMIN_KEY}\r\n\r\n".encode())
        await asyncio.wait_for(reader.readuntil(b"snapshot"), 4)
        await asyncio.sleep(0.6)
        await api.book(event)
        await asyncio.wait_for(reader.readuntil(b"updates"), 4)


@asynccontextmanager
async def connected(hub: Hub) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Give a connection to a server of the hub."""
    serving, sockets = server.make_server(hub), bind_sockets(0, "127.0.0.1")
    serving.add_sockets(sockets)
    reader, writer = await asyncio.open_connection(*sockets[0].getsockname()[:2])
    try:
        yield reader, writer
    finally:
        writer.close()
        serving.stop()
        await serving.close_all_connections()
