"""Fast path of scans: a plain scan needs no handler, and its answer is the ordinary way's to the byte."""

import asyncio
import base64
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
import tornado
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from tornado.httputil import HTTPHeaders
from tornado.netutil import bind_sockets
from tornado.web import HTTPError

from handlers.api.scan import ScanTicketHandler
from handlers.fast_path import request as fast_path_request
from handlers.fast_path.request import plain_fields
from handlers.fast_path.scan import ScanFastPath
from handlers.http.idle_timeout import IDLE_S
from handlers.server import make_server
from hub.access.authenticate import Authenticator
from hub.app import Hub
from hub.door.service import Scanning
from hub.errors import SlowDown, Unavailable
from tests.api import Answer, Api
from tests.eventually import eventually
from tests.handlers.http_client import Wire

pytestmark = pytest.mark.gen_test

PATH = "/scan/ticket/"


@contextmanager
def lane_closed() -> Iterator[None]:
    """Within this every request takes the ordinary way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast_path_request, "plain_fields", lambda _: None)
        yield


@contextmanager
def handlers_closed() -> Iterator[None]:
    """Within this nothing is scanned by the ordinary handler."""

    async def refuse(_: Any) -> None:
        raise HTTPError(500)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScanTicketHandler, "post", refuse)
        yield


async def a_night(api: Api) -> tuple[Api, list[Any]]:
    """Return a gate and tickets."""
    event = await api.make_event()
    return await api.make_device(event), await api.book(event, 4)


async def know(hub: Hub, gate: Api) -> None:
    """Let the hub know the gate's key, and not hear any more of the changes that made it."""
    hub.authenticator.forget = lambda: None  # type: ignore[method-assign]
    assert gate.key is not None
    await hub.authenticator.by_key(gate.key)


async def test_a_plain_scan_needs_no_handler(api: Api, hub: Hub) -> None:
    gate, [ticket, other, *_] = await a_night(api)
    await know(hub, gate)
    with handlers_closed():
        assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
        assert (await gate.scan(ticket["code"])).body["code"] == "already_scanned"
        assert (await gate.post("/scan/ticket", {"qrcode_data": other["code"]})).body["code"] == "admitted"


async def test_a_key_that_was_not_looked_up_lately_is_looked_up_on_the_way(api: Api, hub: Hub) -> None:
    gate, [ticket, *_] = await a_night(api)
    await know(hub, gate)
    Authenticator.forget(hub.authenticator)
    with handlers_closed():
        assert (await gate.scan(ticket["code"])).body["code"] == "admitted"


async def test_requests_of_all_kinds_share_a_connection_and_may_come_at_once(api: Api, hub: Hub) -> None:
    gate, tickets = await a_night(api)
    await know(hub, gate)
    scans = [msgspec.json.encode({"qrcode_data": ticket["code"]}) for ticket in tickets]
    wire = [
        request(gate, "POST", PATH, scans[0]),
        request(gate, "GET", "/scan/test_api/"),
        request(gate, "POST", PATH, scans[1]),
        request(gate, "POST", PATH, b"{"),
        request(gate, "POST", PATH, b"{}"),
        request(gate, "POST", "/scan/check_ticket/", scans[2]),
        request(gate, "POST", PATH, scans[2]),
        request(gate, "POST", PATH, scans[3], "Connection: close\r\n"),
    ]
    host, port = api.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"".join(wire))
    told = re.findall(rb"HTTP/1.1 (\d+) |\"code\": ?\"(\w+)\"", await reader.read())
    assert [(status or code).decode() for status, code in told] == [
        *("200", "admitted", "200", "200", "admitted", "400", "bad_request", "400", "bad_request"),
        *("200", "admitted", "200", "admitted", "200", "admitted"),
    ]
    writer.close()


async def test_requests_may_come_a_few_bytes_at_a_time(api: Api) -> None:
    gate, [ticket, other, *_] = await a_night(api)
    scan, last = (msgspec.json.encode({"qrcode_data": each["code"]}) for each in (ticket, other))
    whole = request(gate, "POST", PATH, scan) + request(gate, "POST", "/scan/check_ticket/", scan)
    whole += request(gate, "POST", PATH, last, "Connection: close\r\n")
    host, port = api.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    for start in range(0, len(whole), 50):
        writer.write(whole[start : start + 50])
        await asyncio.sleep(0.001)
    assert re.findall(rb"HTTP/1.1 (\d+) ", await reader.read()) == [b"200"] * 3
    writer.close()


