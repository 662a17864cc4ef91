"""The page of a place on the waiting list: without JavaScript, opened by its token alone (docs/guests.md)."""

from typing import Any
from urllib.parse import urlencode

import pytest

from tests.api import Answer, Api

WHEN = {"date": "2026-12-24", "time": "20:30"}


async def offered(api: Api, **fields: Any) -> tuple[str, Any]:
    """Return the page of somebody who waits, and the ticket whose seat they want."""
    event = await api.make_event(booking="open", waiting=True, products=[], showings=[{**WHEN, "capacity": 1}])
    (ticket,) = await api.book(event, tickets=[{"first_name": "Ada"}])
    form = {"event": event["uuid"], **WHEN, "name": "Grace", "email": "grace@example.org", **fields}
    joined = await api.post("/api/waiting", form)
    return joined.body["links"]["page"], ticket


async def press(api: Api, page: str, action: str, **fields: str) -> Answer:
    path = page.replace("?", f"/{action}?")
    return await api.post(path, urlencode(fields).encode(), Content_Type="application/x-www-form-urlencoded")


@pytest.mark.gen_test
async def test_an_offer_is_accepted_by_a_form_and_leads_to_the_ticket(api: Api) -> None:
    page, ticket = await offered(api)
    assert b"number 1 in the queue" in (await api.get(page)).raw
    early = await press(api, page, "accept", phone_number="0123456")
    assert early.status == 409 and b"No seats are offered yet" in early.raw
    await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
    assert b'name="phone_number"' in (await api.get(page)).raw
    assert (await press(api, page, "accept", phone_number="x")).status == 422
    booked = await press(api, page, "accept", phone_number="0123456")
    assert booked.status == 303 and booked.headers["Location"].startswith("/t/")
    assert (await api.get(booked.headers["Location"])).status == 200
    assert (await press(api, page, "accept")).headers["Location"] == booked.headers["Location"]
    assert b"Open your tickets" in (await api.get(page)).raw


@pytest.mark.gen_test
async def test_a_place_is_given_up_and_a_wrong_link_opens_nothing(api: Api) -> None:
    page, _ = await offered(api, phone_number="0123456")
    for wrong in (page[:-1], page.partition("?")[0], page + "x"):
        assert (await api.get(wrong)).status == 404
        assert (await press(api, wrong if "?" in wrong else wrong + "?", "leave")).status == 404
    foreign = await api.post(page.replace("?", "/leave?"), b"", Sec_Fetch_Site="cross-site")
    assert foreign.status == 403
    assert (await press(api, page, "leave")).status == 200
    assert (await api.get(page)).status == 404


def priced(name: str, amount: int, *, public: bool = True) -> dict[str, Any]:
    prices = [{"name": "Full", "amount": amount, "currency": "EUR"}]
    return {"name": name, "public": public, "prices": prices}


async def offered_for(api: Api, product: str | None, *, by: Api | None = None, seats: int = 1) -> tuple[Any, str]:
    """Return an event, and the page of a party that is offered its only seats, of a product."""
    showings = [{**WHEN, "capacity": seats}]
    products = [priced("Standing", 10), priced("Gallery", 25)]
    event = await api.make_event(booking="open", waiting=True, products=products, showings=showings)
    tickets = await api.book(event, seats, tickets=[{"first_name": "Ada", "product": "Gallery"}] * seats)
    form = {"event": event["uuid"], **WHEN, "name": "Grace", "email": "grace@example.org", "phone_number": "0123456"}
    joined = await (by or api).post("/api/waiting", form | {"product": product, "tickets": seats})
    assert joined.status == 201, joined.raw
    for ticket in tickets:
        await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
    return event, joined.body["links"]["page"]


async def set_products(api: Api, event: Any, *products: Any) -> None:
    answer = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"products": list(products)})
    assert answer.status == 200, answer.raw


async def tickets_of(api: Api, event: Any) -> list[Any]:
    found: list[Any] = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    return [each for each in found if each["status"] != "canceled"]


@pytest.mark.gen_test
async def test_an_offer_says_what_it_is_for_and_what_it_costs(api: Api) -> None:
    _, page = await offered_for(api, "Gallery")
    shown = (await api.get(page)).raw.decode()
    assert "Gallery" in shown and "€25.00" in shown and "<select" not in shown


