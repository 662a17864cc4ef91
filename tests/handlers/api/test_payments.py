"""Payments as entries of the journal: how much, how and by whom, taken once (booking-api.md, Payments)."""

import asyncio
from typing import Any

import pytest

from hub.app import Hub
from tests.api import Answer, Api

PRODUCTS = [
    {"name": "Standard", "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]},
    {"name": "Child", "prices": [{"name": "Child", "amount": "5", "currency": "EUR"}]},
    {"name": "Guest list"},
]
GUESTS = [{"first_name": "Ada", "product": "Standard"}, {"first_name": "Bob", "product": "Child"}]


async def unpaid(api: Api, guests: list[dict[str, Any]] | None = None, **fields: Any) -> Any:
    event = await api.make_event(products=PRODUCTS, **fields)
    tickets = await api.book(event, paid=False, tickets=guests or GUESTS)
    return event, tickets, f"/api/reservations/{tickets[0]['reservation']}"


async def money(hub: Hub, event: Any) -> list[tuple[str, int, str | None, str]]:
    """Return the payments of an event's journal: kind, minor units, currency and method."""
    entries = [e for e in await hub.store.journal.read(event["uuid"], 0, 10_000) if e.kind.startswith("payment")]
    return [(e.kind, e.data["amount"], e.data["currency"], e.data["method"]) for e in entries]


def codes(*answers: Answer) -> list[str]:
    return [answer.body.get("code", "ok") if answer.status >= 400 else "ok" for answer in answers]


@pytest.mark.gen_test
async def test_what_is_due_is_taken_and_journaled_with_method_and_by_whom(api: Api, hub: Hub) -> None:
    event, tickets, path = await unpaid(api)
    answer = await api.admin.post(f"{path}/pay", {"method": "cash"})
    assert (answer.status, answer.body["paid"], answer.body["payment"]) == (200, True, None)
    taken = await money(hub, event)
    assert sorted(taken) == [("payment.taken", 500, "EUR", "cash"), ("payment.taken", 1250, "EUR", "cash")]
    paid = {ticket["product"]: ticket["paid"] for ticket in answer.body["tickets"]}
    assert (paid["Standard"]["amount"], paid["Standard"]["currency"], paid["Standard"]["method"]) == (
        "12.50",
        "EUR",
        "cash",
    )
    history = (await api.admin.get(f"/api/tickets/{tickets[0]['id']}/history")).body
    entry = next(each for each in history if each["kind"] == "payment.taken")
    assert (entry["data"]["amount"], entry["data"]["method"], entry["who"]["kind"]) == ("12.50", "cash", "key")


@pytest.mark.gen_test
async def test_another_amount_is_shared_out_to_the_cent(api: Api, hub: Hub) -> None:
    event, _, path = await unpaid(api)
    assert (await api.admin.post(f"{path}/pay", {"method": "card", "amount": "10"})).status == 200
    taken = await money(hub, event)
    assert sum(amount for _, amount, _, _ in taken) == 1000
    assert sorted(amount for _, amount, _, _ in taken) in ([285, 715], [286, 714])


@pytest.mark.gen_test
async def test_two_desks_that_take_the_payment_of_one_order_at_once_take_it_once(api: Api, hub: Hub) -> None:
    event, _, path = await unpaid(api)
    answers = await asyncio.gather(*[api.admin.post(f"{path}/pay", {"method": "cash"}) for _ in range(8)])
    assert sorted(codes(*answers)) == ["already_paid"] * 7 + ["ok"]
    refused = next(answer for answer in answers if answer.status == 409)
    assert "No money was taken" in refused.body["detail"]
    assert len(await money(hub, event)) == 2


@pytest.mark.gen_test
async def test_a_double_tap_takes_the_money_once_and_gets_the_first_answer(api: Api, hub: Hub) -> None:
    event, _, path = await unpaid(api)
    taps = [api.admin.post(f"{path}/pay", {"method": "cash"}, Idempotency_Key="tap-1") for _ in range(5)]
    answers = await asyncio.gather(*taps)
    assert codes(*answers) == ["ok"] * 5
    assert all(answer.body["paid"] for answer in answers)
    assert len(await money(hub, event)) == 2
    other = await api.admin.post(f"{path}/pay", {"method": "card"}, Idempotency_Key="tap-1")
    assert codes(other) == ["idempotency_mismatch"]


@pytest.mark.gen_test
async def test_a_payment_made_elsewhere_marks_as_paid_and_is_no_money(api: Api, hub: Hub) -> None:
    event, _, path = await unpaid(api)
    assert (await api.admin.post(f"{path}/pay")).body["paid"] is True
    assert await money(hub, event) == []
    again = await api.admin.post(f"{path}/pay", {"method": "cash"})
    assert codes(again) == ["already_paid"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "method"),
        ({"method": "cheque"}, "method"),
        ({"method": "cash", "amount": "-1"}, "amount"),
        ({"method": "cash", "amount": "1.005"}, "amount"),
        ({"method": "cash", "amount": "1e99"}, "amount"),
        ({"method": "cash", "amount": "9" * 41}, "amount"),
        ({"method": "cash", "amount": "1", "currency": "EURO"}, "currency"),
        ({"method": "cash", "amount": 1.5}, "amount"),
        ({"method": "free", "amount": "1"}, "amount"),
        ({"method": "cash", "amount": "1.5", "currency": "JPY"}, "amount"),
    ],
)
@pytest.mark.gen_test
async def test_what_is_no_payment_is_named_and_takes_nothing(
    api: Api, hub: Hub, sent: dict[str, Any], field: str
) -> None:
    event, _, path = await unpaid(api)
    answer = await api.admin.post(f"{path}/pay", sent)
    assert (answer.status, set(answer.body["errors"])) == (422, {field})
    assert await money(hub, event) == []
    assert (await api.admin.get(path)).body["paid"] is False


