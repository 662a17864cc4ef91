"""Clients with the least rights try what is not theirs: a device of another event, a guest with one token, no key."""

import asyncio
from typing import Any

import pytest

from tests.api import Answer, Api

WHEN = {"date": "2026-12-24", "time": "20:30"}
PRICED = [{"name": "Standard", "public": True, "prices": [{"name": "Full", "amount": "20.00", "currency": "EUR"}]}]
SECRETS = (b"Lovelace", b"+33 1 23 45 67", b"ada@example.org", b"vegan", b"Hand out a band")
"""What stands in the ticket that they are after."""


async def book_secret(api: Api, event: Any) -> Any:
    guest = {"first_name": "Ada", "last_name": "Lovelace", "notice": "Hand out a band", "fields": {"Diet": "vegan"}}
    (ticket,) = await api.book(event, email="ada@example.org", tickets=[guest])
    return ticket


def gives_away_nothing(answer: Answer) -> bool:
    return not any(secret in answer.raw for secret in SECRETS)


@pytest.mark.gen_test
async def test_device_of_another_event_learns_and_changes_nothing_of_a_ticket(api: Api) -> None:
    event, other = await api.make_event(), await api.make_event()
    ticket = await book_secret(api, event)
    own = await api.make_device(event, may=["search", "undo", "names"])
    stranger = await api.make_device(other, may=["search", "undo", "force", "names", "headcount", "over_limit"])
    admitted = (await own.scan(ticket["code"])).body
    by_hand = (await own.post("/scan/list_tickets/", {})).body["results"][0]["qrcode_data"]
    tried = {
        "its code": await stranger.scan(ticket["code"]),
        "forced": await stranger.scan(ticket["code"], force=True, reason="open up"),
        "out": await stranger.scan(ticket["code"], direction="out"),
        "by number": await stranger.post("/scan/ticket/", {"ticket_uuid": ticket["id"]}),
        "another's code by hand": await stranger.scan(by_hand),
        "naming its event": await stranger.scan(ticket["code"], event_uuid=event["uuid"]),
        "a look": await stranger.post("/scan/check_ticket/", {"qrcode_data": ticket["code"]}),
        "a search": await stranger.post("/scan/search_ticket/", {"search": "vegan", "event_uuid": event["uuid"]}),
        "a list": await stranger.post("/scan/list_tickets/", {"event_uuid": event["uuid"]}),
        "undo": await stranger.post("/scan/undo/", {"ticket_uuid": ticket["id"], "seq": admitted["seq"]}),
        "its manifest": await stranger.get(f"/scan/manifest/?event={event['uuid']}"),
        "a ticket": await stranger.get(f"/api/tickets/{ticket['id']}"),
        "a reservation": await stranger.request("PATCH", f"/api/reservations/{ticket['reservation']}", {"notice": "x"}),
        "figures": await stranger.get(f"/api/events/{event['uuid']}/occupancy"),
    }
    assert {what: answer.raw for what, answer in tried.items() if not gives_away_nothing(answer)} == {}
    assert {what for what, answer in tried.items() if answer.status >= 500} == set()
    assert {what for what, answer in tried.items() if b'"success":true' in answer.raw} == {"its manifest", "a look"}
    assert tried["a look"].body["would"] == {"admit": False, "code": "wrong_event"}
    occupancy = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    assert (occupancy["inside"], occupancy["admitted"]) == (1, 1)


