"""Bodies that are too large, over real sockets: each is answered 413 with the limit, however it is sent."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest

from handlers.http.body_limit import READ_OFF_BYTES
from hub.app import Hub
from tests.api import ADMIN_KEY, Api

MIB = 1024 * 1024
PATHS = ("/api/reservations", "/api/events", "/scan/ticket/", "/scan/batch", "/login", "/v1/log", "/api/webhooks")


async def send(api: Api, path: str, *body: bytes, **headers: str) -> tuple[int, Any, bytes]:
    """POST over a socket of its own, `body` piece by piece; return status, what the answer holds, and the rest."""
    place = urlsplit(api.url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    sent = {"Host": place.netloc, "Authorization": f"Api-Key {ADMIN_KEY}", **headers}
    lines = [f"POST {path} HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in sent.items())]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    try:
        for piece in body:
            writer.write(piece)
            await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(line.split()[1] for line in head.splitlines() if line.startswith("Content-Length"))
        return int(head.split()[1]), await reader.readexactly(int(length)), await _rest(reader)
    finally:
        writer.close()


async def _rest(reader: asyncio.StreamReader) -> bytes:
    """Return what follows on an answer; b"" where the connection ends or waits for the next request."""
    try:
        async with asyncio.timeout(0.05):
            return await reader.read(100)
    except (TimeoutError, ConnectionError):
        return b""


def is_refusal(hub: Hub, status: int, raw: bytes) -> bool:
    return status == 413 and str(hub.settings.body_limit_bytes).encode() in raw


@pytest.mark.gen_test
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
async def test_body_over_a_mebibyte_is_refused_with_the_limit_on_every_path(api: Api, hub: Hub, kind: str) -> None:
    for path in PATHS:
        status, raw, rest = await send(api, path, b"x" * 2 * MIB, Content_Length=str(2 * MIB), Content_Type=kind)
        assert is_refusal(hub, status, raw), (path, status, raw)
        assert rest == b""


@pytest.mark.gen_test
async def test_refusal_is_a_problem_that_says_what_to_do(api: Api, hub: Hub) -> None:
    _, raw, _ = await send(api, "/api/reservations", b"x" * 2 * MIB, Content_Length=str(2 * MIB))
    problem = json.loads(raw)
    assert (problem["status"], problem["code"]) == (413, "too_large")
    assert problem["detail"] == "The body is too large: 65536 bytes at most. Send less at a time"


@pytest.mark.gen_test
async def test_body_in_chunks_is_refused_alike(api: Api, hub: Hub) -> None:
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    status, raw, rest = await send(api, "/api/events", *[chunk] * 32, b"0\r\n\r\n", Transfer_Encoding="chunked")
    assert is_refusal(hub, status, raw)
    assert rest == b""


@pytest.mark.gen_test
@pytest.mark.parametrize("size", [2 * MIB, READ_OFF_BYTES + 1])
async def test_who_asks_before_they_send_is_refused_without_being_asked_for_the_body(
    api: Api, hub: Hub, size: int
) -> None:
    status, raw, rest = await send(api, "/api/events", Content_Length=str(size), Expect="100-continue")
    assert is_refusal(hub, status, raw)
    assert rest == b""


@pytest.mark.gen_test
async def test_who_announces_more_than_is_read_off_is_refused_at_once_and_cut_off(api: Api, hub: Hub) -> None:
    status, raw, rest = await send(api, "/api/events", Content_Length=str(READ_OFF_BYTES + 1))
    assert is_refusal(hub, status, raw)
    assert rest == b""


@pytest.mark.gen_test
async def test_an_import_in_chunks_over_its_own_limit_is_told_that_limit(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    hub.settings = msgspec.structs.replace(hub.settings, import_limit_bytes=3 * MIB)
    chunk = b"80000\r\n" + b"x" * 524_288 + b"\r\n"
    path = f"/api/events/{event['uuid']}/import"
    status, raw, _ = await send(api, path, *[chunk] * 7, b"0\r\n\r\n", Transfer_Encoding="chunked")
    assert (status, str(3 * MIB).encode() in raw) == (413, True)