@pytest.mark.gen_test
async def test_what_has_no_price_asks_for_the_amount_and_free_needs_none(api: Api, hub: Hub) -> None:
    event, _, path = await unpaid(api, [{"first_name": "Eve", "product": "Guest list"}])
    assert set((await api.admin.post(f"{path}/pay", {"method": "cash"})).body["errors"]) == {"amount"}
    assert (await api.admin.post(f"{path}/pay", {"method": "free"})).body["paid"] is True
    assert await money(hub, event) == [("payment.taken", 0, None, "free")]


@pytest.mark.gen_test
async def test_a_cancelled_ticket_keeps_its_money_until_it_is_given_back(api: Api, hub: Hub) -> None:
    event, tickets, path = await unpaid(api, GUESTS[:1])
    ticket = f"/api/tickets/{tickets[0]['id']}"
    await api.admin.post(f"{path}/pay", {"method": "card"})
    await api.admin.post(f"{ticket}/cancel")
    assert len(await money(hub, event)) == 1
    assert (await api.admin.post(f"{ticket}/restore")).body["status"] == "valid", "its money is still here"
    await api.admin.post(f"{ticket}/cancel")
    refunded = await api.admin.post(f"{ticket}/refund", {"method": "cash"})
    assert (refunded.body["status"], refunded.body["paid"]) == ("canceled", None)
    assert (await api.admin.post(f"{ticket}/restore")).body["status"] == "unpaid"
    assert await money(hub, event) == [
        ("payment.taken", 1250, "EUR", "card"),
        ("payment.returned", 1250, "EUR", "cash"),
    ]


