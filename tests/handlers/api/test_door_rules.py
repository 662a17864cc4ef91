"""The rules at the door, tried through the door: zones, limits, times, products, groups (scan-api.md, the rules)."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from hub.clock import SettableClock
from tests.api import Api


async def occupancy(api: Api, event: Any) -> Any:
    return (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body


@pytest.mark.gen_test
async def test_single_entry_is_used_up_after_the_exit(api: Api) -> None:
    event = await api.make_event(reentry="single")
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
    assert (await gate.scan(ticket["code"])).body["reason_detail"] == "inside"
    assert (await gate.scan(ticket["code"], direction="out")).body["message"] == "Exit recorded"
    again = (await gate.scan(ticket["code"])).body
    assert (again["code"], again["reason_detail"]) == ("already_scanned", "used_up")
    out = (await gate.scan(ticket["code"], direction="out")).body
    assert (out["code"], out["message"]) == ("not_inside", "Ticket is not inside")


@pytest.mark.gen_test
async def test_reentry_lets_in_again_after_the_exit_and_never_twice_inside(api: Api) -> None:
    event = await api.make_event(reentry="reentry")
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    for _ in range(3):
        assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
        assert (await gate.scan(ticket["code"])).body["code"] == "already_scanned"
        assert (await gate.scan(ticket["code"], direction="out")).body["code"] == "exited"
    counts = await occupancy(api, event)
    assert (counts["admitted"], counts["inside"]) == (1, 0)
    assert counts["doors"][0] | {"id": ""} == {"id": "", "name": "North door", "admitted": 3, "exited": 3, "denied": 3}


@pytest.mark.gen_test
async def test_multi_lets_in_so_many_times(api: Api) -> None:
    event = await api.make_event(reentry="multi:3")
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    codes = [(await gate.scan(ticket["code"])).body["code"] for _ in range(4)]
    assert codes == ["admitted"] * 3 + ["already_scanned"]


@pytest.mark.gen_test
async def test_daily_lets_in_once_a_day_and_days_turn_at_five_in_the_events_zone(
    api: Api, clock: SettableClock
) -> None:
    event = await api.make_event(
        reentry="daily",
        ends_at="2026-12-28T02:00:00+01:00",
        showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 9, "ends_at": "2026-12-28T02:00:00+01:00"}],
    )
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
    clock.set(clock.now().replace(day=25, hour=3, minute=59))
    assert (await gate.scan(ticket["code"])).body["code"] == "already_scanned"
    clock.advance(timedelta(minutes=1))
    assert (await gate.scan(ticket["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_times_and_windows_are_told_with_the_time_to_come_back(api: Api, clock: SettableClock) -> None:
    event = await api.make_event(
        admit_before_min=30,
        admit_after_min=60,
        doors=[{"name": "Early"}, {"name": "Late", "opens_at": "2026-12-24T20:15:00+01:00"}],
    )
    early, late = await api.make_device(event, 0), await api.make_device(event, 1)
    first, second = await api.book(event, 2)
    too_early = (await early.scan(first["code"])).body
    assert (too_early["code"], too_early["message"]) == ("too_early", "Ticket is for 20:30; from 20:00")
    clock.set(clock.now().replace(hour=19, minute=5))
    assert (await late.scan(first["code"])).body["code"] == "too_early"
    assert (await early.scan(first["code"])).body["code"] == "admitted"
    clock.set(clock.now().replace(hour=20, minute=31))
    too_late = (await early.scan(second["code"])).body
    assert (too_late["code"], too_late["message"]) == ("too_late", "Ticket is for 20:30; until 21:30")
    assert (await early.scan(first["code"], direction="out")).body["code"] == "exited"


DAYS = [
    ("Europe/Paris", "2026-12-23T20:29:00+01:00", "Ticket is for Thu 24 Dec, 20:30; from 20:00"),
    ("Europe/Paris", "2026-12-24T00:01:00+01:00", "Ticket is for 20:30; from 20:00"),
    ("Europe/Paris", "2026-12-25T00:31:00+01:00", "Ticket is for Thu 24 Dec, 20:30; until Fri 25 Dec, 00:30"),
    ("Pacific/Kiritimati", "2026-12-23T20:29:00+14:00", "Ticket is for Thu 24 Dec, 20:30; from 20:00"),
    ("America/Adak", "2026-12-24T23:59:00-10:00", None),
]


@pytest.mark.parametrize(("timezone", "now", "message"), DAYS)
@pytest.mark.gen_test
async def test_a_wrong_time_names_the_day_where_it_is_not_todays_by_the_events_clock(
    api: Api, clock: SettableClock, timezone: str, now: str, message: str | None
) -> None:
    clock.set(datetime.fromisoformat("2026-12-20T12:00:00Z"))
    span = {"starts_at": "2026-12-24T00:00:00Z", "ends_at": "2026-12-26T00:00:00Z"}
    event = await api.make_event(**span, timezone=timezone, admit_before_min=30, admit_after_min=240)
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    clock.set(datetime.fromisoformat(now))
    answer = (await gate.scan(ticket["code"])).body
    if message is None:
        assert answer["code"] == "admitted"
        return
    assert (answer["code"], answer["message"]) == ("too_early" if "from" in message else "too_late", message)


@pytest.mark.gen_test
async def test_a_door_that_does_not_take_the_product_names_those_that_do(api: Api) -> None:
    event = await api.make_event(
        doors=[
            {"name": "VIP door", "products": ["VIP"]},
            {"name": "South door"},
            {"name": "East", "products": ["Standard"]},
        ]
    )
    vip, south = await api.make_device(event, 0), await api.make_device(event, 1)
    [ticket] = await api.book(event)
    wrong = (await vip.scan(ticket["code"])).body
    assert (wrong["code"], wrong["doors"]) == ("wrong_door", ["South door", "East"])
    assert "South door, East" in wrong["message"]
    assert (await south.scan(ticket["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_exactly_so_many_as_the_house_and_the_zone_hold_get_in_through_all_doors_at_once(api: Api) -> None:
    event = await api.make_event(
        max_inside=20,
        reentry="reentry",
        zones=[{"name": "Balcony", "max_inside": 7}],
        doors=[{"name": "North"}, {"name": "South"}, {"name": "Stairs", "into": "Balcony"}],
    )
    gates = [await api.make_device(event, n) for n in range(3)]
    tickets = await api.book(event, 45)
    answers = await asyncio.gather(*[gates[n % 3].scan(ticket["code"]) for n, ticket in enumerate(tickets)])
    codes = [answer.body["code"] for answer in answers]
    counts = await occupancy(api, event)
    assert codes.count("admitted") == counts["inside"] == counts["admitted"] == 20
    assert codes.count("full") == counts["denied"] == 25
    assert counts["zones"][0]["inside"] <= 7
    assert counts["free"] == 0
    inside = next(t for t, answer in zip(tickets, answers, strict=True) if answer.body["code"] == "admitted")
    waiting = next(t for t, answer in zip(tickets, answers, strict=True) if answer.body["code"] == "full")
    assert (await gates[0].scan(inside["code"], direction="out")).body["code"] == "exited"
    assert (await gates[0].scan(waiting["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_moving_between_zones_is_no_new_entry(api: Api) -> None:
    event = await api.make_event(
        zones=[{"name": "Foyer"}, {"name": "Hall", "max_inside": 1}],
        doors=[{"name": "Entrance", "into": "Foyer"}, {"name": "Hall door", "into": "Hall", "out_of": "Foyer"}],
    )
    entrance, hall = await api.make_device(event, 0), await api.make_device(event, 1)
    first, second = await api.book(event, 2)
    for ticket in (first, second):
        assert (await entrance.scan(ticket["code"])).body["code"] == "admitted"
    assert (await hall.scan(first["code"])).body["code"] == "admitted"
    full = (await hall.scan(second["code"])).body
    assert (full["code"], full["zone"]) == ("full", "Hall")
    counts = await occupancy(api, event)
    assert (counts["admitted"], counts["inside"]) == (2, 2)
    assert {zone["name"]: zone["inside"] for zone in counts["zones"]} == {"Foyer": 1, "Hall": 1}
    assert (await hall.scan(first["code"], direction="out")).body["code"] == "exited"
    counts = await occupancy(api, event)
    assert counts["inside"] == 2
    assert {zone["name"]: zone["inside"] for zone in counts["zones"]} == {"Foyer": 2, "Hall": 0}


@pytest.mark.gen_test
async def test_a_party_goes_in_whole_or_not_at_all(api: Api) -> None:
    event = await api.make_event(max_inside=5)
    gate = await api.make_device(event)
    party = await api.book(event, 4)
    admitted = (await gate.scan(party[0]["code"], count=3)).body
    assert admitted["code"] == "admitted"
    assert (admitted["admitted_count"], admitted["remaining"]) == (3, 1)
    assert {ticket["code"] for ticket in admitted["tickets"]} == {"admitted"}
    assert admitted["tickets"][0]["uuid"] == party[0]["id"]
    counts = await occupancy(api, event)
    assert (counts["admitted"], counts["inside"], counts["doors"][0]["admitted"]) == (3, 3, 3)
    others = await api.book(event, 4)
    full = (await gate.scan(others[0]["code"], count=4)).body
    assert (full["success"], full["code"], full["fits"]) == (False, "full", 2)
    assert (await occupancy(api, event))["inside"] == 3
    assert (await gate.scan(others[0]["code"], count=2)).body["admitted_count"] == 2


@pytest.mark.gen_test
async def test_a_party_scanned_at_two_doors_at_once_goes_in_once(api: Api) -> None:
    event = await api.make_event()
    gates = [await api.make_device(event, n % 2) for n in range(4)]
    for _ in range(5):
        party = await api.book(event, 4)
        answers = await asyncio.gather(*[gate.scan(party[n]["code"], count=3) for n, gate in enumerate(gates)])
        assert sorted(answer.body["success"] for answer in answers) == [False, False, False, True]
    assert (await occupancy(api, event))["admitted"] == 15


@pytest.mark.gen_test
async def test_a_forced_entry_counts_one_person_more_but_no_ticket_twice(api: Api) -> None:
    event = await api.make_event(max_inside=2)
    gate = await api.make_device(event, may=["force"])
    boss = await api.make_device(event, may=["force", "over_limit"])
    [ticket] = await api.book(event)
    await gate.scan(ticket["code"])
    assert (await gate.scan(ticket["code"], force=True, reason="lost child")).body["code"] == "admitted"
    counts = await occupancy(api, event)
    assert (counts["admitted"], counts["inside"]) == (1, 2)
    assert (await gate.scan(ticket["code"], force=True, reason="again")).body["code"] == "full"
    assert (await boss.scan(ticket["code"], force=True, reason="again")).body["code"] == "admitted"
    for _ in range(3):
        assert (await gate.scan(ticket["code"], direction="out")).body["code"] == "exited"
    assert (await occupancy(api, event))["inside"] == 0


@pytest.mark.gen_test
async def test_a_zone_of_n_admits_exactly_n_through_several_doors_at_once(api: Api) -> None:
    event = await api.make_event(
        zones=[{"name": "Hall", "max_inside": 10}],
        doors=[{"name": "Left", "into": "Hall"}, {"name": "Right", "into": "Hall"}],
    )
    gates = [await api.make_device(event, n % 2) for n in range(4)]
    tickets = await api.book(event, 26)
    answers = await asyncio.gather(*[gates[n % 4].scan(ticket["code"]) for n, ticket in enumerate(tickets)])
    codes = [answer.body["code"] for answer in answers]
    assert (codes.count("admitted"), codes.count("full")) == (10, 16)
    assert (await occupancy(api, event))["zones"][0]["inside"] == 10
