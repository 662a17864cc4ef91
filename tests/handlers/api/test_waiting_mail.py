"""Mails of the waiting list: the link to a place, each offer while it stands, and no word of who waits."""

import asyncio
import re
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import msgspec
import pytest
from pymongo.database import Database

from hub.app import Hub
from hub.clock import SettableClock
from hub.settings import Settings
from tests.api import Answer, Api
from tests.eventually import eventually, passing
from tests.handlers.api.test_waiting import WHEN, cancel, full, listed
from tests.hub.mail.inbox import Inbox, text_of, words_of
from tests.jobs.second_hub import Worker

GRACE = "grace@example.org"
KEY = "0123456789abcdefghijklmn"


@pytest.fixture
def settings(settings: Settings, inbox: Inbox) -> Settings:
    """Settings of a hub that has the mail server."""
    return msgspec.structs.replace(settings, **inbox.settings)


async def join(api: Api, event: Any, name: str = "grace", /, **fields: Any) -> Answer:
    headers = fields.pop("headers", {})
    form = {"event": event["uuid"], **WHEN, "name": name, "email": f"{name}@example.org", "phone_number": "0123456"}
    return await api.post("/api/waiting", form | fields, **headers)


def link_of(mail: EmailMessage) -> str:
    """Return the path of the link in a mail."""
    found = re.search(r"/w/[0-9a-f-]+\?token=[0-9a-f]+", text_of(mail))
    assert found is not None
    return found[0]


def letters(kept: Database[dict[str, Any]], **wanted: Any) -> list[dict[str, Any]]:
    return list(kept.letters.find({"consumer": "waiting-mail"} | wanted))


@pytest.mark.gen_test
async def test_who_joins_is_mailed_the_link_and_each_offer_with_until_when_it_stands(api: Api, inbox: Inbox) -> None:
    event, (ticket,) = await full(api)
    joined = await join(api, event)
    assert (joined.status, joined.body["mailed"]) == (202, True)
    await eventually(lambda: len(inbox.mails) == 1)
    assert "On the waiting list" in inbox.mails[0]["Subject"]
    page = link_of(inbox.mails[0])
    shown = (await api.get(page)).raw
    assert b"number 1 in the queue" in shown and b"We mail you then" in shown and b"No mail" not in shown
    await cancel(api, ticket)
    await eventually(lambda: len(inbox.mails) == 2)
    offer = inbox.mails[1]
    (entry,) = (await api.admin.get(f"/api/waiting?event={event['uuid']}")).body
    assert entry["state"] == "offered"
    stands = re.search(rb"until (\d\d:\d\d on \w+ \d+ \w+ \d{4})", (await api.get(page)).raw)
    assert stands is not None and stands[1].decode() in offer["Subject"] and stands[1].decode() in text_of(offer)
    assert link_of(offer) == page
    assert inbox.recipients == [GRACE, GRACE]
    everything = "".join(words_of(mail) for mail in inbox.mails)
    assert "grace" not in everything.replace(GRACE, "") and "0123456" not in everything, "it names no guest"


@pytest.mark.gen_test
async def test_address_that_waits_already_is_answered_as_a_new_one_and_its_owner_is_mailed_the_same_link(
    api: Api, inbox: Inbox
) -> None:
    event, _ = await full(api, 2)
    new = await join(api, event)
    await eventually(lambda: len(inbox.mails) == 1)
    again = await join(api, event, "eve", email="Grace+x@EXAMPLE.org", tickets=1)
    assert (again.status, again.raw) == (new.status, new.raw)
    assert {k: v for k, v in again.headers.items() if k not in {"Date", "X-Request-Id"}}.keys() == {
        k: v for k, v in new.headers.items() if k not in {"Date", "X-Request-Id"}
    }.keys()
    await eventually(lambda: len(inbox.mails) == 2)
    assert link_of(inbox.mails[0]) == link_of(inbox.mails[1])
    assert inbox.recipients == [GRACE, GRACE], "the address that waits, not the one that was typed"
    assert await listed(api, event) == {"grace": "waiting"}


@pytest.mark.gen_test
async def test_key_sent_with_two_bodies_does_not_say_either_whether_an_address_waits(api: Api, inbox: Inbox) -> None:
    event, _ = await full(api, 3)
    headers = {"headers": {"Idempotency_Key": KEY}}
    first = await join(api, event, **headers)
    twice = await asyncio.gather(*(join(api, event, tickets=2, **headers) for _ in range(3)))
    assert {(each.status, each.body["mailed"]) for each in [first, *twice]} == {(202, True)}
    assert await listed(api, event) == {"grace": "waiting"}


@pytest.mark.gen_test
async def test_two_who_join_with_one_address_at_once_have_one_place(api: Api, inbox: Inbox) -> None:
    event, _ = await full(api)
    answers = await asyncio.gather(*(join(api, event, "grace", name=f"n{n}") for n in range(4)))
    assert {answer.status for answer in answers} == {202} and len({answer.raw for answer in answers}) == 1
    assert len((await api.admin.get(f"/api/waiting?event={event['uuid']}")).body) == 1


@pytest.mark.gen_test
async def test_offer_that_lapsed_before_the_mail_server_took_it_is_not_mailed_and_the_next_is(
    api: Api, hub: Hub, raw_database: Database[dict[str, Any]], inbox: Inbox, clock: SettableClock
) -> None:
    event, (ticket,) = await full(api)
    for name in ("grace", "alan"):
        await join(api.admin, event, name)
    await eventually(lambda: len(inbox.mails) == 2)
    inbox.answers[GRACE] = "451 later"
    tries = inbox.tries
    await cancel(api, ticket)
    await eventually(lambda: inbox.tries == tries + 1)
    clock.advance(timedelta(minutes=30))
    await Worker(hub).run("settle_offers")
    del inbox.answers[GRACE]
    await eventually(lambda: len(inbox.mails) == 3)
    clock.advance(timedelta(minutes=20))
    await eventually(lambda: not letters(raw_database))
    assert inbox.recipients[2:] == ["alan@example.org"]
    assert "A seat is yours" in inbox.mails[2]["Subject"]


