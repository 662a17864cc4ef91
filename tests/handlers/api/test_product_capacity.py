"""Capacity of a product for each time, kept on every way to book (docs/booking-api.md, products)."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from pymongo.database import Database

from handlers.api.forms import ReservationForm, to_order
from hub.app import Hub
from hub.clock import SettableClock
from hub.errors import Conflict
from hub.process.bootstrap import prepare
from hub.tickets.orders import Guest
from tests.api import Answer, Api
from tests.handlers.api.test_users import as_user, make
from tests.handlers.importing import a_file, end, send
from tests.jobs.second_hub import Worker, another_hub

pytestmark = pytest.mark.gen_test
TONIGHT: dict[str, Any] = {"date": "2026-12-24", "time": "20:30"}
TOMORROW: dict[str, Any] = {"date": "2026-12-25", "time": "20:30"}
VIP = {"first_name": "Ada", "last_name": "Lovelace", "product": "VIP"}
STANDARD = {**VIP, "product": "Standard"}


async def an_event(api: Api, capacity: int | None = 5, **fields: Any) -> Any:
    usual = {
        "booking": "open",
        "phone_limit": 500,
        "ends_at": "2026-12-26T02:00:00+01:00",
        "products": [{"name": "Standard"}, {"name": "VIP", "capacity": capacity}],
        "showings": [{**TONIGHT, "capacity": 100}, {**TOMORROW, "capacity": 100}],
    }
    return await api.make_event(**usual | fields)


async def order(api: Api, event: Any, product: str | None = "VIP", /, **fields: Any) -> Answer:
    body = {"event": event["uuid"], **TONIGHT, "name": "Ada Lovelace", "phone_number": "+33 1 23 45 67"}
    return await api.post("/api/tickets", body | {"product": product} | fields)


async def left(api: Api, event: Any, date: str = TONIGHT["date"]) -> dict[str, int]:
    found = (await api.get(f"/api/showings?event={event['uuid']}")).body
    (products,) = [each["products"] for each in found if each["date"] == date]
    assert isinstance(products, dict)
    return products


async def booked_by(hub: Hub, event: Any, date: str = TONIGHT["date"]) -> dict[str | None, int]:
    """Return the showing's seats by product, which must be those that its tickets hold."""
    showing = await hub.showings.find(f"{event['uuid']}/{date}T20:30")
    assert showing is not None
    by_product = {each.product: each.booked for each in showing.booked_by}
    tickets = await hub.booking.find({"event": event["uuid"], "date": date}, after=None, limit=1000)
    held = Counter(ticket.product for ticket in tickets if ticket.status != "canceled")
    assert by_product == held
    assert showing.booked == sum(held.values())
    return by_product


async def test_sixty_at_once_for_the_last_five_get_exactly_five_on_two_processes(api: Api, hub: Hub) -> None:
    event = await an_event(api, 8)
    await api.book(event, 3, tickets=[VIP] * 3)
    async with another_hub(hub) as other:
        found = await other.booking.event_to_book(event["uuid"], with_key=True)

        async def elsewhere() -> int:
            sent = ReservationForm(name="Bo", phone_number="123456", **TONIGHT, email=None, tickets=[])
            wanted = to_order(sent, found, [Guest(first_name="Bo", last_name="", product="VIP")])
            try:
                await other.booking.book(wanted)
            except Conflict as refused:
                assert refused.code == "sold_out"
                return 409
            return 201

        async def here() -> int:
            return (await order(api.admin, event)).status

        statuses = await asyncio.gather(*(here() for _ in range(30)), *(elsewhere() for _ in range(30)))
    assert Counter(statuses) == {201: 5, 409: 55}
    assert await booked_by(hub, event) == {"VIP": 8}