async def test_of_two_scans_at_once_only_the_first_is_carried_out_where_it_is_to_be_the_last(api: Api) -> None:
    gate, [ticket, other, *_] = await a_night(api)
    first, second = (msgspec.json.encode({"qrcode_data": each["code"]}) for each in (ticket, other))
    host, port = api.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request(gate, "POST", PATH, first, "Connection: close\r\n") + request(gate, "POST", PATH, second))
    assert re.findall(rb"HTTP/1.1 (\d+) ", await reader.read()) == [b"200"]
    writer.close()
    assert (await gate.scan(other["code"])).body["code"] == "admitted"


@pytest.mark.parametrize("host", ["a b", "a/../@#?", "\xe9", "a,b"])
async def test_a_host_that_is_none_is_refused_on_both_ways(api: Api, host: str) -> None:
    gate, [ticket, *_] = await a_night(api)
    body = msgspec.json.encode({"qrcode_data": ticket["code"]})
    head = f"POST {PATH} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Api-Key {gate.key}\r\nContent-Length: {len(body)}"
    answers = []
    for more in ("", "\r\nExpect: nothing"):  # the second is never for the fast path
        address, port = api.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(address, int(port))
        writer.write(f"{head}{more}\r\n\r\n".encode("latin1") + body)
        answers.append(await reader.readline())
        writer.close()
    assert answers == [b"HTTP/1.1 400 Bad Request\r\n"] * 2


async def test_switched_off_scans_take_the_ordinary_way_with_the_same_answers(api: Api, hub: Hub) -> None:
    gate, [ticket, other, *_] = await a_night(api)
    await know(hub, gate)
    hub.settings = replace(hub.settings, scan_fast_path=False)
    host, port = api.url.removeprefix("http://").split(":")
    wire = Wire(f"http://{host}:{port}")
    headers = {"Authorization": f"Api-Key {gate.key}"}
    answer = await wire.ask("POST", PATH, msgspec.json.encode({"qrcode_data": ticket["code"]}), headers)
    assert answer.body["code"] == "admitted"
    with handlers_closed():
        refused = await wire.ask("POST", PATH, msgspec.json.encode({"qrcode_data": other["code"]}), headers)
    assert refused.status == 500
    await wire.close()


