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
