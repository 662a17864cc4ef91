"""The waiting list over REST, and what becomes of it in time (booking-api.md, When a time is sold out)."""

import asyncio
import random
from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from pymongo.database import Database

from hub.app import Hub
from hub.clock import SettableClock
from hub.errors import Conflict
from hub.tickets import waiting_service
from tests.api import Answer, Api
from tests.handlers.importing import a_file, end, send
from tests.jobs.second_hub import Worker, entries, everything_kept

WHEN = {"date": "2026-12-24", "time": "20:30"}


def times(capacity: int) -> list[dict[str, Any]]:
    return [{**WHEN, "capacity": capacity}]


async def full(api: Api, seats: int = 1, **fields: Any) -> tuple[Any, list[Any]]:
    """Return an event with a waiting list that is sold out, and its tickets."""
    usual = {"booking": "open", "waiting": True, "offer_minutes": 30, "products": [], "showings": times(seats)}
    event = await api.make_event(**usual | fields)
    guests = [{"first_name": "Ada"}] * seats
    return event, await api.book(event, seats, tickets=guests)


async def wait(api: Api, event: Any, name: str = "grace", /, **fields: Any) -> Answer:
    form = {"event": event["uuid"], **WHEN, "name": name, "email": f"{name}@example.org", "phone_number": "0123456"}
    return await api.post("/api/waiting", form | fields)


async def listed(api: Api, event: Any) -> dict[str, str]:
    """Return who waits or is offered seats, by name."""
    found = (await api.admin.get(f"/api/waiting?event={event['uuid']}")).body
    return {each["name"]: each["state"] for each in found}


