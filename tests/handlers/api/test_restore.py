"""A cancellation taken back: the ticket is as it was, where its seat is left (booking-api.md, restore)."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from hub.model.event import Showing
from tests.api import Answer, Api
from tests.jobs.second_hub import Worker, entries

BEGINS = datetime.fromisoformat("2026-12-24T20:30:00+01:00")
FEW = [{"date": "2026-12-24", "time": "20:30", "capacity": 3}]


async def do(api: Api, action: str, ticket: Any) -> Answer:
    return await api.admin.post(f"/api/tickets/{ticket['id']}/{action}")


async def do_all(api: Api, action: str, ticket: Any) -> Answer:
    """Do something with all tickets of a ticket's reservation."""
    return await api.admin.post(f"/api/reservations/{ticket['reservation']}/{action}")


async def showing(hub: Hub, event: Any) -> Showing:
    (found,) = await hub.store.showings.of_event(event["uuid"])
    return found


async def booked(api: Api, event: Any) -> int:
    number: int = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["booked"]
    return number


@pytest.mark.gen_test
async def test_a_restored_ticket_admits_and_holds_its_seat_and_is_journaled_once(api: Api, hub: Hub) -> None:
    event = await api.make_event(showings=FEW)
    gate = await api.make_device(event)
    ticket, _ = await api.book(event, 2)
    await do(api, "cancel", ticket)
    assert (await gate.scan(ticket["code"])).body["code"] == "canceled"
    assert ((await showing(hub, event)).booked, await booked(api, event)) == (1, 1)
    for _ in range(2):
        restored = await do(api, "restore", ticket)
        assert (restored.status, restored.body["status"]) == (200, "valid")
    assert ((await showing(hub, event)).booked, await booked(api, event)) == (2, 2)
    assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
    (entry,) = await entries(hub, event["uuid"], "ticket.restored")
    assert (entry.ticket, entry.effect) == (ticket["id"], {"booked": 1})
    assert entry.data == {"showing": f"{event['uuid']}/2026-12-24T20:30", "product": "Standard", "came": False}


@pytest.mark.gen_test
async def test_a_seat_that_was_sold_meanwhile_is_gone(api: Api, hub: Hub) -> None:
    event = await api.make_event(showings=FEW)
    ticket, *_ = await api.book(event, 3)
    await do(api, "cancel", ticket)
    await api.book(event)
    refused = await do(api, "restore", ticket)
    assert (refused.status, refused.body["code"]) == (409, "sold_out")
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["status"] == "canceled"
    assert (await showing(hub, event)).booked == 3
    assert await entries(hub, event["uuid"], "ticket.restored") == []


@pytest.mark.gen_test
async def test_a_reservation_is_restored_whole_or_not_at_all(api: Api, hub: Hub) -> None:
    event = await api.make_event(showings=FEW)
    tickets = await api.book(event, 3)
    await do_all(api, "cancel", tickets[0])
    (other,) = await api.book(event)
    refused = await do_all(api, "restore", tickets[0])
    assert (refused.status, refused.body["code"], refused.body["detail"]) == (
        409,
        "sold_out",
        "Only 2 left for that time",
    )
    assert (await showing(hub, event)).booked == 1
    await do(api, "cancel", other)
    restored = await do_all(api, "restore", tickets[0])
    assert [ticket["status"] for ticket in restored.body["tickets"]] == ["valid"] * 3
    assert len(await entries(hub, event["uuid"], "ticket.restored")) == 3


@pytest.mark.gen_test
async def test_only_the_cancelled_tickets_of_a_reservation_are_restored(api: Api, hub: Hub) -> None:
    event = await api.make_event(showings=FEW)
    canceled, blocked, _ = await api.book(event, 3)
    await do(api, "cancel", canceled)
    await do(api, "block", blocked)
    restored = await do_all(api, "restore", canceled)
    assert sorted(ticket["status"] for ticket in restored.body["tickets"]) == ["blocked", "valid", "valid"]
    assert len(await entries(hub, event["uuid"], "ticket.restored")) == 1


@pytest.mark.gen_test
async def test_a_blocked_ticket_is_blocked_again(api: Api) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    for action in ("block", "cancel", "cancel"):
        await do(api, action, ticket)
    assert (await do(api, "restore", ticket)).body["status"] == "blocked"
    assert (await do(api, "unblock", ticket)).body["status"] == "valid"
    await do(api, "cancel", ticket)
    assert (await do(api, "restore", ticket)).body["status"] == "valid"


