"""Alerts: journaled once, by whichever process checks, with their end, and listed while they stand."""

import asyncio
import base64
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from hub.app import Hub
from hub.clock import SettableClock
from hub.model.alert import Alert
from hub.model.journal import Entry
from hub.model.kinds import ALERT_KINDS
from tests.api import Api
from tests.eventually import eventually
from tests.handlers.live.sse_client import watching
from tests.jobs.second_hub import Worker, another_hub

ZONE = {"zones": [{"name": "Balcony", "max_inside": 10}], "doors": [{"name": "Balcony stairs", "into": "Balcony"}]}


async def told(hub: Hub, event: Any) -> list[Entry]:
    entries = await hub.store.journal.read(event["uuid"], 0, 10_000)
    return [entry for entry in entries if entry.kind in ALERT_KINDS]


async def kinds(hub: Hub, event: Any) -> list[str]:
    return [entry.kind for entry in await told(hub, event)]


async def standing(api: Api, event: Any) -> Any:
    answer = await api.admin.get(f"/api/events/{event['uuid']}/alerts")
    assert answer.status == 200, answer.raw
    return answer.body


async def say(hub: Hub, api: Api, device: Api, event: Any, **info: Any) -> None:
    """Have the device tell of itself, and wait until that is written down."""
    header = base64.urlsafe_b64encode(json.dumps(info).encode()).decode()
    assert (await device.get("/scan/test_api", X_Device_Info=header)).status == 200

    async def is_written() -> bool:
        found = await the_device(api, event)
        return bool(found["info"] == info and found["last_seen_at"] is not None)

    await eventually(is_written)


async def the_device(api: Api, event: Any) -> Any:
    (device,) = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    return device


@pytest.mark.gen_test
async def test_a_low_battery_and_a_long_queue_are_told_once_and_when_they_are_over(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    for info in ({"battery": 80, "queue": 0}, {"battery": 15, "queue": 10}, {"battery": 16, "queue": 30}):
        await say(hub, api, gate, event, **info)
        await hub.alert_monitor.check()
        await hub.alert_monitor.check()
    low, queue = sorted(await told(hub, event), key=lambda entry: entry.kind)
    device, door = await the_device(api, event), event["doors"][0]
    assert (low.kind, low.device, low.door) == ("device.low_battery", device["uuid"], door["id"])
    assert low.data == {"alert": f"{device['uuid']}/device.low_battery", "battery": 15}
    assert (queue.kind, queue.data["queue"]) == ("device.queue", 10)
    shown = await standing(api, event)
    assert sorted(each["kind"] for each in shown) == ["device.low_battery", "device.queue"]
    assert {each["device_name"] for each in shown} == {"Gate 1"}
    assert {each["door_name"] for each in shown} == {door["name"]}
    await say(hub, api, gate, event, battery=90, queue=0)
    await hub.alert_monitor.check()
    charged, sent = sorted((await told(hub, event))[2:], key=lambda entry: entry.kind)
    assert (charged.kind, charged.data) == ("device.charged", {"alert": low.data["alert"], "battery": 90})
    assert (sent.kind, sent.data) == ("device.queue_sent", {"alert": queue.data["alert"], "queue": 0})
    assert await standing(api, event) == []


@pytest.mark.gen_test
async def test_a_device_that_goes_out_of_service_takes_its_alerts_along(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await say(hub, api, gate, event, battery=5)
    await hub.alert_monitor.check()
    await api.admin.post(f"/api/devices/{(await the_device(api, event))['uuid']}/archive")
    for _ in range(2):
        await hub.alert_monitor.check()
    low, gone = await told(hub, event)
    assert (gone.kind, gone.data) == ("device.charged", {"alert": low.data["alert"], "reason": "gone"})


@pytest.mark.gen_test
async def test_a_device_that_serves_all_events_tells_the_hub_and_is_listed_with_each(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, None, event=None)
    await say(hub, api, gate, event, battery=5)
    await hub.alert_monitor.check()
    assert await told(hub, event) == []
    assert [entry.kind for entry in await told(hub, {"uuid": "hub"})] == ["device.low_battery"]
    (shown,) = await standing(api, event)
    assert (shown["kind"], shown["door"], shown["device_name"]) == ("device.low_battery", None, "Gate 1")


@pytest.mark.gen_test
async def test_a_limit_is_near_for_the_house_and_for_each_zone_and_does_not_flap(api: Api, hub: Hub) -> None:
    event = await api.make_event(max_inside=20, reentry="reentry", **ZONE)
    gate = await api.make_device(event, may=["headcount"])

    async def count(delta: int, nonce: str) -> None:
        answer = await gate.post("/scan/headcount/", {"delta": delta, "kind": "crew", "nonce": nonce})
        assert answer.status == 200, answer.raw
        await hub.alert_monitor.check()

    for n, delta in enumerate((8, 1, 1, -1, 1)):
        await count(delta, str(n))
    (near,) = await told(hub, event)
    name = f"{event['uuid']}/{event['zones'][0]['id']}/limit.near"
    assert (near.kind, near.data) == ("limit.near", {"alert": name, "zone": "Balcony", "inside": 9, "limit": 10})
    await count(-5, "out")
    assert (await told(hub, event))[1].data == {"alert": name, "zone": "Balcony", "inside": 5, "limit": 10}
    for path, body in (("recount", {"zone": None, "inside": 18, "reason": "by hand"}),):
        await api.admin.post(f"/api/events/{event['uuid']}/{path}", body)
    await hub.alert_monitor.check()
    (shown,) = await standing(api, event)
    assert (shown["kind"], shown["data"]) == ("limit.near", {"zone": None, "inside": 18, "limit": 20})
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"max_inside": None})
    await hub.alert_monitor.check()
    assert await kinds(hub, event) == ["limit.near", "limit.clear"] * 2


