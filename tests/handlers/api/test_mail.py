"""Tickets by mail: after the booking, never in its way, and again whenever the organiser wants it."""

import io
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
import zxingcpp
from PIL import Image
from pymongo.database import Database

from hub.app import Hub
from hub.clock import SettableClock
from hub.formats.contact import box_of
from hub.model.journal import Entry
from hub.outbox.consumer import Page
from hub.settings import Settings
from tests.api import Answer, Api
from tests.eventually import eventually, passing
from tests.hub.mail.inbox import Inbox, pictures_of, text_of, words_of

Raw = Database[dict[str, Any]]
FORM = "application/x-www-form-urlencoded"
ADA = "ada@example.org"


@pytest.fixture
def settings(settings: Settings, inbox: Inbox) -> Settings:
    """Settings of a hub that has the mail server."""
    return msgspec.structs.replace(settings, **inbox.settings)


async def reserve(api: Api, count: int = 1, **fields: Any) -> Any:
    event = await api.make_event()
    order = {
        "event": event["uuid"],
        "date": "2026-12-24",
        "time": "20:30",
        "name": "Ada Lovelace",
        "phone_number": "+33 1 23 45 67",
        "email": ADA,
        "tickets": [{"first_name": "Ada", "last_name": "Lovelace"}] * count,
    }
    answer = await api.admin.post("/api/reservations", order | fields)
    assert answer.status == 201, answer.raw
    return answer.body


async def book_as_guest(api: Api, event: Any, email: str) -> Answer:
    guests = [{"first_name": "Ada", "last_name": "Lovelace"}]
    order = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada", "phone_number": "12345"}
    return await api.with_key(None).post("/api/reservations", {**order, "email": email, "tickets": guests})


async def letters(raw_database: Raw, **wanted: Any) -> list[dict[str, Any]]:
    return list(raw_database.letters.find(wanted))


@pytest.mark.gen_test
async def test_reservation_with_an_address_gets_one_mail_with_a_code_for_each_ticket_and_no_name(
    api: Api, inbox: Inbox
) -> None:
    reserved = await reserve(api, 3)
    await eventually(lambda: bool(inbox.mails))
    resent = await api.admin.post(f"/api/reservations/{reserved['uuid']}/resend")
    assert (resent.status, resent.body["sent"]) == (200, True)
    await eventually(lambda: len(inbox.mails) == 2)
    assert inbox.recipients == [ADA, ADA]
    mail = inbox.mails[0]
    read = [zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))[0].text for png in pictures_of(mail).values()]
    assert sorted(read) == sorted(ticket["code"] for ticket in reserved["tickets"])
    assert reserved["links"]["page"] in text_of(mail)
    assert not any(secret in words_of(mail) for secret in ("Lovelace", "+33", "23 45 67"))


@pytest.mark.gen_test
async def test_unpaid_reservation_that_a_key_books_is_mailed_what_is_due_at_once_and_its_tickets_once_it_is_paid(
    api: Api, inbox: Inbox
) -> None:
    unpaid = await reserve(api, 2, paid=False)
    await eventually(lambda: bool(inbox.mails))
    assert inbox.mails[0]["Subject"] == "Booked, not paid yet: Winter concert"
    assert unpaid["links"]["page"] in text_of(inbox.mails[0]) and pictures_of(inbox.mails[0]) == {}
    await api.admin.post(f"/api/reservations/{unpaid['uuid']}/pay")
    await eventually(lambda: len(inbox.mails) == 2)
    assert unpaid["links"]["page"] in text_of(inbox.mails[1]) and len(pictures_of(inbox.mails[1])) == 2