@pytest.mark.gen_test
async def test_an_unpaid_ticket_holds_its_seat_anew_until_it_is_paid_or_its_time_is_over(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event(hold_minutes=15)
    (ticket,) = await api.book(event, paid=False)
    worker = Worker(hub)
    clock.advance(timedelta(minutes=15))
    assert await worker.run("free_unpaid") == 1
    clock.advance(timedelta(minutes=5))
    assert (await do(api, "restore", ticket)).body["status"] == "unpaid"
    clock.advance(timedelta(minutes=14))
    assert await worker.run("free_unpaid") == 0
    clock.advance(timedelta(minutes=1))
    assert await worker.run("free_unpaid") == 1
    await do(api, "restore", ticket)
    await do_all(api, "pay", ticket)
    clock.advance(timedelta(minutes=20))
    assert await worker.run("free_unpaid") == 0
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["status"] == "valid"


@pytest.mark.gen_test
async def test_a_ticket_paid_while_it_was_cancelled_is_good(api: Api) -> None:
    event = await api.make_event()
    one, other = await api.book(event, 2, paid=False)
    await do(api, "cancel", one)
    await do_all(api, "pay", other)
    assert (await do(api, "restore", one)).body["status"] == "valid"


@pytest.mark.gen_test
async def test_a_late_guest_is_restored_until_the_ticket_would_have_expired(api: Api, clock: SettableClock) -> None:
    times = [{"date": "2026-12-24", "time": time, "capacity": 5} for time in ("20:30", "21:00")]
    event = await api.make_event(showings=times)
    (ticket,) = await api.book(event)
    await do(api, "cancel", ticket)
    clock.set(BEGINS + timedelta(hours=8) - timedelta(milliseconds=1))
    assert (await do(api, "restore", ticket)).status == 200
    await do(api, "cancel", ticket)
    clock.set(BEGINS + timedelta(hours=8))
    refused = await do(api, "restore", ticket)
    assert (refused.status, refused.body["code"]) == (409, "ticket_expired")


@pytest.mark.gen_test
async def test_whoever_stayed_inside_on_a_cancelled_ticket_is_counted_once(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    came, _ = await api.book(event, 2)
    await gate.scan(came["code"])
    before = (await api.admin.get(f"/api/events/{event['uuid']}/stats")).body
    await do(api, "cancel", came)
    await do(api, "restore", came)
    after = (await api.admin.get(f"/api/events/{event['uuid']}/stats")).body
    assert (before["booked"], before["came"], before["expected"]) == (2, 1, 1)
    told = ("booked", "came", "no_show", "expected", "products", "peak", "doors")
    assert {name: after[name] for name in told} == {name: before[name] for name in told}
    assert (await gate.scan(came["code"])).body["code"] == "already_scanned"


@pytest.mark.gen_test
async def test_the_limit_of_a_phone_number_counts_restored_tickets(api: Api) -> None:
    event = await api.make_event(booking="open", phone_limit=2)
    order = {"event": event["uuid"], "name": "Ada", "phone_number": "+33 1 23", "date": "2026-12-24", "time": "20:30"}
    first, second = [(await api.post("/api/tickets", order)).body for _ in range(2)]
    await do(api, "cancel", first)
    await do(api, "restore", first)
    assert (await api.post("/api/tickets", order)).body["code"] == "phone_limit"
    await do(api, "cancel", second)
    assert (await api.post("/api/tickets", order)).status == 201


@pytest.mark.gen_test
async def test_exactly_as_many_as_there_are_seats_get_in_when_all_restore_and_book_at_once(api: Api, hub: Hub) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 20}])
    tickets = await api.book(event, 20)
    for ticket in tickets:
        await do(api, "cancel", ticket)
    order = {"event": event["uuid"], "name": "Ada", "phone_number": "12345", "date": "2026-12-24", "time": "20:30"}
    answers = await asyncio.gather(
        *(do(api, "restore", ticket) for ticket in tickets), *(api.admin.post("/api/tickets", order) for _ in range(20))
    )
    assert (
        sorted(answer.status for answer in answers)
        == [200] * sum(a.status == 200 for a in answers) + [201] * sum(a.status == 201 for a in answers) + [409] * 20
    )
    assert ((await showing(hub, event)).booked, await booked(api, event)) == (20, 20)


@pytest.mark.gen_test
async def test_nobody_restores_without_a_key_that_writes_tickets(api: Api) -> None:
    event = await api.make_event(booking="open")
    (ticket,) = await api.book(event)
    await do(api, "cancel", ticket)
    path = f"/api/tickets/{ticket['id']}/restore"
    assert (await api.post(path)).status == 401
    reader = (await api.admin.post("/api/keys", {"name": "Till", "scopes": ["tickets:read"]})).body["key"]
    assert (await api.with_key(reader).post(path)).status == 403
    holder = (await api.admin.get(f"/api/tickets/{ticket['id']}/links")).body["page"].partition("token=")[2]
    assert (await api.post(f"{path}?token={holder}")).status == 401
    assert (await api.admin.post("/api/tickets/00000000-0000-4000-8000-000000000000/restore")).status == 404
