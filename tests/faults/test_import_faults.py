"""An import whose process is killed leaves nothing that anybody sees; what one process completed all have at once."""

from datetime import timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from hub.app import Hub
from hub.clock import SettableClock
from hub.door.response import DoorAnswer
from tests.api import Api
from tests.faults.import_process import Orders
from tests.faults.killed import kill_once, whereabouts
from tests.handlers.importing import a_file, before_completion, import_file, many, send
from tests.jobs.second_hub import Worker, another_hub, entries


async def kill_in_the_middle(
    hub: Hub, clock: SettableClock, event: Any, file: bytes, staged: str = "B000000", **more: Any
) -> None:
    """Begin an import in a process of its own, and kill it once a part is staged, or corrected."""
    orders = Orders(
        **whereabouts(hub.settings),
        event=event["uuid"],
        file=file.decode(),
        now=clock.now(),
        staged=staged,
        **more,
    )
    await kill_once("tests.faults.import_process", orders, "staged")


@pytest.mark.gen_test
async def test_a_killed_import_is_never_seen_and_is_cleared_away_so_that_it_can_be_made_again(
    api: Api, hub: Hub, clock: SettableClock, _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 1000}])
    gate = await api.make_device(event)
    await kill_in_the_middle(hub, clock, event, many(500))
    database = _mongo[hub.settings.database]
    assert 0 < database.tickets.count_documents({}) < 500
    worker = Worker(hub)
    await worker.run("imports")
    assert (await send(api.admin, event, many(1, first=900))).body["code"] == "import_running"
    assert (await gate.scan("B000000")).body["code"] == "invalid_code"
    assert (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body == []
    assert (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["booked"] == 0
    clock.advance(timedelta(seconds=61))
    assert await worker.run("imports") > 0
    assert database.tickets.count_documents({}) == database.reservations.count_documents({}) == 0
    [failed] = await entries(hub, event["uuid"], "import.failed")
    ended = (await api.admin.get(f"/api/imports/{failed.data['id']}")).body
    assert (ended["state"], ended["error"]["code"]) == ("failed", "interrupted")
    assert (await import_file(api.admin, event, many(500)))["state"] == "completed"
    assert (await gate.scan("B000000")).body["code"] == "admitted"
    assert await worker.run("imports") == 0
    assert database.tickets.count_documents({}) == 500


@pytest.mark.gen_test
async def test_what_one_process_imported_the_doors_of_another_admit_at_once_and_not_before(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    async with another_hub(hub) as other:
        assert gate.key is not None
        door = await other.authenticator.by_key(gate.key)
        before: list[DoorAnswer] = []

        async def look_first() -> None:
            before.append((await other.scanning.scan(door, {"qrcode_data": "B000001"}))[1])

        before_completion(monkeypatch, hub.store.journal, look_first)
        assert (await import_file(api.admin, event, many(3)))["state"] == "completed"
        assert [answer.code for answer in before] == ["invalid_code"]
        _, answer = await other.scanning.scan(door, {"qrcode_data": "B000001"})
        assert answer.code == "admitted"


@pytest.mark.gen_test
async def test_a_process_thought_dead_can_make_nothing_true_any_more(
    api: Api, hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)

    async def sleep_too_long() -> None:
        clock.advance(timedelta(seconds=61))
        await Worker(hub).run("imports")

    before_completion(monkeypatch, hub.store.journal, sleep_too_long)
    assert (await import_file(api.admin, event, many(3)))["state"] == "failed"
    assert (await gate.scan("B000001")).body["code"] == "invalid_code"
    assert await entries(hub, event["uuid"], "import.completed") == []


@pytest.mark.gen_test
async def test_a_corrected_list_whose_process_is_killed_has_changed_nothing_and_can_be_imported_again(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 1000}])
    gate = await api.make_device(event)
    head = "barcode,first_name,last_name,status"
    first = a_file(*(f"B{number:06},Ada {number},Lovelace,paid" for number in range(4)), head=head)
    assert (await import_file(api.admin, event, first))["state"] == "completed"
    rows = ["B000000,Ada,Byron,paid", "B000001,Ada 1,Lovelace,refunded"]
    grown = a_file(*rows, *(f"B{number:06},Ada {number},Lovelace,paid" for number in range(2, 500)), head=head)
    await kill_in_the_middle(hub, clock, event, grown, "B000004")
    listed = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert sorted(ticket["name"] for ticket in listed) == [f"Ada {number} Lovelace" for number in range(4)]
    assert {ticket["status"] for ticket in listed} == {"valid"}
    assert (await gate.scan("B000004")).body["code"] == "invalid_code"
    clock.advance(timedelta(seconds=61))
    assert await Worker(hub).run("imports") > 0
    ended = await import_file(api.admin, event, grown)
    assert (ended["added"], ended["changed"], ended["canceled"], ended["unchanged"]) == (496, 1, 1, 2)
    assert [(await gate.scan(f"B{number:06}")).body["code"] for number in range(3)] == [
        "admitted",
        "canceled",
        "admitted",
    ]
    assert (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["booked"] == 499


@pytest.mark.gen_test
async def test_a_long_list_of_corrections_that_is_killed_half_way_says_how_far_it_came_and_goes_on_when_sent_again(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 1000}])
    gate = await api.make_device(event)
    head = "barcode,first_name,last_name,status"
    first = a_file(*(f"B{number:06},Ada,Lovelace,paid" for number in range(120)), head=head)
    assert (await import_file(api.admin, event, first))["state"] == "completed"
    rows = [f"B{number:06},Ada,Byron,{'refunded' if number % 4 == 1 else 'paid'}" for number in range(120)]
    newer = a_file(*rows, "B000900,Eva,Example,paid", head=head)
    await kill_in_the_middle(hub, clock, event, newer, "B000000", named="Ada Byron", corrected_at_once=10)
    counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    [showing] = (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
    canceled = (await api.admin.get(f"/api/tickets?event={event['uuid']}&status=canceled&limit=200")).body
    assert 0 < len(canceled) < 30
    assert counts["booked"] == 1000 - showing["left"] == 120 - len(canceled)
    assert (await gate.scan("B000900")).body["code"] == "invalid_code"
    clock.advance(timedelta(seconds=61))
    assert await Worker(hub).run("imports") > 0
    [failed] = await entries(hub, event["uuid"], "import.failed")
    told = (await api.admin.get(f"/api/imports/{failed.data['id']}")).body
    assert (told["canceled"], failed.data["canceled"], failed.data["fields"]) == (
        len(canceled),
        len(canceled),
        ["tickets"],
    )
    assert str(told["changed"] + told["canceled"]) in told["error"]["message"]
    ended = await import_file(api.admin, event, newer)
    assert ended["state"] == "completed"
    assert (ended["added"], ended["changed"] + told["changed"], ended["canceled"] + told["canceled"]) == (1, 90, 30)
    counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    assert counts["booked"] == 91
    assert (await gate.scan("B000900")).body["code"] == "admitted"
