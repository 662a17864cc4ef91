"""The organiser's contact and the seat, wherever a guest looks: page, reservation, pass (docs/wallet.md)."""

import io
import json
import zipfile
from typing import Any

import pytest

from tests.api import Api

CONTACT = {"email": "help@example.org", "phone": "+33 1 23 45", "url": "https://example.org/help?a=1&b=2"}
SEAT = {"block": "B", "row": "7", "seat": "12"}


async def page_of(api: Api, ticket: Any) -> str:
    answer = await api.with_key(None).get(f"/t/{ticket['id']}?token={ticket['access_token']}")
    assert answer.status == 200
    return answer.raw.decode()


async def pass_of(api: Api, ticket: Any) -> Any:
    answer = await api.admin.get(f"/tickets/{ticket['id']}/pkpass?format=pkpass")
    assert answer.status == 200
    return json.loads(zipfile.ZipFile(io.BytesIO(answer.raw)).read("pass.json")), answer.headers["Last-Modified"]


@pytest.mark.gen_test
async def test_seat_and_contact_stand_on_page_reservation_and_pass(api: Api) -> None:
    event = await api.make_event(contact=CONTACT)
    assert event["contact"] == CONTACT
    guests = [{"first_name": "Ada", "last_name": "L", "seat": SEAT}, {"first_name": "Bob", "last_name": "L"}]
    order = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada", "phone_number": "12345"}
    booked = await api.admin.post("/api/reservations", {**order, "tickets": guests})
    ticket = next(each for each in booked.body["tickets"] if each["seat"])
    page = await page_of(api, ticket)
    together = await api.with_key(None).get(booked.body["links"]["page"])
    for shown in (page, together.raw.decode()):
        assert "Block B, row 7, seat 12" in shown
        assert 'href="mailto:help@example.org"' in shown and 'href="tel:+3312345"' in shown
        assert 'href="https://example.org/help?a=1&amp;b=2"' in shown
    shown, _ = await pass_of(api, ticket)
    assert shown["semantics"]["seats"] == [{"seatSection": "B", "seatRow": "7", "seatNumber": "12"}]


@pytest.mark.gen_test
async def test_address_stands_on_reservation_and_pass_and_is_changed_and_taken_away(api: Api) -> None:
    event = await api.make_event(address="4 quai du Moulin, 75004 Paris")
    assert event["address"] == "4 quai du Moulin, 75004 Paris"
    (ticket,) = await api.book(event)
    link = (await api.admin.post(f"/api/reservations/{ticket['reservation']}/resend")).body["link"]
    together = await api.with_key(None).get("/" + link.split("/", 3)[3])
    assert b"4 quai du Moulin, 75004 Paris (map)" in together.raw
    shown, first = await pass_of(api, ticket)
    [field] = [each for each in shown["eventTicket"]["backFields"] if each["key"] == "address"]
    assert field["value"] == "4 quai du Moulin, 75004 Paris"
    path = f"/api/events/{event['uuid']}"
    assert (await api.admin.request("PATCH", path, {"address": "1 rue Neuve"})).body["address"] == "1 rue Neuve"
    assert (await pass_of(api, ticket))[1] != first
    assert (await api.admin.request("PATCH", path, {"address": None})).body["address"] is None
    for wrong in ("", " ", "x" * 201, 5, "a\x00b", ["x"]):
        answer = await api.admin.request("PATCH", path, {"address": wrong})
        assert (answer.status, set(answer.body["errors"])) == (422, {"address"})


@pytest.mark.gen_test
async def test_another_seat_and_another_contact_are_another_version_of_the_pass(api: Api) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    _, first = await pass_of(api, ticket)
    put = await api.admin.request("PUT", f"/api/tickets/{ticket['id']}", {"seat": SEAT})
    assert put.status == 200, put.raw
    _, second = await pass_of(api, ticket)
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"contact": CONTACT})
    _, third = await pass_of(api, ticket)
    assert len({first, second, third}) == 3


@pytest.mark.gen_test
async def test_a_contact_that_cannot_be_used_changes_nothing_and_an_empty_one_takes_it_away(api: Api) -> None:
    event = await api.make_event(contact=CONTACT)
    path = f"/api/events/{event['uuid']}"
    wrong = {"email": "x", "phone": "call", "url": "javascript:alert(1)"}
    answer = await api.admin.request("PATCH", path, {"contact": wrong})
    assert (answer.status, set(answer.body["errors"])) == (422, {"contact.email", "contact.phone", "contact.url"})
    assert (await api.admin.request("PATCH", path, {"contact": "me"})).status == 422
    assert (await api.admin.request("PATCH", path, {"venue": "Hall"})).body["contact"] == CONTACT
    (ticket,) = await api.book(event)
    nothing = {"email": None, "phone": "", "url": None}
    assert (await api.admin.request("PATCH", path, {"contact": nothing})).body["contact"] is None
    assert "Ask the organiser</h2>" not in await page_of(api, ticket)
