"""Request ids: one scan is found by its id in its answer, the log, the journal and the live items of those who may."""

import asyncio
import random
import re
from typing import Any

import msgspec
import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from hub.app import Hub
from hub.client.client import LiveClient
from hub.client.replica import Snapshot, Update
from hub.door.service import Scanning
from hub.model.journal import HUB_STREAM
from hub.settings import Settings
from tests.api import Answer, Api
from tests.commands import Say
from tests.eventually import PATIENCE_S
from tests.handlers.fast_path.test_scan import lane_closed

pytestmark = pytest.mark.gen_test

MADE = re.compile("[0-9a-f]{32}")
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return msgspec.structs.replace(settings, access_log=True)


def logged(caplog: pytest.LogCaptureFixture, request_id: str) -> list[dict[str, Any]]:
    lines = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    return [line for line in lines if line.get("request_id") == request_id]


def client(api: Api, event: str) -> LiveClient:
    assert api.key is not None
    url = api.url.replace("http:", "ws:") + "/live"
    return LiveClient(url, api_key=api.key, event=event, back_off_s=0.05, chance=random.Random(1))


async def scan(gate: Api, code: str, **headers: str) -> Answer:
    return await gate.post("/scan/ticket/", {"qrcode_data": code}, **headers)


async def news(reader: Any) -> Any:
    async with asyncio.timeout(PATIENCE_S):
        return await anext(reader)


@pytest.mark.parametrize("is_fast", [True, False], ids=["by the fast path", "by the ordinary way"])
async def test_a_scan_is_found_by_its_id_in_answer_log_journal_and_live_item(
    api: Api, hub: Hub, caplog: pytest.LogCaptureFixture, is_fast: bool
) -> None:
    caplog.set_level("INFO")
    event = await api.make_event()
    gate = await api.make_device(event)
    first, ticket = await api.book(event, 2)
    await gate.scan(first["code"])
    async with client(api.admin, event["uuid"]) as desk, client(gate, event["uuid"]) as door:
        seen_by_desk, seen_by_door = desk.updates(), door.updates()
        assert isinstance(await news(seen_by_desk), Snapshot) and isinstance(await news(seen_by_door), Snapshot)
        if is_fast:
            answer = await scan(gate, ticket["code"], X_Request_ID="door-7.4711")
        else:
            with lane_closed():
                answer = await scan(gate, ticket["code"], X_Request_ID="door-7.4711")
        assert answer.headers["X-Request-ID"] == "door-7.4711"
        for_desk, for_door = await news(seen_by_desk), await news(seen_by_door)
    assert isinstance(for_desk, Update) and isinstance(for_door, Update)
    assert for_desk.request_id == "door-7.4711"
    assert "door-7.4711" not in str(for_door), "a door sees no ids"
    entries = await hub.store.journal.read(event["uuid"], 0)
    assert [entry.kind for entry in entries if entry.request_id == "door-7.4711"] == ["ticket.scanned"]
    (found,) = (await api.admin.get(f"/api/scans?event={event['uuid']}&request_id=door-7.4711")).body
    assert (found["request_id"], found["ticket"]) == ("door-7.4711", ticket["id"])
    assert [line["event"] for line in logged(caplog, "door-7.4711")] == ["request"]