async def test_with_a_tornado_that_is_not_known_scans_take_the_ordinary_way_and_a_line_says_so(
    hub: Hub, api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gate, [ticket, *_] = await a_night(api)
    monkeypatch.setattr(tornado, "version_info", (6, 7, 0, 0))
    serving, sockets = make_server(hub), bind_sockets(0, "127.0.0.1")
    serving.add_sockets(sockets)
    there = Api(f"http://127.0.0.1:{sockets[0].getsockname()[1]}", gate.key)
    with monkeypatch.context() as patch:
        patch.setattr(ScanFastPath, "__init__", lambda *_: pytest.fail("the fast path was taken"))
        assert (await there.scan(ticket["code"])).body["code"] == "admitted"
    assert serving.conn_params.header_timeout == IDLE_S
    assert "version is not known" in caplog.text
    serving.stop()
    await serving.close_all_connections()


def request(gate: Api, method: str, path: str, body: bytes = b"", more: str = "") -> bytes:
    """Return a request as it goes over the wire."""
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Api-Key {gate.key}\r\n{length}{more}\r\n"
    return head.encode() + body


NAMES = st.sampled_from(["Host", "content-length", "Content-Length ", "Transfer-Encoding", "X", "x", "", " y", "é"])
VALUES = st.one_of(
    st.sampled_from([" 1", "2", "\t3 ", ": 4", "5, 5", "\x0b6", "\r7", "\x00", "chunked", "\xe9"]), st.text()
)
LINES = st.builds("{}:{}".format, NAMES, VALUES) | st.sampled_from(["", "\n", " folded", "POST / HTTP/1.1", "no colon"])
ENDS = st.sampled_from(["\r\n", "\r\n", "\r\n", "\n"])
STARTS = st.sampled_from(
    [f"POST {PATH} HTTP/1.1", f"POST {PATH} HTTP/1.1", f"POST {PATH} HTTP/1.0", f"\r\nPOST {PATH} HTTP/1.1"]
)


@given(STARTS, st.lists(st.tuples(LINES, ENDS), max_size=5))
@example(f"POST {PATH} HTTP/1.1", [("Host: x", "\r\n"), ("Content-Length: 2", "\r\n")])
def test_a_head_says_the_same_in_the_fast_lane_as_to_tornado(start: str, lines: list[tuple[str, str]]) -> None:
    text = f"{start}\r\n{''.join(line + end for line, end in lines)}\r\n"
    fields = plain_fields(text.encode("latin1", "replace"))
    if fields is not None:
        headers = HTTPHeaders.parse(text.encode("latin1", "replace").decode("latin1").partition("\n")[2])
        assert sorted((name.lower().encode(), value.encode("latin1")) for name, value in headers.get_all()) == sorted(
            fields.items()
        )


def test_an_everyday_head_is_taken_by_the_fast_lane() -> None:
    head = b"POST /scan/ticket/ HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\naccept:\t*/* \r\n\r\n"
    assert plain_fields(head) == {b"host": b"x", b"content-length": b"2", b"accept": b"*/*"}


@pytest.mark.parametrize(
    "line",
    ["Content-Length: 3", "Host : x", " folded", "no colon", "X: \x00", "X: a\nContent-Length: 3", ": x", "X: a\rb: c"],
)
def test_a_head_that_can_be_read_in_two_ways_is_left_to_tornado(line: str) -> None:
    assert plain_fields(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n{line}\r\n\r\n".encode()) is None


def requests(codes: Mapping[str, str]) -> dict[str, tuple[bytes, dict[str, str]]]:
    """Return bodies and headers of requests that differ in all that a door may get wrong."""

    def says(**fields: Any) -> bytes:
        return msgspec.json.encode(fields)

    return {
        "a good one": (says(qrcode_data=codes["good"]), {}),
        "with a nonce": (says(qrcode_data=codes["good"], nonce="n1"), {}),
        "with its nonce in a header": (says(qrcode_data=codes["good"]), {"Idempotency-Key": "n2"}),
        "forged": (says(qrcode_data=codes["forged"]), {}),
        "no code": (says(qrcode_data="nonsense"), {}),
        "nothing said": (says(), {}),
        "a wrong field": (says(qrcode_data=codes["good"], direction="up"), {}),
        "a wrong type": (says(qrcode_data=["x"]), {}),
        "by force without the right": (says(qrcode_data=codes["good"], force=True, reason="x"), {}),
        "of another event": (says(qrcode_data=codes["good"], event_uuid=codes["other event"]), {}),
        "no object": (b"[1]", {}),
        "no JSON": (b"{", {}),
        "no UTF-8": (b'{"qrcode_data": "\xff"}', {}),
        "nested deep": (b"[" * 100_000, {}),
        "no body": (b"", {}),
        "a bad key": (says(qrcode_data=codes["good"]), {"Authorization": "Api-Key 0123456789ab.nobody"}),
        "no key": (says(qrcode_data=codes["good"]), {"Authorization": ""}),
        "another scheme": (says(qrcode_data=codes["good"]), {"Authorization": "Bearer x"}),
        "a key that may not scan": (says(qrcode_data=codes["good"]), {"Authorization": f"Api-Key {codes['reader']}"}),
        "from a page elsewhere": (says(qrcode_data=codes["good"]), {"Origin": "https://elsewhere.example"}),
    }


VARYING = ("Date", "Content-Length", "X-Request-Id")


def told(answer: Answer) -> tuple[int, dict[str, str], Any]:
    """Return what a door sees of an answer, but for what changes from one to the next."""
    headers = {name: value for name, value in answer.headers.items() if name not in VARYING}
    return answer.status, headers, answer.body | {"seq": 0, "seconds_ago": 0}


async def test_every_answer_is_the_same_as_by_the_ordinary_way(api: Api, hub: Hub) -> None:
    gate, [ticket, *_] = await a_night(api)
    await know(hub, gate)
    other = await api.make_event(name="Another")
    reader = await api.admin.post("/api/keys", {"name": "Reader", "scopes": ["tickets:read"]})
    await hub.authenticator.by_key(reader.body["key"])
    forged = ticket["code"][:-4] + ("AAAA" if not ticket["code"].endswith("AAAA") else "BBBB")
    codes = {"good": ticket["code"], "forged": forged, "other event": other["uuid"], "reader": reader.body["key"]}
    assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
    wire = Wire(api.url)
    key = {"Authorization": f"Api-Key {gate.key}"}
    for name, (body, headers) in requests(codes).items():
        fast = await wire.ask("POST", PATH, body, key | headers)
        with lane_closed():
            slow = await wire.ask("POST", PATH, body, key | headers)
        replayed = {"replayed": True} if "nonce" in name else {}
        status, seen, said = told(fast)
        assert (status, seen, said | replayed) == told(slow), name
    await wire.close()


@pytest.mark.parametrize(
    "trouble", [Unavailable(), SlowDown("Too many", after_s=7), RuntimeError("a bug")], ids=lambda each: repr(each)
)
async def test_what_goes_wrong_is_told_the_same_way(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    gate, [ticket, *_] = await a_night(api)
    await know(hub, gate)

    async def fail(*_: Any) -> Any:
        raise trouble

    monkeypatch.setattr(Scanning, "scan", fail)
    fast = await gate.scan(ticket["code"])
    with lane_closed():
        slow = await gate.scan(ticket["code"])
    assert told(fast) == told(slow)
    assert b"a bug" not in fast.raw


@pytest.mark.parametrize("trouble", [Unavailable(), RuntimeError("a bug")], ids=lambda each: repr(each))
async def test_a_key_that_cannot_be_looked_up_is_told_the_same_way_and_looked_up_once(
    api: Api, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    gate, [ticket, *_] = await a_night(api)
    looked_up: list[Any] = []

    async def fail(*asked: Any) -> Any:
        looked_up.append(asked)
        raise trouble

    monkeypatch.setattr(Authenticator, "by_key", fail)
    fast = await gate.scan(ticket["code"])
    assert len(looked_up) == 1
    with lane_closed():
        slow = await gate.scan(ticket["code"])
    assert told(fast) == told(slow)


async def test_an_archived_device_is_refused_at_its_next_scan(api: Api) -> None:
    gate, [ticket, *_] = await a_night(api)
    device = (await gate.get("/scan/test_api/")).body["device_info"]["uuid"]
    assert (await api.admin.post(f"/api/devices/{device}/archive")).status == 200
    refused = await gate.scan(ticket["code"])
    assert (refused.status, refused.body["code"]) == (403, "device_archived")


async def test_a_body_that_is_too_large_is_told_so(api: Api, hub: Hub) -> None:
    gate, _ = await a_night(api)
    refused = await gate.post(PATH, b" " * (hub.settings.body_limit_bytes + 1))
    assert (refused.status, refused.body["code"]) == (413, "too_large")


async def test_a_body_in_chunks_and_one_that_is_announced_first_are_scanned_too(api: Api) -> None:
    gate, [ticket, other, *_] = await a_night(api)
    key = f"Host: x\r\nAuthorization: Api-Key {gate.key}\r\n"
    host, port = api.url.removeprefix("http://").split(":")
    for extra, body in (
        ("Transfer-Encoding: chunked\r\n", in_chunks(msgspec.json.encode({"qrcode_data": ticket["code"]}))),
        (announced(other["code"]), msgspec.json.encode({"qrcode_data": other["code"]})),
    ):
        answer = b'"unavailable"'
        while b'"unavailable"' in answer:  # a machine under load: scan again
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(f"POST {PATH} HTTP/1.1\r\n{key}{extra}Connection: close\r\n\r\n".encode() + body)
            answer = await reader.read()
            writer.close()
        assert b'"admitted"' in answer


def in_chunks(body: bytes) -> bytes:
    pieces = [body[start : start + 7] for start in range(0, len(body), 7)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def announced(code: str) -> str:
    return f"Expect: 100-continue\r\nContent-Length: {len(msgspec.json.encode({'qrcode_data': code}))}\r\n"


async def test_what_a_phone_says_of_itself_is_noted(api: Api, hub: Hub) -> None:
    gate, [ticket, *_] = await a_night(api)
    await know(hub, gate)
    info = base64.urlsafe_b64encode(msgspec.json.encode({"battery": 17})).decode()
    with handlers_closed():
        assert (await gate.post(PATH, {"qrcode_data": ticket["code"]}, X_Device_Info=info)).status == 200
    device = (await gate.get("/scan/test_api/")).body["device_info"]["uuid"]

    async def is_written() -> bool:
        found = await hub.store.devices.find(device)
        assert found is not None
        return found.info.get("battery") == 17

    await eventually(is_written)


async def test_a_client_that_goes_before_its_answer_leaves_nothing_broken(api: Api) -> None:
    gate, [ticket, other, *_] = await a_night(api)
    host, port = api.url.removeprefix("http://").split(":")
    body = msgspec.json.encode({"qrcode_data": ticket["code"]})
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Api-Key {gate.key}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    for sent in (head.encode() + body, head.encode() + body[:10]):
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(sent)
        await writer.drain()
        writer.transport.abort()
    assert (await gate.scan(other["code"])).body["code"] == "admitted"


async def test_scans_of_the_fast_lane_are_counted_like_all_requests(api: Api, hub: Hub) -> None:
    gate, [ticket, *_] = await a_night(api)
    await know(hub, gate)
    with handlers_closed():
        assert (await gate.scan(ticket["code"])).status == 200
    counted = b'scanhub_request_seconds_count{route="/scan/ticket",status="200"} 1.0'
    assert counted in hub.metrics.exposition()
