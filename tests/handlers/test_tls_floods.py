"""Floods of TLS handshakes, whole ones and halves: a door beside them scans on by its connection, and opens others."""

import asyncio
import ssl
from contextlib import AsyncExitStack, suppress
from itertools import count
from pathlib import Path

import msgspec
import pytest

from hub.app import Hub
from tests.api import Api
from tests.eventually import PATIENCE_S, eventually
from tests.handlers.test_server import serving, with_certificate

CLIENT_HELLO_BEGINS = b"\x16\x03\x01\x02\x00\x01"
HALVES = 100
AT_ONCE = 10
SCANS = 5


async def flood(port: int, trusted: ssl.SSLContext, counted: "count[int]") -> None:
    """Handshake, hang up, and again without end."""
    while True:
        with suppress(OSError, ssl.SSLError):
            _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusted, server_hostname="localhost")
            next(counted)
            writer.transport.abort()


@pytest.mark.gen_test
async def test_doors_scan_on_beside_a_flood_of_tls_handshakes(api: Api, hub: Hub, tmp_path: Path) -> None:
    event = await api.make_event()
    gate, tickets = await api.make_device(event), await api.book(event, 2 * SCANS)
    hub.settings, trusted = with_certificate(hub.settings, tmp_path)
    bodies = iter([msgspec.json.encode({"qrcode_data": ticket["code"]}) for ticket in tickets])
    handshakes = count()
    async with AsyncExitStack() as held:
        port = await held.enter_async_context(serving(hub))

        async def door() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
            opened = asyncio.open_connection("127.0.0.1", port, ssl=trusted, server_hostname="localhost")
            reader, writer = await asyncio.wait_for(opened, PATIENCE_S)
            held.callback(writer.close)
            return reader, writer

        async def scan(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
            body = next(bodies)
            head = f"POST /scan/ticket/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Api-Key {gate.key}\r\n"
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            said = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_S)
            length = int(said.partition(b"Content-Length: ")[2].split(b"\r\n")[0])
            return await asyncio.wait_for(reader.readexactly(length), PATIENCE_S)

        kept = await door()
        for _ in range(HALVES):
            _, half = await asyncio.open_connection("127.0.0.1", port)
            half.write(CLIENT_HELLO_BEGINS)
            held.callback(half.close)
        flooding = [asyncio.create_task(flood(port, trusted, handshakes)) for _ in range(AT_ONCE)]
        try:
            await eventually(lambda: next(handshakes) > AT_ONCE)
            for _ in range(SCANS):
                assert b'"admitted"' in await scan(*kept)
                assert b'"admitted"' in await scan(*await door())
        finally:
            for task in flooding:
                task.cancel()
            await asyncio.gather(*flooding, return_exceptions=True)