@pytest.mark.gen_test
async def test_who_an_organiser_books_unpaid_is_mailed_where_and_until_when_in_their_language(
    api: Api, inbox: Inbox, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 12, 20, 17, 0, tzinfo=UTC))
    event = await api.make_event(products=PRICED, hold_minutes=120, pay_where="Kasse, Mühlgasse 1")
    guests = [{"first_name": "Ada", "last_name": "", "product": "Standard", "price": "Full"}] * 2
    more = {"event": event["uuid"], "paid": False, "language": "de", "tickets": guests}
    await reserve(api, **more)
    await eventually(lambda: bool(inbox.mails))
    (due,) = inbox.mails
    for part in ("41,00", "20:00", "Kasse, Mühlgasse 1"):
        assert part in text_of(due), part


@pytest.mark.gen_test
async def test_large_unpaid_reservation_and_many_of_one_address_get_a_mail_each(api: Api, inbox: Inbox) -> None:
    for _ in range(8):
        await reserve(api, 30, paid=False)
    await eventually(lambda: len(inbox.mails) == 8)
    assert {mail["Subject"] for mail in inbox.mails} == {"Booked, not paid yet: Winter concert"}


PRICED = [{"name": "Standard", "public": True, "prices": [{"name": "Full", "amount": "20.50", "currency": "EUR"}]}]


async def buy(api: Api, event: Any, count: int = 2) -> Any:
    guests = [{"first_name": "Ada", "last_name": "Lovelace", "product": "Standard", "price": "Full"}] * count
    order = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada", "phone_number": "12345"}
    answer = await api.with_key(None).post("/api/reservations", {**order, "email": ADA, "tickets": guests})
    assert answer.status == 201, answer.raw
    return answer.body


@pytest.mark.gen_test
async def test_guest_who_booked_what_costs_is_mailed_where_and_until_when_to_pay_then_the_tickets(
    api: Api, inbox: Inbox, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 12, 20, 17, 0, tzinfo=UTC))
    where = "At the box office, Mill Lane 1"
    event = await api.make_event(booking="open", products=PRICED, hold_minutes=120, pay_where=where)
    bought = await buy(api, event)
    await eventually(lambda: bool(inbox.mails))
    due = inbox.mails[0]
    assert due["Subject"] == "Booked, not paid yet: Winter concert"
    for part in ("€41.00", "until 20:00 on Sunday 20 December 2026", where, bought["links"]["page"]):
        assert part in text_of(due), part
    assert pictures_of(due) == {}, "no door would take them"
    assert (await api.admin.post(f"/api/reservations/{bought['uuid']}/pay")).status == 200
    await eventually(lambda: len(inbox.mails) == 2)
    assert inbox.mails[1]["Subject"] == "Your 2 tickets: Winter concert"
    assert len(pictures_of(inbox.mails[1])) == 2
    assert "paid" not in text_of(inbox.mails[1]) and "41.00" not in text_of(inbox.mails[1])


@pytest.mark.gen_test
async def test_guest_who_pays_at_the_door_gets_the_code_to_show_there_with_the_amount(api: Api, inbox: Inbox) -> None:
    event = await api.make_event(booking="open", products=PRICED, pay_at="door")
    await buy(api, event, 1)
    await eventually(lambda: bool(inbox.mails))
    assert inbox.mails[0]["Subject"] == "Your ticket: Winter concert"
    assert "Pay €20.50 at the door." in text_of(inbox.mails[0])
    assert len(pictures_of(inbox.mails[0])) == 1


@pytest.mark.gen_test
async def test_what_is_freed_or_paid_before_its_mail_leaves_is_not_asked_to_be_paid(
    api: Api, inbox: Inbox, clock: SettableClock
) -> None:
    inbox.answers[ADA] = "451 later"
    event = await api.make_event(booking="open", products=PRICED)
    freed, paid = await buy(api, event), await buy(api, event, 1)
    await eventually(lambda: inbox.tries >= 2)
    assert (await api.admin.post(f"/api/reservations/{freed['uuid']}/cancel")).status == 200
    assert (await api.admin.post(f"/api/reservations/{paid['uuid']}/pay")).status == 200
    del inbox.answers[ADA]
    await passing(clock, lambda: inbox.mails)
    await eventually(lambda: bool(inbox.mails))
    assert [mail["Subject"] for mail in inbox.mails] == ["Your ticket: Winter concert"]


