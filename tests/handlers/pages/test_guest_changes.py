"""The guest's own hand: a name corrected, a ticket cancelled or handed on, with nothing but the ticket's token."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from pymongo import MongoClient

from hub.app import Hub
from hub.clock import SettableClock
from hub.model.ticket import PhoneCount, Reservation, Ticket
from hub.settings import Settings
from store.mongo.documents import COLLECTIONS
from tests.api import Answer, Api

Kept = Callable[[str, dict[str, Any]], list[dict[str, Any]]]
FORM = "application/x-www-form-urlencoded"
ALL: dict[str, Any] = {"guest_rename": True, "guest_cancel_until_min": 60, "transfers": 2}
OLD_PHONE = "+33 1 23 45 67"


@pytest.fixture
def kept(settings: Settings) -> Iterator[Kept]:
    """Read a collection of the hub's database."""
    with MongoClient[dict[str, Any]](settings.mongodb_uri) as client:
        yield lambda name, query: list(client[settings.database][name].find(query))


async def ticket_of(api: Api, **fields: Any) -> Any:
    [ticket] = await api.book(await api.make_event(**(ALL | fields)), email="ada@example.org")
    return ticket


def path_of(ticket: Any, action: str, token: str | None = None) -> str:
    return f"/t/{ticket['id']}/{action}?token={ticket['access_token'] if token is None else token}"


async def hand_on(api: Api, ticket: Any, **body: Any) -> Answer:
    return await api.post(path_of(ticket, "transfer"), {"name": "Grace Hopper"} | body)


async def handed_on(api: Api, ticket: Any, **body: Any) -> Any:
    """Hand a ticket on and return it as its next holder reads it."""
    answer = await hand_on(api, ticket, **body)
    assert answer.status == 200, answer.raw
    token = answer.body["link"].partition("token=")[2]
    read = await api.get(f"/api/tickets/{ticket['id']}?token={token}")
    assert read.status == 200, read.raw
    return read.body | {"access_token": token}


async def send(api: Api, path: str, **form: str) -> Answer:
    return await api.post(path, urlencode(form).encode(), Content_Type=FORM, Accept="text/html")


# --- handing on ----------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_next_holder_gets_a_new_code_and_the_old_one_says_replaced(api: Api) -> None:
    ticket = await ticket_of(api)
    event = (await api.admin.get(f"/api/events/{ticket['event']}")).body
    gate = await api.make_device(event)
    after = await handed_on(api, ticket)
    assert after["name"] == "Grace Hopper"
    assert after["code"] != ticket["code"]
    old = await gate.scan(ticket["code"])
    assert (old.status, old.body["success"], old.body["code"]) == (200, False, "replaced")
    assert (await gate.scan(after["code"])).body["code"] == "admitted"


@pytest.mark.gen_test
async def test_nothing_of_the_holder_before_is_told_to_the_next(api: Api) -> None:
    event = await api.make_event(**ALL)
    ticket, kept = await api.book(
        event,
        email="ada@example.org",
        tickets=[{"first_name": "Ada", "last_name": "Lovelace", "fields": {"Diet": "vegan"}}] * 2,
        fields={"Company": "Analytical Engines"},
    )
    await send(api, path_of(ticket, "feedback"), worked="yes", text="Ada was here")
    after = await handed_on(api, ticket)
    page = await api.get(f"/t/{ticket['id']}?token={after['access_token']}")
    assert page.status == 200
    for told in (page.raw, repr(after).encode()):
        for secret in (b"Ada", b"Lovelace", b"+33", b"ada@", b"vegan", b"Analytical"):
            assert secret not in told
    assert (after["phone_number"], after["fields"]) == ("", {})
    assert after["reservation"] != ticket["reservation"]
    before = (await api.admin.get(f"/api/reservations/{ticket['reservation']}")).body
    assert [each["id"] for each in before["tickets"]] == [kept["id"]]
    assert before["tickets_count"] == 1
    own = (await api.admin.get(f"/api/reservations/{after['reservation']}")).body
    assert (own["name"], own["phone_number"], own["email"], own["tickets_count"]) == ("Grace Hopper", "", None, 1)


