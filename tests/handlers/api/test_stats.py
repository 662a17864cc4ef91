"""Statistics of an event over REST (docs/booking-api.md, the evening)."""

from datetime import timedelta
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Api
from tests.jobs.second_hub import another_hub

GUEST = {"first_name": "Ada", "last_name": "Lovelace"}
VIP = {**GUEST, "product": "VIP"}
NOBODY: dict[str, int] = {"admitted": 0, "exited": 0, "denied": 0}


async def stats(api: Api, event: Any) -> Any:
    answer = await api.admin.get(f"/api/events/{event['uuid']}/stats")
    assert answer.status == 200, answer.raw
    return answer.body


async def by_product(api: Api, event: Any) -> dict[Any, tuple[int, int, int]]:
    """Return who is booked, who came and who has not come (yet), by product."""
    products = (await stats(api, event))["products"]
    return {p["name"]: (p["booked"], p["came"], p["no_show"] + p["expected"]) for p in products}


@pytest.mark.gen_test
async def test_an_event_that_has_not_begun_has_empty_figures(api: Api) -> None:
    event = await api.make_event()
    got = await stats(api, event)
    doors = [{"id": door["id"], "name": door["name"], **NOBODY} for door in event["doors"]]
    assert (got["booked"], got["came"], got["no_show"], got["peak"]) == (0, 0, 0, None)
    assert (got["doors"], got["products"], got["refusals"], got["curve"]) == (doors, [], [], [])


