"""Payments at the door: an unpaid ticket is paid for and let in at once, or neither (scan-api.md)."""

import asyncio
from typing import Any

import pytest
from pymongo.database import Database

from hub.app import Hub
from hub.errors import Unavailable
from tests.api import Answer, Api
from tests.handlers.api.test_payments import money

PRODUCTS = [
    {"name": "Standard", "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]},
    {"name": "Guest list"},
]
CASH = {"method": "cash", "amount": "12.50", "currency": "EUR"}
TAKEN = ("payment.taken", 1250, "EUR", "cash")


async def unpaid(api: Api, count: int = 1, **fields: Any) -> tuple[Any, list[Any]]:
    event = await api.make_event(products=PRODUCTS, **fields)
    guests = [{"first_name": "Ada", "last_name": str(n), "product": "Standard", "price": "Full"} for n in range(count)]
    return event, await api.book(event, count, paid=False, tickets=guests)


async def seller(api: Api, event: Any, door: int = 0) -> Api:
    return await api.make_device(event, door, may=["sell"])


def code(answer: Answer) -> str:
    found: str = answer.body["code"]
    return found


@pytest.mark.gen_test
async def test_money_is_taken_and_the_ticket_let_in_by_one_scan(api: Api, hub: Hub) -> None:
    event, (ticket,) = await unpaid(api)
    door = await seller(api, event, 1)
    first = await door.scan(ticket["code"])
    assert (code(first), first.body["due"]) == ("unpaid", {"amount": "12.50", "currency": "EUR"})
    answer = await door.scan(ticket["code"], payment=CASH, nonce="n1")
    assert (code(answer), answer.body["success"], answer.body["paid"]) == ("admitted", True, CASH)
    again = await door.scan(ticket["code"], payment=CASH, nonce="n1")
    assert (again.body["replayed"], again.body["paid"]) == (True, CASH)
    assert await money(hub, event) == [TAKEN]
    takings = (await api.admin.get(f"/api/events/{event['uuid']}/takings")).body
    assert [(row["name"], row["net"]) for row in takings["doors"]] == [("South door", "12.50")]
    assert [(row["name"], row["net"]) for row in takings["people"]] == [("Gate 1", "12.50")]


@pytest.mark.gen_test
async def test_desks_and_doors_that_take_one_payment_at_once_take_it_once_and_let_in_once(api: Api, hub: Hub) -> None:
    event, (ticket,) = await unpaid(api)
    doors = [await seller(api, event, n % 2) for n in range(6)]
    scans = [door.scan(ticket["code"], payment=CASH, nonce=f"n{n}") for n, door in enumerate(doors)]
    pays = [api.admin.post(f"/api/tickets/{ticket['id']}/pay", {"method": "card"}) for _ in range(3)]
    answers = await asyncio.gather(*scans, *pays)
    taken = await money(hub, event)
    assert len(taken) == 1
    by_doors = [code(answer) for answer in answers[:6]]
    if taken == [TAKEN]:
        assert sorted(by_doors) == ["admitted"] + ["already_scanned"] * 5
    else:
        assert by_doors == ["already_paid"] * 6
    assert sum(1 for answer in answers[6:] if answer.status == 200) == (taken != [TAKEN])


@pytest.mark.gen_test
async def test_only_a_device_that_may_sell_takes_money_and_only_from_those_who_come_in(api: Api, hub: Hub) -> None:
    event, (ticket,) = await unpaid(api)
    plain = await api.make_device(event, may=["force"])
    assert code(await plain.scan(ticket["code"], payment=CASH)) == "not_allowed"
    door = await seller(api, event)
    assert (await door.scan(ticket["code"], payment=CASH, direction="out")).status == 400
    for wrong in ({"method": "cash"}, {**CASH, "method": "free"}, {**CASH, "amount": 12.5}, "cash"):
        assert (await door.scan(ticket["code"], payment=wrong)).status == 400
    assert await money(hub, event) == []


@pytest.mark.gen_test
async def test_a_refusal_for_another_reason_takes_no_money(api: Api, hub: Hub) -> None:
    event, (ticket,) = await unpaid(api, max_inside=1)
    door = await seller(api, event)
    (inside,) = await api.book(event)
    assert code(await door.scan(inside["code"])) == "admitted"
    assert code(await door.scan(ticket["code"], payment=CASH)) == "full"
    await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
    assert code(await door.scan(ticket["code"], payment=CASH)) == "canceled"
    assert await money(hub, event) == []


@pytest.mark.gen_test
async def test_what_is_paid_or_costs_something_else_by_now_is_said_and_takes_no_money(api: Api, hub: Hub) -> None:
    event, (ticket, free) = await unpaid(api, 2)
    door = await seller(api, event)
    changed = await door.scan(ticket["code"], payment={**CASH, "amount": "10"})
    assert (changed.status, code(changed)) == (409, "amount_changed") and "12.50 EUR" in changed.body["message"]
    assert code(await door.scan(ticket["code"], payment={**CASH, "currency": "CHF"})) == "amount_unknown"
    assert (await door.scan(ticket["code"], payment={**CASH, "amount": "many"})).status == 400
    await api.admin.post(f"/api/tickets/{free['id']}/pay", {"method": "card"})
    assert code(await door.scan(free["code"], payment=CASH)) == "already_paid"
    assert code(await door.scan(free["code"])) == "admitted"
    assert await money(hub, event) == [("payment.taken", 1250, "EUR", "card")]


@pytest.mark.gen_test
async def test_a_party_is_paid_for_and_let_in_whole(api: Api, hub: Hub) -> None:
    event, (one, two, _) = await unpaid(api, 3)
    door = await seller(api, event)
    await api.admin.post(f"/api/tickets/{two['id']}/pay", {"method": "card"})
    answer = await door.scan(one["code"], count=3, payment={**CASH, "amount": "25.00"})
    assert (code(answer), answer.body["admitted_count"]) == ("admitted", 3)
    assert await money(hub, event) == [("payment.taken", 1250, "EUR", "card"), TAKEN, TAKEN]


@pytest.mark.gen_test
async def test_the_events_question_is_asked_before_money_is_taken(api: Api, hub: Hub) -> None:
    event, (ticket,) = await unpaid(api, confirm="ID seen?")
    door = await seller(api, event)
    assert code(await door.scan(ticket["code"], payment=CASH, nonce="n1")) == "confirm"
    assert await money(hub, event) == []
    assert code(await door.scan(ticket["code"], payment=CASH, nonce="n1", confirmed=True)) == "admitted"
    assert await money(hub, event) == [TAKEN]


@pytest.mark.gen_test
async def test_an_undone_scan_leaves_the_money_and_a_batch_takes_none(api: Api, hub: Hub) -> None:
    event, (ticket, other) = await unpaid(api, 2)
    door = await api.make_device(event, may=["sell", "undo"])
    seq = (await door.scan(ticket["code"], payment=CASH)).body["seq"]
    await door.post("/scan/undo/", {"ticket_uuid": ticket["id"], "seq": seq})
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["paid"]["method"] == "cash"
    alone = {"qrcode_data": other["code"], "nonce": "b1", "scanned_at": "2026-12-24T19:00:00Z", "verdict": "admitted"}
    assert (await door.post("/scan/batch/", {"scans": [{**alone, "payment": CASH}]})).status == 200
    assert await money(hub, event) == [TAKEN]
    assert (await api.admin.get(f"/api/tickets/{other['id']}")).body["status"] == "unpaid"


async def sell(door: Api, nonce: str = "s1", **fields: Any) -> Answer:
    sale = {
        "date": "2026-12-24",
        "time": "20:30",
        "tickets": [{"product": "Standard", "price": "Full"}],
        **CASH,
        "nonce": nonce,
    }
    return await door.post("/scan/sales/", sale | fields)


@pytest.mark.gen_test
async def test_a_device_sells_tickets_that_are_let_in_and_stand_in_its_till(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    door = await seller(api, event, 1)
    offered = (await door.get("/scan/sales/")).body
    assert [kind["label"] for kind in offered["kinds"]] == ["Standard", "Guest list"]
    assert offered["times"] == [{"date": "2026-12-24", "time": "20:30", "left": 100, "products": {}}]
    answers = await asyncio.gather(*[sell(door) for _ in range(4)])
    assert {answer.body["reservation"] for answer in answers} == {answers[0].body["reservation"]}, (
        "sent again, sold once"
    )
    (ticket,) = answers[0].body["tickets"]
    assert (await api.with_key(None).get(ticket["qr"])).status == 200
    assert code(await door.scan(ticket["code"])) == "admitted"
    takings = (await api.admin.get(f"/api/events/{event['uuid']}/takings")).body
    assert [(row["name"], row["net"]) for row in takings["doors"]] == [("South door", "12.50")]
    tills = (await api.admin.get(f"/api/events/{event['uuid']}/tills")).body["tills"]
    assert [till["expected"] for till in tills if till["holder"]["kind"] == "device"] == [
        [{"amount": "12.50", "currency": "EUR"}]
    ]


@pytest.mark.gen_test
async def test_many_doors_sell_the_last_seats_once(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS, showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 3}])
    doors = [await seller(api, event, n % 2) for n in range(3)]
    answers = await asyncio.gather(*[sell(doors[n % 3], f"s{n}") for n in range(9)])
    assert sorted(code(answer) for answer in answers) == ["sold"] * 3 + ["sold_out"] * 6
    assert await money(hub, event) == [TAKEN] * 3