async def test_a_product_that_is_sold_out_says_so_and_others_and_other_times_go_on(api: Api, hub: Hub) -> None:
    event = await an_event(api, 2)
    assert await left(api, event) == {"VIP": 2}
    await api.book(event, 1, tickets=[VIP])
    reservation = {"event": event["uuid"], **TONIGHT, "name": "Bo", "phone_number": "123456"}
    three = await api.admin.post("/api/reservations", reservation | {"tickets": [VIP, VIP, STANDARD]})
    assert (three.status, three.body["code"]) == (409, "sold_out")
    assert three.body["detail"] == "VIP: only 1 left for that time"
    assert await booked_by(hub, event) == {"VIP": 1}, "all or none"
    assert (await order(api, event)).status == 201
    refused = await order(api, event)
    assert (refused.status, refused.body["code"], refused.body["detail"]) == (409, "sold_out", "VIP: sold out")
    assert (await order(api, event, "Standard")).status == 201
    assert (await order(api, event, **TOMORROW)).status == 201
    assert (await left(api, event), await left(api, event, TOMORROW["date"])) == ({"VIP": 0}, {"VIP": 1})


async def test_times_as_strangers_read_them_are_sold_out_with_the_last_ticket_that_guests_may_book(api: Api) -> None:
    products = [{"name": "VIP", "capacity": 3}, {"name": "Crew", "public": False}]
    event = await an_event(api, products=products)
    await api.book(event, 2, tickets=[VIP] * 2)

    async def shown(reader: Api) -> list[tuple[int, bool]]:
        found = (await reader.get(f"/api/showings?event={event['uuid']}")).body
        return [(each["left"], each["bookable"]) for each in found]

    assert await shown(api) == [(1, True), (3, True)]
    await api.book(event, 1, tickets=[VIP])
    assert await shown(api) == [(0, False), (3, True)]
    assert await shown(api.admin) == [(97, True), (100, True)], "seats, which keys fill with other products"


async def test_a_ticket_that_is_cancelled_moved_or_deleted_frees_its_product_and_restoring_takes_it(
    api: Api, hub: Hub
) -> None:
    event = await an_event(api, 1)
    (ticket,) = await api.book(event, tickets=[VIP])
    path = f"/api/tickets/{ticket['id']}"
    await api.book(event, tickets=[VIP], **TOMORROW)
    full = await api.admin.request("PUT", path, TOMORROW)
    assert (full.status, full.body["code"]) == (409, "sold_out")
    assert (await api.admin.post(f"{path}/cancel")).status == 200
    (other,) = await api.book(event, tickets=[VIP])
    again = await api.admin.post(f"{path}/restore")
    assert (again.status, again.body["code"]) == (409, "sold_out")
    assert (await api.admin.request("DELETE", f"/api/tickets/{other['id']}")).status == 204
    assert (await api.admin.post(f"{path}/restore")).status == 200
    assert await booked_by(hub, event) == {"VIP": 1}
    assert (await order(api, event)).body["code"] == "sold_out"


async def test_an_import_takes_a_products_tickets_and_is_refused_whole_where_there_are_not_so_many(
    api: Api, hub: Hub
) -> None:
    event = await an_event(api, 2)
    rows = [f"b{n},Ada,{product},2026-12-24,20:30" for n, product in enumerate(("VIP", "VIP", "Standard", "VIP"))]
    head = "barcode,name,product,date,time"
    for query in ("?dry_run=1", ""):
        refused = await send(api.admin, event, a_file(*rows, head=head), query)
        assert (refused.status, refused.body["code"]) == (409, "sold_out"), refused.raw
        [row] = refused.body["rows"]
        assert (row["row"], row["column"]) == (2, "product")
        assert row["message"] == "only 2 of VIP left for 2026-12-24 20:30 (rows 2 to 5): the file has 3"
    assert await booked_by(hub, event) == {}
    begun = await send(api.admin, event, a_file(*rows[:3], head=head))
    assert (await end(api.admin, begun))["state"] == "completed"
    assert await booked_by(hub, event) == {"VIP": 2, "Standard": 1}
    corrected = [rows[0].replace("VIP", "Standard"), *rows[1:3]]
    begun = await send(api.admin, event, a_file(*corrected, head=head))
    assert (await end(api.admin, begun))["state"] == "completed"
    assert await booked_by(hub, event) == {"VIP": 1, "Standard": 2}
    assert (await order(api, event)).status == 201
    assert (await order(api, event)).body["code"] == "sold_out"