@pytest.mark.gen_test
async def test_party_that_an_organiser_put_on_the_list_is_mailed_what_it_has_to_pay_once_it_accepts(
    api: Api, inbox: Inbox
) -> None:
    one = [{"date": "2026-12-24", "time": "20:30", "capacity": 1}]
    event = await api.make_event(products=PRICED, waiting=True, showings=one)
    (ticket,) = await api.book(event)
    entry = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Grace", "email": ADA}
    placed = await api.admin.post("/api/waiting", {**entry, "phone_number": "12345", "product": "Standard"})
    assert placed.status == 201, placed.raw
    await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
    page = placed.body["links"]["page"]
    path, _, query = page.partition("?")
    accepted = await api.with_key(None).post(f"{path}/accept?{query}", b"", Content_Type=FORM)
    assert accepted.status in (200, 302, 303), accepted.raw
    await eventually(lambda: any("not paid yet" in mail["Subject"] for mail in inbox.mails))
    (due,) = [mail for mail in inbox.mails if "not paid yet" in mail["Subject"]]
    assert "Pay €20.50" in text_of(due)


@pytest.mark.gen_test
async def test_without_an_address_nothing_is_mailed_and_resend_says_so(
    api: Api, raw_database: Raw, inbox: Inbox
) -> None:
    reserved = await reserve(api, 1, email=None)
    answer = await api.admin.post(f"/api/reservations/{reserved['uuid']}/resend")
    assert (answer.status, answer.body["errors"]) == (422, {"email": "the reservation has none"})
    assert await letters(raw_database, consumer="mail") == []


@pytest.mark.gen_test
async def test_server_that_says_later_is_asked_again_and_the_booking_never_waited(
    api: Api, inbox: Inbox, clock: SettableClock
) -> None:
    inbox.answers[ADA] = "451 later"
    reserved = await reserve(api, 1)
    await eventually(lambda: inbox.tries == 1)
    del inbox.answers[ADA]
    await passing(clock, lambda: inbox.mails)
    assert reserved["links"]["page"] in text_of(inbox.mails[0])


@pytest.mark.gen_test
async def test_refused_address_is_set_aside_and_stands_on_no_record(api: Api, raw_database: Raw, inbox: Inbox) -> None:
    inbox.answers[ADA] = "550 no such user ada@example.org"
    reserved = await reserve(api, 1)
    await eventually(lambda: letters(raw_database, state="set_aside"))
    (letter,) = await letters(raw_database, consumer="mail")
    assert (letter["target"], letter["reason"]) == (reserved["uuid"], "the address was refused")
    assert "@" not in repr(letter)
    assert "@" not in repr(list(raw_database.journal.find({})))


@pytest.mark.gen_test
async def test_guest_may_give_an_address_on_the_booking_page(api: Api, inbox: Inbox) -> None:
    event = await api.make_event(booking="open", products=[])
    path = f"/book/{event['uuid']}"
    assert b'name="email"' in (await api.get(path)).raw
    form = {"when": "2026-12-24T20:30", "count": "1", "name": "Ada", "phone_number": "12345", "email": "ada@"}
    wrong = await api.post(path, urlencode(form).encode(), Content_Type=FORM)
    assert wrong.status == 422 and b'id="email-wrong"' in wrong.raw
    booked = await api.post(path, urlencode(form | {"email": ADA}).encode(), Content_Type=FORM)
    assert booked.status == 303
    await eventually(lambda: bool(inbox.mails))
    assert booked.headers["Location"].partition("&")[0] in text_of(inbox.mails[0])