@pytest.mark.gen_test
async def test_a_device_sells_only_what_it_may_and_gives_nothing_away(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    plain = await api.make_device(event, may=["force"])
    assert ((await plain.get("/scan/sales/")).status, (await sell(plain)).status) == (403, 403)
    door = await seller(api, event)
    given = await sell(door, "g1", method="free", amount=None, currency=None)
    assert (given.status, code(given)) == (403, "not_allowed")
    listed = await sell(door, "g2", method="free", amount=None, currency=None, tickets=[{"product": "Guest list"}])
    assert code(listed) == "sold"
    wrongs: list[dict[str, Any]] = [
        *({"amount": None}, {"method": "transfer"}),
        *({"time": "21:00"}, {"tickets": []}, {"date": "2026-13-01"}),
    ]
    for n, wrong in enumerate(wrongs):
        assert (await sell(door, f"w{n}", **wrong)).status in (400, 422), wrong
    everywhere = await api.admin.post("/api/devices", {"name": "All", "may": ["sell"]})
    paired = await api.with_key(None).get(f"/scan/{everywhere.body['pairing']['token']}/pair")
    assert code(await sell(api.with_key(paired.body["api_key"]))) == "not_allowed"
    assert [amount for _, amount, _, _ in await money(hub, event)] == [0]
    devices = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    mine = next(each for each in devices if each["name"] == "Gate 1" and "sell" in each["may"])
    await api.admin.post(f"/api/devices/{mine['uuid']}/archive")
    assert (await sell(door, "late")).status == 403


@pytest.mark.gen_test
async def test_money_that_was_taken_is_never_taken_again_though_the_ticket_was_kept_as_unpaid(
    api: Api, hub: Hub, raw_database: Database[dict[str, Any]]
) -> None:
    event, (ticket,) = await unpaid(api)
    door = await seller(api, event)
    assert code(await door.scan(ticket["code"], payment=CASH, nonce="n1")) == "admitted"
    kept = {"$set": {"status": "unpaid", "scans": []}}
    raw_database.tickets.update_one({"_id": ticket["id"]}, kept)
    assert "due" not in (await door.scan(ticket["code"])).body
    assert code(await door.scan(ticket["code"], payment=CASH, nonce="n2")) == "already_paid"
    assert code(await api.admin.post(f"/api/tickets/{ticket['id']}/pay", {"method": "card"})) == "already_paid"
    assert await money(hub, event) == [TAKEN]
    assert (await api.admin.post(f"/api/reservations/{ticket['reservation']}/pay")).status == 200
    assert code(await door.scan(ticket["code"])) == "admitted"


@pytest.mark.gen_test
async def test_a_device_sells_at_the_price_of_now_only(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    door = await seller(api, event)
    wrongs: list[dict[str, Any]] = [
        {"amount": "0.00"},
        {"amount": "12.49"},
        {"currency": "CHF"},
        {"tickets": [{"product": "Guest list"}]},
    ]
    for n, wrong in enumerate(wrongs):
        answer = await sell(door, f"w{n}", **wrong)
        assert (answer.status, code(answer)) == (409, "amount_changed"), answer.raw
    dearer = [{"name": "Standard", "prices": [{"name": "Full", "amount": "15", "currency": "EUR"}]}]
    assert (await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"products": dearer})).status == 200
    changed = await sell(door, "s1")
    assert (code(changed), "15.00 EUR" in changed.body["message"]) == ("amount_changed", True)
    assert code(await sell(door, "s2", amount="15")) == "sold"
    assert [amount for _, amount, _, _ in await money(hub, event)] == [1500]
    assert len((await api.admin.get(f"/api/tickets?event={event['uuid']}")).body) == 1


