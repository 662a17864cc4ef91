"""Connection guard: it has what Tornado calls, keeps one connection from taking the loop, and refuses long heads."""

import ast
import asyncio
import inspect
import re
from types import ModuleType, SimpleNamespace

import pytest
from msgspec.structs import replace
from tornado import http1connection, httputil, websocket
from tornado.netutil import bind_sockets

from handlers.http import guarded_stream, work_budget
from handlers.http.body_limit import BodyLimit
from handlers.http.guarded_stream import GuardedStream
from handlers.http.work_budget import REQUEST_WORK
from handlers.server import make_server
from hub.app import Hub
from tests.api import Api
from tests.eventually import eventually

GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


def used_of_streams(module: ModuleType) -> set[str]:
    """Return the attributes that a module of Tornado uses of `self.stream` and `connection.stream`."""
    return {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute | ast.Name)
        and (node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id) == "stream"
    }


OF_OURS = {"write_now"}
"""What fast path and sockets ask of a connection, beside Tornado."""


def test_the_guard_has_exactly_what_tornado_uses_of_a_stream() -> None:
    used = used_of_streams(http1connection) | used_of_streams(websocket) | used_of_streams(httputil)
    public = {name for name in vars(GuardedStream) if not name.startswith("_")}
    assert {"read_until_regex", "write", "set_close_callback"} <= used, "the search finds nothing any more"
    assert public == used | OF_OURS


async def connect(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, port = url.removeprefix("http://").split(":")
    return await asyncio.open_connection(host, int(port))


@pytest.mark.gen_test
async def test_one_connection_that_asks_without_end_does_not_keep_others_waiting(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_budget, "CONNECTION_WORK_PER_S", 2.5 * REQUEST_WORK)
    put_off_s: list[float] = []
    its_turn = asyncio.Event()

    async def put_off(seconds: float) -> None:
        put_off_s.append(seconds)
        await its_turn.wait()

    monkeypatch.setattr(guarded_stream, "asyncio", SimpleNamespace(sleep=put_off))
    reader, writer = await connect(api.url)
    writer.write(GET * 500)
    for _ in range(5):
        assert (await api.get("/healthz")).status == 200
        await reader.readuntil(b"}")
    await eventually(lambda: put_off_s)
    assert (await api.get("/healthz")).status == 200
    assert len(put_off_s) == 1 and 0 < put_off_s[0] <= 0.4, "as long as what it asked for too much"
    its_turn.set()
    await reader.readuntil(b"}")
    writer.close()


@pytest.mark.gen_test
async def test_a_body_in_chunks_of_one_byte_is_handed_on_in_few_pieces(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces: list[int] = []
    take = BodyLimit.data_received

    def counted(body: BodyLimit, chunk: bytes) -> object:
        pieces.append(len(chunk))
        return take(body, chunk)

    monkeypatch.setattr(BodyLimit, "data_received", counted)
    reader, writer = await connect(api.url)
    writer.write(b"POST /api/tickets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    writer.write(b"1\r\n \r\n" * 8000 + b"0\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 4")
    assert sum(pieces) == 8000 and len(pieces) < 100
    writer.close()


@pytest.mark.gen_test
async def test_chunks_come_through_whole_however_they_are_cut(api: Api) -> None:
    event = await api.make_event()
    body = b'{"name": "Gate 7", "event": "%s"}' % event["uuid"].encode()
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:1], body[1:9], body[9:])) + b"0\r\n\r\n"
    head = f"POST /api/devices HTTP/1.1\r\nHost: x\r\nAuthorization: Api-Key {api.admin.key}\r\n"
    whole = head.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + chunks
    for cut in (1, 3, 17, len(whole)):
        reader, writer = await connect(api.url)
        for at in range(0, len(whole), cut):
            writer.write(whole[at : at + cut])
            await writer.drain()
            await asyncio.sleep(0)
        assert await reader.readline() == b"HTTP/1.1 201 Created\r\n"
        writer.close()


@pytest.mark.parametrize("line", [b"z\r\n", b"-1\r\n", b"1" * 65 + b"\r\n", b"1" * 100])
@pytest.mark.gen_test
async def test_a_chunk_whose_size_is_none_ends_the_connection(api: Api, line: bytes) -> None:
    reader, writer = await connect(api.url)
    writer.write(b"POST /api/tickets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + line)
    assert re.findall(rb"HTTP/1.1 (\d+)", await reader.read()) in ([], [b"400"])
    writer.close()


@pytest.mark.parametrize("is_by_fast_path", [True, False])
@pytest.mark.parametrize(
    "head", ["X: a\nContent-Length: 2\r\n\r\n", "Content-Length: 2\n\n", "Content-Length: 2\r\n\n", "\nX: a\r\n\r\n"]
)
@pytest.mark.gen_test
async def test_lines_that_end_without_a_carriage_return_are_refused_on_both_ways(
    api: Api, hub: Hub, head: str, is_by_fast_path: bool
) -> None:
    hub.settings = replace(hub.settings, scan_fast_path=is_by_fast_path)
    reader, writer = await connect(api.url)
    writer.write(f"POST /scan/ticket/ HTTP/1.1\r\nHost: x\r\n{head}{{}}".encode() + GET)
    assert re.findall(rb"HTTP/1.1 (\d+)", await reader.read()) == [b"400"], "and what follows is not carried out"
    writer.close()


@pytest.mark.parametrize("ends", [b"", b"\r\n\r\n"], ids=["or more", "and whole"])
@pytest.mark.gen_test
async def test_a_head_that_is_too_long_is_refused_and_ends_the_connection(hub: Hub, ends: bytes) -> None:
    serving, sockets = make_server(hub), bind_sockets(0, "127.0.0.1")
    serving.add_sockets(sockets)
    reader, writer = await asyncio.open_connection(*sockets[0].getsockname()[:2])
    begins = b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: "
    writer.write(begins + b"x" * (32 * 1024 + 1 - len(begins) - len(ends)) + ends)
    assert (await reader.read()).startswith(b"HTTP/1.1 431 ")
    writer.close()
    serving.stop()
