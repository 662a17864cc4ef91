"""Takings and tills: sums of the journal's payments, counted and closed for good (booking-api.md)."""

import asyncio
import csv
import io
import re
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymongo.database import Database

from hub.app import Hub
from hub.model.payment import TakenSum
from hub.sales.takings import added_up
from tests.api import Api
from tests.handlers.api.test_payments import codes, money
from tests.handlers.api.test_sales import FULL, PRODUCTS, WHEN, sell

REDUCED = {"product": "Standard", "price": "Reduced"}


async def takings(api: Api, event: Any) -> Any:
    return (await api.admin.get(f"/api/events/{event['uuid']}/takings")).body


async def till_of(api: Api, event: Any) -> Any:
    answer = (await api.admin.get(f"/api/events/{event['uuid']}/tills")).body
    return answer["tills"][0], answer["closings"]


def lines(rows: list[Any]) -> dict[str, str]:
    return {row["name"]: row["net"] for row in rows}


@pytest.mark.gen_test
async def test_takings_are_the_payments_of_the_journal_by_kind_method_person_and_door(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    await sell(api, event, {**FULL, "count": 2})
    card = await sell(api, event, REDUCED, method="card")
    await sell(api, event, {"product": "Guest list"}, method="free")
    await sell(api, event, method=None)
    await api.book(event, 1, tickets=[{"first_name": "Test", "product": "Standard", "price": "Full"}])
    await api.admin.post(f"/api/reservations/{card.body['uuid']}/refund", {"method": "cash"})
    found = await takings(api, event)
    eur = [row for row in found["totals"] if row["currency"] == "EUR"]
    assert [(row["payments"], row["taken"], row["returned"], row["net"]) for row in eur] == [
        (3, "33.00", "8.00", "25.00")
    ]
    assert lines(found["methods"]) == {"Card": "8.00", "Cash": "17.00", "Free": "0"}
    assert lines(found["kinds"]) == {"Standard: Full": "25.00", "Standard: Reduced": "0.00", "Guest list": "0"}
    assert [row["name"] for row in found["doors"]] == ["At no door", "At no door"]
    text = (await api.admin.get(f"/api/events/{event['uuid']}/takings.csv")).raw.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sum(Decimal(row["taken"]) - Decimal(row["returned"]) for row in rows) == Decimal("25.00")
    assert {(row["date"], row["time"]) for row in rows} == {(WHEN["date"], WHEN["time"])}
    assert {(row["method"], row["by_kind"], row["door"]) for row in rows} >= {("card", "key", "")}
    address = f"/api/events/{event['uuid']}/takings.csv?language=de"
    german = list(csv.reader(io.StringIO((await api.admin.get(address)).raw.decode("utf-8-sig"))))
    assert {"Karte", "Bar", "Schlüssel"} <= {cell for row in german for cell in row}
    page = (await api.admin.get(f"/events/{event['uuid']}/report")).raw.decode()
    assert "Takings by method" in page and "17.00" in page


@pytest.mark.gen_test
async def test_takings_till_and_a_recount_of_the_tickets_agree_after_a_busy_night(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    path = f"/api/events/{event['uuid']}"
    kinds = [(FULL, 1250), (REDUCED, 800)]
    sales = [
        sell(api, event, {**kinds[n % 2][0], "count": n % 3 + 1}, method=("cash", "card", "transfer")[n % 3])
        for n in range(12)
    ]
    sold = await asyncio.gather(*sales)
    await asyncio.gather(*[api.admin.post(f"/api/reservations/{sale.body['uuid']}/refund") for sale in sold[:4]])
    recount: Counter[str] = Counter()
    for ticket in (await api.admin.get(f"/api/tickets?event={event['uuid']}&limit=500")).body:
        if ticket["paid"]:
            recount[ticket["paid"]["method"]] += int(Decimal(ticket["paid"]["amount"]) * 100)
    fold: Counter[str] = Counter()
    for kind, amount, _, method in await money(hub, event):
        fold[method] += amount if kind == "payment.taken" else -amount
    found = await takings(api, event)
    summed = {row["name"].lower(): int(Decimal(row["net"]) * 100) for row in found["methods"]}
    till, _ = await till_of(api, event)
    counted = {line["method"]: int(Decimal(line["net"]) * 100) for line in till["lines"]}
    assert dict(recount) == {method: net for method, net in fold.items() if net}
    assert dict(fold) == summed == counted
    assert (await api.admin.get(f"{path}/takings")).body["seq"] == found["seq"]


@pytest.mark.gen_test
async def test_a_till_is_opened_counted_and_closed_and_changes_no_more(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    till, _ = await till_of(api, event)
    path = f"/api/events/{event['uuid']}/tills/{till['holder']['id']}"
    assert codes(await api.admin.post(f"{path}/close", {"number": 1, "counted": {}})) == ["till_empty"]
    await api.admin.post(f"{path}/open", {"number": 1, "floats": {"EUR": "50"}})
    sold = await sell(api, event, {**FULL, "count": 2})
    await sell(api, event, REDUCED, method="card")
    till, _ = await till_of(api, event)
    assert till["expected"] == [{"amount": "75.00", "currency": "EUR"}]
    missing = await api.admin.post(f"{path}/close", {"number": 1, "counted": {}})
    assert set(missing.body["errors"]) == {"counted.EUR"}
    closes = [api.admin.post(f"{path}/close", {"number": 1, "counted": {"EUR": "74.50"}}) for _ in range(4)]
    assert sorted(codes(*await asyncio.gather(*closes))) == ["ok"] + ["till_closed"] * 3
    await api.admin.post(f"/api/reservations/{sold.body['uuid']}/refund")
    till, (closing,) = await till_of(api, event)
    assert closing["cash"] == [{"currency": "EUR", "expected": "75.00", "counted": "74.50", "difference": "-0.50"}]
    assert [(line["method"], line["net"]) for line in closing["lines"]] == [("card", "8.00"), ("cash", "25.00")]
    assert (closing["by"]["kind"], closing["number"], till["number"]) == ("key", 1, 2)
    assert till["expected"] == [{"amount": "-25.00", "currency": "EUR"}], "given back after the closing: of the next"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "number"),
        ({"number": 0}, "number"),
        ({"number": 1, "counted": {"EUR": "many"}}, "counted.EUR"),
        ({"number": 1, "counted": {"EUR": "0.001"}}, "counted.EUR"),
        ({"number": 1, "counted": {"XXQ": "1"}}, "counted.XXQ"),
        ({"number": 1, "counted": {"EUR": 1.5}}, "counted.EUR"),
        ({"number": 1, "counted": {"EUR": "-1"}}, "counted.EUR"),
    ],
)
@pytest.mark.gen_test
async def test_what_is_no_count_is_named_and_closes_nothing(api: Api, sent: dict[str, Any], field: str) -> None:
    event = await api.make_event(products=PRODUCTS)
    await sell(api, event)
    till, _ = await till_of(api, event)
    answer = await api.admin.post(f"/api/events/{event['uuid']}/tills/{till['holder']['id']}/close", sent)
    assert (answer.status, set(answer.body["errors"])) == (422, {field}), answer.raw
    assert (await till_of(api, event))[1] == []