@pytest.mark.gen_test
async def test_a_door_takes_money_of_currencies_that_there_are_as_iso_writes_them(api: Api, hub: Hub) -> None:
    event, (ticket,) = await unpaid(api)
    door = await seller(api, event)
    for n, currency in enumerate(("X<Y", "", "eu", "XXQ")):
        assert (await sell(door, f"w{n}", currency=currency)).status in (400, 422), currency
        assert (await door.scan(ticket["code"], payment={**CASH, "currency": currency})).status == 400, currency
    assert await money(hub, event) == []
    assert code(await sell(door, currency="eur")) == "sold"
    assert code(await door.scan(ticket["code"], payment={**CASH, "currency": "eur"})) == "admitted"
    assert await money(hub, event) == [TAKEN, TAKEN]


@pytest.mark.parametrize("amount", ["0", "0.00", "-1", "12.505", "1e12", "NaN", "Infinity", "", " ", "1_0", "9" * 41])
@pytest.mark.gen_test
async def test_an_event_without_kinds_takes_an_amount_of_its_currency_that_is_more_than_nothing(
    api: Api, hub: Hub, amount: str
) -> None:
    event = await api.make_event(products=[])
    door = await seller(api, event)
    one: dict[str, Any] = {"tickets": [{"count": 2}]}
    assert (await sell(door, "wrong", amount=amount, **one)).status in (400, 422)
    assert (await sell(door, "yen", amount="1.5", currency="JPY", **one)).status in (400, 422)
    assert await money(hub, event) == []
    assert code(await sell(door, "some", amount="0.01", **one)) == "sold"
    assert sorted(await money(hub, event)) == [
        ("payment.taken", 0, "EUR", "cash"),
        ("payment.taken", 1, "EUR", "cash"),
    ]
    assert code(await sell(door, "none", method="free", amount=None, currency=None, **one)) == "sold"