@pytest.mark.gen_test
async def test_money_is_given_back_once_and_the_ticket_is_unpaid_at_the_door(api: Api, hub: Hub) -> None:
    event, tickets, path = await unpaid(api, GUESTS[:1])
    device = await api.make_device(event)
    await api.admin.post(f"{path}/pay", {"method": "cash"})
    answers = await asyncio.gather(*[api.admin.post(f"{path}/refund") for _ in range(6)])
    assert sorted(codes(*answers)) == ["not_paid"] * 5 + ["ok"]
    assert [kind for kind, *_ in await money(hub, event)] == ["payment.taken", "payment.returned"]
    scanned = await device.scan(tickets[0]["code"])
    assert (scanned.body["code"], scanned.body["due"]) == ("unpaid", {"amount": "12.50", "currency": "EUR"})
    assert (await api.admin.get(path)).body["paid"] is False
    assert (await api.admin.post(f"{path}/pay", {"method": "card"})).body["paid"] is True
    assert (await device.scan(tickets[0]["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_a_blocked_ticket_is_paid_and_stays_blocked(api: Api, hub: Hub) -> None:
    event, tickets, path = await unpaid(api)
    await api.admin.post(f"/api/tickets/{tickets[0]['id']}/block")
    assert (await api.admin.post(f"{path}/pay", {"method": "cash"})).body["paid"] is True
    assert sum(amount for _, amount, _, _ in await money(hub, event)) == 1750
    unblocked = await api.admin.post(f"/api/tickets/{tickets[0]['id']}/unblock")
    assert unblocked.body["status"] == "valid"


@pytest.mark.gen_test
async def test_one_ticket_of_an_order_is_paid_alone(api: Api) -> None:
    _, tickets, path = await unpaid(api)
    paid = await api.admin.post(f"/api/tickets/{tickets[0]['id']}/pay", {"method": "cash"})
    assert (paid.body["status"], paid.body["paid"]["amount"]) == ("valid", "12.50")
    whole = (await api.admin.get(path)).body
    assert (whole["paid"], whole["payment"]["due"]) == (False, [{"amount": "5.00", "currency": "EUR"}])


@pytest.mark.gen_test
async def test_guests_and_doors_are_not_shown_the_money(api: Api) -> None:
    event, tickets, path = await unpaid(api, GUESTS[:1])
    token = tickets[0]["access_token"]
    await api.admin.post(f"{path}/pay", {"method": "cash"})
    shown = (await api.get(f"/api/tickets/{tickets[0]['id']}?token={token}")).body
    assert "paid" not in shown
    device = await api.make_device(event)
    assert (await device.post(f"{path}/pay", {"method": "cash"})).status == 403


@pytest.mark.gen_test
async def test_a_payment_of_tickets_in_two_currencies_is_each_in_its_own(api: Api, hub: Hub) -> None:
    swiss = {"name": "Alpine", "prices": [{"name": "Full", "amount": "20", "currency": "CHF"}]}
    event = await api.make_event(products=[*PRODUCTS, swiss])
    guests = [GUESTS[0], {"first_name": "Cy", "product": "Alpine"}]
    tickets = await api.book(event, paid=False, tickets=guests)
    path = f"/api/reservations/{tickets[0]['reservation']}"
    assert set((await api.admin.post(f"{path}/pay", {"method": "cash", "amount": "30"})).body["errors"]) == {"currency"}
    assert (await api.admin.post(f"{path}/pay", {"method": "cash"})).status == 200
    assert sorted(await money(hub, event)) == [
        ("payment.taken", 1250, "EUR", "cash"),
        ("payment.taken", 2000, "CHF", "cash"),
    ]


@pytest.mark.gen_test
async def test_tickets_of_unknown_price_are_not_settled_for_nothing_beside_others(api: Api, hub: Hub) -> None:
    event, _, path = await unpaid(api, [*GUESTS, {"first_name": "Cleo", "product": "Standard", "price": "Gone"}])
    refused = await api.admin.post(f"{path}/pay", {"method": "cash"})
    assert (refused.status, set(refused.body["errors"])) == (422, {"amount"}), refused.raw
    assert await money(hub, event) == []
    event, _, path = await unpaid(api, [*GUESTS, {"first_name": "Cleo", "product": "Guest list"}])
    assert (await api.admin.post(f"{path}/pay", {"method": "cash"})).status == 200
    assert sorted(amount for _, amount, _, _ in await money(hub, event)) == [0, 500, 1250]


@pytest.mark.gen_test
async def test_a_part_is_given_back_and_the_ticket_stays_paid(api: Api, hub: Hub) -> None:
    event, tickets, path = await unpaid(api, GUESTS[:1])
    ticket = f"/api/tickets/{tickets[0]['id']}"
    await api.admin.post(f"{path}/pay", {"method": "card"})
    answer = await api.admin.post(f"{ticket}/refund", {"method": "cash", "amount": "2.49"})
    paid = answer.body["paid"]
    assert (answer.body["status"], paid["amount"], paid["returned"], paid["left"]) == (
        "valid",
        "12.50",
        "2.49",
        "10.01",
    )
    takings = (await api.admin.get(f"/api/events/{event['uuid']}/takings")).body["totals"]
    assert [(row["taken"], row["returned"], row["net"], row["refunds"]) for row in takings] == [
        ("12.50", "2.49", "10.01", 1)
    ]
    rest = await api.admin.post(f"{ticket}/refund")
    assert (rest.body["status"], rest.body["paid"]) == ("unpaid", None)
    assert await money(hub, event) == [
        ("payment.taken", 1250, "EUR", "card"),
        ("payment.returned", 249, "EUR", "cash"),
        ("payment.returned", 1001, "EUR", "card"),
    ]
    again = await api.admin.post(f"{ticket}/refund", {"amount": "0.01"})
    assert codes(again) == ["not_paid"]


@pytest.mark.gen_test
async def test_parts_that_are_given_back_at_once_are_never_more_than_was_taken(api: Api, hub: Hub) -> None:
    event, tickets, path = await unpaid(api, GUESTS[:1])
    ticket = f"/api/tickets/{tickets[0]['id']}"
    await api.admin.post(f"{path}/pay", {"method": "cash"})
    answers = await asyncio.gather(*[api.admin.post(f"{ticket}/refund", {"amount": "5.00"}) for _ in range(6)])
    assert sorted(codes(*answers)) == ["more_than_taken"] * 4 + ["ok"] * 2
    refused = next(answer for answer in answers if answer.status == 409)
    assert refused.body["detail"] in ("At most 2.50 EUR can be given back", "At most 7.50 EUR can be given back")
    assert sum(amount for kind, amount, _, _ in await money(hub, event) if kind == "payment.returned") == 1000


@pytest.mark.gen_test
async def test_a_double_tap_gives_a_part_back_once(api: Api, hub: Hub) -> None:
    event, tickets, path = await unpaid(api, GUESTS[:1])
    await api.admin.post(f"{path}/pay", {"method": "cash"})
    ticket = f"/api/tickets/{tickets[0]['id']}"
    taps = [api.admin.post(f"{ticket}/refund", {"amount": "3"}, Idempotency_Key="back-1") for _ in range(4)]
    answers = await asyncio.gather(*taps)
    assert {answer.body["paid"]["left"] for answer in answers} == {"9.50"}
    assert len(await money(hub, event)) == 2
    other = await api.admin.post(f"{ticket}/refund", {"amount": "4"}, Idempotency_Key="back-1")
    assert codes(other) == ["idempotency_mismatch"]


@pytest.mark.gen_test
async def test_a_part_of_an_order_is_shared_out_to_the_cent_and_its_tickets_stay_valid(api: Api, hub: Hub) -> None:
    event, _, path = await unpaid(api)
    await api.admin.post(f"{path}/pay", {"method": "cash"})
    answer = await api.admin.post(f"{path}/refund", {"amount": "10.01"})
    assert [ticket["status"] for ticket in answer.body["tickets"]] == ["valid", "valid"]
    returned = [amount for kind, amount, _, _ in await money(hub, event) if kind == "payment.returned"]
    assert sum(returned) == 1001
    assert sorted(returned) in ([286, 715], [287, 714])
    rest = await api.admin.post(f"{path}/refund", {"amount": "7.49"})
    assert {ticket["status"] for ticket in rest.body["tickets"]} == {"unpaid"}, "all that was left went back"
    assert sum(amount for kind, amount, _, _ in await money(hub, event) if kind == "payment.returned") == 1750


@pytest.mark.parametrize("amount", ["0", "0.00", "-1", "1.005", "1e99", "NaN", "9" * 41, 1.5, True, [], {"a": 1}])
@pytest.mark.gen_test
async def test_what_is_no_amount_gives_nothing_back(api: Api, hub: Hub, amount: object) -> None:
    event, tickets, path = await unpaid(api, GUESTS[:1])
    await api.admin.post(f"{path}/pay", {"method": "cash"})
    answer = await api.admin.post(f"/api/tickets/{tickets[0]['id']}/refund", {"amount": amount})
    assert (answer.status, set(answer.body["errors"])) == (422, {"amount"})
    assert len(await money(hub, event)) == 1


@pytest.mark.gen_test
async def test_a_part_of_what_was_paid_in_several_currencies_is_not_shared_out(api: Api, hub: Hub) -> None:
    products = [
        {"name": code, "prices": [{"name": "Full", "amount": "10", "currency": code}]} for code in ("EUR", "JPY")
    ]
    event = await api.make_event(products=products)
    guests = [{"first_name": code, "product": code, "price": "Full"} for code in ("EUR", "JPY")]
    tickets = await api.book(event, paid=False, tickets=guests)
    path = f"/api/reservations/{tickets[0]['reservation']}"
    assert (await api.admin.post(f"{path}/pay", {"method": "cash"})).status == 200
    answer = await api.admin.post(f"{path}/refund", {"amount": "5"})
    assert (answer.status, set(answer.body["errors"])) == (422, {"amount"})
    yen = next(ticket for ticket in tickets if ticket["product"] == "JPY")
    assert (await api.admin.post(f"/api/tickets/{yen['id']}/refund", {"amount": "4"})).body["paid"]["left"] == "6"
