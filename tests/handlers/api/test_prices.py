"""Prices of tickets: exact amounts, kinds for the public, and the time to pay (booking-api.md, Prices)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from pymongo.database import Database

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Answer, Api
from tests.jobs.second_hub import Worker

WHEN = {"date": "2026-12-24", "time": "20:30"}
ADA = {"name": "Ada", "phone_number": "12345"}


def product(name: str, *amounts: object, currency: str = "EUR", **fields: Any) -> dict[str, Any]:
    prices = [{"name": f"P{n}", "amount": amount, "currency": currency} for n, amount in enumerate(amounts)]
    return {"name": name, "prices": prices, **fields}


async def shop(api: Api, *products: Any, **fields: Any) -> Any:
    return await api.make_event(**{"booking": "open", "products": [*products], "phone_limit": 100} | fields)


async def buy(api: Api, event: Any, /, **fields: Any) -> Answer:
    order = {"event": event["uuid"], **WHEN, "name": "Ada", "phone_number": "12345"}
    return await api.post("/api/tickets", order | fields)


@pytest.mark.gen_test
async def test_amounts_are_exact_in_their_currency_however_they_are_sent(api: Api) -> None:
    sent = [
        ("20", "EUR", "20.00"),
        (20.1, "eur", "20.10"),
        (1500, "JPY", "1500"),
        ("1.005", "KWD", "1.005"),
        (0, "EUR", "0.00"),
    ]
    products = [product(f"K{n}", amount, currency=currency) for n, (amount, currency, _) in enumerate(sent)]
    event = await shop(api, *products)
    kept = [each["prices"][0] for each in event["products"]]
    assert [price["amount"] for price in kept] == [text for _, _, text in sent]
    assert kept[1]["currency"] == "EUR"
    again = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"products": event["products"]})
    assert (again.status, again.body["products"]) == (200, event["products"]), "sent back as it was read"


@pytest.mark.parametrize(
    ("amount", "currency", "field"),
    [
        *[("0.001", "EUR", "amount"), (0.5, "JPY", "amount"), (-1, "EUR", "amount"), ("many", "EUR", "amount")],
        *[(1e300, "EUR", "amount"), ("9" * 50, "EUR", "amount"), (1, "EURO", "currency"), (1, "XXQ", "currency")],
        *[(None, "EUR", "amount"), ([], "EUR", "amount"), (True, "EUR", "amount"), (1, None, "currency")],
    ],
)
@pytest.mark.gen_test
async def test_what_is_no_amount_is_named_and_changes_nothing(
    api: Api, amount: object, currency: Any, field: str
) -> None:
    event = await shop(api, product("Standard", 5))
    wrong = [product("Standard", amount, currency=currency)]
    answer = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"products": wrong})
    assert (answer.status, set(answer.body["errors"])) == (422, {f"products[0].prices[0].{field}"})
    assert (await api.admin.get(f"/api/events/{event['uuid']}")).body["products"] == event["products"]


@pytest.mark.gen_test
async def test_event_of_an_older_version_keeps_its_prices_and_can_be_changed(
    api: Api, raw_database: Database[dict[str, Any]]
) -> None:
    event = await shop(api, product("Standard", 5))
    old = [
        {"name": "Full", "amount": 19.99, "currency": "EUR"},
        {"name": "Odd", "amount": 0.125, "currency": "Credits"},
    ]
    wanted = {"$set": {"products": [{"name": "Standard", "prices": old, "public": True}]}}
    raw_database.events.update_one({"_id": event["uuid"]}, wanted)
    answer = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"venue": "Elsewhere"})
    assert answer.status == 200, answer.raw
    assert answer.body["products"][0]["prices"][0] == {"name": "Full", "amount": "19.99", "currency": "EUR"}
    bought = await buy(api, event, product="Standard", price="Full")
    assert (bought.body["amount"], bought.body["currency"], bought.body["status"]) == ("19.99", "EUR", "unpaid")


@pytest.mark.gen_test
async def test_priced_kind_booked_without_a_key_is_unpaid_and_says_where_and_until_when_to_pay(
    api: Api, clock: SettableClock
) -> None:
    where = "At the box office, daily 10:00 to 18:00"
    event = await shop(api, product("Standard", "20.50", public=True), hold_minutes=90, pay_where=where)
    guests = [{"first_name": "Ada"}, {"first_name": "Grace", "product": "Standard"}]
    order = {"event": event["uuid"], **WHEN, "name": "Ada", "phone_number": "12345", "paid": True, "tickets": guests}
    made = (await api.post("/api/reservations", order)).body
    assert [ticket["status"] for ticket in made["tickets"]] == ["unpaid"] * 2, "a guest's word is no payment"
    until = (clock.now() + timedelta(minutes=90)).isoformat(timespec="seconds")
    assert made["payment"]["due"] == [{"amount": "41.00", "currency": "EUR"}]
    assert (made["payment"]["at"], made["payment"]["where"]) == ("ahead", where)
    assert made["payment"]["until"][:16] == until[:16]
    ticket = made["tickets"][0]
    assert (ticket["amount"], ticket["price"], ticket["product"]) == ("20.50", "P0", "Standard")
    paid = await api.admin.post(f"/api/reservations/{made['uuid']}/pay")
    assert (paid.body["payment"], paid.body["tickets"][0]["amount"]) == (None, "20.50")


@pytest.mark.gen_test
async def test_order_of_a_guest_is_one_so_that_its_free_tickets_wait_for_the_payment_too(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    kinds = [product("Standard", "20.50", public=True), product("Child")]
    event = await shop(api, *kinds, hold_minutes=30)
    guests = [{"first_name": "Ada", "product": "Standard"}, {"first_name": "Bo", "product": "Child"}]
    order = {"event": event["uuid"], **WHEN, "name": "Ada", "phone_number": "12345", "tickets": guests}
    paid, lapsed = [(await api.post("/api/reservations", order)).body for _ in range(2)]
    assert [ticket["status"] for ticket in paid["tickets"]] == ["unpaid"] * 2
    assert paid["payment"]["due"] == [{"amount": "20.50", "currency": "EUR"}]
    alone = await buy(api, event, product="Child")
    assert alone.body["status"] == "valid"
    settled = (await api.admin.post(f"/api/reservations/{paid['uuid']}/pay")).body
    assert [ticket["status"] for ticket in settled["tickets"]] == ["valid"] * 2
    clock.advance(timedelta(minutes=31))
    assert await Worker(hub).run("free_unpaid") == 2
    freed = [(await api.admin.get(f"/api/tickets/{each['id']}")).body["status"] for each in lapsed["tickets"]]
    assert freed == ["canceled"] * 2


@pytest.mark.gen_test
async def test_kinds_are_public_where_they_are_free_or_say_so_and_a_key_books_any(api: Api) -> None:
    vip, crew = product("VIP", 80), product("Crew", public=False)
    event = await shop(
        api, vip, crew, product("Free"), product("Zero", 0, "0.00"), product("Standard", 20, 15, public=True)
    )
    for name in ("VIP", "Crew", "None of ours"):
        assert (await buy(api, event, product=name)).body["errors"] == {"product": "is not sold here"}
    for name in ("VIP", "Crew"):
        assert (await buy(api.admin, event, product=name)).status == 201
    assert (await buy(api, event)).body["errors"] == {"product": "must be chosen"}
    assert (await buy(api, event, product="Free")).body["status"] == "valid"
    assert (await buy(api, event, product="Zero", price="P1")).body["status"] == "valid"
    assert (await buy(api, event, product="Standard")).body["errors"] == {"price": "must be chosen"}
    assert (await buy(api, event, product="Standard", price="P9")).body["errors"] == {"price": "is not sold here"}
    reduced = (await buy(api, event, product="Standard", price="P1")).body
    assert (reduced["status"], reduced["amount"]) == ("unpaid", "15.00")
    guests = [{"first_name": "A", "product": "Free"}, {"first_name": "B", "product": "VIP"}]
    order = {"event": event["uuid"], **WHEN, "name": "Ada", "phone_number": "12345", "tickets": guests}
    assert (await api.post("/api/reservations", order)).body["errors"] == {"tickets[1].product": "is not sold here"}
    only_vip = await shop(api, product("VIP", 80))
    assert (await buy(api, only_vip)).body["errors"] == {"product": "is not sold here"}, "leaving it out is no way in"


@pytest.mark.gen_test
async def test_what_is_not_paid_in_time_frees_its_seat_and_the_waiting_list_hears(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    one = [{**WHEN, "capacity": 1}]
    event = await shop(api, product("Standard", 20, public=True), hold_minutes=30, waiting=True, showings=one)
    bought = (await buy(api, event)).body
    form = {"event": event["uuid"], **WHEN, "name": "grace", "email": "grace@example.org", "phone_number": "0123"}
    place = (await api.post("/api/waiting", form)).body
    assert place["product"] == "Standard"
    clock.advance(timedelta(minutes=29))
    assert await Worker(hub).run("free_unpaid") == 0
    clock.advance(timedelta(minutes=1))
    assert await Worker(hub).run("free_unpaid") == 1
    assert (await api.admin.get(f"/api/tickets/{bought['id']}")).body["status"] == "canceled"
    entry = await hub.waiting.entry(place["id"])
    reservation = await hub.waiting.accept(entry, await hub.events.get(event["uuid"]), None)
    taken = (await api.admin.get(f"/api/reservations/{reservation}")).body
    assert taken["tickets"][0]["status"] == "unpaid" and taken["payment"]["due"] == [
        {"amount": "20.00", "currency": "EUR"}
    ]


@pytest.mark.gen_test
async def test_event_that_is_paid_at_the_door_frees_nothing_and_its_door_is_shown_the_amount(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await shop(api, product("Standard", "12.50", public=True), hold_minutes=30, pay_at="door")
    ticket = (await buy(api, event)).body
    assert (ticket["payment"]["at"], ticket["payment"]["until"]) == ("door", None)
    clock.advance(timedelta(minutes=60))
    assert await Worker(hub).run("free_unpaid") == 0
    gate = await api.make_device(event)
    refused = (await gate.scan(ticket["code"], nonce="n1")).body
    assert (refused["code"], refused["due"]) == ("unpaid", {"amount": "12.50", "currency": "EUR"})
    taken_along = (await gate.get("/scan/manifest/")).body["tickets"][0]
    assert taken_along["due"] == refused["due"], "a phone that is alone knows it, too"
    await api.admin.post(f"/api/reservations/{ticket['reservation']}/pay")
    assert "due" not in (await gate.get("/scan/manifest/")).body["tickets"][0]
    admitted = (await gate.scan(ticket["code"], nonce="n2")).body
    assert admitted["code"] == "admitted" and "due" not in admitted


@pytest.mark.gen_test
async def test_prices_that_change_while_many_book_leave_each_ticket_the_price_of_its_moment(api: Api) -> None:
    event = await shop(api, product("Standard", 20, public=True))
    path = f"/api/events/{event['uuid']}"
    dear = {"products": [product("Standard", "25.00", public=True)]}
    hidden = {"products": [product("Standard", "25.00", public=False)]}
    changes = [api.admin.request("PATCH", path, dear), api.admin.request("PATCH", path, hidden)]
    answers = await asyncio.gather(
        *[buy(api, event) for _ in range(9)], changes[0], *[buy(api, event) for _ in range(9)]
    )
    bought = [answer.body for answer in answers if answer.status == 201]
    assert {(each["status"], each["amount"]) for each in bought} <= {("unpaid", "20.00"), ("unpaid", "25.00")}
    assert len(bought) == 18
    await changes[1]
    assert (await buy(api, event)).body["errors"] == {"product": "is not sold here"}
    listed = (await api.admin.get(f"/api/tickets?event={event['uuid']}&limit=1000")).body
    assert sorted(each["amount"] for each in listed) == sorted(each["amount"] for each in bought)


async def offered(api: Api, client: Any, event: Any, **fields: Any) -> Any:
    """Return the place of a party that joins and is offered the only seat of a time."""
    taken = (await api.admin.post("/api/tickets", {"event": event["uuid"], **WHEN, **ADA})).body
    form = {"event": event["uuid"], **WHEN, "name": "grace", "email": "grace@example.org", "phone_number": "0123"}
    joined = await client.post("/api/waiting", form | fields)
    assert joined.status == 201
    assert (await api.admin.post(f"/api/tickets/{taken['id']}/cancel")).status == 200
    return joined.body


async def accepted(api: Api, hub: Hub, place: Any) -> Any:
    """Return the ticket of an offer that is accepted."""
    entry = await hub.waiting.entry(place["id"])
    reservation = await hub.waiting.accept(entry, await hub.events.get(entry.event), None)
    (ticket,) = (await api.admin.get(f"/api/reservations/{reservation}")).body["tickets"]
    return ticket


CHANGED = {
    "no longer public": product("Standard", 20, public=False),
    "public by default of the version before": product("Standard", 20),
    "another price": {
        "name": "Standard",
        "prices": [{"name": "Late", "amount": 20, "currency": "EUR"}, {"name": "VIP", "amount": 90, "currency": "EUR"}],
    },
}


@pytest.mark.parametrize("is_price_kept", [True, False])
@pytest.mark.parametrize("changed", CHANGED.values(), ids=CHANGED)
@pytest.mark.gen_test
async def test_offer_is_accepted_unpaid_whatever_became_of_its_kind_since_the_guest_joined(
    api: Api, hub: Hub, raw_database: Database[dict[str, Any]], changed: Any, is_price_kept: bool
) -> None:
    one = [{**WHEN, "capacity": 1}]
    event = await shop(api, product("Standard", 20, public=True), waiting=True, showings=one)
    place = await offered(api, api, event)
    if not is_price_kept:  # as the version before kept it
        raw_database.waiting.update_one({"_id": place["id"]}, {"$unset": {"price": ""}})
    path = f"/api/events/{event['uuid']}"
    assert (await api.admin.request("PATCH", path, {"products": [changed]})).status == 200
    ticket = await accepted(api, hub, place)
    assert (ticket["status"], ticket["amount"], ticket["price"]) == ("unpaid", "20.00", changed["prices"][0]["name"])


@pytest.mark.parametrize("fields", [{}, {"product": "Standard"}, {"product": "Standard", "price": "P0"}])
@pytest.mark.gen_test
async def test_what_costs_is_unpaid_also_for_a_party_that_an_organiser_put_on_the_list(
    api: Api, hub: Hub, fields: dict[str, str]
) -> None:
    one = [{**WHEN, "capacity": 1}]
    event = await shop(api, product("Standard", 20, public=True), waiting=True, showings=one)
    ticket = await accepted(api, hub, await offered(api, api.admin, event, **fields))
    assert (ticket["status"], ticket["amount"]) == ("unpaid", "20.00")


@pytest.mark.gen_test
async def test_what_is_free_is_valid_for_a_party_that_an_organiser_put_on_the_list(api: Api, hub: Hub) -> None:
    one = [{**WHEN, "capacity": 1}]
    event = await shop(api, product("Standard", 0), waiting=True, showings=one)
    assert (await accepted(api, hub, await offered(api, api.admin, event)))["status"] == "valid"


@pytest.mark.parametrize("fields", [{"price": "P9"}, {"product": "Standard", "price": "P9"}])
@pytest.mark.gen_test
async def test_party_waits_for_no_price_that_its_product_has_not(api: Api, fields: dict[str, str]) -> None:
    one = [{**WHEN, "capacity": 1}]
    event = await shop(api, product("Standard", 20, public=True), waiting=True, showings=one)
    await buy(api, event)
    form = {"event": event["uuid"], **WHEN, "name": "grace", "email": "grace@example.org"}
    for client in (api, api.admin):
        answer = await client.post("/api/waiting", form | fields)
        assert (answer.status, answer.body["errors"]) == (422, {"price": "is not sold here"})
