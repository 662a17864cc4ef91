"""A night of more than eight hours: no guest inside expires, none is deleted, none buys a dead ticket."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from hub.app import Hub
from hub.clock import SettableClock
from hub.process.bootstrap import prepare
from tests.api import Api
from tests.jobs.second_hub import Worker, another_hub, entries, inside

BEGINS = datetime.fromisoformat("2026-12-24T20:30:00+01:00")
LONG_NIGHT = {"ends_at": "2026-12-25T10:30:00+01:00"}
"""From 20:30 to 10:30, with one showing that has no end of its own."""


async def ticket(api: Api, booked: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await api.admin.get(f"/api/tickets/{booked['id']}")).body
    return found


async def codes(gate: Api, tickets: list[Any]) -> list[str]:
    return [(await gate.scan(each["code"])).body["code"] for each in tickets]


async def run_all(worker: Worker) -> dict[str, int]:
    """Run the jobs that have to do with tickets, as often as they would within a minute."""
    done = {name: await worker.run(name) for name in ("retime", "expire", "delete")}
    return {name: count for name, count in done.items() if count}


@pytest.mark.gen_test
async def test_nobody_inside_expires_at_the_eighth_hour_of_a_long_night(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(**LONG_NIGHT)
    gate, worker = await api.make_device(event), Worker(hub)
    guests = await api.book(event, 7)
    assert await codes(gate, guests[:6]) == ["admitted"] * 6
    clock.set(BEGINS + timedelta(hours=9))
    assert await run_all(worker) == {}
    assert await inside(api, event) == 6
    (sold,) = await api.book(event)
    assert ((await ticket(api, sold))["status"], (await ticket(api, sold))["expired"]) == ("valid", False)
    assert await codes(gate, [sold, guests[6]]) == ["admitted"] * 2
    clock.set(BEGINS + timedelta(hours=14) - timedelta(milliseconds=1))
    assert await run_all(worker) == {}
    clock.set(BEGINS + timedelta(hours=14))
    assert await run_all(worker) == {"expire": 8, "delete": 8}


@pytest.mark.gen_test
async def test_a_showing_that_is_over_sells_no_tickets(api: Api, clock: SettableClock) -> None:
    showings = [{"date": "2026-12-24", "time": time, "capacity": 9} for time in ("20:30", "22:30")]
    event = await api.make_event(**LONG_NIGHT, showings=showings)
    clock.set(BEGINS + timedelta(hours=2))
    order = {"event": event["uuid"], "name": "Ada", "phone_number": "12345", "date": "2026-12-24"}
    over = await api.admin.post("/api/tickets", {**order, "time": "20:30"})
    assert (over.status, over.body["code"]) == (422, "time_over")
    bookable = {
        row["time"]: row["bookable"] for row in (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
    }
    assert bookable == {"20:30": False, "22:30": True}
    clock.set(BEGINS + timedelta(hours=13))
    assert (await api.admin.post("/api/tickets", {**order, "time": "22:30"})).status == 201


@pytest.mark.gen_test
async def test_an_event_made_longer_in_the_night_keeps_its_guests_inside(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event()
    gate, worker = await api.make_device(event), Worker(hub)
    guests = await api.book(event, 3)
    await codes(gate, guests[:2])
    clock.set(BEGINS + timedelta(hours=7))
    longer = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", LONG_NIGHT)
    assert longer.status == 200
    changes = await entries(hub, event["uuid"], "ticket.changed")
    assert [entry.data for entry in changes] == [{"fields": ["expires_at"]}] * 3
    clock.set(BEGINS + timedelta(hours=9))
    assert await run_all(worker) == {}
    assert await inside(api, event) == 2
    again = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", LONG_NIGHT)
    assert again.status == 200
    assert await entries(hub, event["uuid"], "ticket.changed") == changes


@pytest.mark.gen_test
async def test_who_expired_too_early_is_good_and_inside_again(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event(retention_days=1)
    gate, worker = await api.make_device(event), Worker(hub)
    guests = await api.book(event, 4)
    await codes(gate, guests[:2])
    await gate.scan(guests[1]["code"], direction="out")
    clock.set(BEGINS + timedelta(hours=9))
    assert await worker.run("expire") == 4
    assert await inside(api, event) == 0
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", LONG_NIGHT)
    assert [(await ticket(api, each))["expired"] for each in guests] == [False] * 4
    assert await inside(api, event) == 1
    assert await codes(gate, guests) == ["already_scanned", "already_scanned", "admitted", "admitted"]
    assert (await gate.scan(guests[0]["code"], direction="out")).body["code"] == "exited"
    stream = await hub.store.journal.stream(event["uuid"])
    sums = [entry.effect.get("inside", 0) for entry in await hub.store.journal.read(event["uuid"], 0)]
    assert stream is not None
    assert sum(sums) == stream.inside == 2


@pytest.mark.gen_test
async def test_who_was_checked_out_with_everybody_stays_out(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event(exit_all_at="05:00", retention_days=1)
    gate, worker = await api.make_device(event), Worker(hub)
    guests = await api.book(event, 1)
    await codes(gate, guests)
    clock.set(BEGINS + timedelta(hours=8, minutes=31))
    assert (await worker.run("exit_all"), await worker.run("expire")) == (1, 1)
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", LONG_NIGHT)
    assert (await ticket(api, guests[0]))["expired"] is False
    assert await inside(api, event) == 0


@pytest.mark.gen_test
async def test_an_end_moved_earlier_while_people_are_inside_ends_their_tickets(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(**LONG_NIGHT)
    gate, worker = await api.make_device(event), Worker(hub)
    guests = await api.book(event, 2)
    await codes(gate, guests)
    clock.set(BEGINS + timedelta(hours=9))
    shorter = {"ends_at": "2026-12-25T05:00:00+01:00"}
    assert (await api.admin.request("PATCH", f"/api/events/{event['uuid']}", shorter)).status == 200
    assert (await ticket(api, guests[0]))["expired"] is True
    assert await inside(api, event) == 2, "they are counted until they leave or their tickets are marked"
    assert await worker.run("expire") == 2
    assert await inside(api, event) == 0


@pytest.mark.gen_test
async def test_a_showing_added_after_another_ends_it(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event(ends_at="2026-12-26T20:30:00+01:00")
    (booked,) = await api.book(event)
    before = (await hub.booking.ticket(booked["id"])).expires_at
    assert before - BEGINS == timedelta(hours=48)
    more = {"date": "2026-12-25", "time": "18:30", "capacity": 5}
    assert (await api.admin.post(f"/api/events/{event['uuid']}/showings", more)).status == 201
    assert (await hub.booking.ticket(booked["id"])).expires_at - BEGINS == timedelta(hours=22)
    (late,) = await api.book(event, date="2026-12-25", time="18:30")
    assert (await hub.booking.ticket(late["id"])).expires_at - BEGINS == timedelta(hours=48)


@pytest.mark.gen_test
async def test_a_ticket_moved_to_another_time_expires_with_that(api: Api, hub: Hub) -> None:
    showings = [{"date": date, "time": "20:30", "capacity": 9} for date in ("2026-12-24", "2026-12-25")]
    event = await api.make_event(ends_at="2026-12-26T10:30:00+01:00", showings=showings)
    (booked,) = await api.book(event)
    assert (await hub.booking.ticket(booked["id"])).expires_at - BEGINS == timedelta(hours=24)
    await api.admin.request("PATCH", f"/api/tickets/{booked['id']}", {"date": "2026-12-25"})
    assert (await hub.booking.ticket(booked["id"])).expires_at - BEGINS == timedelta(hours=38)


@pytest.mark.gen_test
async def test_retiming_that_dies_half_way_is_finished_by_the_next_process_and_nobody_expires_meanwhile(
    api: Api, hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.tickets.retiming.BATCH", 2)
    monkeypatch.setattr("hub.tickets.retiming.AT_ONCE", 2)
    event = await api.make_event()
    gate = await api.make_device(event)
    guests = await api.book(event, 7)
    await codes(gate, guests[:3])
    clock.set(BEGINS + timedelta(hours=7))
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", LONG_NIGHT)
    assert len(await entries(hub, event["uuid"], "ticket.changed")) == 4, "then the process dies"
    clock.set(BEGINS + timedelta(hours=9))
    async with another_hub(hub) as other:
        worker = Worker(other)
        await worker.run("expire")
        assert await entries(hub, event["uuid"], "ticket.expired") == []
        await worker.run("retime")
        assert await worker.run("retime") == 0
    assert len(await entries(hub, event["uuid"], "ticket.changed")) == 7
    assert await inside(api, event) == 3
    assert [(await ticket(api, each))["expired"] for each in guests] == [False] * 7


@pytest.mark.gen_test
async def test_deletion_spares_an_event_that_is_still_on_and_a_showing_that_goes_on_beyond_it(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    first = {"date": "2026-12-24", "time": "10:30", "capacity": 5, "ends_at": "2026-12-24T19:45:00+01:00"}
    last = {"date": "2026-12-24", "time": "20:30", "capacity": 5, "ends_at": "2026-12-25T09:00:00+01:00"}
    event = await api.make_event(
        starts_at="2026-12-24T10:00:00+01:00", ends_at="2026-12-24T23:00:00+01:00", showings=[first, last]
    )
    worker = Worker(hub)
    await api.book(event, time="10:30")
    await api.book(event, time="20:30")
    clock.set(datetime.fromisoformat("2026-12-24T22:00:00+01:00"))
    assert await run_all(worker) == {"expire": 1}, "the event is on"
    clock.set(datetime.fromisoformat("2026-12-25T08:59:00+01:00"))
    assert await run_all(worker) == {}, "its last showing is on"
    clock.set(datetime.fromisoformat("2026-12-25T09:00:00+01:00"))
    assert await run_all(worker) == {"expire": 1, "delete": 2}


@pytest.mark.gen_test
async def test_tickets_of_the_version_before_follow_after_an_upgrade(api: Api, hub: Hub, clock: SettableClock) -> None:
    """Its showings had no end, its tickets died at the eighth hour: who was inside comes back, as the night goes on."""
    far = {"starts_at": "2999-12-24T20:30:00+01:00", "ends_at": "2999-12-25T10:30:00+01:00"}
    event = await api.make_event(
        **far, retention_days=1, showings=[{"date": "2999-12-24", "time": "20:30", "capacity": 9}]
    )
    gate, worker = await api.make_device(event), Worker(hub)
    begins = datetime.fromisoformat("2999-12-24T20:30:00+01:00")
    guests = await api.book(event, 2, date="2999-12-24")
    clock.set(begins)
    await codes(gate, guests)
    with MongoClient[dict[str, Any]](hub.settings.mongodb_uri) as client:
        database = client[hub.settings.database]
        database.showings.update_many({}, {"$unset": {"over_at": 1}})
        database.events.update_many({}, {"$unset": {"times_version": 1}})
        database.tickets.update_many({}, {"$set": {"expires_at": begins + timedelta(hours=8)}})
        database.streams.update_many({}, {"$inc": {"revision": 1}})
        database.meta.delete_one({"_id": "ends of showings"})
    clock.set(begins + timedelta(hours=9))
    await worker.run("expire")
    assert await inside(api, event) == 0
    assert "the ends of showings kept with them" in await prepare(hub.settings)
    assert await prepare(hub.settings) == []
    assert await worker.run("retime") == 2
    assert await inside(api, event) == 2
    assert [(await ticket(api, each))["expired"] for each in guests] == [False, False]


@pytest.mark.gen_test
async def test_a_door_that_was_alone_before_the_end_and_sends_its_scans_after_it_makes_no_conflict(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(**LONG_NIGHT, retention_days=1)
    gate, worker = await api.make_device(event), Worker(hub)
    early, late = await api.book(event, 2)
    clock.set(BEGINS + timedelta(hours=15))
    assert await run_all(worker) == {"expire": 2}
    scans = [
        {"qrcode_data": each["code"], "nonce": nonce, "verdict": "admitted", "scanned_at": moment.isoformat()}
        for each, nonce, moment in (
            (early, "n1", BEGINS + timedelta(hours=13, minutes=59)),
            (late, "n2", BEGINS + timedelta(hours=14)),
        )
    ]
    answer = await gate.post("/scan/batch/", {"scans": scans})
    assert [result.get("conflict") for result in answer.body["results"]] == [None, "expired"]
    assert await inside(api, event) == 2
    assert await run_all(worker) == {"expire": 2}
    assert await inside(api, event) == 0


@pytest.mark.gen_test
async def test_a_box_office_ticket_dies_at_its_eighth_hour_whatever_is_booked_after_it(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    order = {"name": "Ada", "phone_number": "12345", "date": "2026-12-24"}
    first = (await api.post("/api/tickets", {**order, "time": "20:30"})).body
    second = (await api.post("/api/tickets", {**order, "time": "22:00"})).body
    worker, begins = Worker(hub), (await hub.booking.ticket(first["id"])).starts_at
    clock.set(begins + timedelta(hours=8) - timedelta(milliseconds=1))
    assert await run_all(worker) == {}
    clock.set(begins + timedelta(hours=8))
    assert await run_all(worker) == {"expire": 1, "delete": 1}
    assert (await api.admin.get(f"/api/tickets/{first['id']}")).status == 404
    assert (await ticket(api, second))["expired"] is False