@pytest.mark.gen_test
async def test_server_that_says_later_is_asked_again_while_the_offer_stands(
    api: Api, inbox: Inbox, clock: SettableClock
) -> None:
    event, (ticket,) = await full(api)
    await join(api, event)
    await eventually(lambda: len(inbox.mails) == 1)
    inbox.answers[GRACE] = "451 later"
    tries = inbox.tries
    await cancel(api, ticket)
    await eventually(lambda: inbox.tries == tries + 1)
    del inbox.answers[GRACE]
    await passing(clock, lambda: len(inbox.mails) >= 2)
    assert "A seat is yours" in inbox.mails[1]["Subject"]


@pytest.mark.gen_test
async def test_refused_address_is_a_dead_letter_that_may_be_sent_again_and_stands_on_no_record(
    api: Api, raw_database: Database[dict[str, Any]], inbox: Inbox
) -> None:
    inbox.answers[GRACE] = f"550 no such user {GRACE}"
    event, (ticket,) = await full(api)
    await join(api, event)
    await eventually(lambda: letters(raw_database, state="set_aside"))
    await cancel(api, ticket)
    await eventually(lambda: letters(raw_database, state="set_aside", kind="waiting.offered"))
    (dead,) = letters(raw_database)
    assert dead["reason"] == "the address was refused" and "@" not in repr(dead)
    assert "@" not in repr(list(raw_database.journal.find()))
    del inbox.answers[GRACE]
    assert (await api.admin.post(f"/api/outbox/{dead['_id']}/send")).status == 202
    await eventually(lambda: len(inbox.mails) == 1)
    assert "A seat is yours" in inbox.mails[0]["Subject"]


@pytest.mark.gen_test
async def test_party_of_two_that_an_organiser_adds_is_mailed_and_an_odd_name_of_the_event_breaks_no_header(
    api: Api, inbox: Inbox
) -> None:
    event, tickets = await full(api, 2, name="Zoë & <Co>: «Ω»")
    added = await join(api.admin, event, tickets=2)
    assert added.status == 201 and added.body["links"]["page"]
    await eventually(lambda: len(inbox.mails) == 1)
    assert "for 2 seats" in text_of(inbox.mails[0]) and link_of(inbox.mails[0]) == added.body["links"]["page"]
    assert (await join(api.admin, event)).body["code"] == "already_waiting"
    for ticket in tickets:
        await cancel(api, ticket)
    await eventually(lambda: len(inbox.mails) == 2)
    assert inbox.mails[1]["Subject"].startswith("2 seats are yours until ")
    assert " ".join(inbox.mails[1]["Subject"].split()).endswith(": Zoë & <Co>: «Ω»")
    html = inbox.mails[1].get_body(("html",))
    assert html is not None and "Zoë &amp; &lt;Co&gt;" in html.get_content()


@pytest.mark.gen_test
async def test_stranger_has_one_mailbox_mailed_a_few_times_only(api: Api, hub: Hub, inbox: Inbox) -> None:
    event, _ = await full(api)
    most = hub.settings.mails_per_recipient_per_h
    answers = [await join(api, event) for _ in range(most + 2)]
    assert [answer.status for answer in answers] == [202] * most + [429] * 2


@pytest.mark.gen_test
async def test_reminders_count_for_their_mailbox_also_where_an_organiser_made_the_entry(
    api: Api, hub: Hub, raw_database: Database[dict[str, Any]], inbox: Inbox
) -> None:
    event, _ = await full(api)
    assert (await join(api.admin, event)).status == 201
    await eventually(lambda: len(inbox.mails) == 1)
    most = hub.settings.mails_per_recipient_per_h
    for n in range(most):
        assert (await join(api, event)).status == 202
        await eventually(lambda count=n + 2: len(inbox.mails) == count)  # type: ignore[misc]
    other = await api.make_event(booking="open", products=[])
    order = {"event": other["uuid"], **WHEN, "name": "Eve", "phone_number": "12345", "email": GRACE}
    assert (await api.post("/api/reservations", order | {"tickets": [{"first_name": "Eve"}]})).status == 201
    await eventually(lambda: letters(raw_database, consumer="mail", state="set_aside"))
    assert len(inbox.mails) == most + 1


@pytest.mark.gen_test
async def test_who_waits_is_mailed_in_the_language_of_joining_and_books_in_it(api: Api, inbox: Inbox) -> None:
    event, (ticket,) = await full(api)
    await join(api, event, headers={"Accept_Language": "fr-FR"})
    await eventually(lambda: len(inbox.mails) == 1)
    assert "Sur la liste d\u2019attente" in inbox.mails[0]["Subject"]
    await cancel(api, ticket)
    await eventually(lambda: len(inbox.mails) == 2)
    assert "Une place vous est réservée jusqu\u2019à" in inbox.mails[1]["Subject"]
    accepted = await api.post(link_of(inbox.mails[0]).replace("?", "/accept?"), b"", Accept_Language="de")
    assert accepted.status == 303, accepted.raw
    booked = [each for each in await booked_of(api, event) if each["id"] != ticket["id"]]
    reservation = await api.admin.get(f"/api/reservations/{booked[0]['reservation']}")
    assert reservation.body["language"] == "fr"


async def booked_of(api: Api, event: Any) -> list[Any]:
    found: list[Any] = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    return found