@pytest.mark.gen_test
async def test_guest_with_one_tickets_token_reaches_no_other_ticket_and_no_call_of_organisers(api: Api) -> None:
    event = await api.make_event(booking="open", guest_rename=True, transfers=1)
    secret = await book_secret(api, event)
    (mine,) = await api.book(event, name="Grace", phone_number="12345", tickets=[{"first_name": "Grace"}])
    guest = Api(api.url, headers={"Authorization": f"Bearer {mine['access_token']}"})
    token = f"?token={mine['access_token']}"
    theirs, own = f"/api/tickets/{secret['id']}", f"/api/tickets/{mine['id']}"
    tried = [
        await guest.get(theirs),
        await guest.get(theirs + token),
        await guest.get(f"/t/{secret['id']}{token}"),
        await guest.get(f"/r/{secret['reservation']}{token}"),
        await guest.get(f"/tickets/{secret['id']}/pkpass{token}"),
        await guest.post(f"/t/{secret['id']}/transfer{token}", {"name": "Me"}),
        await guest.post(f"/t/{secret['id']}/name{token}", {"name": "Me"}),
        await guest.get("/api/tickets?search=vegan"),
        await guest.get(f"/api/reservations/{secret['reservation']}"),
        await guest.get(f"{own}/history"),
        await guest.get(f"{own}/links"),
        await guest.request("PATCH", own, {"notice": "VIP"}),
        await guest.request("PATCH", f"/api/reservations/{mine['reservation']}", {"fields": {"Role": "Artist"}}),
        await guest.post(f"/api/reservations/{mine['reservation']}/pay", {"method": "free"}),
        await guest.post(f"{own}/restore"),
        await guest.post("/scan/ticket/", {"qrcode_data": mine["code"]}),
    ]
    assert [answer.status for answer in tried if answer.status not in (401, 403, 404)] == []
    assert all(map(gives_away_nothing, tried))
    more = {"name": "Grace H.", "notice": "VIP", "seat": {"seat": "1"}, "status": "valid", "fields": {"Role": "Artist"}}
    renamed = await guest.post(f"/t/{mine['id']}/name", more)
    assert renamed.status == 200, renamed.raw
    kept = (await api.admin.get(own)).body
    assert (kept["name"], kept["notice"], kept["seat"], kept["fields"]) == ("Grace H.", None, None, {})


@pytest.mark.gen_test
async def test_who_books_without_a_key_decides_neither_on_payment_nor_on_what_the_hub_keeps(api: Api) -> None:
    event = await api.make_event(booking="open", products=PRICED)
    order = {"event": event["uuid"], **WHEN, "name": "Eve", "phone_number": "12345", "product": "Standard"}
    told = {"paid": True, "status": "valid", "amount": "0.00", "currency": "XXX", "by_guest": False, "invited": True}
    made = await api.post("/api/tickets", {**order, **told, "issue": 7, "import_id": "x", "id": "x", "expired": True})
    assert made.status == 201, made.raw
    ticket = made.body
    assert (ticket["status"], ticket["amount"], ticket["currency"]) == ("unpaid", "20.00", "EUR")
    assert ticket["id"] != "x" and ticket["expired"] is False
    assert (await api.admin.get(f"/api/reservations/{ticket['reservation']}")).body["invited"] is False
    gate = await api.make_device(event)
    assert (await gate.scan(ticket["code"])).body["code"] == "unpaid"


@pytest.mark.parametrize("way", ["ticket", "reservation", "waiting list"])
@pytest.mark.gen_test
async def test_who_books_without_a_key_writes_no_price_of_their_own_on_what_a_door_is_shown(api: Api, way: str) -> None:
    seat = [{**WHEN, "capacity": 1}]
    event = await api.make_event(booking="open", waiting=True, products=[{"name": "Hall"}], showings=seat)
    buyer = {"event": event["uuid"], **WHEN, "name": "Eve", "phone_number": "12345"}
    path = {"ticket": "/api/tickets", "reservation": "/api/reservations", "waiting list": "/api/waiting"}[way]
    for price in ("Backstage, paid", "x" * 200, "\u2713 staff"):
        kind = {"product": "Hall", "price": price}
        if way == "reservation":
            answer = await api.post(path, buyer | {"tickets": [{"first_name": "Eve", **kind}]})
        else:
            answer = await api.post(path, buyer | kind | {"email": "eve@example.org"})
        assert answer.status == 422, answer.raw
        assert {field.rpartition(".")[2] for field in answer.body["errors"]} == {"price"}
    bare = await api.make_event(booking="open", products=[])
    refused = await api.post("/api/tickets", buyer | {"event": bare["uuid"], "price": "Backstage"})
    assert refused.body["errors"] == {"price": "is not sold here"}
    assert (await api.post("/api/tickets", buyer | {"event": bare["uuid"], "price": ""})).body["price"] is None