@pytest.mark.gen_test
async def test_figures_by_door_product_reason_and_five_minutes(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    north, south = await api.make_device(event), await api.make_device(event, 1)
    first, second = await api.book(event, 2)
    (vip,) = await api.book(event, tickets=[VIP])
    await api.book(event, tickets=[GUEST])
    await north.scan(first["code"])
    clock.advance(timedelta(minutes=4))
    await north.scan(vip["code"])
    clock.advance(timedelta(minutes=1))
    await south.scan(second["code"])
    await south.scan(first["code"])
    await south.scan("nonsense")
    await south.scan("nonsense")
    clock.advance(timedelta(minutes=10))
    await south.scan(first["code"], direction="out")
    got = await stats(api, event)
    d1, d2 = (door["id"] for door in event["doors"])
    assert got["seq"] == (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["seq"]
    assert (got["booked"], got["came"], got["no_show"], got["expected"]) == (4, 3, 0, 1), "it begins at 19:30"
    assert [(door["admitted"], door["exited"], door["denied"]) for door in got["doors"]] == [(2, 0, 0), (1, 1, 3)]
    assert got["products"] == [
        {"name": "Standard", "booked": 2, "came": 2, "no_show": 0, "expected": 0},
        {"name": "VIP", "booked": 1, "came": 1, "no_show": 0, "expected": 0},
        {"name": None, "booked": 1, "came": 0, "no_show": 0, "expected": 1},
    ]
    assert got["refusals"] == [{"code": "invalid_code", "count": 2}, {"code": "already_scanned", "count": 1}]
    assert got["peak"] == {"inside": 3, "at": "2026-12-24T18:35:00Z"}
    assert got["step_minutes"] == 5
    assert got["curve"] == [
        {
            "at": "2026-12-24T18:30:00Z",
            "arrived": 2,
            **NOBODY,
            "admitted": 2,
            "inside": 2,
            "doors": {d1: {**NOBODY, "admitted": 2}},
        },
        {
            "at": "2026-12-24T18:35:00Z",
            "arrived": 1,
            **NOBODY,
            "admitted": 1,
            "denied": 3,
            "inside": 3,
            "doors": {d2: {**NOBODY, "admitted": 1, "denied": 3}},
        },
        {
            "at": "2026-12-24T18:45:00Z",
            "arrived": 0,
            **NOBODY,
            "exited": 1,
            "inside": 2,
            "doors": {d2: {**NOBODY, "exited": 1}},
        },
    ]


@pytest.mark.gen_test
async def test_what_a_door_did_alone_stands_at_its_own_time_however_late_it_comes(
    api: Api, clock: SettableClock
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    first, second = await api.book(event, 2)
    await gate.scan(first["code"])
    clock.advance(timedelta(minutes=10))
    await gate.scan(first["code"], direction="out")
    assert (await stats(api, event))["peak"]["inside"] == 1
    fact = {"qrcode_data": second["code"], "nonce": "n1", "scanned_at": "2026-12-24T18:20:00Z", "verdict": "admitted"}
    await gate.post("/scan/batch/", {"scans": [fact]})
    got = await stats(api, event)
    assert [(step["at"][11:16], step["inside"]) for step in got["curve"]] == [("18:20", 1), ("18:30", 2), ("18:40", 1)]
    assert got["peak"] == {"inside": 2, "at": "2026-12-24T18:30:00Z"}


@pytest.mark.gen_test
async def test_what_is_undone_is_taken_off_again(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["undo"])
    (ticket,) = await api.book(event)
    scanned = (await gate.scan(ticket["code"])).body
    undo = {"ticket_uuid": ticket["id"], "seq": scanned["seq"], "nonce": "u1"}
    assert (await gate.post("/scan/undo/", undo)).status == 200
    got = await stats(api, event)
    (step,) = got["curve"]
    assert (got["came"], got["expected"], step["arrived"], step["admitted"], step["inside"]) == (0, 1, 0, 0, 0)
    assert got["doors"][0]["admitted"] == 0


@pytest.mark.gen_test
async def test_cancelled_and_deleted_tickets_are_no_no_shows(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    came, canceled, came_canceled, deleted, came_deleted, twice = await api.book(event, 6)
    for ticket in (came, came_canceled, came_deleted):
        await gate.scan(ticket["code"])
    for ticket in (canceled, came_canceled, twice):
        await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
    for ticket in (deleted, came_deleted, twice):
        await api.admin.request("DELETE", f"/api/tickets/{ticket['id']}")
    assert await by_product(api, event) == {"Standard": (1, 3, 0)}
    await api.book(event)
    assert await by_product(api, event) == {"Standard": (2, 3, 1)}


@pytest.mark.gen_test
async def test_figures_added_up_bit_by_bit_are_those_that_another_process_adds_up_at_once(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    for ticket in await api.book(event, 4):
        await gate.scan(ticket["code"])
        await stats(api, event)
        clock.advance(timedelta(minutes=2))
        await gate.scan(ticket["code"])
    async with another_hub(hub) as other:
        fresh, grown = await other.stats.tally(event["uuid"]), await hub.stats.tally(event["uuid"])
    assert fresh == grown


@pytest.mark.gen_test
async def test_a_door_that_is_gone_keeps_what_it_did(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, 1)
    (ticket,) = await api.book(event)
    await gate.scan(ticket["code"])
    (device,) = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    await api.admin.request("PATCH", f"/api/devices/{device['uuid']}", {"door": event["doors"][0]["id"]})
    changed = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"doors": event["doors"][:1]})
    assert changed.status == 200, changed.raw
    gone = {"id": event["doors"][1]["id"], "name": None, **NOBODY, "admitted": 1}
    assert (await stats(api, event))["doors"][1] == gone


@pytest.mark.gen_test
@pytest.mark.parametrize("path", ["stats", "report"])
async def test_figures_are_for_those_who_may_read_tickets(api: Api, path: str) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    address = f"/api/events/{event['uuid']}/{path}"
    assert (await api.get(address)).status == 401
    assert (await gate.get(address)).status == 403
    assert (await api.admin.get(address + "/")).status == 200
    for unknown in ("hub", "no-uuid", "00000000-0000-4000-8000-000000000000"):
        answer = await api.admin.get(f"/api/events/{unknown}/{path}")
        assert (answer.status, answer.body["code"]) == (404, "not_found")
