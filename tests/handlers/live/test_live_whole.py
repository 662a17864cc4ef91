"""The whole way of a scan: socket, journal, tail, and every client's socket, on the real database."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest
from tornado.websocket import websocket_connect

from hub.app import Hub
from hub.client.client import LiveClient, LiveEnded
from hub.client.replica import Snapshot, Update
from hub.live.protocol import CloseCode
from hub.settings import Settings
from tests.api import Api
from tests.eventually import PATIENCE_S
from tests.hub.live.site import Browser
from tests.hub.telemetry.samples import value


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Limits that a test reaches by two requests, and that take half a minute to let in the next."""
    return msgspec.structs.replace(settings, unknown_barcodes_per_min=2, manual_check_ins_per_min=2)


def client(api: Api, event: str, **options: Any) -> LiveClient:
    assert api.key is not None
    url = api.url.replace("http:", "ws:") + "/live"
    return LiveClient(url, api_key=api.key, event=event, back_off_s=0.05, chance=random.Random(1), **options)


async def news(reader: Any) -> Update | Snapshot:
    async with asyncio.timeout(PATIENCE_S):
        found: Update | Snapshot = await anext(reader)
        return found


@pytest.mark.gen_test
async def test_scan_over_the_socket_reaches_every_client_and_the_counts(api: Api) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    codes = [ticket["code"] for ticket in await api.book(event, 3)]
    async with client(device, event["uuid"]) as door, client(api.admin, event["uuid"]) as desk:
        door_news, desk_news = door.updates(), desk.updates()
        first = await news(door_news)
        assert isinstance(first, Snapshot)
        await news(desk_news)
        answers = await asyncio.gather(*[door.scan(code) for code in codes], door.scan(codes[0]))
        assert sorted(answer["code"] for answer in answers) == ["admitted"] * 3 + ["already_scanned"]
        for reader in (door_news, desk_news):
            heard = [await news(reader) for _ in range(4)]
            assert [update.seq for update in heard] == list(range(first.seq + 1, first.seq + 5))
        assert door.state["occupancy"]["admitted"] == 3
        counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
        for name in ("admitted", "inside", "denied", "booked", "seq", "doors"):
            assert desk.state["occupancy"][name] == counts[name]
        assert "name" in desk.state["recent"][0]["data"]
        assert "name" not in door.state["recent"][0]["data"]


@pytest.mark.gen_test
async def test_archived_device_loses_its_socket_at_once(api: Api) -> None:
    event = await api.make_event()
    created = (await api.admin.post("/api/devices", {"name": "Gate", "event": event["uuid"]})).body
    paired = (await api.get(f"/scan/{created['pairing']['token']}/pair")).body
    async with client(api.with_key(paired["api_key"]), event["uuid"]) as door:
        reader = door.updates()
        await news(reader)
        assert (await api.admin.post(f"/api/devices/{created['uuid']}/archive")).status == 200
        with pytest.raises(LiveEnded) as ended:
            while True:
                await news(reader)
        assert ended.value.code == CloseCode.NO_LONGER_ALLOWED


@pytest.mark.gen_test
async def test_no_flow_names_the_guest_of_another_event(api: Api) -> None:
    own, other = await api.make_event(), await api.make_event()
    device = await api.make_device(own)
    [guest], [stranger] = await api.book(own), await api.book(other)
    async with client(api.admin, own["uuid"]) as desk, client(api.admin, own["uuid"]) as late:
        reader = desk.updates()
        await news(reader)
        assert (await device.scan(stranger["code"])).body["code"] == "wrong_event"
        assert (await device.scan(guest["code"])).body["code"] == "admitted"
        heard = [await news(reader), await news(reader)]
        await news(late.updates())
        named = [{update.data["ticket"]: update.data.get("name") for update in heard if isinstance(update, Update)}]
        named.append({item["data"]["ticket"]: item["data"].get("name") for item in late.state["recent"][:2]})
    assert named == [{stranger["id"]: None, guest["id"]: "Ada Lovelace"}] * 2


@asynccontextmanager
async def socket_of(api: Api) -> AsyncIterator[Browser]:
    """Open a device's socket without the reference client, which waits and asks again where it is slowed down."""
    browser = Browser(await websocket_connect(api.url.replace("http:", "ws:") + "/live"))
    await browser.say("hello", id=0, api_key=api.key)
    await browser.hear("welcome")
    try:
        yield browser
    finally:
        await browser.close()


@pytest.mark.parametrize(("verb", "path"), [("scan", "/scan/ticket/"), ("check", "/scan/check_ticket/")])
@pytest.mark.gen_test
async def test_unknown_barcodes_are_limited_on_the_socket_and_over_http_together(
    api: Api, hub: Hub, verb: str, path: str
) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    async with socket_of(device) as door:
        for n in range(hub.settings.unknown_barcodes_per_min):
            await door.say(verb, id=n, qrcode_data=f"unknown {n}")
            answer = await door.hear("result")
            assert (answer["id"], answer["status"], answer["code"]) == (n, 400, "invalid_code")
        await door.say(verb, id=900, qrcode_data="unknown again")
        assert (await door.hear("error"))["code"] == "slow_down"
    assert (await device.post(path, {"qrcode_data": "unknown again"})).status == 429


@pytest.mark.gen_test
async def test_check_ins_by_hand_are_limited_on_the_socket_and_over_http_together(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    [ticket] = await api.book(event)
    device = await api.make_device(event, may=["search"])
    for _ in range(hub.settings.manual_check_ins_per_min - 1):
        hub.limits.manual_check_ins.take((await device.get("/api/me")).body["id"])
    async with socket_of(device) as door:
        await door.say("scan", id=1, ticket_uuid=ticket["id"])
        assert (await door.hear("result"))["code"] == "admitted"
        await door.say("scan", id=2, ticket_uuid=ticket["id"])
        assert (await door.hear("error"))["code"] == "slow_down"
    assert (await device.post("/scan/ticket/", {"ticket_uuid": ticket["id"]})).status == 429


@pytest.mark.gen_test
async def test_a_result_on_the_socket_is_the_answer_over_http(api: Api) -> None:
    event = await api.make_event()
    [ticket] = await api.book(event)
    device = await api.make_device(event)
    sent = {"qrcode_data": ticket["code"], "nonce": "the same"}
    async with socket_of(device) as door:
        await door.say("scan", id=7, **sent)
        first = await door.hear("result")
        again = await device.post("/scan/ticket/", sent)
    envelope = {"type": "result", "id": 7, "status": again.status, "request_id": first["request_id"]}
    assert {**first, "replayed": True} == {**again.body, **envelope}


@pytest.mark.gen_test
async def test_the_delay_of_updates_is_measured(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    (ticket,) = await api.book(event)
    async with client(api.admin, event["uuid"]) as desk:
        updates = desk.updates()
        await news(updates)
        measured = value(hub.metrics.exposition(), "scanhub_live_delay_seconds_count")
        await device.scan(ticket["code"])
        await news(updates)
        told = hub.meter.exposition()
    assert value(told, "scanhub_live_delay_seconds_count") == measured + 1
    assert 0 <= value(told, "scanhub_live_delay_seconds_sum") < PATIENCE_S
    assert 0 <= value(told, "scanhub_live_lag_seconds") < PATIENCE_S