@pytest.mark.gen_test
async def test_doors_of_all_events_are_looked_at_by_one_question_and_each_by_its_own_scans(
    api: Api, hub: Hub, clock: SettableClock, _mongo: MongoClient[dict[str, Any]]
) -> None:
    """Doors of different events have the same ids: another event's scans neither raise nor hide an alert."""
    still, busy, quiet = [await api.make_event(name=name) for name in ("Still", "Busy", "Quiet")]
    gates = [await api.make_device(still), *[await api.make_device(busy, door) for door in (0, 1)]]
    for gate in [*gates, await api.make_device(quiet)]:
        await gate.scan("nonsense")
    other = await api.make_device(still, 1)
    for _ in range(6):
        clock.advance(timedelta(seconds=40))
        for gate in (other, *gates[1:]):
            await gate.scan("nonsense")
    database = _mongo[hub.settings.database]
    database.command("profile", 2)
    await hub.alert_monitor.check()
    database.command("profile", 0)
    questions = list(database["system.profile"].find({"command.aggregate": "journal"}))
    database.drop_collection("system.profile")
    assert [await kinds(hub, event) for event in (still, busy, quiet)] == [["door.stalled"], [], []]
    assert len([each for each in questions if "at" in each["command"]["pipeline"][0]["$match"]]) == 1