@pytest.mark.gen_test
async def test_old_token_opens_nothing_but_says_what_happened(api: Api) -> None:
    ticket = await ticket_of(api)
    await handed_on(api, ticket)
    shown = await api.get(f"/t/{ticket['id']}?token={ticket['access_token']}")
    assert shown.status == 410
    assert b"This ticket was handed on" in shown.raw
    assert b"Grace" not in shown.raw
    token = ticket["access_token"]
    for path in (f"/api/tickets/{ticket['id']}", f"/tickets/{ticket['id']}/qr", f"/tickets/{ticket['id']}/pkpass"):
        answer = await api.get(f"{path}?token={token}")
        assert (answer.status, answer.body["code"]) == (410, "handed_on")
        assert b"Grace" not in answer.raw
    for action in ("name", "cancel", "transfer"):
        answer = await api.post(path_of(ticket, action), {"name": "Mallory"})
        assert (answer.status, answer.body["code"]) == (410, "handed_on")
        assert (await send(api, path_of(ticket, action), name="Mallory", confirmed="yes")).status == 410
    assert (await send(api, f"/t/{ticket['id']}/feedback?token={token}", worked="yes")).status == 410


@pytest.mark.gen_test
async def test_buyers_page_of_the_other_tickets_stays_and_shows_the_one_no_more(api: Api) -> None:
    event = await api.make_event(**ALL)
    [ticket, *rest] = await api.book(event, 3)
    link = urlsplit((await api.admin.post(f"/api/reservations/{ticket['reservation']}/resend")).body["link"])
    page = f"{link.path}?{link.query}"
    assert (await api.get(page)).raw.count(b"<article") == 3
    await handed_on(api, ticket)
    after = await api.get(page)
    assert (after.status, after.raw.count(b"<article")) == (200, 2)
    assert b"Grace" not in after.raw
    again = (await api.admin.post(f"/api/reservations/{ticket['reservation']}/resend")).body
    assert len(again["links"]) == len(rest)


@pytest.mark.gen_test
async def test_booking_that_is_sent_again_does_not_give_the_buyer_the_new_code(api: Api) -> None:
    event = await api.make_event(booking="open", **ALL)
    order = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada", "phone_number": OLD_PHONE}
    key = {"Idempotency_Key": "0123456789abcdef0123456789abcdef"}
    ticket = (await api.post("/api/tickets", order, **key)).body
    after = await handed_on(api, ticket)
    again = await api.post("/api/tickets", order, **key)
    assert (again.status, again.body["code"]) == (410, "handed_on")
    assert after["access_token"].encode() not in again.raw


@pytest.mark.gen_test
async def test_history_knows_both_holders_and_the_journal_no_name(kept: Kept, api: Api) -> None:
    ticket = await ticket_of(api)
    second = await handed_on(api, ticket)
    await handed_on(api, second, name="Mary Somerville")
    history = (await api.admin.get(f"/api/tickets/{ticket['id']}/history")).body
    told = [entry["data"] for entry in history if entry["kind"] == "ticket.transferred"]
    names = [(data["from_name"], data["to_name"]) for data in told]
    assert names == [("Ada Lovelace", "Grace Hopper"), ("Grace Hopper", "Mary Somerville")]
    assert {data["actor"] for data in told} == {"holder"}
    entries = kept("journal", {"kind": "ticket.transferred"})
    assert len(entries) == 2
    assert not [name for name in ("Ada", "Grace", "Mary") if name in repr(entries)]


@pytest.mark.gen_test
async def test_ticket_goes_on_as_often_as_its_event_says_and_no_oftener(api: Api) -> None:
    ticket = await ticket_of(api, transfers=1)
    second = await handed_on(api, ticket)
    answer = await hand_on(api, second)
    assert (answer.status, answer.body["code"]) == (409, "transfer_limit")
    assert b"/transfer" not in (await api.get(f"/t/{ticket['id']}?token={second['access_token']}")).raw


