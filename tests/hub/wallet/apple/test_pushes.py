"""Pushes to a real HTTP/2 server with client certificates, and the phones that they wake."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pymongo import MongoClient

from hub.app import Hub
from hub.clock import SettableClock
from hub.outbox import worker
from hub.outbox.consumer import DeliveryFailed
from hub.settings import Settings
from tests.api import Api
from tests.builders import a_message
from tests.eventually import eventually, passing
from tests.hub.wallet.apple_server import Apple, an_apple
from tests.hub.wallet.authority import PASS_TYPE, Authority, issue, make_authority
from tests.hub.wallet.event_pictures import a_picture
from tests.hub.wallet.phone import Phone
from tests.ports import free_port

TWO_TIMES = [{"date": "2026-12-24", "time": time, "capacity": 9} for time in ("20:30", "22:00")]


@pytest.fixture
def port() -> int:
    """A port that Apple's server may take."""
    return free_port()


@pytest.fixture
def settings(
    settings: Settings, authority: Authority, port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """A hub with a certificate that believes our authority, and pushes fast."""
    named = authority.files(tmp_path / "authority")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority" / "root.pem"))
    public = {"base_url": "https://hub.example.org", "push_url": f"https://127.0.0.1:{port}", "pushes_per_s": 1000.0}
    return msgspec.structs.replace(settings, **named, **public)


@pytest.fixture(autouse=True)
def _polls_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams whose entries are all passed over are read on at the next poll: not one of five seconds."""
    monkeypatch.setattr(worker, "POLL_S", 0.2)


@pytest.fixture
def phone(api: Api) -> Phone:
    return Phone(api)


@pytest.fixture
def pushing(hub: Hub, port: int, tmp_path: Path, _mongo: MongoClient[dict[str, Any]]) -> Callable[[], Any]:
    """A server in Apple's place, once the hub has begun to listen for what happens."""

    @asynccontextmanager
    async def begun() -> AsyncIterator[Apple]:
        cursors = _mongo[hub.settings.database].cursors

        async def listens() -> bool:
            return cursors.find_one({"_id": "wallet-pushes/hub"}) is not None

        await eventually(listens)
        async with an_apple(tmp_path / "authority", port) as apple:
            yield apple

    return begun


async def quiet(api: Api, hub: Hub, _mongo: MongoClient[dict[str, Any]], event: Any) -> None:
    """Wait until everything that happened so far was looked at."""
    stream = await hub.store.journal.stream(event["uuid"])
    assert stream is not None
    cursors = _mongo[hub.settings.database].cursors

    async def read() -> bool:
        at = cursors.find_one({"_id": f"wallet-pushes/{event['uuid']}"})
        return at is not None and at["seq"] >= stream.seq

    await eventually(read)


async def change(api: Api, ticket: Any, **fields: Any) -> None:
    answer = await api.admin.request("PUT", f"/api/tickets/{ticket['id']}", fields)
    assert answer.status == 200, answer.raw


@pytest.mark.gen_test
async def test_a_moved_ticket_wakes_its_phone_which_sees_the_new_time(
    api: Api, phone: Phone, pushing: Callable[[], Any]
) -> None:
    (ticket,) = await api.book(await api.make_event(showings=TWO_TIMES))
    async with pushing() as apple:
        assert (await phone.add(ticket)).status == 201
        await phone.wake()
        await change(api, ticket, time="22:00")
        (push,) = await apple.heard(1)
        assert (push.token, push.topic, push.body) == (phone.push_token, PASS_TYPE, b"{}")
        assert push.shown_by == PASS_TYPE
        assert await phone.wake() == [ticket["id"]]
        assert phone.passes[ticket["id"]].said["relevantDate"] == "2026-12-24T22:00:00+01:00"
        assert await phone.ask() == []
        assert await phone.fetch(ticket["id"]) == 304


@pytest.mark.gen_test
async def test_a_change_of_the_event_goes_to_every_phone_once_over_one_connection(
    api: Api, phone: Phone, pushing: Callable[[], Any]
) -> None:
    event = await api.make_event()
    tickets = await api.book(event, 4)
    async with pushing() as apple:
        phones = [Phone(api, device=f"d{n}", push_token=f"token{n}") for n in range(3)]
        for owner, ticket in zip([*phones, phones[0]], tickets, strict=True):
            await owner.add(ticket)
        await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"venue": "The New Mill"})
        pushes = await apple.heard(3)
        assert sorted(push.token for push in pushes) == ["token0", "token1", "token2"]
        assert apple.connections == 1
        assert len(await phones[0].wake()) == 2