@pytest.mark.gen_test
async def test_a_door_that_stands_still_while_others_scan_is_told_once_and_when_it_moves(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event()
    north, south = await api.make_device(event), await api.make_device(event, 1)
    await north.scan("nonsense")
    await south.scan("nonsense")
    for _ in range(6):
        clock.advance(timedelta(seconds=40))
        await south.scan("nonsense")
        await hub.alert_monitor.check()
    (stalled,) = await told(hub, event)
    assert (stalled.kind, stalled.door) == ("door.stalled", event["doors"][0]["id"])
    assert stalled.data["since"] == "2026-12-24T18:30:00+00:00"
    assert stalled.at == clock.now() - timedelta(seconds=40)
    await north.scan("nonsense")
    await hub.alert_monitor.check()
    assert await kinds(hub, event) == ["door.stalled", "door.moving"]
    clock.advance(timedelta(minutes=10))
    await hub.alert_monitor.check()
    assert len(await told(hub, event)) == 2, "nobody scans: nothing stands still"


@pytest.mark.gen_test
async def test_of_several_processes_that_look_at_once_one_tells(api: Api, hub: Hub) -> None:
    event = await api.make_event(max_inside=1)
    gate = await api.make_device(event, may=["headcount"])
    await say(hub, api, gate, event, battery=5)
    async with another_hub(hub) as second, another_hub(hub) as third:
        for delta, number in ((1, 2), (-1, 3)):
            await gate.post("/scan/headcount/", {"delta": delta, "kind": "crew", "nonce": str(delta)})
            await asyncio.gather(*[each.alert_monitor.check() for each in (hub, second, third)])
            assert len(await told(hub, event)) == number
        await gate.post("/scan/headcount/", {"delta": 1, "kind": "crew", "nonce": "again"})
        await asyncio.gather(*[Worker(each).run("alerts") for each in (hub, second, third)])
    assert sorted(await kinds(hub, event)) == ["device.low_battery", "limit.clear", "limit.near", "limit.near"]


@pytest.mark.gen_test
async def test_what_another_process_raises_meanwhile_is_not_taken_for_gone(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    read = hub.store.alerts.all

    async def read_late() -> list[Alert]:
        async with another_hub(hub) as other:
            made.append(await api.make_event(max_inside=1))
            gate = await api.make_device(made[0], may=["headcount"])
            await gate.post("/scan/headcount/", {"delta": 1, "kind": "crew", "nonce": "n1"})
            await other.alert_monitor.check()
        return await read()

    monkeypatch.setattr(hub.store.alerts, "all", read_late)
    await hub.alert_monitor.check()
    assert await kinds(hub, made[0]) == ["limit.near"]


@pytest.mark.gen_test
async def test_an_event_that_is_long_over_has_no_alerts(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await say(hub, api, gate, event, battery=5)
    await hub.alert_monitor.check()
    clock.advance(timedelta(days=1))
    await hub.alert_monitor.check()
    assert await kinds(hub, event) == ["device.low_battery", "device.charged"]


@pytest.mark.parametrize("own_end", ["2026-12-26T02:00:00+01:00", None])
@pytest.mark.gen_test
async def test_an_event_with_a_later_showing_has_alerts_until_that_is_long_over(
    api: Api, hub: Hub, clock: SettableClock, own_end: str | None
) -> None:
    later = {"date": "2026-12-25", "time": "20:30", "capacity": 5, "ends_at": own_end}
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 5}, later])
    gate = await api.make_device(event)
    clock.set(datetime.fromisoformat("2026-12-25T21:00:00+01:00"))
    await say(hub, api, gate, event, battery=5)
    await hub.alert_monitor.check()
    assert await kinds(hub, event) == ["device.low_battery"], "its own end was 19 hours ago"
    clock.set(datetime.fromisoformat("2026-12-26T08:29:59+01:00"))
    await hub.alert_monitor.check()
    assert await kinds(hub, event) == ["device.low_battery"]
    clock.set(datetime.fromisoformat("2026-12-26T14:00:00+01:00"))
    await hub.alert_monitor.check()
    assert await kinds(hub, event) == ["device.low_battery", "device.charged"]


@pytest.mark.gen_test
async def test_a_dashboard_is_told_live_and_one_that_loads_later_finds_what_stands(api: Api, hub: Hub) -> None:
    event = await api.make_event(max_inside=1)
    gate = await api.make_device(event, may=["headcount"])
    async with watching(api.admin, event["uuid"]) as early:
        assert (await early.hear("snapshot")).data["state"]["alerts"] == []
        await say(hub, api, gate, event, battery=5)
        await gate.post("/scan/headcount/", {"delta": 1, "kind": "crew", "nonce": "n1"})
        await hub.alert_monitor.check()
        heard: set[str] = set()
        while len(heard) < 2:
            items = (await early.hear("updates")).data["items"]
            heard |= {item["kind"] for item in items} & ALERT_KINDS
        assert heard == {"device.low_battery", "limit.near"}
        async with watching(api.admin, event["uuid"]) as late, watching(gate, event["uuid"]) as scanner:
            for each, expected in ((late, heard), (scanner, {"limit.near"})):
                alerts = (await each.hear("snapshot")).data["state"]["alerts"]
                assert {alert["kind"] for alert in alerts} == expected


@pytest.mark.gen_test
async def test_alerts_are_for_those_who_may_read_tickets(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    path = f"/api/events/{event['uuid']}/alerts"
    assert [(await each.get(path)).status for each in (api, gate, api.admin)] == [401, 403, 200]
    assert (await api.admin.get("/api/events/no-uuid/alerts")).status == 404