async def cancel(api: Api, ticket: Any) -> None:
    assert (await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")).status == 200


async def left(api: Api, event: Any) -> int:
    (showing,) = (await api.get(f"/api/showings?event={event['uuid']}")).body
    number: int = showing["left"]
    return number


async def accept(hub: Hub, entry_id: str, phone: str | None = None) -> str:
    entry = await hub.waiting.entry(entry_id)
    return await hub.waiting.accept(entry, await hub.events.get(entry.event), phone)


@pytest.mark.gen_test
async def test_a_cancelled_seat_is_held_for_the_first_who_waits_and_for_nobody_else(api: Api, hub: Hub) -> None:
    event, (ticket,) = await full(api)
    grace, alan = await wait(api, event), await wait(api, event, "alan")
    assert (grace.status, grace.body["state"], grace.body["position"]) == (201, "waiting", 1)
    assert alan.body["position"] == 2
    await cancel(api, ticket)
    assert await listed(api, event) == {"grace": "offered", "alan": "waiting"}
    assert await left(api, event) == 0
    order = {"event": event["uuid"], **WHEN, "name": "Eve", "phone_number": "99999"}
    assert (await api.post("/api/tickets", order)).body["code"] == "sold_out"
    reservation = await accept(hub, grace.body["id"])
    booked = (await api.admin.get(f"/api/reservations/{reservation}")).body
    assert (booked["name"], booked["email"], len(booked["tickets"])) == ("grace", "grace@example.org", 1)
    assert await listed(api, event) == {"alan": "waiting"}
    gate = await api.make_device(event)
    assert (await gate.scan(booked["tickets"][0]["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_an_offer_that_is_accepted_twice_is_booked_once(api: Api, hub: Hub) -> None:
    event, (ticket,) = await full(api)
    grace = (await wait(api, event)).body
    await cancel(api, ticket)
    booked = await asyncio.gather(*(accept(hub, grace["id"]) for _ in range(5)))
    assert len({*booked, await accept(hub, grace["id"])}) == 1
    assert len((await api.admin.get(f"/api/tickets?event={event['uuid']}&status=valid")).body) == 1


@pytest.mark.gen_test
async def test_what_falls_due_goes_on_to_the_next_and_names_nobody_any_more(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event, (ticket,) = await full(api)
    for name in ("grace", "alan"):
        await wait(api, event, name)
    await cancel(api, ticket)
    worker = Worker(hub)
    clock.advance(timedelta(minutes=29))
    assert await worker.run("settle_offers") == 0
    clock.advance(timedelta(minutes=1))
    assert await worker.run("settle_offers") == 2
    assert await listed(api, event) == {"alan": "offered"}
    assert "grace@" not in everything_kept(hub)
    clock.advance(timedelta(minutes=30))
    await worker.run("settle_offers")
    assert (await listed(api, event), await left(api, event)) == ({}, 1)
    kinds = [e.kind for e in await hub.store.journal.read(event["uuid"], 0) if e.kind.startswith("waiting.")]
    assert Counter(kinds) == {"waiting.joined": 2, "waiting.offered": 2, "waiting.lapsed": 2}


@pytest.mark.gen_test
async def test_each_way_in_which_a_seat_comes_free_offers_it(api: Api, hub: Hub, clock: SettableClock) -> None:
    more = {**WHEN, "time": "22:30", "capacity": 1}
    event, tickets = await full(api, 3, hold_minutes=10, showings=[*times(4), more])
    (unpaid,) = await api.book(event, paid=False, tickets=[{"first_name": "Ada"}])
    names = ["a", "b", "c", "d", "e"]
    for name in names:
        assert (await wait(api, event, name)).status == 201

    async def offered() -> list[str]:
        return sorted(name for name, state in (await listed(api, event)).items() if state == "offered")

    assert (await api.admin.request("DELETE", f"/api/tickets/{tickets[0]['id']}")).status == 204
    assert await offered() == names[:1]
    assert (await api.admin.request("PATCH", f"/api/tickets/{tickets[1]['id']}", {"time": "22:30"})).status == 200
    assert await offered() == names[:2]
    clock.advance(timedelta(minutes=10))
    assert await Worker(hub).run("free_unpaid") == 1
    assert await offered() == names[:3]
    wider = await api.admin.request("PATCH", f"/api/events/{event['uuid']}/showings", {**WHEN, "capacity": 5})
    assert wider.status == 200
    assert await offered() == names[:4]
    found = (await api.admin.get(f"/api/waiting?event={event['uuid']}")).body
    declined = next(each["id"] for each in found if each["name"] == "a")
    assert (await api.admin.request("DELETE", f"/api/waiting/{declined}")).status == 204
    assert await offered() == names[1:5]
    assert unpaid["status"] == "unpaid"


def seller_list(*states: str) -> bytes:
    """Return a list of a seller's tickets in these states."""
    rows = [f"B{n},Ada,Lovelace,{state},{WHEN['date']},{WHEN['time']}" for n, state in enumerate(states)]
    return a_file(*rows, head="barcode,first_name,last_name,status,date,time")


@pytest.mark.gen_test
async def test_seat_that_a_list_of_another_seller_gives_back_is_offered_and_one_it_takes_anew_is_not(
    api: Api, hub: Hub
) -> None:
    event = await api.make_event(booking="open", waiting=True, products=[], showings=times(3))
    await end(api.admin, await send(api.admin, event, seller_list("paid", "paid", "paid")))
    for name in ("grace", "alan"):
        assert (await wait(api, event, name)).status == 201
    done = await end(api.admin, await send(api.admin, event, seller_list("paid", "canceled", "paid")))
    assert (done["state"], done["canceled"]) == ("completed", 1), done
    assert await listed(api, event) == {"grace": "offered", "alan": "waiting"}
    again = await send(api.admin, event, seller_list("paid", "paid", "paid"))
    assert (again.status, again.body["code"]) == (409, "sold_out"), "its seat is held for the one who was offered it"
    assert await left(api, event) == 0
    both = await end(api.admin, await send(api.admin, event, seller_list("canceled", "canceled", "canceled")))
    assert both["state"] == "completed"
    assert await listed(api, event) == {"grace": "offered", "alan": "offered"} and await left(api, event) == 1


@pytest.mark.gen_test
async def test_seat_of_a_guest_who_cancels_by_the_ticket_is_offered(api: Api) -> None:
    event, (ticket,) = await full(api, guest_cancel_until_min=0)
    await wait(api, event)
    answer = await api.post(f"/t/{ticket['id']}/cancel?token={ticket['access_token']}", {})
    assert answer.status in (200, 303), answer.raw
    assert await listed(api, event) == {"grace": "offered"}


@pytest.mark.gen_test
async def test_a_party_too_large_for_what_is_free_is_passed_over_and_is_told_so(api: Api) -> None:
    event, tickets = await full(api, 3)
    await wait(api, event, "couple", tickets=2)
    await wait(api, event, "alone")
    await cancel(api, tickets[0])
    assert await listed(api, event) == {"couple": "waiting", "alone": "offered"}
    (couple,) = [e for e in (await api.admin.get(f"/api/waiting?event={event['uuid']}")).body if e["name"] == "couple"]
    assert (couple["position"], couple["passed"]) == (1, 1)
    await cancel(api, tickets[1])
    assert await left(api, event) == 1, "what no party fits into is on sale"
    await cancel(api, tickets[2])
    assert await listed(api, event) == {"couple": "offered", "alone": "offered"}


@pytest.mark.gen_test
async def test_nobody_waits_where_that_makes_no_sense(api: Api, clock: SettableClock) -> None:
    event, _ = await full(api)
    first = await wait(api, event)
    again = await wait(api.admin, event, "other", email="Grace+again@EXAMPLE.org")
    assert (again.status, again.body["code"]) == (409, "already_waiting")
    assert (await wait(api, event, "many", tickets=2)).body["errors"] == {"tickets": "that time has 1 seats in all"}
    assert (await wait(api, event, "many", tickets=7)).body["errors"] == {"tickets": "must be 1 to 6"}
    assert (await wait(api, event, "x", time="21:30")).body["code"] == "no_showing"
    open_event = await api.make_event(booking="open", waiting=True)
    assert (await wait(api, open_event)).body["code"] == "seats_left"
    off, _ = await full(api, waiting=False)
    assert ((await wait(api, off)).status, (await wait(api, off)).body["code"]) == (409, "no_waiting_list")
    by_keys, _ = await full(api, booking="keys")
    assert (await wait(api, by_keys)).status == 404
    assert (await wait(api.admin, by_keys)).status == 201
    clock.advance(timedelta(hours=9))
    assert (await wait(api, event, "late")).body["code"] == "time_over"
    assert first.status == 201


@pytest.mark.gen_test
async def test_all_that_is_wrong_is_said_at_once(api: Api) -> None:
    event, _ = await full(api, products=[{"name": "Standard"}])
    form = {"event": event["uuid"], "date": "2026-13-24", "time": "20:30", "name": "", "email": "no", "tickets": 0}
    answer = await api.post("/api/waiting", {**form, "phone_number": "x", "product": "Throne"})
    assert answer.status == 422
    assert set(answer.body["errors"]) == {"date", "name", "email", "tickets", "phone_number", "product"}
    assert set((await api.post("/api/waiting", {})).body["errors"]) >= {"event", "date", "time", "name", "email"}
    assert (await api.post("/api/waiting", b"[]")).status == 400


@pytest.mark.gen_test
async def test_a_request_that_is_sent_twice_waits_once(api: Api) -> None:
    event, _ = await full(api)
    key = "0123456789abcdefghijklmn"
    form = {"event": event["uuid"], **WHEN, "name": "grace", "email": "grace@example.org"}
    answers = await asyncio.gather(*(api.post("/api/waiting", form, Idempotency_Key=key) for _ in range(3)))
    assert {answer.status for answer in answers} == {201} and len({answer.body["id"] for answer in answers}) == 1
    other = await api.post("/api/waiting", {**form, "name": "eve"}, Idempotency_Key=key)
    assert (other.status, other.body["code"]) == (422, "idempotency_mismatch")
    short = await api.post("/api/waiting", form, Idempotency_Key="short")
    assert short.status == 422


@pytest.mark.gen_test
async def test_a_stranger_has_one_mailbox_wait_a_few_times_only(api: Api, hub: Hub) -> None:
    most = hub.settings.mails_per_recipient_per_h
    events = [(await full(api))[0] for _ in range(most + 1)]
    answers = [await wait(api, event, "grace") for event in events]
    assert [answer.status for answer in answers] == [201] * most + [429]
    assert (await wait(api.admin, events[-1], "grace")).status == 201, "an organiser knows whom they add"


@pytest.mark.gen_test
async def test_list_is_searched_by_name_address_and_phone_number_page_by_page(api: Api) -> None:
    event, _ = await full(api)
    for name in ("Zoë Ålund", "Bo Zoega", "Carl"):
        party = {"event": event["uuid"], **WHEN, "name": name, "email": f"{name[:2].strip('ë')}x@example.org"}
        joined = await api.admin.post("/api/waiting", {**party, "phone_number": f"+33 6 12 34 50 {len(name):02}"})
        assert joined.status == 201, joined.raw

    async def found(search: str, limit: int = 100) -> list[str]:
        query = urlencode({"event": event["uuid"], "search": search, "limit": limit})
        answer = await api.admin.get(f"/api/waiting?{query}")
        assert answer.status == 200, answer.raw
        names = [each["name"] for each in answer.body]
        return names + (["..."] if "Link" in answer.headers else [])

    both = await found("zoe")
    assert sorted(both) == ["Bo Zoega", "Zoë Ålund"]
    assert await found("zoe", limit=1) == [both[0], "..."]
    assert await found("ålund zo") == ["Zoë Ålund"]
    assert await found("CAx@exam") == ["Carl"]
    assert await found("345009") == ["Zoë Ålund"]
    for nobody in ("nemo", "12", ".*", "(", "@"):
        assert await found(nobody) == []
    assert len(await found("  ")) == 3
    assert (await api.admin.get(f"/api/waiting?search={'x' * 201}")).status == 422


@pytest.mark.gen_test
async def test_search_of_a_long_list_goes_on_over_pages_and_reads_so_many_entries_for_each(
    api: Api, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    event, _ = await full(api)
    for name in ("Zoe1", "Abel", "Bea", "Cy", "Zoe2"):
        clock.advance(timedelta(seconds=1))
        assert (await wait(api.admin, event, name)).status == 201
    monkeypatch.setattr(waiting_service, "LOOKED_AT_ONCE", 2)
    monkeypatch.setattr(waiting_service, "LOOKED_AT_BY_A_SEARCH", 2)
    page, pages = f"/api/waiting?{urlencode({'event': event['uuid'], 'search': 'zoe'})}", []
    while page:
        answer = await api.admin.get(page)
        pages.append([each["name"] for each in answer.body])
        page = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert pages == [["Zoe1"], [], ["Zoe2"]]


@pytest.mark.gen_test
async def test_names_and_addresses_leave_with_a_key_alone_and_are_in_no_journal(api: Api, hub: Hub) -> None:
    event, (ticket,) = await full(api)
    joined = (await wait(api, event, "Zebedee")).body
    assert not {"name", "email", "phone_number"} & joined.keys()
    path = f"/api/waiting?event={event['uuid']}"
    assert (await api.get(path)).status == 401
    reader = (await api.admin.post("/api/keys", {"name": "Till", "scopes": ["tickets:read"]})).body["key"]
    (seen,) = (await api.with_key(reader).get(path)).body
    assert seen["name"] == "Zebedee" and seen["links"] == {}, "who only reads cannot accept for anybody"
    (whole,) = (await api.admin.get(path)).body
    assert whole["links"]["page"] == joined["links"]["page"]
    await cancel(api, ticket)
    journal = repr(await hub.store.journal.read(event["uuid"], 0))
    assert "waiting.offered" in journal and "Zebedee" not in journal and "token" not in journal
    assert (await api.admin.request("DELETE", f"/api/waiting/{joined['id']}")).status == 204
    assert "Zebedee" not in everything_kept(hub)
    assert (await api.admin.request("DELETE", f"/api/waiting/{joined['id']}")).status == 404


@pytest.mark.gen_test
async def test_the_list_is_read_to_its_end(api: Api, clock: SettableClock) -> None:
    event, _ = await full(api)
    for n in range(5):
        clock.advance(timedelta(seconds=n % 2))
        await wait(api, event, f"n{n}")
    path, seen = f"/api/waiting?event={event['uuid']}&limit=2", []
    while path:
        page = await api.admin.get(path)
        seen += [each["name"] for each in page.body]
        path = page.headers.get("Link", "").partition("<")[2].partition(">")[0]
    assert sorted(seen) == [f"n{n}" for n in range(5)]


@pytest.mark.gen_test
async def test_entries_go_with_their_events_retention(api: Api, hub: Hub, clock: SettableClock) -> None:
    event, _ = await full(api, retention_days=2)
    await wait(api, event)
    worker = Worker(hub)
    clock.advance(timedelta(days=2))
    assert await worker.run("forget_waiting") == 0
    assert "grace@" in everything_kept(hub)
    clock.advance(timedelta(hours=9))
    assert await worker.run("forget_waiting") == 1
    assert await worker.run("forget_waiting") == 0
    assert "grace@" not in everything_kept(hub)
    (gone,) = await entries(hub, event["uuid"], "waiting.left")
    assert gone.data["reason"] == "deleted"


@pytest.mark.gen_test
async def test_entries_of_an_event_without_its_stream_keep_none_of_the_others(
    api: Api, hub: Hub, clock: SettableClock, raw_database: Database[dict[str, Any]]
) -> None:
    made = [(await full(api, retention_days=2, name=name))[0]["uuid"] for name in ("First", "Second", "Third")]
    for event in made:
        await wait(api, {"uuid": event})
    spoilt = next(event.id for event in await hub.events.all() if event.id in made)
    raw_database.streams.delete_one({"_id": spoilt})
    clock.advance(timedelta(days=3))
    worker = Worker(hub)
    assert await worker.run("forget_waiting") == 2
    assert "grace@" in everything_kept(hub)


@pytest.mark.gen_test
async def test_offers_of_an_event_without_its_stream_keep_no_others_from_lapsing(
    api: Api, hub: Hub, clock: SettableClock, raw_database: Database[dict[str, Any]]
) -> None:
    made = [await full(api, name=name) for name in ("First", "Second", "Third")]
    for event, tickets in made:
        await wait(api, event)
        await cancel(api, tickets[0])
        clock.advance(timedelta(seconds=1))
    raw_database.streams.delete_one({"_id": made[0][0]["uuid"]})
    clock.advance(timedelta(minutes=31))
    await Worker(hub).run("settle_offers")
    assert [await listed(api, event) for event, _ in made] == [{"grace": "offered"}, {}, {}]


@pytest.mark.gen_test
async def test_a_closed_event_offers_nothing_and_goes_on_when_it_opens(api: Api, hub: Hub) -> None:
    event, tickets = await full(api, 2)
    grace = (await wait(api, event)).body
    await cancel(api, tickets[0])
    await wait(api, event, "alan")
    await api.admin.post(f"/api/events/{event['uuid']}/close")
    await cancel(api, tickets[1])
    assert await listed(api, event) == {"grace": "offered", "alan": "waiting"}
    with pytest.raises(Conflict, match="no more bookings"):
        await accept(hub, grace["id"])
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"closed": False})
    assert await listed(api, event) == {"grace": "offered", "alan": "offered"}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.gen_test
async def test_sixty_who_wait_at_once_are_served_in_order_while_seats_are_freed_at_random(
    api: Api, hub: Hub, clock: SettableClock, seed: int
) -> None:
    chance = random.Random(seed)
    event, tickets = await full(api, 20, phone_limit=100)
    joins = [wait(api, event, f"n{n}", tickets=chance.choice([1, 1, 1, 2, 3])) for n in range(60)]
    frees = [cancel(api, ticket) for ticket in chance.sample(tickets, 10)]
    work = [*joins, *frees]
    chance.shuffle(work)
    await asyncio.gather(*work)
    worker = Worker(hub)
    for _ in range(12):
        standing = (await api.admin.get(f"/api/waiting?event={event['uuid']}&limit=1000")).body
        offered = [each for each in standing if each["state"] == "offered"]
        chance.shuffle(offered)
        third = len(offered) // 3
        acts = [accept(hub, each["id"]) for each in offered[:third]]
        acts += [asyncio.sleep(0, "")]
        gone = [api.admin.request("DELETE", f"/api/waiting/{each['id']}") for each in offered[third : third + third]]
        await asyncio.gather(*acts, *gone)
        clock.advance(timedelta(minutes=4))
        await worker.run("settle_offers")
        await check_night(api, hub, event)


async def check_night(api: Api, hub: Hub, event: Any) -> None:
    """Compare seats with tickets and offers, and the order of the offers with that of joining."""
    (showing,) = await hub.store.showings.of_event(event["uuid"])
    valid = (await api.admin.get(f"/api/tickets?event={event['uuid']}&status=valid&limit=1000")).body
    standing = (await api.admin.get(f"/api/waiting?event={event['uuid']}&limit=1000")).body
    held = sum(each["tickets"] for each in standing if each["state"] == "offered")
    assert showing.booked == len(valid) + held <= showing.capacity == 20
    free = showing.capacity - showing.booked
    assert all(each["tickets"] > free for each in standing if each["state"] == "waiting")
    journal = await hub.store.journal.read(event["uuid"], 0, 10_000)
    joined = [e.data["waiting"] for e in journal if e.kind == "waiting.joined"]
    size = {e.data["waiting"]: e.data["tickets"] for e in journal if e.kind == "waiting.joined"}
    offered = [e.data["waiting"] for e in journal if e.kind == "waiting.offered"]
    assert len(offered) == len(set(offered)), "each is offered seats once"
    for n, entry in enumerate(offered):
        earlier = [each for each in joined[: joined.index(entry)] if each not in offered[:n]]
        ended = {e.data["waiting"] for e in journal if e.kind == "waiting.left"}
        assert all(size[each] > size[entry] for each in earlier if each not in ended), "only smaller parties pass"
