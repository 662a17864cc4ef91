"""Targets of requests that are no path: absolute forms, authorities, an asterisk. Each is refused, and does nothing."""

import asyncio
import json

import pytest

from hub.app import Hub
from tests.api import Api
from tests.eventually import PATIENCE_S
from tests.handlers.test_server import connected

TARGETS = {
    "absolute": "http://hub.example/scan/ticket/",
    "absolute, of this very host": "http://x/scan/ticket/",
    "absolute, in capitals": "HTTP://X/scan/ticket/",
    "absolute, with a login": "http://user:password@x/scan/ticket/",
    "absolute over https": "https://x/scan/ticket/",
    "of a host alone": "//x/scan/ticket/",
    "an authority": "x:443",
    "no path": "scan/ticket/",
    "an asterisk": "*",
    "a way up": "/static/../scan/ticket/",
    "a way up in disguise": "/static/%2e%2e/scan/ticket/",
}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
@pytest.mark.gen_test
async def test_a_target_that_is_no_path_is_refused_and_nothing_is_scanned(api: Api, hub: Hub, target: str) -> None:
    event = await api.make_event()
    gate, [ticket] = await api.make_device(event), await api.book(event)
    body = json.dumps({"qrcode_data": ticket["code"]})
    head = f"Host: x\r\nAuthorization: Api-Key {gate.key}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    async with connected(hub) as (reader, writer):
        writer.write(f"POST {target} HTTP/1.1\r\n{head}".encode())
        line = await asyncio.wait_for(reader.readline(), PATIENCE_S)
    assert line.split()[1:2] in ([b"400"], [b"403"], [b"404"], [b"405"]) or line == b"", line
    assert (await gate.scan(ticket["code"])).body["code"] == "admitted", "the first scan of it is this one"


@pytest.mark.parametrize("request_line", ["CONNECT x:443 HTTP/1.1", "OPTIONS * HTTP/1.1", "TRACE /healthz HTTP/1.1"])
@pytest.mark.gen_test
async def test_nothing_is_connected_to_or_sent_back(hub: Hub, request_line: str) -> None:
    async with connected(hub) as (reader, writer):
        writer.write(f"{request_line}\r\nHost: x\r\nX-Secret: of a proxy\r\n\r\n".encode())
        line = await asyncio.wait_for(reader.readline(), PATIENCE_S)
        assert line.split()[1][:1] == b"4", line
        rest = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_S)
    assert b"of a proxy" not in rest