@pytest.mark.parametrize("label", ["Standing", "Balcony: Full"])
@pytest.mark.gen_test
async def test_an_offer_of_a_product_that_is_gone_lets_its_party_choose_another(api: Api, label: str) -> None:
    event, page = await offered_for(api, "Gallery", seats=2)
    balcony = priced("Balcony", 30) | {"prices": [*priced("", 30)["prices"], {"name": "Half", "amount": 15}]}
    await set_products(api, event, priced("Standing", 10), balcony, priced("Crew", 1, public=False))
    shown = (await api.get(page)).raw.decode()
    assert "not sold any more" in shown and "Standing" in shown and "Gallery" not in shown and "Crew" not in shown
    for wrong in ("", "Gallery", "Crew", "x" * 5000):
        refused = await press(api, page, "accept", product=wrong)
        assert refused.status == 422 and b"Choose a kind of ticket" in refused.raw
    assert await tickets_of(api, event) == []
    booked = await press(api, page, "accept", product=label)
    assert booked.status == 303 and booked.headers["Location"].startswith("/r/")
    found = await tickets_of(api, event)
    amount = {"Standing": "10.00", "Balcony: Full": "30.00"}[label]
    assert [(each["product"], each["amount"], each["status"]) for each in found] == [
        (label.partition(":")[0], amount, "unpaid")
    ] * 2
    (showing,) = (await api.get(f"/api/showings?event={event['uuid']}")).body
    assert showing["left"] == 0, "the seats that were held are those that are booked"


@pytest.mark.gen_test
async def test_a_choice_where_there_is_none_to_make_changes_nothing(api: Api) -> None:
    event, page = await offered_for(api, "Gallery")
    assert (await press(api, page, "accept", product="Standing")).status == 303
    (ticket,) = await tickets_of(api, event)
    assert (ticket["product"], ticket["amount"]) == ("Gallery", "25.00")


@pytest.mark.gen_test
async def test_a_choice_that_is_sold_out_is_refused_and_another_can_be_made(api: Api) -> None:
    event, page = await offered_for(api, "Gallery", seats=2)
    await set_products(api, event, priced("Standing", 10), priced("Box", 50) | {"capacity": 1})
    refused = await press(api, page, "accept", product="Box")
    assert refused.status == 409 and b"Box: only 1 left for that time" in refused.raw
    assert b'value="Box" selected' in refused.raw
    assert (await press(api, page, "accept", product="Standing")).status == 303


@pytest.mark.gen_test
async def test_an_offer_of_an_event_whose_products_are_all_gone_is_a_ticket_without_one(api: Api) -> None:
    event, page = await offered_for(api, "Gallery")
    await set_products(api, event)
    assert b"<select" not in (await api.get(page)).raw
    assert (await press(api, page, "accept")).status == 303
    (ticket,) = await tickets_of(api, event)
    assert (ticket["product"], ticket["price"]) == (None, None)


@pytest.mark.gen_test
async def test_an_offer_that_nothing_can_be_chosen_for_says_whom_to_ask(api: Api) -> None:
    event, page = await offered_for(api, "Gallery")
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"contact": {"email": "box@example.org"}})
    await set_products(api, event, priced("Crew", 1, public=False))
    shown = (await api.get(page)).raw.decode()
    assert "Ask the organiser before the time is over" in shown and "mailto:box@example.org" in shown
    assert "/accept?" not in shown and "No, thank you" in shown
    assert (await press(api, page, "accept", product="Crew")).status == 422
    await set_products(api, event, priced("Crew", 1))
    assert (await press(api, page, "accept", product="Crew")).status == 303


@pytest.mark.gen_test
async def test_an_organiser_says_what_a_party_waits_for_where_it_costs(api: Api) -> None:
    event, page = await offered_for(api, "Standing", by=api.admin)
    form = {"event": event["uuid"], **WHEN, "name": "Alan", "email": "alan@example.org"}
    refused = await api.admin.post("/api/waiting", form)
    assert (refused.status, refused.body["errors"]) == (422, {"product": "must be chosen"})
    assert (await press(api, page, "accept")).status == 303
    free = await api.make_event(
        booking="open",
        waiting=True,
        showings=[{**WHEN, "capacity": 1}],
        products=[{"name": "Hall"}, {"name": "Garden"}],
    )
    await api.book(free, tickets=[{"first_name": "Ada"}])
    assert (await api.admin.post("/api/waiting", form | {"event": free["uuid"]})).status == 201


@pytest.mark.gen_test
async def test_a_party_that_waited_for_any_seat_chooses_once_seats_cost(api: Api) -> None:
    showings = [{**WHEN, "capacity": 1}]
    event = await api.make_event(booking="open", waiting=True, products=[], showings=showings)
    (ticket,) = await api.book(event, tickets=[{"first_name": "Ada"}])
    form = {"event": event["uuid"], **WHEN, "name": "Grace", "email": "grace@example.org", "phone_number": "0123456"}
    page = (await api.admin.post("/api/waiting", form)).body["links"]["page"]
    await set_products(api, event, priced("Standing", 10), priced("Gallery", 25))
    await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
    assert (await press(api, page, "accept")).status == 422, "no ticket for nothing"
    assert (await press(api, page, "accept", product="Gallery")).status == 303
    (booked,) = await tickets_of(api, event)
    assert (booked["product"], booked["amount"], booked["status"]) == ("Gallery", "25.00", "unpaid")
