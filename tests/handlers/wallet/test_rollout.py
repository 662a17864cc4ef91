"""A rollout of passes: testers, waves with letters, the funnel of a played night, the stop (docs/wallet.md, Waves)."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pymongo.database import Database

from hub.clock import SettableClock
from hub.settings import Settings
from hub.tickets.wallet_offer import side_of
from tests.api import Api
from tests.eventually import eventually
from tests.hub.mail.inbox import Inbox, text_of
from tests.hub.wallet.authority import Authority
from tests.hub.wallet.phone import Phone

LETTER = {"subject": "Now in your wallet", "text": "Dear guest,\nyour ticket fits into your phone's wallet <now>."}


WAVE_LETTERS = {"consumer": "wallet-letters"}


@pytest.fixture
def settings(settings: Settings, inbox: Inbox, authority: Authority, tmp_path: Path) -> Settings:
    """Settings of a hub with a mail server and a certificate, known to phones by https; its pushes go nowhere."""
    named = authority.files(tmp_path / "authority")
    public = {"base_url": "https://hub.example.org", "push_url": "https://127.0.0.1:9"}
    return msgspec.structs.replace(settings, **named, **inbox.settings, **public)


async def reserve(api: Api, event: Any, number: int, count: int = 1, **fields: Any) -> Any:
    order = {
        "event": event["uuid"],
        "date": "2026-12-24",
        "time": "20:30",
        "name": "Ada Lovelace",
        "phone_number": f"+33 1 23 45 {number:04}",
        "email": f"guest{number}@example.org",
        "tickets": [{"first_name": "Ada", "last_name": "Lovelace"}] * count,
    }
    answer = await api.admin.post("/api/reservations", order | fields)
    assert answer.status == 201, answer.raw
    return answer.body


async def ask(api: Api, event: Any, path: str = "", body: Any = None) -> Any:
    where = f"/api/events/{event['uuid']}/wallet{path}"
    answer = await (api.admin.post(where, body) if path else api.admin.get(where))
    assert answer.status in (200, 201), answer.raw
    return answer.body


async def is_offered(api: Api, reserved: Any) -> bool:
    ticket = reserved["tickets"][0]
    answer = await api.with_key(None).get(f"/tickets/{ticket['id']}/pkpass?token={ticket['access_token']}")
    assert answer.status in (200, 403, 404), answer.raw
    return answer.status == 200


def wave_mails(inbox: Inbox) -> Counter[str]:
    return Counter(str(mail["To"]) for mail in inbox.mails if mail["Subject"] == LETTER["subject"])


@pytest.mark.gen_test
async def test_testers_first_then_waves_each_with_its_letter_to_those_it_newly_offers_passes(
    api: Api, inbox: Inbox
) -> None:
    event = await api.make_event(wallet="invited", contact={"email": "help@example.org"})
    booked = [await reserve(api, event, number) for number in range(12)]
    tester, *others = sorted(booked, key=lambda each: side_of(event["uuid"], each["uuid"]))
    await api.admin.post(f"/api/reservations/{tester['uuid']}/invite")
    begun = await ask(api, event, "/waves", {"percent": 0, "letter": LETTER})
    assert (begun["wallet"], begun["percent"], begun["funnel"]["offered"]) == (
        "invited",
        0,
        {"reservations": 1, "tickets": 1},
    )
    await eventually(lambda: wave_mails(inbox).total() == 1)
    assert [await is_offered(api, each) for each in booked].count(True) == 1
    low = side_of(event["uuid"], others[5]["uuid"])
    newly = sum(side_of(event["uuid"], each["uuid"]) < low for each in others)
    for percent in (low, 100):
        before = [each for each in booked if await is_offered(api, each)]
        rollout = await ask(api, event, "/waves", {"percent": percent, "letter": LETTER})
        assert (rollout["wallet"], rollout["percent"]) == ("percent", percent)
        offered = [each for each in booked if await is_offered(api, each)]
        assert all(each in offered for each in before) and len(offered) > len(before)
        assert rollout["funnel"]["offered"] == {"reservations": len(offered), "tickets": len(offered)}
        await all_sent(inbox, len(offered))
    assert set(wave_mails(inbox).values()) == {1} and len(wave_mails(inbox)) == len(booked)
    mail = next(mail for mail in inbox.mails if mail["Subject"] == LETTER["subject"])
    html = mail.get_body(("html",))
    assert html is not None
    assert LETTER["text"] in text_of(mail).replace("\r\n", "\n") and "E-mail: help@example.org" in text_of(mail)
    assert "wallet &lt;now&gt;." in html.get_content()
    assert tester["links"]["page"] in text_of(mail)

    async def counted() -> bool:
        waves = (await ask(api, event))["waves"]
        return [(wave["wave"], wave["sent"], wave["unknown"]) for wave in waves] == [
            (0, 1, 0),
            (1, newly, 0),
            (2, 11 - newly, 0),
        ]

    await eventually(counted)


async def all_sent(inbox: Inbox, count: int) -> None:
    await eventually(lambda: wave_mails(inbox).total() == count)


@pytest.mark.gen_test
async def test_a_stop_ends_offers_and_letters_and_a_resume_sends_what_was_left_and_nothing_twice(
    api: Api, raw_database: Database[dict[str, Any]], inbox: Inbox, clock: SettableClock
) -> None:
    event = await api.make_event(wallet="invited")
    booked = [await reserve(api, event, number) for number in range(6)]
    await eventually(lambda: len(inbox.mails) == 6)
    first = booked[0]
    inbox.answers |= {f"guest{number}@example.org": "451 later" for number in range(1, 6)}
    await ask(api, event, "/waves", {"percent": 100, "letter": LETTER})
    await eventually(lambda: wave_mails(inbox).total() == 1 and inbox.tries >= 6 + 6)
    stopped = await ask(api, event, "/stop")
    assert (stopped["wallet"], stopped["percent"]) == ("off", 100)
    assert stopped["funnel"]["offered"]["reservations"] == 6
    assert not await is_offered(api, first)
    assert (await ask(api, event, "/stop"))["wallet"] == "off"
    inbox.answers.clear()
    assert (await ask(api, event, "/resume"))["wallet"] == "percent"
    assert (await api.admin.post(f"/api/events/{event['uuid']}/wallet/resume")).status == 409
    assert await is_offered(api, first)

    async def is_done() -> bool:
        clock.advance(timedelta(seconds=5))
        return len(wave_mails(inbox)) == 6 and raw_database.letters.count_documents(WAVE_LETTERS) == 0

    await eventually(is_done)
    assert set(wave_mails(inbox).values()) == {1}


@pytest.mark.gen_test
async def test_letters_that_wait_at_a_stop_are_not_sent(
    api: Api, raw_database: Database[dict[str, Any]], inbox: Inbox, clock: SettableClock
) -> None:
    event = await api.make_event(wallet="invited")
    await reserve(api, event, 1)
    await eventually(lambda: len(inbox.mails) == 1)
    inbox.answers["guest1@example.org"] = "451 later"
    await ask(api, event, "/waves", {"percent": 100, "letter": LETTER})
    await eventually(lambda: inbox.tries == 2)
    await ask(api, event, "/stop")
    inbox.answers.clear()

    async def is_done() -> bool:
        clock.advance(timedelta(seconds=5))
        return bool(raw_database.letters.count_documents(WAVE_LETTERS) == 0)

    await eventually(is_done)
    assert wave_mails(inbox).total() == 0
    assert raw_database.wallet_letters.count_documents({}) == 0


@pytest.mark.gen_test
async def test_the_funnel_of_a_played_night_is_exact(api: Api, raw_database: Database[dict[str, Any]]) -> None:
    event = await api.make_event(wallet="invited", booking="open")
    gate = await api.make_device(event, may=["undo"])
    pairs = [await reserve(api, event, number, 2, email=None) for number in range(5)]
    await ask(api, event, "/waves", {"percent": 100})
    tickets = [ticket for pair in pairs for ticket in pair["tickets"]]
    phone = Phone(api.with_key(None))
    for ticket in tickets[:6]:
        assert (await phone.add(ticket)).status == 201
    await phone.remove(tickets[5]["id"])  # it was added all the same
    bundle = await api.with_key(None).get(f"/r/{pairs[4]['uuid']}/pkpasses?{pairs[4]['links']['page'].split('?')[1]}")
    assert bundle.status == 200
    assert (await api.admin.get(f"/tickets/{tickets[7]['id']}/pkpass")).status == 200  # an organiser is no guest
    for ticket in (*tickets[:3], tickets[8]):
        assert (await gate.scan(ticket["code"])).status == 200
    assert (await gate.scan(tickets[0]["code"])).body["success"] is False
    scanned = (await api.admin.get(f"/api/scans?event={event['uuid']}&ticket={tickets[2]['id']}")).body[0]
    undo = await gate.post("/scan/undo/", {"ticket_uuid": tickets[2]["id"], "seq": scanned["seq"]})
    assert undo.status == 200, undo.raw
    for ticket, worked in ((tickets[0], "yes"), (tickets[1], "no"), (tickets[8], "no")):
        said = await api.with_key(None).post(
            f"/t/{ticket['id']}/feedback?token={ticket['access_token']}",
            f"worked={worked}".encode(),
            Content_Type="application/x-www-form-urlencoded",
        )
        assert said.status == 303
    funnel = (await ask(api, event))["funnel"]
    assert funnel == {
        "offered": {"reservations": 5, "tickets": 10},
        "opened": 8,
        "added": 6,
        "scanned": 2,
        "feedback": {"worked": 1, "failed": 1},
    }
    await api.admin.request("DELETE", f"/api/tickets/{tickets[0]['id']}")
    funnel = (await ask(api, event))["funnel"]
    assert (funnel["offered"]["tickets"], funnel["added"], funnel["scanned"]) == (9, 5, 1)
    assert raw_database.wallet_uses.count_documents({"event": event["uuid"]}) == 7


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "percent"),
        ({"percent": 101}, "percent"),
        ({"percent": -1}, "percent"),
        ({"percent": 1.5}, "percent"),
        ({"percent": "10"}, "percent"),
        ({"percent": True}, "percent"),
        ({"percent": 10**30}, "percent"),
        ({"percent": 10, "letter": "hello"}, "letter"),
        ({"percent": 10, "letter": {}}, "letter.text"),
        ({"percent": 10, "letter": {"text": " \n "}}, "letter.text"),
        ({"percent": 10, "letter": {"text": "a" * 4001}}, "letter.text"),
        ({"percent": 10, "letter": {"text": "a\x00b"}}, "letter.text"),
        ({"percent": 10, "letter": {"text": "a", "subject": "b\nBcc: x@example.org"}}, "letter.subject"),
    ],
)
@pytest.mark.gen_test
async def test_a_wave_that_cannot_be_used_starts_nothing(api: Api, body: Any, field: str) -> None:
    event = await api.make_event(wallet="invited")
    answer = await api.admin.post(f"/api/events/{event['uuid']}/wallet/waves", body)
    assert (answer.status, list(answer.body["errors"])) == (422, [field])
    rollout = await ask(api, event)
    assert (rollout["wallet"], rollout["waves"]) == ("invited", [])


@pytest.mark.gen_test
async def test_a_share_only_grows_by_waves_and_a_retry_starts_no_second_one(api: Api) -> None:
    event = await api.make_event(wallet="invited")
    waves = f"/api/events/{event['uuid']}/wallet/waves"
    assert (await api.admin.post(waves, {"percent": 30})).status == 201
    for percent in (30, 29, 0):
        answer = await api.admin.post(waves, {"percent": percent})
        assert (answer.status, answer.body["errors"]) == (422, {"percent": "must be more than 30"})
    assert len((await ask(api, event))["waves"]) == 1
    everybody = await api.make_event()
    refused = await api.admin.post(f"/api/events/{everybody['uuid']}/wallet/waves", {"percent": 30})
    assert (refused.status, refused.body["code"]) == (409, "wallet_on")
    assert (await api.admin.get("/api/events/nowhere/wallet")).status == 404


@pytest.mark.gen_test
async def test_the_event_says_its_share_and_may_be_told_it(api: Api) -> None:
    event = await api.make_event()
    assert (event["wallet"], event["wallet_percent"]) == ("on", 100)
    path = f"/api/events/{event['uuid']}"
    changed = await api.admin.request("PATCH", path, {"wallet": "percent", "wallet_percent": 40})
    assert (changed.body["wallet"], changed.body["wallet_percent"]) == ("percent", 40)
    assert (await api.admin.request("PATCH", path, {"wallet_percent": 101})).status == 422
    assert (await api.admin.request("PATCH", path, {"wallet": "some"})).status == 422
    changed = await api.admin.request("PATCH", path, {"wallet": "invited"})
    assert changed.body["wallet_percent"] == 0