@pytest.mark.gen_test
async def test_a_till_with_a_currency_that_a_version_before_took_can_be_closed(
    api: Api, raw_database: Database[dict[str, Any]]
) -> None:
    event = await api.make_event(products=PRODUCTS)
    door = await seller(api, event)
    assert code(await sell(door)) == "sold"
    tills = raw_database.tills
    (before,) = tills.find({"event": event["uuid"]})
    sums = [{**before["sums"][0], "currency": currency} for currency in ("eur", "X<Y", "")]
    tills.update_one({"_id": before["_id"]}, {"$set": {"sums": sums}})
    close = f"/api/events/{event['uuid']}/tills/{before['holder']}/close"
    counted = {"eur": "12.50", "X<Y": "12.50", "": "12.00"}
    wrong = await api.admin.post(close, {"number": 1, "counted": {**counted, "XXQ": "1"}})
    assert set(wrong.body["errors"]) == {"counted.XXQ"}
    closed = await api.admin.post(close, {"number": 1, "counted": counted})
    assert closed.status == 200, closed.raw
    assert len(closed.body["closings"][0]["cash"]) == 3


@pytest.mark.gen_test
async def test_a_sale_at_a_door_that_is_sent_again_finds_its_answer_whatever_changed_since(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRODUCTS)
    door = await seller(api, event, 1)
    free = {"method": "free", "amount": None, "currency": None, "tickets": [{"product": "Guest list"}]}
    first, given = await sell(door), await sell(door, "f1", **free)
    devices = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    mine = next(each for each in devices if "sell" in each["may"])
    moved = await api.admin.request("PATCH", f"/api/devices/{mine['uuid']}", {"door": event["doors"][0]["id"]})
    assert moved.status == 200, moved.raw
    priced = [{"name": "Guest list", "prices": [{"name": "Full", "amount": "9", "currency": "EUR"}]}]
    assert (await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"products": priced})).status == 200
    assert (await api.admin.post(f"/api/events/{event['uuid']}/close")).status == 200
    assert (await sell(door)).body["reservation"] == first.body["reservation"]
    assert (await sell(door, "f1", **free)).body["reservation"] == given.body["reservation"]
    assert (await sell(door, "s2")).status == 404
    assert len(await money(hub, event)) == 2


@pytest.mark.gen_test
async def test_a_paid_scan_without_nonce_is_another_one_than_the_unanswered_scan_before(api: Api, hub: Hub) -> None:
    event, (ticket,) = await unpaid(api)
    door = await seller(api, event)
    (device,) = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    what = (device["uuid"], ticket["id"], "in")
    with pytest.raises(Unavailable), hub.scanning.retry_nonces.nonce(what, None) as nonce:
        assert code(await door.scan(ticket["code"], nonce=nonce)) == "unpaid"
        raise Unavailable
    assert code(await door.scan(ticket["code"], payment=CASH)) == "admitted"