async def test_a_newer_list_that_turns_tickets_into_a_product_that_is_sold_out_is_refused_before_it_begins(
    api: Api, hub: Hub
) -> None:
    event = await an_event(api, 1)
    head = "barcode,name,product,date,time,status"

    async def lists(*rows: tuple[str, str]) -> Answer:
        lines = (f"b{n},Ada,{product},2026-12-24,20:30,{status}" for n, (product, status) in enumerate(rows))
        return await send(api.admin, event, a_file(*lines, head=head))

    first = await lists(("VIP", "paid"), ("Standard", "paid"))
    assert (await end(api.admin, first))["state"] == "completed"
    refused = await lists(("VIP", "paid"), ("VIP", "paid"))
    assert (refused.status, refused.body["code"]) == (409, "sold_out"), refused.raw
    assert [(row["row"], row["column"]) for row in refused.body["rows"]] == [(3, "product")]
    assert await booked_by(hub, event) == {"VIP": 1, "Standard": 1}
    swapped = await lists(("Standard", "paid"), ("VIP", "paid"))
    assert (await end(api.admin, swapped))["state"] == "completed"
    assert (await lists(("Standard", "paid"), ("VIP", "refunded"), ("VIP", "paid"))).status == 202


async def test_a_list_in_batches_swaps_tickets_between_products_that_are_sold_out(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.importing.checked.CORRECTED_AT_ONCE", 1)
    monkeypatch.setattr("hub.importing.importer.AT_ONCE", 1)
    monkeypatch.setattr("hub.importing.batches.AT_ONCE", 1)
    event = await an_event(api, products=[{"name": name, "capacity": 2} for name in ("A", "B", "C")])
    for products in ("AABBC", "BACBA", "CCBAB"):
        rows = (f"b{n},Ada,{product},2026-12-24,20:30" for n, product in enumerate(products))
        begun = await send(api.admin, event, a_file(*rows, head="barcode,name,product,date,time"))
        ended = await end(api.admin, begun)
        assert ended["state"] == "completed", ended
        assert await booked_by(hub, event) == Counter(products)


async def test_a_keys_tickets_without_a_product_are_of_the_events_only_one(api: Api, hub: Hub) -> None:
    full = {"name": "Full", "amount": "20.00", "currency": "EUR"}
    event = await an_event(api, products=[{"name": "VIP", "capacity": 2, "prices": [full]}])
    booked = await order(api.admin, event, None)
    assert (booked.body["product"], booked.body["amount"], booked.body["status"]) == ("VIP", "20.00", "valid")
    await api.book(event, tickets=[{"first_name": "Bo"}])
    assert await booked_by(hub, event) == {"VIP": 2}
    assert (await order(api.admin, event, None)).body["code"] == "sold_out"


async def test_a_party_larger_than_all_tickets_of_a_product_does_not_wait_for_ever(api: Api) -> None:
    event = await an_event(api, 4, waiting=True)
    await api.book(event, 4, tickets=[VIP] * 4)
    form = {"event": event["uuid"], **TONIGHT, "name": "Grace", "email": "g@example.org", "phone_number": "0123456"}
    refused = await api.post("/api/waiting", form | {"product": "VIP", "tickets": 5})
    assert (refused.status, refused.body["errors"]) == (422, {"tickets": "that time has 4 seats in all"})
    assert (await api.post("/api/waiting", form | {"product": "VIP", "tickets": 4})).status == 201


async def test_who_waits_for_a_product_is_offered_it_and_holds_it_until_the_offer_ends(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await an_event(api, 1, waiting=True, offer_minutes=30)
    (ticket,) = await api.book(event, tickets=[VIP])
    form = {"event": event["uuid"], **TONIGHT, "name": "Grace", "email": "g@example.org", "phone_number": "0123456"}
    assert (await api.post("/api/waiting", form | {"product": "Standard"})).body["code"] == "seats_left"
    joined = await api.post("/api/waiting", form | {"product": "VIP"})
    assert joined.status == 201, joined.raw
    worker = Worker(hub)
    assert await worker.run("settle_offers") == 0, "there are seats, but none of that product"
    assert (await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")).status == 200
    assert (await order(api, event)).body["code"] == "sold_out", "it is held"
    assert await left(api, event) == {"VIP": 0}
    entry = await hub.waiting.entry(joined.body["id"])
    await hub.waiting.accept(entry, await hub.events.get(event["uuid"]), None)
    assert await booked_by(hub, event) == {"VIP": 1}


async def test_an_offer_that_lapses_gives_its_product_back(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await an_event(api, 1, waiting=True, offer_minutes=30)
    (ticket,) = await api.book(event, tickets=[VIP])
    form = {"event": event["uuid"], **TONIGHT, "name": "Grace", "email": "g@example.org", "phone_number": "0123456"}
    assert (await api.post("/api/waiting", form | {"product": "VIP"})).status == 201
    assert (await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")).status == 200
    clock.advance(timedelta(minutes=31))
    await Worker(hub).run("settle_offers")
    assert (await order(api, event)).status == 201
    assert await booked_by(hub, event) == {"VIP": 1}


async def test_fewer_than_are_booked_may_be_said_and_more_may_be_sold_again(api: Api, hub: Hub) -> None:
    event = await an_event(api, None)
    await api.book(event, 3, tickets=[VIP] * 3)
    path = f"/api/events/{event['uuid']}"

    async def limit(capacity: int | None) -> int:
        products = [{"name": "Standard"}, {"name": "VIP", "capacity": capacity}]
        return (await api.admin.request("PATCH", path, {"products": products})).status

    assert (await limit(2), await limit(0), await limit(-1)) == (200, 422, 422)
    assert (await order(api, event)).body["code"] == "sold_out"
    assert await left(api, event) == {"VIP": 0}
    assert await limit(4) == 200
    assert [(await order(api, event)).status for _ in range(2)] == [201, 409]
    assert await limit(None) == 200
    assert (await order(api, event)).status == 201


async def test_a_product_that_is_counted_keeps_its_name_while_tickets_of_it_are_sold(api: Api, hub: Hub) -> None:
    event = await an_event(api, 2)
    path = f"/api/events/{event['uuid']}"

    async def become(*products: dict[str, Any]) -> Answer:
        return await api.admin.request("PATCH", path, {"products": [{"name": "Standard"}, *products]})

    assert (await become({"name": "Lounge", "capacity": 2})).status == 200, "none is sold"
    assert (await become({"name": "VIP", "capacity": 2})).status == 200
    await api.book(event, 2, tickets=[VIP] * 2)
    for products in ([{"name": "VIP Lounge", "capacity": 2}], []):
        refused = await become(*products)
        assert (refused.status, refused.body["code"]) == (409, "product_sold")
        assert refused.body["detail"].endswith("first remove its number: VIP")
    assert (await order(api, event)).body["code"] == "sold_out"
    assert (await become({"name": "VIP"})).status == 200
    assert (await become()).status == 200


async def test_strangers_learn_nothing_of_products_that_are_not_sold_to_them(api: Api) -> None:
    products = [{"name": "Standard", "capacity": 9}, {"name": "Crew", "capacity": 4, "public": False}]
    event = await an_event(api, products=products)
    assert await left(api, event) == {"Standard": 9}
    assert await left(api.admin, event) == {"Standard": 9, "Crew": 4}
    assert await left(await api.make_device(event), event) == {"Standard": 9, "Crew": 4}


async def test_device_and_staff_of_another_event_learn_what_strangers_do(api: Api) -> None:
    products = [{"name": "Standard", "capacity": 9}, {"name": "Crew", "capacity": 4, "public": False}]
    event, other = await an_event(api, products=products), await api.make_event()
    await make(api, "sam", "staff", events=[{"event": other["uuid"], "role": "organiser"}])
    for stranger in (await api.make_device(other), await as_user(api, "sam")):
        assert await left(stranger, event) == {"Standard": 9}


async def test_seats_of_a_version_before_are_counted_by_product_at_the_first_start(
    api: Api, hub: Hub, raw_database: Database[dict[str, Any]]
) -> None:
    event = await an_event(api, 4)
    first, *_ = await api.book(event, 3, tickets=[VIP, VIP, STANDARD])
    await api.admin.post(f"/api/tickets/{first['id']}/cancel")
    await api.book(event, 1, tickets=[{"first_name": "Bo"}])
    raw_database.showings.update_many({}, {"$unset": {"booked_by": ""}})
    raw_database.meta.delete_one({"_id": "seats by product"})
    assert "the seats of showings counted by product" in await prepare(hub.settings)
    assert await booked_by(hub, event) == {"VIP": 1, "Standard": 1, None: 1}
    assert await prepare(hub.settings) == []


@pytest.mark.parametrize("capacity", [2, None])
async def test_tickets_that_a_greater_number_frees_are_those_of_the_party_that_waits(
    api: Api, capacity: int | None
) -> None:
    event = await an_event(api, 1, waiting=True)
    assert (await order(api, event)).status == 201
    party = {"event": event["uuid"], **TONIGHT, "name": "Grace", "email": "grace@example.org", "product": "VIP"}
    assert (await api.post("/api/waiting", party | {"phone_number": "0123456"})).status == 201
    products = [{"name": "Standard"}, {"name": "VIP", "capacity": capacity}]
    changed, late = await asyncio.gather(
        api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"products": products}), order(api, event)
    )
    assert changed.status == 200
    assert [each["state"] for each in (await api.admin.get(f"/api/waiting?event={event['uuid']}")).body] == ["offered"]
    if capacity is not None:
        assert late.body["code"] == "sold_out"
        assert await left(api, event) == {"VIP": 0}


async def test_another_product_frees_no_tickets_of_the_one_that_is_waited_for(api: Api) -> None:
    event = await an_event(api, 1, waiting=True, products=[{"name": "VIP", "capacity": 1}])
    assert (await order(api, event)).status == 201
    party = {"event": event["uuid"], **TONIGHT, "name": "Grace", "email": "grace@example.org", "product": "VIP"}
    assert (await api.post("/api/waiting", party | {"phone_number": "0123456"})).status == 201
    more = {"products": [{"name": "VIP", "capacity": 1}, {"name": "Standard"}]}
    assert (await api.admin.request("PATCH", f"/api/events/{event['uuid']}", more)).status == 200
    assert [each["state"] for each in (await api.admin.get(f"/api/waiting?event={event['uuid']}")).body] == ["waiting"]


async def test_seats_of_a_list_that_is_switched_on_again_are_offered_at_once(api: Api) -> None:
    event = await an_event(api, 1, waiting=True)
    booked = await order(api, event)
    party = {"event": event["uuid"], **TONIGHT, "name": "Grace", "email": "grace@example.org", "product": "VIP"}
    assert (await api.post("/api/waiting", party | {"phone_number": "0123456"})).status == 201
    assert (await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"waiting": False})).status == 200
    assert (await api.admin.post(f"/api/tickets/{booked.body['id']}/cancel")).status == 200
    assert await left(api, event) == {"VIP": 1}
    assert (await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"waiting": True})).status == 200
    assert await left(api, event) == {"VIP": 0}
    assert (await order(api, event)).body["code"] == "sold_out"