async def test_ids_are_made_where_none_is_shown_and_each_scan_has_its_own(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    answers = [await gate.scan(ticket["code"]) for ticket in await api.book(event, 3)]
    made = [answer.headers["X-Request-ID"] for answer in answers]
    assert len(set(made)) == 3 and all(map(MADE.fullmatch, made))
    entries = await hub.store.journal.read(event["uuid"], 0)
    assert [entry.request_id for entry in entries if entry.kind == "ticket.scanned"] == made


async def test_the_trace_of_a_caller_is_the_id(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    assert (await scan(gate, ticket["code"], traceparent=TRACEPARENT)).headers["X-Request-ID"] == TRACE
    assert (await api.get("/healthz", traceparent=TRACEPARENT)).headers["X-Request-ID"] == TRACE


@pytest.mark.parametrize("hostile", ["x" * 10_000, "two words", "caf\u00e9", "a\tb", "<script>", "=1+1", ""])
async def test_a_hostile_id_is_replaced(api: Api, hub: Hub, hostile: str) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    tickets = await api.book(event, 2)
    fast = await scan(gate, tickets[0]["code"], X_Request_ID=hostile)
    with lane_closed():
        slow = await scan(gate, tickets[1]["code"], X_Request_ID=hostile)
    refused = await api.get("/api/scans", X_Request_ID=hostile)
    for answer in (fast, slow, refused):
        assert MADE.fullmatch(answer.headers["X-Request-ID"])
    assert refused.body["request_id"] == refused.headers["X-Request-ID"]
    kept = [entry.request_id for entry in await hub.store.journal.read(event["uuid"], 0)]
    assert {fast.headers["X-Request-ID"], slow.headers["X-Request-ID"]} <= set(kept)


async def test_an_id_on_two_lines_is_refused_whole(api: Api) -> None:
    host, port = api.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-ID: a\r\n b\r\nConnection: close\r\n\r\n")
    async with asyncio.timeout(PATIENCE_S):
        answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 400 ")


async def test_every_answer_has_one_also_a_missing_page_and_a_refusal(api: Api) -> None:
    for path in ("/healthz", "/nowhere", "/api/tickets", "/login", "/static/css/base.css", "/api/events?limit=x"):
        answer = await api.admin.get(path, X_Request_ID="mine")
        assert answer.headers["X-Request-ID"] == "mine", path
    assert (await api.request("DELETE", "/healthz", X_Request_ID="mine")).body["request_id"] == "mine"
    assert (await api.get("/nowhere", X_Request_ID="mine")).body["request_id"] == "mine"


async def test_a_failure_is_found_in_the_log_by_the_id_that_its_problem_shows(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: Any) -> Any:
        raise RuntimeError("a bug")

    monkeypatch.setattr(hub.scans, "page", fail)
    failed = await api.admin.get("/api/scans")
    assert failed.status == 500
    lines = logged(caplog, failed.body["request_id"])
    assert {line["event"] for line in lines} == {"a request failed", "failed request"}


async def test_a_page_that_failed_shows_its_readers_the_id_to_ask_with(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any) -> Any:
        raise RuntimeError("a bug")

    event = await api.make_event(public_booking=True)
    missing = await api.with_key(None).get("/book/nowhere", X_Request_ID="mine-6")
    assert missing.status == 404 and b"mine-6" not in missing.raw, "what one can mend oneself needs no number"
    monkeypatch.setattr(hub.events, "get", fail)
    failed = await api.with_key(None).get(f"/book/{event['uuid']}", X_Request_ID="mine-7")
    assert failed.status == 500
    assert b"for those who look after this hub: mine-7" in failed.raw


async def test_a_history_names_the_request_of_each_entry(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    await gate.post("/scan/ticket/", {"qrcode_data": ticket["code"]}, X_Request_ID="scan-9")
    history = (await api.admin.get(f"/api/tickets/{ticket['id']}/history")).body
    assert [each["request_id"] for each in history if each["kind"] == "ticket.scanned"] == ["scan-9"]


async def test_a_failed_scan_of_the_fast_path_is_found_in_the_log(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: Any) -> Any:
        raise RuntimeError("a bug")

    event = await api.make_event()
    gate = await api.make_device(event)
    first, second = await api.book(event, 2)
    await gate.scan(first["code"])
    monkeypatch.setattr(Scanning, "scan", fail)
    failed = await gate.scan(second["code"])
    lines = logged(caplog, failed.headers["X-Request-ID"])
    assert {line["event"] for line in lines} == {"a scan failed", "failed request"}


async def test_each_scan_over_a_socket_has_an_id_of_its_own_that_begins_with_the_sockets(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    tickets = await api.book(event, 2)
    url = api.url.replace("http:", "ws:") + "/live"
    headers = {"Authorization": f"Api-Key {gate.key}", "X-Request-ID": "socket-of-gate-1"}
    socket = await websocket_connect(HTTPRequest(url, headers=headers))
    assert socket.headers is not None and socket.headers["X-Request-ID"] == "socket-of-gate-1"
    for number, ticket in enumerate(tickets):
        await socket.write_message(msgspec.json.encode({"type": "scan", "id": number, "qrcode_data": ticket["code"]}))
    ids: dict[int, str] = {}
    async with asyncio.timeout(PATIENCE_S):
        while len(ids) < 2:
            frame = msgspec.json.decode(await socket.read_message() or b"{}")
            if frame.get("type") == "result":
                ids[frame["id"]] = frame["request_id"]
    socket.close()
    assert ids == {0: "socket-of-gate-1-1", 1: "socket-of-gate-1-2"}
    entries = await hub.store.journal.read(event["uuid"], 0)
    assert {entry.request_id for entry in entries if entry.kind == "ticket.scanned"} == set(ids.values())


async def test_changes_of_the_hub_itself_carry_theirs_too(api: Api, hub: Hub) -> None:
    made = await api.admin.post("/api/keys", {"name": "A", "scopes": ["tickets:read"]}, X_Request_ID="new-key")
    assert made.status == 201
    entries = await hub.store.journal.read(HUB_STREAM, 0)
    assert [entry.kind for entry in entries if entry.request_id == "new-key"] == ["key.created"]


async def test_pages_elsewhere_may_send_and_read_it(api: Api, hub: Hub) -> None:
    hub.settings = msgspec.structs.replace(hub.settings, allowed_origins=("https://app.example",))
    asked = await api.request("OPTIONS", "/api/tickets", Origin="https://app.example")
    assert {"x-request-id", "traceparent"} <= set(asked.headers["Access-Control-Allow-Headers"].split(", "))
    assert "X-Request-ID" in asked.headers["Access-Control-Expose-Headers"]


async def test_what_the_hub_does_by_itself_has_no_id(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    await hub.store.journal.append(event["uuid"], Say())
    entries = await hub.store.journal.read(event["uuid"], 0)
    assert entries[-1].request_id is None
