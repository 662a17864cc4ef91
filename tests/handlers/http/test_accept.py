"""Accepting connections: out of file descriptors they wait, one line says so, and each is served later."""

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest

from handlers.http import accept
from hub.app import Hub
from tests.eventually import eventually
from tests.handlers.test_server import serving


@contextmanager
def no_descriptor_free() -> Iterator[None]:
    """Let this process open no more files, sockets included."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.gen_test
async def test_connections_that_come_while_no_descriptor_is_free_wait_and_are_then_served(
    hub: Hub, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accept, "AGAIN_S", 0.01)
    caplog.set_level("INFO")
    async with serving(hub) as port:
        with ExitStack() as opened:
            clients = [opened.enter_context(socket.socket()) for _ in range(3)]
            for client in clients:
                client.setblocking(False)
            with no_descriptor_free():
                for client in clients:
                    client.connect_ex(("127.0.0.1", port))
                await eventually(lambda: said_by_the_acceptor(caplog))
            for client in clients:
                await eventually(partial(sent, client))
                assert await eventually(partial(read, client)) == b"HTTP/1.1 200 OK"
    assert said_by_the_acceptor(caplog) == [("no new connections can be taken: they wait", None)]


def said_by_the_acceptor(caplog: pytest.LogCaptureFixture) -> list[tuple[str, object]]:
    """Return the acceptor's lines, each with its traceback."""
    said = [record for record in caplog.records if record.name in ("handlers.http.accept", "asyncio")]
    return [(record.msg["event"] if isinstance(record.msg, dict) else record.msg, record.exc_info) for record in said]


def sent(client: socket.socket) -> bool:
    return client.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") > 0


def read(client: socket.socket) -> bytes:
    try:
        return client.recv(1000).splitlines()[0]
    except BlockingIOError:
        return b""