@pytest.mark.gen_test
async def test_two_hand_overs_at_once_one_wins_and_the_others_are_told(api: Api) -> None:
    ticket = await ticket_of(api, transfers=10)
    answers = await asyncio.gather(*[hand_on(api, ticket, name=f"Guest {n}") for n in range(8)])
    assert sorted(answer.status for answer in answers) == [200, *[410] * 7]
    assert {answer.body["code"] for answer in answers if answer.status == 410} == {"handed_on"}
    winner = next(answer for answer in answers if answer.status == 200)
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["name"] == winner.body["name"]


@pytest.mark.gen_test
async def test_phone_number_that_booked_stays_counted_until_the_ticket_is_cancelled(api: Api) -> None:
    event = await api.make_event(booking="open", phone_limit=1, **ALL)
    order = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada", "phone_number": OLD_PHONE}
    ticket = (await api.post("/api/tickets", order)).body
    after = await handed_on(api, ticket)
    assert (await api.post("/api/tickets", order)).body["code"] == "phone_limit"
    assert (await api.post(path_of(after, "cancel"), {})).status == 200
    assert (await api.post("/api/tickets", order)).status == 201


@pytest.mark.gen_test
async def test_handed_on_ticket_can_be_moved_given_a_number_restored_and_deleted(kept: Kept, api: Api) -> None:
    times = [{"date": "2026-12-24", "time": time, "capacity": 9} for time in ("20:30", "22:00")]
    ticket = await ticket_of(api, showings=times)
    await handed_on(api, ticket)
    path = f"/api/tickets/{ticket['id']}"
    for body in ({"time": "22:00"}, {"phone_number": "+49 30 1234567"}, {"time": "20:30"}, {"name": "Mary"}):
        answer = await api.admin.request("PUT", path, body)
        assert answer.status == 200, answer.raw
    assert (await api.admin.post(f"{path}/cancel")).status == 200
    assert (await api.admin.post(f"{path}/restore")).status == 200
    assert (await api.admin.request("DELETE", path)).status == 204
    for collection in (PhoneCount, Ticket, Reservation):
        assert kept(COLLECTIONS[collection], {}) == []


@pytest.mark.gen_test
async def test_party_of_the_buyer_does_not_take_a_handed_on_ticket_in(api: Api) -> None:
    event = await api.make_event(**ALL)
    ticket, kept = await api.book(event, 2)
    gate = await api.make_device(event)
    await handed_on(api, ticket)
    refused = await gate.scan(kept["code"], count=2)
    assert (refused.body["success"], refused.body["fits"]) == (False, 1)


@pytest.mark.gen_test
async def test_sellers_barcode_of_a_handed_on_ticket_is_replaced_too(api: Api) -> None:
    event = await api.make_event(**ALL)
    row = {"first_name": "Ada", "last_name": "Lovelace", "barcode": "4006381333931"}
    [ticket] = await api.book(event, tickets=[row])
    gate = await api.make_device(event)
    after = await handed_on(api, ticket)
    assert (await gate.scan("4006381333931")).body["code"] == "replaced"
    assert (await gate.scan(after["code"])).body["code"] == "admitted"


# --- names and cancelling --------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_holder_corrects_the_name_and_keeps_code_and_link(api: Api) -> None:
    ticket = await ticket_of(api)
    answer = await api.post(path_of(ticket, "name"), {"name": " Ada\u3000King "})
    assert (answer.status, answer.body["name"]) == (200, "Ada\u3000King")
    assert answer.body["code"] == ticket["code"]
    assert (await api.admin.get(f"/api/tickets?search=king&event={ticket['event']}")).body[0]["id"] == ticket["id"]
    history = (await api.admin.get(f"/api/tickets/{ticket['id']}/history")).body
    assert (history[-1]["kind"], history[-1]["data"]) == ("ticket.changed", {"fields": ["name"], "actor": "holder"})


