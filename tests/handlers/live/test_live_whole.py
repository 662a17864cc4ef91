"""The whole way of a scan: socket, journal, tail, and every client's socket, on the real database."""

import asyncio
import random
from typing import Any

import pytest

from hub.client.client import LiveClient, LiveEnded
from hub.client.replica import Snapshot, Update
from hub.live.protocol import CloseCode
from tests.api import Api


def client(api: Api, event: str, **options: Any) -> LiveClient:
    assert api.key is not None
    url = api.url.replace("http:", "ws:") + "/live"
    return LiveClient(url, api_key=api.key, event=event, back_off_s=0.05, chance=random.Random(1), **options)


async def news(reader: Any) -> Update | Snapshot:
    async with asyncio.timeout(10):
        found: Update | Snapshot = await anext(reader)
        return found


@pytest.mark.gen_test(timeout=30)
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


@pytest.mark.gen_test(timeout=30)
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
