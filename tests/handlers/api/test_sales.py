"""Sales at a desk: tickets booked and paid for at once, or neither (booking-api.md, Selling)."""

import asyncio
from typing import Any

import pytest

from hub.app import Hub
from tests.api import Answer, Api
from tests.handlers.api.test_payments import codes, money

WHEN = {"date": "2026-12-24", "time": "20:30"}
PRODUCTS: list[dict[str, Any]] = [
    {
        "name": "Standard",
        "prices": [
            {"name": "Full", "amount": "12.50", "currency": "EUR"},
            {"name": "Reduced", "amount": "8", "currency": "EUR"},
        ],
    },
    {"name": "Guest list"},
]
FULL = {"product": "Standard", "price": "Full"}


async def sell(
    api: Api, event: Any, *tickets: Any, method: str | None = "cash", key: str = "", **fields: Any
) -> Answer:
    payment = {} if method is None else {"payment": {"method": method}}
    headers = {"Idempotency_Key": key} if key else {}
    sale = {**WHEN, "tickets": [*tickets] or [FULL], **payment, **fields}
    return await api.admin.post(f"/api/events/{event['uuid']}/sales", sale, **headers)


@pytest.mark.gen_test
async def test_tickets_are_sold_without_a_name_paid_for_and_let_in(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    kinds = (await api.admin.get(f"/api/events/{event['uuid']}/sales")).body["kinds"]
    assert [(kind["label"], kind["amount"]) for kind in kinds] == [
        ("Standard: Full", "12.50"),
        ("Standard: Reduced", "8.00"),
        ("Guest list", None),
    ]
    sold = await sell(api, event, {**FULL, "count": 2}, {"product": "Standard", "price": "Reduced"})
    assert (sold.status, sold.body["tickets_count"], sold.body["payment"]) == (201, 3, None)
    assert sorted(amount for _, amount, _, _ in await money(hub, event)) == [800, 1250, 1250]
    device = await api.make_device(event)
    assert (await device.scan(sold.body["tickets"][0]["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_many_desks_sell_the_last_seats_and_no_money_is_taken_for_a_seat_that_there_is_not(
    api: Api, hub: Hub
) -> None:
    event = await api.make_event(products=PRODUCTS, showings=[{**WHEN, "capacity": 7}])
    answers = await asyncio.gather(*[sell(api, event, {**FULL, "count": 2}) for _ in range(10)])
    assert sorted(codes(*answers)) == ["ok"] * 3 + ["sold_out"] * 7
    assert [amount for _, amount, _, _ in await money(hub, event)] == [1250] * 6
    tickets = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert len(tickets) == 6


@pytest.mark.gen_test
async def test_a_sale_that_is_sent_again_is_sold_once(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    answers = await asyncio.gather(*[sell(api, event, key="customer-1") for _ in range(5)])
    assert {answer.body["uuid"] for answer in answers} == {answers[0].body["uuid"]}
    assert len(await money(hub, event)) == 1
    assert codes(await sell(api, event, method="card", key="customer-1")) == ["idempotency_mismatch"]


@pytest.mark.gen_test
async def test_what_the_seller_took_is_what_is_recorded_though_the_price_has_changed(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    await sell(api, event, {**FULL, "count": 2}, payment={"method": "cash", "amount": "20.01", "currency": "EUR"})
    assert sum(amount for _, amount, _, _ in await money(hub, event)) == 2001


@pytest.mark.gen_test
async def test_a_sale_that_is_paid_later_is_unpaid_and_a_free_one_takes_nothing(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    later = await sell(api, event, method=None, name="Ada Lovelace")
    assert (later.body["tickets"][0]["status"], later.body["tickets"][0]["name"]) == ("unpaid", "Ada Lovelace")
    free = await sell(api, event, {"product": "Guest list"}, method="free")
    assert free.body["tickets"][0]["status"] == "valid"
    assert await money(hub, event) == [("payment.taken", 0, None, "free")]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"tickets": []}, "tickets"),
        ({"tickets": [{**FULL, "count": 0}]}, "tickets[0].count"),
        ({"tickets": [{**FULL, "count": 101}]}, "tickets[0].count"),
        ({"tickets": [{**FULL, "count": 60}, {**FULL, "count": 60}]}, "tickets"),
        ({"tickets": [{"product": "Standard"}]}, "tickets[0].product"),
        ({"tickets": [{"product": "Backstage"}]}, "tickets[0].product"),
        ({"tickets": [{}]}, "tickets[0].product"),
        ({"time": "25:00"}, "time"),
        ({"time": "21:00"}, "time"),
        ({"phone_number": "many"}, "phone_number"),
        ({"email": "ada"}, "email"),
        ({"payment": {"method": "cash", "amount": "0.001"}}, "amount"),
        ({"payment": {"method": "cash", "currency": "EURO"}}, "payment.currency"),
        ({"payment": {"method": "promise"}}, "payment.method"),
    ],
)
@pytest.mark.gen_test
async def test_what_cannot_be_sold_is_named_and_nothing_is_booked(
    api: Api, hub: Hub, fields: dict[str, Any], field: str
) -> None:
    event = await api.make_event(products=PRODUCTS)
    answer = await sell(api, event, **fields)
    assert (answer.status, set(answer.body["errors"])) == (422, {field}), answer.raw
    assert (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body == []
    assert await money(hub, event) == []


@pytest.mark.gen_test
async def test_an_event_without_kinds_sells_plain_tickets_and_a_closed_one_none(api: Api) -> None:
    event = await api.make_event(products=[])
    sold = await sell(api, event, {"count": 2}, payment={"method": "cash", "amount": "10", "currency": "EUR"})
    assert [ticket["paid"]["amount"] for ticket in sold.body["tickets"]] == ["5.00", "5.00"]
    await api.admin.post(f"/api/events/{event['uuid']}/close")
    assert (await sell(api, event, {})).status == 404


@pytest.mark.gen_test
async def test_many_desks_sell_the_last_of_a_kind_once(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=[{**PRODUCTS[0], "capacity": 3}, PRODUCTS[1]])
    answers = await asyncio.gather(*[sell(api, event) for _ in range(8)])
    assert sorted(codes(*answers)) == ["ok"] * 3 + ["sold_out"] * 5
    assert [amount for _, amount, _, _ in await money(hub, event)] == [1250] * 3


@pytest.mark.gen_test
async def test_a_sale_that_is_sent_again_finds_its_answer_though_its_kind_and_the_event_are_gone(
    api: Api, hub: Hub
) -> None:
    event = await api.make_event(products=PRODUCTS)
    first = await sell(api, event, key="customer-1")
    assert (await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"products": PRODUCTS[1:]})).status == 200
    await api.admin.post(f"/api/events/{event['uuid']}/close")
    again = await sell(api, event, key="customer-1")
    assert (again.status, again.body.get("uuid")) == (201, first.body["uuid"]), again.raw
    assert len(await money(hub, event)) == 1


@pytest.mark.gen_test
async def test_free_tickets_of_an_unpaid_sale_are_let_in(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    later = await sell(api, event, {"product": "Guest list"}, FULL, method=None)
    tickets = {ticket["product"]: ticket for ticket in later.body["tickets"]}
    assert {name: ticket["status"] for name, ticket in tickets.items()} == {"Guest list": "valid", "Standard": "unpaid"}
    device = await api.make_device(event, may=["sell"])
    assert (await device.scan(tickets["Guest list"]["code"])).body["code"] == "admitted"
    assert (await device.scan(tickets["Standard"]["code"])).body["code"] == "unpaid"
    alone = await sell(api, event, {"product": "Guest list"}, method=None)
    assert (await api.admin.get(f"/api/reservations/{alone.body['uuid']}")).body["paid"] is True
    paid = await api.admin.post(f"/api/reservations/{later.body['uuid']}/pay", {"method": "cash"})
    assert paid.status == 200, paid.raw
    assert await money(hub, event) == [("payment.taken", 1250, "EUR", "cash")]
