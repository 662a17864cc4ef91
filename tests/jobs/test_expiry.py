"""Tickets whose time is over are marked, and deleted with their holders' data (docs/booking-api.md, scheduled jobs)."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from hub.app import Hub
from hub.clock import SettableClock
from hub.model.ticket import Ticket
from hub.tickets.changes import Act
from jobs.expiry import BATCH, expire_tickets
from jobs.schedule import LEASE_LASTS, Turn
from tests.api import Api
from tests.jobs.second_hub import Worker, another_hub, entries, everything_kept, inside

LONG = {"ends_at": "2026-12-27T02:00:00+01:00"}


@pytest.mark.gen_test
async def test_a_ticket_expires_eight_hours_after_its_time_scanned_or_not(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    scanned, unused = await api.book(event, 2)
    await gate.scan(scanned["code"])
    worker = Worker(hub)
    clock.advance(timedelta(hours=8, minutes=59))
    assert await worker.run("expire") == 0
    clock.advance(timedelta(minutes=1))
    assert await worker.run("expire") == 2
    assert await worker.run("expire") == 0
    for ticket in (scanned, unused):
        assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["expired"] is True
    assert len(await entries(hub, event["uuid"], "ticket.expired")) == 2
    (exited,) = await entries(hub, event["uuid"], "ticket.exited")
    assert (exited.ticket, exited.effect, exited.data) == (scanned["id"], {"inside": -1}, {"reason": "expired"})
    assert await inside(api, event) == 0
    (ran,) = await entries(hub, "hub", "job.ran")
    assert ran.data == {"job": "expire", "count": 2}


@pytest.mark.gen_test
async def test_a_pass_of_three_days_lives_until_its_end(api: Api, hub: Hub, clock: SettableClock) -> None:
    showing = {"date": "2026-12-24", "time": "20:30", "capacity": 5, "ends_at": "2026-12-26T20:00:00Z"}
    event = await api.make_event(**LONG, showings=[showing])
    await api.book(event)
    worker = Worker(hub)
    clock.advance(timedelta(days=1))
    assert await worker.run("expire") == 0
    clock.advance(timedelta(days=1, hours=2))
    assert await worker.run("expire") == 1


@pytest.mark.gen_test
async def test_more_than_a_batch_expires_in_one_run_and_two_processes_do_it_once(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 1000}])
    await api.book(event, BATCH + 50)
    clock.advance(timedelta(hours=10))
    async with another_hub(hub) as other:
        counts = await asyncio.gather(*[worker.run("expire") for worker in (Worker(hub), Worker(other))])
    assert sorted(counts) == [0, BATCH + 50]
    assert len(await entries(hub, event["uuid"], "ticket.expired")) == BATCH + 50
    assert len(await entries(hub, "hub", "job.ran")) == 1


@pytest.mark.gen_test
async def test_another_process_takes_over_when_the_holder_dies(api: Api, hub: Hub, clock: SettableClock) -> None:
    await api.book(await api.make_event())
    clock.advance(timedelta(hours=10))
    async with another_hub(hub) as other:
        assert await other.store.leases.take("job/expire", clock.now(), LEASE_LASTS), "it holds the lease, and dies"
    worker = Worker(hub)
    assert await worker.run("expire") == 0
    clock.advance(LEASE_LASTS)
    assert await worker.run("expire") == 1


@pytest.mark.gen_test
async def test_a_process_that_stops_leaves_the_work_to_others_at_once(api: Api, hub: Hub, clock: SettableClock) -> None:
    await api.book(await api.make_event())
    clock.advance(timedelta(hours=10))
    staying = Worker(hub)
    async with another_hub(hub) as other:
        leaving = Worker(other)
        leaving.schedule.start()
        assert await leaving.run("delete") == 0
        assert not await hub.store.leases.take("job/delete", clock.now(), LEASE_LASTS)
        await leaving.schedule.stop()
        assert await leaving.run("expire") == 0, "it takes on nothing more"
        assert (await staying.run("expire"), await staying.run("delete")) == (1, 1)


@pytest.mark.gen_test
async def test_a_run_that_dies_half_way_is_finished_by_the_next(
    api: Api, hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.expiry.BATCH", 2)
    event = await api.make_event()
    await api.book(event, 5)
    clock.advance(timedelta(hours=10))
    lives = iter([True, True, False])

    async def renew() -> bool:
        return next(lives)

    dying = Turn(hub, renew)
    await expire_tickets(dying)
    assert dying.count == 4
    assert await Worker(hub).run("expire") == 1
    assert len(await entries(hub, event["uuid"], "ticket.expired")) == 5


@pytest.mark.gen_test
async def test_nothing_in_the_whole_database_tells_of_a_deleted_person(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(booking="open")
    gate = await api.make_device(event)
    order = {
        "event": event["uuid"],
        "date": "2026-12-24",
        "time": "20:30",
        "name": "Xanthippe Quuxley",
        "phone_number": "+998 77 665544",
        "email": "xq@example.org",
        "tickets": [
            {"first_name": "Xanthippe", "last_name": "Quuxley"},
            {"first_name": "Zebedee", "last_name": "Quux"},
        ],
    }
    key = "0123456789abcdef0123456789abcdef"
    tickets = (await api.post("/api/reservations", order, Idempotency_Key=key)).body["tickets"]
    await api.admin.post("/api/reservations", order | {"paid": False})
    await gate.scan(tickets[0]["code"], nonce="n1")
    await gate.scan(tickets[0]["code"], nonce="n2")
    await api.admin.request("PATCH", f"/api/tickets/{tickets[1]['id']}", {"name": "Yolanda Quuxley"})
    tells = ("xanthippe", "quux", "zebedee", "yolanda", "665544", "xq@example.org")
    kept = everything_kept(hub).lower()
    assert "xanthippe" in kept and "665544" in kept
    worker = Worker(hub)
    clock.advance(timedelta(hours=10))
    assert (await worker.run("expire"), await worker.run("delete")) == (4, 4)
    kept = everything_kept(hub).lower()
    assert [word for word in tells if word in kept] == []
    assert (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body == []
    deleted = await entries(hub, event["uuid"], "ticket.deleted")
    assert sorted(entry.data["came"] for entry in deleted) == [False, False, False, True]
    counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    assert (counts["booked"], counts["admitted"], counts["inside"]) == (0, 1, 0)


@pytest.mark.gen_test
async def test_expired_tickets_are_kept_as_long_as_their_event_says(api: Api, hub: Hub, clock: SettableClock) -> None:
    await api.book(await api.make_event(retention_days=30))
    worker = Worker(hub)
    clock.advance(timedelta(hours=10))
    assert await worker.run("expire") == 1
    clock.advance(timedelta(days=29))
    assert await worker.run("delete") == 0
    clock.advance(timedelta(days=1))
    assert await worker.run("delete") == 1


@pytest.mark.gen_test
async def test_what_is_not_paid_in_time_is_free_again(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event(hold_minutes=15, showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 3}])
    paid, unpaid = await api.book(event), await api.book(event, 2, paid=False)
    worker = Worker(hub)
    clock.advance(timedelta(minutes=14))
    assert await worker.run("free_unpaid") == 0
    clock.advance(timedelta(minutes=1))
    assert await worker.run("free_unpaid") == 2
    statuses = {t["id"]: t["status"] for t in (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body}
    assert statuses == {paid[0]["id"]: "valid", unpaid[0]["id"]: "canceled", unpaid[1]["id"]: "canceled"}
    assert len(await api.book(event, 2)) == 2


@pytest.mark.parametrize("collection", ["showings", "phones", "reservations"])
@pytest.mark.gen_test
async def test_unreadable_record_of_one_ticket_holds_up_none_of_the_others(
    api: Api, hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch, collection: str
) -> None:
    monkeypatch.setattr("jobs.expiry.BATCH", 2)
    times = [{"date": "2026-12-24", "time": time, "capacity": 9} for time in ("20:30", "20:31")]
    event = await api.make_event(showings=times, hold_minutes=15)
    first = await api.book(event, 3, paid=False)
    await api.book(event, 3, paid=False, time="20:31", phone_number="+33 6 11 11 11 11")
    spoilt = {"showings": "booked", "phones": "tickets", "reservations": "tickets_count"}[collection]
    with MongoClient[dict[str, Any]](str(hub.settings.mongodb_uri)) as client:
        kept = client[hub.settings.database][collection]
        at_fault = {
            "showings": {"_id": {"$regex": "20:30$"}},
            "phones": {"_id": {"$regex": "20:30/"}},
            "reservations": {"_id": first[0]["reservation"]},
        }[collection]
        change = {"$set": {spoilt: "many"}}
        assert kept.update_one(at_fault, change, bypass_document_validation=True).modified_count == 1
    worker = Worker(hub)
    clock.advance(timedelta(minutes=15))
    assert await worker.run("free_unpaid") == 3
    clock.advance(timedelta(days=1))
    await worker.run("expire")
    clock.advance(timedelta(days=400))
    assert await worker.run("delete") >= 3


@pytest.mark.parametrize(("collection", "spoilt"), [("events", "zones"), ("showings", "booked"), ("streams", "seq")])
@pytest.mark.gen_test
async def test_tickets_of_an_event_or_a_showing_that_cannot_be_read_cost_a_run_one_try_each(
    api: Api, hub: Hub, clock: SettableClock, monkeypatch: pytest.MonkeyPatch, collection: str, spoilt: str
) -> None:
    monkeypatch.setattr("jobs.expiry.BATCH", 4)
    event, good = await api.make_event(retention_days=500), await api.make_event(retention_days=500)
    await api.book(event, 40)
    await api.book(good, 2)
    with MongoClient[dict[str, Any]](str(hub.settings.mongodb_uri)) as client:
        database = client[hub.settings.database]
        change = {"$set": {spoilt: "many"}}
        query = {"_id": {"$regex": f"^{event['uuid']}"}}
        assert database[collection].update_one(query, change, bypass_document_validation=True).modified_count == 1
        bump = {"$inc": {"revision": 1}}
        database.streams.update_one({"_id": event["uuid"]}, bump, bypass_document_validation=True)
    tries = 0
    change_all = hub.tickets.change_all

    async def counted(tickets: Sequence[Ticket], act: Act) -> list[Ticket]:
        nonlocal tries
        tries += tickets[0].event == event["uuid"]
        return await change_all(tickets, act)

    monkeypatch.setattr(hub.tickets, "change_all", counted)
    clock.advance(timedelta(days=1))
    assert await Worker(hub).run("expire") == 2
    assert tries == 1