@pytest.mark.parametrize(("minutes_before", "status"), [(61, 200), (60, 200), (59, 409)])
@pytest.mark.gen_test
async def test_cancelling_ends_so_many_minutes_before_the_time(
    api: Api, clock: SettableClock, minutes_before: int, status: int
) -> None:
    ticket = await ticket_of(api)
    clock.set(await starts_at(api, ticket) - timedelta(minutes=minutes_before))
    answer = await api.post(path_of(ticket, "cancel"), {})
    assert answer.status == status
    assert answer.body.get("code") == ("too_late" if status == 409 else ticket["code"])
    assert (await api.admin.get(f"/api/tickets/{ticket['id']}")).body["status"] == (
        "valid" if status == 409 else "canceled"
    )


async def starts_at(api: Api, ticket: Any) -> datetime:
    [showing] = (await api.admin.get(f"/api/showings?event={ticket['event']}")).body
    return datetime.fromisoformat(showing["starts_at"])


@pytest.mark.gen_test
async def test_cancelled_seat_is_free_at_once(api: Api) -> None:
    ticket = await ticket_of(api, showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 1}])
    event = {"uuid": ticket["event"]}
    assert (await api.post(path_of(ticket, "cancel"), {})).body["status"] == "canceled"
    assert len(await api.book(event)) == 1


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["name", "cancel", "transfer"])
@pytest.mark.gen_test
async def test_event_offers_none_of_it_unless_it_says_so(api: Api, action: str) -> None:
    [ticket] = await api.book(await api.make_event())
    answer = await api.post(path_of(ticket, action), {"name": "Grace"})
    assert (answer.status, answer.body["code"]) == (409, "not_offered")
    assert b"Change this ticket" not in (await api.get(f"/t/{ticket['id']}?token={ticket['access_token']}")).raw


@pytest.mark.parametrize("action", ["name", "cancel", "transfer"])
@pytest.mark.gen_test
async def test_other_tickets_token_and_other_credentials_change_nothing(api: Api, action: str) -> None:
    mine, other = await api.book(await api.make_event(**ALL), 2)
    for token in ("", "x", other["access_token"], "é" * 5000):
        answer = await api.post(path_of(mine, action, "") + urlencode({"": token})[1:], {"name": "Mallory"})
        assert answer.status == 401, answer.raw
    assert (await api.post(f"/t/{mine['id']}/{action}", {"name": "Mallory"})).status == 401
    assert (await api.admin.post(f"/t/{mine['id']}/{action}", {"name": "Mallory"})).status == 403
    page = await send(api, path_of(mine, action, other["access_token"]), name="Mallory")
    assert (page.status, b"This link opens no ticket" in page.raw) == (404, True)
    now = (await api.admin.get(f"/api/tickets/{mine['id']}")).body
    assert (now["name"], now["status"]) == ("Ada Lovelace", "valid")


@pytest.mark.parametrize("state", ["cancel", "block", "scanned", "expired", "unpaid", "closed"])
@pytest.mark.gen_test
async def test_ticket_that_is_not_good_or_scanned_is_not_handed_on(api: Api, clock: SettableClock, state: str) -> None:
    event = await api.make_event(**ALL)
    [ticket] = await api.book(event, paid=state != "unpaid")
    if state in ("cancel", "block"):
        await api.admin.post(f"/api/tickets/{ticket['id']}/{state}")
    elif state == "scanned":
        await (await api.make_device(event)).scan(ticket["code"])
    elif state == "expired":
        clock.advance(timedelta(days=400))
    elif state == "closed":
        await api.admin.post(f"/api/events/{event['uuid']}/close")
    codes = {"cancel": "ticket_canceled", "block": "ticket_blocked", "closed": "not_offered"}
    answer = await hand_on(api, ticket)
    assert (answer.status, answer.body["code"]) == (409, codes.get(state, f"ticket_{state}"))
    assert (await api.get(f"/t/{ticket['id']}?token={ticket['access_token']}")).status == 200


BAD = [
    ({}, {"name"}),
    ({"name": ""}, {"name"}),
    ({"name": "\u3000\u200b "}, {"name"}),
    ({"name": "A" * 10_000}, {"name"}),
    ({"name": "Ada\x00Eve"}, {"name"}),
    ({"name": 7, "email": "no address"}, {"name", "email"}),
    ({"name": "Grace", "email": "a@b\r\nBcc: c@d.org"}, {"email"}),
    ({"name": "Grace", "email": ["a@b.org"]}, {"email"}),
]


