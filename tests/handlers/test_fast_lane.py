"""The fast lane: a plain scan needs no handler, and no door can tell which way its request went."""

import asyncio
import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
from tornado.web import HTTPError

from handlers.fast_lane import FastLane
from handlers.scan import ScanTicketHandler
from hub.errors import SlowDown, Unavailable
from hub.hub import Hub
from hub.model import Device
from hub.people import People
from hub.scanning import Scanning
from tests.api import Answer, Api
from tests.handlers.wire import Wire

pytestmark = pytest.mark.gen_test(timeout=30)

PATH = "/scan/ticket/"


@contextmanager
def lane_closed() -> Iterator[None]:
    """Within this every request takes the ordinary way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FastLane, "_may_be_plain", lambda *_: False)
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
    hub.people.forget = lambda: None  # type: ignore[method-assign]
    assert gate.key is not None
    await hub.people.by_key(gate.key)


async def test_a_plain_scan_needs_no_handler(api: Api, hub: Hub) -> None:
    gate, [ticket, other, *_] = await a_night(api)
    await know(hub, gate)
    with handlers_closed():
        assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
        assert (await gate.scan(ticket["code"])).body["code"] == "already_scanned"
        assert (await gate.post("/scan/ticket", {"qrcode_data": other["code"]})).body["code"] == "admitted"


async def test_a_key_that_the_hub_does_not_know_yet_goes_the_ordinary_way_and_is_known_then(api: Api, hub: Hub) -> None:
    gate, [ticket, other, *_] = await a_night(api)
    await know(hub, gate)
    People.forget(hub.people)
    with handlers_closed():
        assert (await gate.scan(ticket["code"])).status == 500
        assert (await gate.scan(other["code"])).body["code"] == "admitted"


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


def told(answer: Answer) -> tuple[int, dict[str, str], Any]:
    """Return what a door sees of an answer, but for what changes from one to the next."""
    headers = {name: value for name, value in answer.headers.items() if name not in ("Date", "Content-Length")}
    return answer.status, headers, answer.body | {"seq": 0, "seconds_ago": 0}


async def test_every_answer_is_the_same_as_by_the_ordinary_way(api: Api, hub: Hub) -> None:
    gate, [ticket, *_] = await a_night(api)
    await know(hub, gate)
    other = await api.make_event(name="Another")
    reader = await api.admin.post("/api/keys", {"name": "Reader", "scopes": ["tickets:read"]})
    await hub.people.by_key(reader.body["key"])
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
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"POST {PATH} HTTP/1.1\r\n{key}{extra}Connection: close\r\n\r\n".encode() + body)
        assert b'"admitted"' in await reader.read()
        writer.close()


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

    async def seen() -> Device:
        found = await hub.store.catalog.device(device)
        assert found is not None
        return found

    async with asyncio.timeout(5):
        while (await seen()).info.get("battery") != 17:  # noqa: ASYNC110, another task writes it down
            await asyncio.sleep(0.01)


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