@pytest.mark.gen_test
async def test_stranger_has_the_hub_mail_one_person_a_few_times_only_and_books_all_the_same(
    api: Api, hub: Hub, inbox: Inbox, raw_database: Raw
) -> None:
    event = await api.make_event(booking="open", phone_limit=100)
    most = hub.settings.mails_per_recipient_per_h
    booked = [await book_as_guest(api, event, email) for email in [ADA] * most + ["Ada+more@EXAMPLE.org"]]
    assert {answer.status for answer in booked} == {201}
    await eventually(lambda: letters(raw_database, state="set_aside"))
    (letter,) = await letters(raw_database, consumer="mail")
    assert (letter["target"], letter["reason"]) == (booked[-1].body["uuid"], "too many mails to one address")
    assert len(inbox.mails) == most
    assert "@" not in repr(letter) and {frozenset(answer.body) for answer in booked} == {frozenset(booked[0].body)}
    await book_as_guest(api, event, "grace@example.org")
    await eventually(lambda: "grace@example.org" in inbox.recipients)


@pytest.mark.gen_test
async def test_what_somebody_with_a_key_books_or_sends_again_is_mailed_however_many_there_were(
    api: Api, hub: Hub, inbox: Inbox, raw_database: Raw
) -> None:
    event = await api.make_event(booking="open", phone_limit=100)
    most = hub.settings.mails_per_recipient_per_h
    guests = [(await book_as_guest(api, event, ADA)).body for _ in range(most + 1)]
    await eventually(lambda: letters(raw_database, state="set_aside"))
    (letter,) = await letters(raw_database, consumer="mail")
    assert (await api.admin.post(f"/api/outbox/{letter['_id']}/send")).status == 202
    await eventually(lambda: len(inbox.mails) == most + 1)
    await api.admin.post(f"/api/reservations/{guests[0]['uuid']}/resend")
    await eventually(lambda: len(inbox.mails) == most + 2)
    await reserve(api)
    await eventually(lambda: len(inbox.mails) == most + 3)


@pytest.mark.gen_test
async def test_mail_that_its_server_did_not_take_does_not_count(api: Api, hub: Hub, inbox: Inbox) -> None:
    event = await api.make_event(booking="open", phone_limit=100)
    most = hub.settings.mails_per_recipient_per_h
    inbox.answers[ADA] = "550 not now"
    for _ in range(most):
        await book_as_guest(api, event, ADA)
    await eventually(lambda: inbox.tries == most)
    del inbox.answers[ADA]
    await book_as_guest(api, event, ADA)
    await eventually(lambda: bool(inbox.mails))


@pytest.mark.parametrize(
    ("address", "box"),
    [("Ada@Example.org", ADA), ("ada+a+b@example.org", ADA), (ADA, ADA), ("+a@example.org", "+a@example.org")],
)
def test_address_is_counted_as_the_box_that_its_mail_ends_in(address: str, box: str) -> None:
    assert box_of(address) == box


@pytest.mark.parametrize("address", ["ada", "ada@", "@example.org", "a b@example.org", "ada@example.org\nBcc: x@y.z"])
@pytest.mark.gen_test
async def test_what_is_no_address_is_refused_when_it_is_given(api: Api, address: str) -> None:
    event = await api.make_event()
    order = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada", "phone_number": "12345"}
    answer = await api.admin.post("/api/reservations", {**order, "email": address, "tickets": [{"first_name": "A"}]})
    assert answer.status == 422 and set(answer.body["errors"]) == {"email"}


@pytest.mark.gen_test
async def test_ticket_that_is_handed_on_is_mailed_to_its_next_holder_alone(api: Api, inbox: Inbox) -> None:
    event = await api.make_event(transfers=1)
    [ticket] = await api.book(event, email=ADA)
    await eventually(lambda: len(inbox.mails) == 1)
    path = f"/t/{ticket['id']}/transfer?token={ticket['access_token']}"
    answer = await api.post(path, {"name": "Grace Hopper", "email": "grace@example.org"})
    assert answer.body == {"id": ticket["id"], "name": "Grace Hopper", "mailed": True}
    await eventually(lambda: len(inbox.mails) == 2)
    mail = inbox.mails[1]
    assert mail["To"] == "grace@example.org"
    assert f"/t/{ticket['id']}?token=" in text_of(mail)
    assert ticket["access_token"] not in text_of(mail)
    assert "Ada" not in re.sub(r"https?://\S+", "", text_of(mail)), "beside its links, whose tokens may spell anything"


