"""Lists that correct tickets booked at this hub: what counts for a phone number, and what is to be paid, follow."""

from typing import Any

import pytest
from pymongo import MongoClient

from hub.app import Hub
from tests.api import Api
from tests.handlers.importing import a_file, import_file

TIMES = [{"date": "2026-12-24", "time": time, "capacity": 9} for time in ("20:30", "22:00")]
ADA = {"first_name": "Ada", "last_name": "Lovelace", "barcode": "S1"}


@pytest.mark.parametrize(
    ("head", "row", "counts"),
    [
        ("barcode,first_name,status", "S1,Grace,canceled", (0, 1)),
        ("barcode,first_name,date,time", "S1,Grace,2026-12-24,22:00", (1, 0)),
    ],
    ids=["canceled", "moved"],
)
@pytest.mark.gen_test
async def test_number_that_booked_a_handed_on_ticket_counts_it_no_more_once_a_list_cancels_or_moves_it(
    api: Api, hub: Hub, _mongo: MongoClient[dict[str, Any]], head: str, row: str, counts: tuple[int, int]
) -> None:
    event = await api.make_event(showings=TIMES, transfers=2)
    [ticket] = await api.book(event, tickets=[ADA])
    handed = await api.post(f"/t/{ticket['id']}/transfer?token={ticket['access_token']}", {"name": "Grace Hopper"})
    assert handed.status == 200, handed.raw
    phones = _mongo[hub.settings.database].phones
    assert [each["tickets"] for each in phones.find({})] == [1]
    ended = await import_file(api.admin, event, a_file(row, head=head))
    assert (ended["changed"], ended["canceled"]) == counts
    assert list(phones.find({})) == []
    assert (await api.admin.request("DELETE", f"/api/tickets/{ticket['id']}")).status == 204
    assert list(phones.find({})) == []


@pytest.mark.parametrize(
    ("head", "row", "amount"),
    [
        ("barcode,first_name,price", "S1,Ada,Reduced", ("5.00", "EUR")),
        ("barcode,first_name,product,price", "S1,Ada,VIP,Full", ("90.00", "CHF")),
        ("barcode,first_name,product", "S1,Ada,Press", (None, None)),
    ],
    ids=["price", "product", "free"],
)
@pytest.mark.gen_test
async def test_list_that_changes_product_or_price_changes_what_is_to_be_paid(
    api: Api, head: str, row: str, amount: tuple[str | None, str | None]
) -> None:
    full = {"name": "Full", "amount": "20", "currency": "EUR"}
    products = [
        {"name": "Standard", "prices": [full, {"name": "Reduced", "amount": "5", "currency": "EUR"}]},
        {"name": "VIP", "prices": [{"name": "Full", "amount": "90", "currency": "CHF"}]},
        {"name": "Press"},
    ]
    event = await api.make_event(showings=TIMES, products=products)
    [ticket] = await api.book(event, tickets=[ADA | {"product": "Standard", "price": "Full"}], paid=False)
    assert (ticket["amount"], ticket["currency"]) == ("20.00", "EUR")
    assert (await import_file(api.admin, event, a_file(row, head=head)))["changed"] == 1
    after = (await api.admin.get(f"/api/tickets/{ticket['id']}")).body
    assert (after.get("amount"), after.get("currency")) == amount