@pytest.mark.gen_test
async def test_a_picture_of_the_event_gets_onto_the_passes_on_phones_and_off_again(
    api: Api, phone: Phone, pushing: Callable[[], Any]
) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    path = f"/api/events/{event['uuid']}/picture"
    async with pushing() as apple:
        await phone.add(ticket)
        strips = [phone.strip(ticket)]
        for pushes, colour in enumerate(("red", "blue", None), 1):
            sent = a_picture(colour, (800, 400)) if colour else None
            answer = await api.admin.request("PUT" if sent else "DELETE", path, sent)
            assert answer.status == 200, answer.raw
            await apple.heard(pushes)
            assert await phone.wake() == [ticket["id"]]
            strips.append(phone.strip(ticket))
        before, red, blue, after = strips
        assert len({before, red, blue}) == 3
        assert after == before
        assert await phone.fetch(ticket["id"]) == 304


@pytest.mark.gen_test
@pytest.mark.parametrize("fields", [{"doors_open_min": 45}, {"terms": "No umbrellas"}], ids=str)
async def test_doors_and_terms_that_change_get_onto_the_passes_on_phones(
    api: Api, phone: Phone, pushing: Callable[[], Any], fields: dict[str, Any]
) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    async with pushing() as apple:
        await phone.add(ticket)
        answer = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", fields)
        assert answer.status == 200, answer.raw
        await apple.heard(1)
        before = phone.passes[ticket["id"]].said
        assert await phone.wake() == [ticket["id"]]
        assert phone.passes[ticket["id"]].said["eventTicket"]["backFields"] != before["eventTicket"]["backFields"]


@pytest.mark.gen_test
async def test_only_what_a_pass_shows_is_pushed(
    api: Api, hub: Hub, phone: Phone, pushing: Callable[[], Any], _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    gate = await api.make_device(event)
    async with pushing() as apple:
        await phone.add(ticket)
        await change(api, ticket, phone_number="+33 9 87 65")
        unseen = {"max_inside": 10, "picture_alt": "A mill at night"}
        await api.admin.request("PATCH", f"/api/events/{event['uuid']}", unseen)
        await quiet(api, hub, _mongo, event)
        assert apple.tried == []
        for number, step in enumerate(("block", "unblock", "reissue", "cancel"), 1):
            await api.admin.post(f"/api/tickets/{ticket['id']}/{step}")
            await apple.heard(number)
        (other,) = await api.book(event)
        await phone.add(other)
        await gate.scan(other["code"])
        await apple.heard(5)
        await gate.scan(other["code"])
        await gate.scan(other["code"], direction="out")
        await quiet(api, hub, _mongo, event)
        assert len(apple.tried) == 5


@pytest.mark.gen_test
async def test_a_phone_that_is_gone_is_forgotten(
    api: Api, phone: Phone, pushing: Callable[[], Any], _mongo: MongoClient[dict[str, Any]], settings: Settings
) -> None:
    (ticket,) = await api.book(await api.make_event(showings=TWO_TIMES))
    registrations = _mongo[settings.database].wallet_registrations

    async def forgotten() -> bool:
        return registrations.count_documents({}) == 0

    async with pushing() as apple:
        apple.statuses[phone.push_token] = 410
        await phone.add(ticket)
        await change(api, ticket, time="22:00")
        await eventually(forgotten)
        assert apple.tried == [phone.push_token]
        letters = _mongo[settings.database].letters

        async def done() -> bool:
            return letters.count_documents({"consumer": "wallet-pushes"}) == 0

        await eventually(done)


@pytest.mark.parametrize("status", [400, 403, 429, 500, 503])
@pytest.mark.gen_test
async def test_another_failure_is_tried_again_later(
    api: Api, phone: Phone, pushing: Callable[[], Any], clock: SettableClock, status: int
) -> None:
    (ticket,) = await api.book(await api.make_event(showings=TWO_TIMES))
    async with pushing() as apple:
        apple.statuses[phone.push_token] = status
        await phone.add(ticket)
        await change(api, ticket, time="22:00")
        await eventually(lambda: apple.tried)
        del apple.statuses[phone.push_token]
        await passing(clock, lambda: apple.pushes)
        assert [push.token for push in apple.pushes] == [phone.push_token]


@pytest.mark.gen_test
async def test_a_phone_that_cannot_be_reached_keeps_no_other_waiting_or_told_twice(
    api: Api, pushing: Callable[[], Any], clock: SettableClock
) -> None:
    event = await api.make_event()
    tickets = await api.book(event, 4)
    async with pushing() as apple:
        for number, ticket in enumerate(tickets):
            await Phone(api, device=f"d{number}", push_token=f"token{number}").add(ticket)
        apple.statuses |= {"token1": 500, "token2": 410}
        await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"venue": "The New Mill"})
        await apple.heard(2)
        del apple.statuses["token1"]
        await passing(clock, lambda: len(apple.pushes) > 2)
        assert sorted(push.token for push in apple.pushes) == ["token0", "token1", "token3"]
        assert apple.tried.count("token2") == 1


