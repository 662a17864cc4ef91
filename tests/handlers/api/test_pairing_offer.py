"""Offer of a pairing code: shown before it is spent, and a used-up code says so (docs/scan-api.md, pair a device)."""

import asyncio
from typing import Any

import pytest

from hub.clock import SettableClock
from tests.api import Answer, Api

pytestmark = pytest.mark.gen_test


async def a_code(api: Api, event: Any, **fields: Any) -> Any:
    body = {"name": "North", "event": event["uuid"], "door": event["doors"][0]["id"], "may": ["search"]}
    made = await api.admin.post("/api/devices", body | fields)
    assert made.status == 201, made.raw
    return made.body


async def offer(api: Api, code: Any) -> Answer:
    return await api.get(f"/scan/{code['pairing']['token']}/offer")


async def pair(api: Api, code: Any) -> Answer:
    return await api.get(f"/scan/{code['pairing']['token']}/pair")


async def test_a_code_says_what_it_joins_and_spends_nothing(api: Api) -> None:
    event = await api.make_event()
    code = await a_code(api, event)
    answers = [await offer(api, code) for _ in range(3)]
    said = {"organiser": "Example Organization", "device": "North", "event": "Winter concert", "door": "North door"}
    assert [answer.body for answer in answers] == [said | {"may": ["search"]}] * 3
    assert answers[0].headers["Cache-Control"] == "no-store"
    assert (await pair(api, code)).status == 200
    everywhere = (await api.admin.post("/api/devices", {"name": "All"})).body
    assert (await offer(api, everywhere)).body["event"] is None


async def test_a_code_for_several_phones_is_used_up_by_the_last_and_keeps_its_door_from_nothing(api: Api) -> None:
    event = await api.make_event()
    code = await a_code(api, event, uses=3)
    answers = await asyncio.gather(*(pair(api, code) for _ in range(8)))
    assert sorted(answer.status for answer in answers) == [200] * 3 + [400] * 5
    late = await offer(api, code)
    assert (late.status, late.body["code"]) == (400, "pairing_failed")
    assert late.body["message"] == "This pairing code is used up, all 3 are taken: ask the organiser for a new one"
    assert late.body["uses"] == 3
    path = f"/api/events/{event['uuid']}"
    without = {"doors": event["doors"][1:]}
    refused = await api.admin.request("PATCH", path, without)
    assert (refused.status, refused.body["detail"]) == (409, "Devices stand at that door: North 1, North 2, North 3")
    devices = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    joined = [device["uuid"] for device in devices if device["parent"]]
    assert len(joined) == 3
    for device in joined:
        assert (await api.admin.post(f"/api/devices/{device}/archive")).status == 200
    assert (await api.admin.request("PATCH", path, without)).status == 200, "the code itself stands at no door"


async def test_codes_that_were_never_good_tell_nothing(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    archived, renewed, expired = [await a_code(api, event) for _ in range(3)]
    await api.admin.post(f"/api/devices/{archived['uuid']}/archive")
    await api.admin.post(f"/api/devices/{renewed['uuid']}/pairing")
    clock.set(clock.now().replace(hour=23))
    unknown = {"pairing": {"token": "nothing-like-it"}}
    answers = [await offer(api, each) for each in (unknown, archived, renewed, expired)]
    assert {answer.status for answer in answers} == {400}
    assert all(answer.body == answers[0].body for answer in answers)


async def test_a_device_that_never_was_on_a_socket_is_seen_and_not_silent(api: Api) -> None:
    event = await api.make_event()
    await (await api.make_device(event)).get("/scan/test_api/")
    (device,) = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    assert (device["online"], device["silent"]) == (False, False)
