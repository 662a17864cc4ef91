"""A device that may moves itself to another door of its event (scan-api.md, Change the door)."""

import asyncio
from typing import Any

import pytest

from hub.app import Hub
from hub.model.journal import HUB_STREAM
from tests.api import Answer, Api
from tests.eventually import eventually


async def choose(gate: Api, door: Any) -> Answer:
    return await gate.post("/scan/door/", {"door": door})


async def where(api: Api, event: Any) -> Any:
    (device,) = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    return device["door"]


async def moves(hub: Hub) -> list[Any]:
    """Return the journal's entries of devices that moved themselves."""
    entries = await hub.store.journal.read(HUB_STREAM, 0)
    return [entry for entry in entries if entry.data.get("by") == "device"]


@pytest.mark.gen_test
async def test_a_device_that_may_changes_its_door_and_scans_there_from_then_on(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    first, second = await api.book(event, 2)
    gate = await api.make_device(event, may=["door"])
    assert (await gate.scan(first["code"])).body["code"] == "admitted"
    moved = await choose(gate, "d2")
    assert (moved.status, moved.body) == (
        200,
        {"success": True, "code": "door_chosen", "message": "Door chosen", "door": "d2"},
    )

    async def is_known() -> bool:
        return bool((await gate.get("/scan/test_api/")).body["device_info"]["door"] == "d2")

    await eventually(is_known)
    assert await where(api, event) == "d2"
    assert (await gate.scan(second["code"])).body["code"] == "admitted"
    doors = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["doors"]
    assert [(door["id"], door["admitted"]) for door in doors] == [("d1", 1), ("d2", 1)]
    (entry,) = await moves(hub)
    assert entry.kind == "device.changed"
    assert (entry.data["before"], entry.data["door"], entry.data["event"]) == ("d1", "d2", event["uuid"])


@pytest.mark.gen_test
async def test_the_same_door_again_is_no_change_and_ten_at_once_end_at_one_door(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["door"])
    assert (await choose(gate, "d1")).body["door"] == "d1"
    assert await moves(hub) == []
    answers = await asyncio.gather(*(choose(gate, f"d{1 + n % 2}") for n in range(10)))
    assert {answer.status for answer in answers} == {200}
    assert (await moves(hub))[-1].data["door"] == await where(api, event)


@pytest.mark.gen_test
async def test_no_other_device_chooses_a_door_and_no_door_of_another_event_is_chosen(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    await api.make_event(name="Other", doors=[{"name": f"Door {n}"} for n in range(5)])
    plain = await api.make_device(event, may=["force", "undo", "search", "names", "headcount", "sell", "over_limit"])
    assert (await choose(plain, "d2")).body["code"] == "not_allowed"
    everywhere = await api.admin.post("/api/devices", {"name": "All", "may": ["door"]})
    paired = await api.with_key(None).get(f"/scan/{everywhere.body['pairing']['token']}/pair")
    assert (await choose(api.with_key(paired.body["api_key"]), "d1")).status in (400, 403)
    assert (await choose(api.with_key("x.y"), "d1")).body["code"] == "bad_key"
    assert (await choose(api.admin, "d1")).status == 403
    gate = await api.make_device(event, may=["door"])
    for wrong in ("d5", "", "North door", None, 1, ["d2"], {"$ne": "d1"}, "d2\x00", "x" * 5000):
        answer = await choose(gate, wrong)
        assert (answer.status, answer.body["code"]) == (400, "bad_request"), wrong
    assert (await gate.post("/scan/door/", {})).status == 400
    assert await moves(hub) == []


@pytest.mark.gen_test
async def test_a_right_that_is_taken_and_a_phone_that_is_archived_choose_no_door(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["door"])
    (device,) = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    await api.admin.request("PATCH", f"/api/devices/{device['uuid']}", {"may": []})
    assert (await choose(gate, "d2")).body["code"] == "not_allowed"
    await api.admin.request("PATCH", f"/api/devices/{device['uuid']}", {"may": ["door"]})
    await api.admin.post(f"/api/devices/{device['uuid']}/archive")
    assert (await choose(gate, "d2")).body["code"] == "device_archived"
    assert await moves(hub) == []


@pytest.mark.gen_test
async def test_a_door_at_which_a_phone_put_itself_stays_with_the_event(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["door"])
    assert (await choose(gate, "d2")).status == 200
    fewer = {"doors": [door for door in event["doors"] if door["id"] == "d1"]}
    refused = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", fewer)
    assert refused.body["code"] == "door_in_use"