@pytest.mark.gen_test
async def test_a_changed_push_token_is_used_at_once(api: Api, phone: Phone, pushing: Callable[[], Any]) -> None:
    (ticket,) = await api.book(await api.make_event(showings=TWO_TIMES))
    async with pushing() as apple:
        await phone.add(ticket)
        phone.push_token = "a0newer0token"
        await phone.register(ticket["id"])
        await change(api, ticket, time="22:00")
        (push,) = await apple.heard(1)
        assert push.token == "a0newer0token"


@pytest.mark.gen_test
async def test_who_took_the_pass_away_is_not_pushed_and_a_deleted_ticket_takes_its_phones_along(
    api: Api,
    hub: Hub,
    phone: Phone,
    pushing: Callable[[], Any],
    _mongo: MongoClient[dict[str, Any]],
) -> None:
    event = await api.make_event(showings=TWO_TIMES)
    kept, removed = await api.book(event, 2)
    async with pushing() as apple:
        await phone.add(kept)
        await phone.add(removed)
        await phone.remove(removed["id"])
        await change(api, removed, time="22:00")
        await api.admin.request("DELETE", f"/api/tickets/{kept['id']}")
        await quiet(api, hub, _mongo, event)
        assert apple.tried == []
        assert _mongo[hub.settings.database].wallet_registrations.count_documents({}) == 0


@pytest.mark.gen_test
async def test_a_server_that_is_not_apples_gets_no_push_token(
    api: Api, hub: Hub, phone: Phone, port: int, tmp_path: Path
) -> None:
    (ticket,) = await api.book(await api.make_event(showings=TWO_TIMES))
    other = make_authority()
    other.files(tmp_path / "other")
    async with an_apple(tmp_path / "other", port) as somebody:
        await phone.add(ticket)
        content = {"devices": [phone.device]}
        with pytest.raises(DeliveryFailed, match="no answer"):
            await hub.pushes.send(a_message(consumer="wallet-pushes", content=content))
        assert somebody.tried == []


# --- what is looked up -------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_scans_of_tickets_on_no_phone_are_passed_over_all_at_once(
    api: Api, hub: Hub, phone: Phone, pushing: Callable[[], Any]
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    assert not await hub.pushes.subscribed_kinds()
    followed, *others = [(await api.book(event))[0] for _ in range(4)]
    async with pushing() as apple:
        assert (await phone.add(followed)).status == 201
        assert "ticket.scanned" in await hub.pushes.subscribed_kinds()
        for ticket in (*others, followed):
            assert (await gate.scan(ticket["code"])).status == 200
        entries = await hub.store.journal.read(event["uuid"], 0, kinds={"ticket.scanned"})
        concerned = await hub.pushes.filter(entries)
        assert [entry.ticket for entry in concerned] == [followed["id"]]
        assert len(await apple.heard(1)) == 1


@pytest.mark.gen_test
async def test_a_renewed_certificate_is_shown_to_apple_without_a_restart(
    api: Api, hub: Hub, phone: Phone, pushing: Callable[[], Any], authority: Authority, tmp_path: Path
) -> None:
    (ticket,) = await api.book(await api.make_event(showings=TWO_TIMES))
    async with pushing() as apple:
        assert (await phone.add(ticket)).status == 201
        await change(api, ticket, time="22:00")
        await apple.heard(1)
        new = authority._replace(leaf=issue(f"Pass Type ID: {PASS_TYPE}", authority.wwdr))
        new.files(tmp_path / "authority")
        await hub.wallet.look()
        await change(api, ticket, time="20:30")
        first, second = await apple.heard(2)
        assert (second.token, second.topic) == (first.token, PASS_TYPE)
        assert apple.certificates == [each.leaf.certificate.serial_number for each in (authority, new)]