@pytest.mark.gen_test
async def test_credentials_that_may_not_book_learn_of_no_one_who_waits_and_move_no_seat(api: Api) -> None:
    event = await api.make_event(booking="open", waiting=True, products=[], showings=[{**WHEN, "capacity": 1}])
    (ticket,) = await api.book(event, tickets=[{"first_name": "Ada"}])
    form = {"event": event["uuid"], **WHEN, "name": "Grace", "email": "grace@example.org", "phone_number": "0123456"}
    joined = (await api.post("/api/waiting", form)).body
    keys = [
        (await api.admin.post("/api/keys", {"name": scope, "scopes": [scope]})).body["key"]
        for scope in ("tickets:read", "events:write", "devices:write", "scan")
    ]
    device = await api.make_device(event, may=["search", "names", "undo", "force", "headcount", "sell", "over_limit"])
    holder = Api(api.url, headers={"Authorization": f"Bearer {ticket['access_token']}"})
    entry, page = f"/api/waiting/{joined['id']}", joined["links"]["page"]
    for who in [device, holder, *(api.with_key(key) for key in keys)]:
        assert (await who.request("DELETE", entry)).status in (401, 403)
        if who is not holder:  # an address that waits is no news to somebody who may not join as an organiser does
            assert (await who.post("/api/waiting", form)).status == 403
    for who in (device, holder, *(api.with_key(key) for key in keys[1:])):
        assert (await who.get(f"/api/waiting?event={event['uuid']}")).status in (401, 403)
    (seen,) = (await api.with_key(keys[0]).get(f"/api/waiting?event={event['uuid']}")).body
    assert seen["links"] == {}
    other = f"/w/{joined['id']}?token={ticket['access_token']}"
    for wrong in (other, page + "0", page.replace("token=", "Token="), page + "&token=", f"/w/{ticket['id']}?token=x"):
        assert (await api.get(wrong)).status == 404
        assert (await api.post(wrong.replace("?", "/leave?"), b"")).status == 404
        assert (await api.post(wrong.replace("?", "/accept?"), b"")).status == 404
    (waits,) = (await api.admin.get(f"/api/waiting?event={event['uuid']}")).body
    assert waits["state"] == "waiting"


@pytest.mark.gen_test
async def test_offer_that_is_accepted_and_declined_at_once_ends_in_one_way_and_holds_one_seat(api: Api) -> None:
    event = await api.make_event(booking="open", waiting=True, products=[], showings=[{**WHEN, "capacity": 1}])
    for _ in range(4):
        (ticket,) = await api.book(event, tickets=[{"first_name": "Ada"}])
        form = {"event": event["uuid"], **WHEN, "name": "Grace", "email": "grace@example.org", "phone_number": "012345"}
        page = (await api.admin.post("/api/waiting", form)).body["links"]["page"]
        await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
        presses = [page.replace("?", f"/{action}?") for action in ("accept", "leave") * 6]
        statuses = {answer.status for answer in await asyncio.gather(*(api.post(press, b"") for press in presses))}
        assert statuses <= {200, 303, 404, 409} and len(statuses & {200, 303}) == 1
        booked = (await api.admin.get(f"/api/tickets?event={event['uuid']}&status=valid")).body
        (showing,) = (await api.get(f"/api/showings?event={event['uuid']}")).body
        assert (len(booked), showing["left"]) == ((1, 0) if 303 in statuses else (0, 1))
        for each in booked:
            await api.admin.post(f"/api/tickets/{each['id']}/cancel")