@pytest.mark.gen_test
async def test_buyer_of_several_is_mailed_that_one_was_handed_on_with_the_tickets_that_are_left(
    api: Api, inbox: Inbox
) -> None:
    event = await api.make_event(transfers=1)
    [one, *others] = await api.book(event, 3, email=ADA)
    await eventually(lambda: len(inbox.mails) == 1)
    path = f"/t/{one['id']}/transfer?token={one['access_token']}"
    assert (await api.post(path, {"name": "Grace Hopper"})).body["mailed"] is False
    await eventually(lambda: len(inbox.mails) == 2)
    mail = inbox.mails[1]
    assert (mail["To"], mail["Subject"]) == (ADA, "A ticket was handed on: Winter concert")
    assert "If that was not you, ask the organiser" in text_of(mail)
    read = [zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))[0].text for png in pictures_of(mail).values()]
    assert sorted(read) == sorted(ticket["code"] for ticket in others)
    assert "Grace" not in words_of(mail), "whose it is now is not theirs to know"


@pytest.mark.gen_test
async def test_entry_or_reservation_that_cannot_be_read_is_routed_to_no_mail_and_raises_nothing(
    api: Api, hub: Hub, raw_database: Raw, inbox: Inbox
) -> None:
    reserved = await reserve(api)
    event, ticket = reserved["tickets"][0]["event"], reserved["tickets"][0]["id"]
    await eventually(lambda: len(inbox.mails) == 1)
    consumers = {each.name: each for each in (worker.consumer for worker in hub.outbox.workers)}
    odd: list[dict[str, Any]] = [{"unreadable": True}, {}, {"waiting": 7, "reservation": 7}]
    for name in ("mail", "waiting-mail"):
        for kind in await consumers[name].subscribed_kinds():
            for data in odd:
                entry = Entry(event=event, seq=1, kind=kind, at=hub.clock.now(), batch="b", data=data)
                assert await consumers[name].route(entry, None) == Page()
    raw_database.reservations.update_one(
        {"_id": reserved["uuid"]}, {"$set": {"email": 7}}, bypass_document_validation=True
    )
    for kind, data in (("ticket.booked", {}), ("reservation.resent", {"reservation": reserved["uuid"]})):
        entry = Entry(event=event, seq=1, kind=kind, at=hub.clock.now(), batch="b", ticket=ticket, data=data)
        assert await consumers["mail"].route(entry, None) == Page()


@pytest.mark.gen_test
async def test_mail_is_in_the_language_of_the_booking_else_of_the_event(api: Api, inbox: Inbox) -> None:
    event = await api.make_event(booking="open", products=[], language="de")
    guests = [{"first_name": "Ada", "last_name": "Lovelace"}]
    order = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada", "email": ADA}
    order |= {"phone_number": "12345", "tickets": guests}
    wanted = {"es": "Su entrada: Winter concert", "nl": "Ihr Ticket: Winter concert", "fr": "Votre billet"}
    for n, (tag, subject) in enumerate(wanted.items(), 1):
        sent = await api.with_key(None).post("/api/reservations", order, Accept_Language=tag)
        assert sent.status == 201, sent.raw
        await eventually(lambda n=n: len(inbox.mails) == n)  # type: ignore[misc]
        assert subject in inbox.mails[-1]["Subject"]
    assert "jeudi 24 décembre 2026, 20:30" in text_of(inbox.mails[-1])
    assert "Donnerstag, 24. Dezember 2026, 20:30" in text_of(inbox.mails[1])