@pytest.mark.parametrize(("body", "wrong"), BAD)
@pytest.mark.gen_test
async def test_bad_names_and_addresses_are_named_and_change_nothing(api: Api, body: Any, wrong: set[str]) -> None:
    ticket = await ticket_of(api)
    answer = await api.post(path_of(ticket, "transfer"), body)
    assert (answer.status, answer.body["errors"].keys()) == (422, wrong)
    assert (await api.get(f"/t/{ticket['id']}?token={ticket['access_token']}")).status == 200


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"null", b"[" * 30_000])
@pytest.mark.gen_test
async def test_body_that_is_no_object_is_refused(api: Api, body: bytes) -> None:
    ticket = await ticket_of(api)
    assert (await api.post(path_of(ticket, "transfer"), body)).status == 400


@pytest.mark.gen_test
async def test_changes_of_one_ticket_are_limited_in_rate(hub: Hub, api: Api) -> None:
    ticket = await ticket_of(api)
    for _ in range(hub.settings.guest_changes_per_min):
        await api.post(path_of(ticket, "name"), {"name": ""})
    answer = await api.post(path_of(ticket, "name"), {"name": "Grace"})
    assert (answer.status, answer.body["code"]) == (429, "slow_down")


# --- the pages -------------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_forms_hand_a_ticket_on_in_two_steps_without_javascript(api: Api) -> None:
    ticket = await ticket_of(api)
    page = await api.get(f"/t/{ticket['id']}?token={ticket['access_token']}")
    assert f'href="/t/{ticket["id"]}/transfer?token={ticket["access_token"]}"'.encode() in page.raw
    assert (await api.get(path_of(ticket, "transfer"))).status == 200
    asked = await send(api, path_of(ticket, "transfer"), name="Grace <b>Hopper")
    assert asked.status == 200
    assert b"Hand it on to Grace &lt;b&gt;Hopper?" in asked.raw
    assert (await api.get(f"/api/tickets/{ticket['id']}?token={ticket['access_token']}")).body["name"] == "Ada Lovelace"
    done = await send(api, path_of(ticket, "transfer"), name="Grace <b>Hopper", confirmed="yes")
    assert done.status == 303
    new = await api.get(done.headers["Location"])
    assert new.status == 200
    assert b"Handed on." in new.raw
    assert b"Grace &lt;b&gt;Hopper" in new.raw
    again = await send(api, path_of(ticket, "transfer"), name="Grace", confirmed="yes")
    assert again.status == 410


@pytest.mark.gen_test
async def test_wrong_form_is_shown_again_with_what_is_wrong(api: Api) -> None:
    ticket = await ticket_of(api)
    page = await send(api, path_of(ticket, "transfer"), name="<i>" + "x" * 10_000, email="<b>nobody")
    assert page.status == 422
    assert b"Give a name in 1 to 100 characters" in page.raw
    assert b"This is no mail address" in page.raw
    assert b"<i>" not in page.raw
    assert b"<b>nobody" not in page.raw
    renamed = await send(api, path_of(ticket, "name"), name="")
    assert renamed.status == 422
    assert b"Nothing is changed" in renamed.raw


@pytest.mark.gen_test
async def test_forms_correct_a_name_and_cancel_after_a_question(api: Api) -> None:
    ticket = await ticket_of(api)
    renamed = await send(api, path_of(ticket, "name"), name="Ada King")
    assert renamed.status == 303
    assert b"Corrected." in (await api.get(renamed.headers["Location"])).raw
    asked = await api.get(path_of(ticket, "cancel"))
    assert (asked.status, b"Cancel this ticket?" in asked.raw) == (200, True)
    assert (await api.get(f"/api/tickets/{ticket['id']}?token={ticket['access_token']}")).body["status"] == "valid"
    done = await send(api, path_of(ticket, "cancel"))
    assert done.status == 303
    assert b"Your place is free" in (await api.get(done.headers["Location"])).raw
    assert (await api.get(path_of(ticket, "cancel"))).status == 409