@pytest.mark.gen_test
async def test_an_unreadable_payment_and_closing_stop_no_report(
    api: Api, hub: Hub, raw_database: Database[dict[str, Any]]
) -> None:
    event = await api.make_event(products=PRODUCTS)
    await sell(api, event)
    journal = raw_database.journal
    wrong = {"event": event["uuid"], "at": hub.clock.now(), "batch": "x"}
    odd = {"amount": "many", "currency": 7, "method": None}
    journal.insert_one({**wrong, "seq": 10_000, "kind": "payment.taken", "data": odd})
    journal.insert_one({**wrong, "seq": 10_001, "kind": "till.closed", "data": {"holder": 5}})
    raw_database.streams.update_one({"_id": event["uuid"]}, {"$set": {"seq": 10_001}})
    assert lines((await takings(api, event))["methods"]) == {"Cash": "12.50", "Unknown": "0"}
    assert (await till_of(api, event))[1] == []


@given(
    st.lists(
        st.builds(
            TakenSum,
            kind=st.sampled_from(["payment.taken", "payment.returned"]),
            method=st.sampled_from(["cash", "card"]),
            currency=st.just("EUR"),
            product=st.sampled_from(["A", "B"]),
            device=st.sampled_from(["anna", "bob"]),
            amount=st.integers(0, 10**12),
            count=st.integers(1, 100),
        ),
        max_size=30,
    )
)
def test_however_they_are_grouped_takings_add_up_to_the_same(rows: list[TakenSum]) -> None:
    def net(of: Any) -> Decimal:
        return sum((Decimal(row.net) for row in added_up(rows, of)), Decimal(0))

    whole = net(lambda row: "all")
    assert net(lambda row: row.method) == net(lambda row: row.product) == net(lambda row: row.device) == whole
    signed = sum(row.amount if row.kind == "payment.taken" else -row.amount for row in rows)
    assert whole * 100 == signed


@pytest.mark.gen_test
async def test_a_till_is_opened_for_oneself_and_those_of_the_event_only(api: Api) -> None:
    event, other = await api.make_event(products=PRODUCTS), await api.make_event(products=PRODUCTS)
    await api.make_device(event)
    await api.make_device(other)
    (near,) = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    (far,) = (await api.admin.get(f"/api/devices?event={other['uuid']}")).body
    own, _ = await till_of(api, event)
    statuses = [
        (await api.admin.post(f"/api/events/{event['uuid']}/tills/{holder}/open", {"number": 1, "floats": {}})).status
        for holder in (own["holder"]["id"], near["uuid"], far["uuid"], "nobody")
    ]
    assert statuses == [200, 200, 404, 404]


@pytest.mark.gen_test
async def test_closings_are_listed_page_by_page_in_either_order_with_their_number(api: Api) -> None:
    event = await api.make_event(products=PRODUCTS)
    path = f"/api/events/{event['uuid']}"
    for number in range(1, 6):
        await sell(api, event)
        till, _ = await till_of(api, event)
        closed = {"number": number, "counted": {"EUR": till["expected"][0]["amount"]}}
        answer = await api.admin.post(f"{path}/tills/{till['holder']['id']}/close", closed)
        assert answer.status == 200, answer.raw
    for sort, numbers in (("-at", [5, 4, 3, 2, 1]), ("at", [1, 2, 3, 4, 5])):
        listed, link = [], f"{path}/closings?limit=2&sort={sort}"
        while link:
            page = await api.admin.get(link)
            assert page.headers["X-Total-Count"] == "5"
            assert len(page.body) <= 2
            listed += page.body
            link = next(iter(re.findall("<(.*)>", page.headers.get("Link", ""))), "")
        assert [closing["number"] for closing in listed] == numbers
    assert sorted(listed, key=lambda each: -each["number"]) == (await till_of(api, event))[1]


@pytest.mark.parametrize("query", ["sort=number", "cursor=x", "limit=0", "limit=1001", "cursor=-1"])
@pytest.mark.gen_test
async def test_closings_asked_for_wrongly_are_refused(api: Api, query: str) -> None:
    event = await api.make_event(products=PRODUCTS)
    answer = await api.admin.get(f"/api/events/{event['uuid']}/closings?{query}")
    assert (answer.status, set(answer.body["errors"])) == (422, {query.split("=")[0]}), answer.raw
