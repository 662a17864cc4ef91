"""The page of a reservation: all its tickets, for its buyer alone."""

import re
from typing import Any

import pytest

from tests.api import Api

FAMILY = [{"first_name": name, "last_name": "Lovelace"} for name in ("Ada", "Byron", "Ralph")]


async def reserve(api: Api, tickets: list[dict[str, str]]) -> Any:
    event = await api.make_event()
    order = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67", "date": "2026-12-24", "time": "20:30"}
    answer = await api.admin.post("/api/reservations", {**order, "event": event["uuid"], "tickets": tickets})
    assert answer.status == 201, answer.raw
    return answer.body


def passes(page: bytes) -> list[str]:
    return re.findall(r'data-ticket="([^"]+)"', page.decode())


@pytest.mark.gen_test
async def test_one_link_opens_all_tickets_cancelled_ones_last(api: Api) -> None:
    reserved = await reserve(api, FAMILY)
    ada, byron, ralph = (ticket["id"] for ticket in reserved["tickets"])
    await api.admin.post(f"/api/tickets/{byron}/cancel")
    page = await api.get(reserved["links"]["page"])
    assert page.status == 200 and b"Your 3 tickets" in page.raw
    assert passes(page.raw) == [ada, ralph, byron]
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store, private")


@pytest.mark.gen_test
async def test_reservation_of_one_ticket_leads_to_the_page_of_that_ticket(api: Api) -> None:
    reserved = await reserve(api, FAMILY[:1])
    assert reserved["links"]["page"] == reserved["tickets"][0]["links"]["page"]


@pytest.mark.gen_test
async def test_neither_a_ticket_nor_another_reservation_opens_it(api: Api) -> None:
    reserved, other = await reserve(api, FAMILY), await reserve(api, FAMILY)
    path = f"/r/{reserved['uuid']}"
    token = other["links"]["page"].partition("=")[2]
    wrong = [
        path,
        f"{path}?token={token}",
        f"{path}?token={reserved['tickets'][0]['access_token']}",
        f"/r/x?token={token}",
    ]
    answers = [await api.get(each) for each in wrong]
    assert {answer.status for answer in answers} == {404}
    own_address = re.compile(rb'href="/r/[^"]*language=')
    assert len({own_address.sub(b"", answer.raw) for answer in answers}) == 1


@pytest.mark.gen_test
async def test_old_link_opens_nothing_once_any_of_its_tickets_is_issued_anew(api: Api) -> None:
    reserved = await reserve(api, FAMILY)
    links = [reserved["links"]["page"]]
    for ticket in reserved["tickets"][:2]:
        await api.admin.post(f"/api/tickets/{ticket['id']}/reissue")
        resent = (await api.admin.post(f"/api/reservations/{reserved['uuid']}/resend")).body
        links.append(resent["link"].partition("/r/")[1] + resent["link"].partition("/r/")[2])
    assert [(await api.get(link)).status for link in links] == [404, 404, 200]


@pytest.mark.gen_test
async def test_reservation_whose_tickets_are_deleted_is_gone(api: Api) -> None:
    reserved = await reserve(api, FAMILY[:2])
    for ticket in reserved["tickets"]:
        await api.admin.request("DELETE", f"/api/tickets/{ticket['id']}")
    assert (await api.get(reserved["links"]["page"])).status == 404
