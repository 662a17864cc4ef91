"""Corrections at the door: undo, headcount, recount (scan-api.md)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from hub.clock import SettableClock
from tests.api import Answer, Api


async def occupancy(api: Api, event: Any) -> Any:
    return (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body


async def undo(gate: Api, ticket: Any, seq: int, **fields: Any) -> Answer:
    return await gate.post("/scan/undo/", {"ticket_uuid": ticket["id"], "seq": seq, **fields})


@pytest.mark.gen_test
async def test_an_undone_scan_counts_for_nothing_and_the_ticket_is_good_again(api: Api) -> None:
    event = await api.make_event(zones=[{"name": "Hall"}], doors=[{"name": "North", "into": "Hall"}])
    gate = await api.make_device(event, may=["undo"])
    [ticket] = await api.book(event)
    before = await occupancy(api, event)
    seq = (await gate.scan(ticket["code"])).body["seq"]
    undone = await undo(gate, ticket, seq)
    assert undone.status == 200
    assert (undone.body["code"], undone.body["seq"]) == ("undone", seq + 1)
    assert undone.body["ticket"]["is_scanned"] is False
    after = await occupancy(api, event)
    assert {**after, "seq": 0, "as_of": 0} == {**before, "seq": 0, "as_of": 0}
    assert (await gate.scan(ticket["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_undoing_twenty_times_at_once_with_one_nonce_is_one_entry(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["undo"])
    [ticket] = await api.book(event)
    seq = (await gate.scan(ticket["code"])).body["seq"]
    answers = await asyncio.gather(*[undo(gate, ticket, seq, nonce="u") for _ in range(20)])
    assert {(answer.status, answer.body["seq"]) for answer in answers} == {(200, seq + 1)}
    assert (await occupancy(api, event))["seq"] == seq + 1


@pytest.mark.gen_test
async def test_only_the_last_scan_within_a_quarter_of_an_hour_by_a_device_that_may(
    api: Api, clock: SettableClock
) -> None:
    event = await api.make_event(reentry="reentry")
    plain, gate = await api.make_device(event), await api.make_device(event, may=["undo"])
    [ticket] = await api.book(event)
    first = (await gate.scan(ticket["code"])).body["seq"]
    assert (await undo(plain, ticket, first)).status == 403
    second = (await gate.scan(ticket["code"], direction="out")).body["seq"]
    not_last = await undo(gate, ticket, first)
    assert (not_last.status, not_last.body["code"]) == (409, "not_last")
    assert (await undo(gate, ticket, 9999)).status == 404
    assert (await undo(gate, {"id": "nothing"}, 1)).status == 400
    clock.advance(timedelta(minutes=15, seconds=1))
    assert (await undo(gate, ticket, second)).body["code"] == "too_late"
    assert (await undo(api.admin, ticket, second)).body["code"] == "undone"


@pytest.mark.gen_test
async def test_undoing_an_exit_needs_room_inside(api: Api) -> None:
    event = await api.make_event(max_inside=1, reentry="reentry")
    gate = await api.make_device(event, may=["undo"])
    first, second = await api.book(event, 2)
    await gate.scan(first["code"])
    left = (await gate.scan(first["code"], direction="out")).body["seq"]
    await gate.scan(second["code"])
    refused = await undo(gate, first, left)
    assert (refused.status, refused.body["code"]) == (409, "full")
    assert (await occupancy(api, event))["inside"] == 1


@pytest.mark.gen_test
async def test_people_without_tickets_count_up_to_the_limit_and_never_below_none(api: Api) -> None:
    event = await api.make_event(max_inside=3)
    plain, gate = await api.make_device(event), await api.make_device(event, may=["headcount"])

    async def count(delta: int, **fields: Any) -> Answer:
        return await gate.post("/scan/headcount/", {"delta": delta, "kind": "crew", **fields})

    assert (await plain.post("/scan/headcount/", {"delta": 1, "kind": "crew"})).status == 403
    counted = await count(2, nonce="h1")
    assert counted.body == {
        "success": True,
        "code": "counted",
        "message": "Headcount recorded",
        "seq": 1,
        "headcount": 2,
        "inside": 2,
    }
    assert (await count(2, nonce="h1")).body["replayed"] is True
    assert (await count(2)).body["code"] == "full"
    assert (await count(-3)).body["code"] == "not_inside"
    assert (await count(0)).status == 400
    assert (await gate.post("/scan/headcount/", {"delta": 1, "kind": "dog"})).status == 400
    [first, second] = await api.book(event, 2)
    assert (await gate.scan(first["code"])).body["code"] == "admitted"
    assert (await gate.scan(second["code"])).body["code"] == "full"
    assert (await count(-1)).body["headcount"] == 1
    counts = await occupancy(api, event)
    assert (counts["inside"], counts["headcount"], counts["admitted"]) == (2, 1, 1)


@pytest.mark.gen_test
async def test_a_recount_is_right_and_exits_after_it_never_fall_below_zero(api: Api) -> None:
    event = await api.make_event(zones=[{"name": "Hall"}], doors=[{"name": "North", "into": "Hall"}])
    gate = await api.make_device(event)
    path = f"/api/events/{event['uuid']}/recount"
    tickets = await api.book(event, 3)
    for ticket in tickets:
        await gate.scan(ticket["code"])
    assert (await api.admin.post(path, {"zone": "Hall", "inside": 1, "reason": "by hand"})).body["zones"][0][
        "inside"
    ] == 1
    assert (await api.admin.post(path, {"zone": None, "inside": 2, "reason": "by hand"})).body["inside"] == 2
    for ticket in tickets:
        assert (await gate.scan(ticket["code"], direction="out")).body["code"] == "exited"
    counts = await occupancy(api, event)
    assert (counts["inside"], counts["zones"][0]["inside"]) == (0, 0)
    assert (await api.admin.post(path, {"zone": "Moon", "inside": 1, "reason": "x"})).status == 422
    assert (await api.admin.post(path, {"inside": -1, "reason": "x"})).status == 400
    assert (await gate.post(path, {"inside": 1, "reason": "x"})).status == 403
