"""The server's own patience with those who hold a connection and send next to nothing."""

import asyncio

import pytest
from tornado.netutil import bind_sockets

from handlers import fast_lane, server
from hub.hub import Hub

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
    monkeypatch.setattr(fast_lane, "BODY_S", 0.1)
    monkeypatch.setattr(server, "IDLE_S", 0.1)
    serving, sockets = server.make_server(hub), bind_sockets(0, "127.0.0.1")
    serving.add_sockets(sockets)
    reader, writer = await asyncio.open_connection(*sockets[0].getsockname()[:2])
    try:
        writer.write(began_with)
        assert await asyncio.wait_for(reader.read(), 4) == b""
    finally:
        writer.close()
        serving.stop()
        await serving.close_all_connections()
