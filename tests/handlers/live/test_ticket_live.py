"""A ticket's page on the socket: it gets the state of its ticket, and nothing else."""

from typing import Any

import msgspec
import pytest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.api import Api


async def open_page(api: Api, ticket: Any) -> WebSocketClientConnection:
    socket = await websocket_connect(api.url.replace("http:", "ws:") + "/live")
    hello = {"type": "hello", "id": 0, "ticket": ticket["id"], "token": ticket["access_token"]}
    await socket.write_message(msgspec.json.encode(hello))
    return socket


async def next_ticket(socket: WebSocketClientConnection) -> Any:
    while (text := await socket.read_message()) is not None:
        if (frame := msgspec.json.decode(text))["type"] == "ticket":
            return frame
    raise AssertionError(f"closed with {socket.close_code}")


@pytest.mark.gen_test
async def test_page_hears_of_its_scan_with_the_name_of_the_door(api: Api) -> None:
    event = await api.make_event()
    order = {"event": event["uuid"], "name": "Ada", "phone_number": "12345", "date": "2026-12-24", "time": "20:30"}
    ticket = (await api.admin.post("/api/tickets", order)).body
    gate = await api.make_device(event)
    socket = await open_page(api, ticket)
    assert (await next_ticket(socket))["standing"] == {"state": "valid", "at": None, "door": None}
    await gate.scan(ticket["code"])
    standing = (await next_ticket(socket))["standing"]
    assert (standing["state"], standing["door"]) == ("inside", "North door")
    assert standing["at"].startswith("2026-12-24T18:30")
    socket.close()
