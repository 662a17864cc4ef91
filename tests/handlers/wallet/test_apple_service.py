from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pymongo import MongoClient
from structlog.testing import capture_logs

from handlers.wallet.apple_service import without_secrets
from hub.settings import Settings
from hub.wallet.apple.web_service import MOST_PHONES
from tests.api import Api
from tests.hub.wallet.authority import PASS_TYPE, Authority
from tests.hub.wallet.phone import Phone

TWO_TIMES = [{"date": "2026-12-24", "time": time, "capacity": 9} for time in ("20:30", "22:00")]


@pytest.fixture
def settings(settings: Settings, authority: Authority, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a hub with a certificate, known to phones by https; its pushes go nowhere."""
    named = authority.files(tmp_path / "authority")
    public = {"base_url": "https://hub.example.org", "push_url": "https://127.0.0.1:9"}
    yield msgspec.structs.replace(settings, **named, **public)


@pytest.fixture
def phone(api: Api) -> Phone:
    return Phone(api)


async def change(api: Api, ticket: Any, **fields: Any) -> None:
    answer = await api.admin.request("PUT", f"/api/tickets/{ticket['id']}", fields)
    assert answer.status == 200, answer.raw


@pytest.mark.gen_test
async def test_a_phone_registers_once_and_again_is_known(api: Api, phone: Phone) -> None:
    (ticket,) = await api.book(await api.make_event())
    assert (await phone.add(ticket)).status == 201
    assert (await phone.register(ticket["id"])).status == 200
    phone.push_token = "another0token"
    assert (await phone.register(ticket["id"])).status == 200
    assert (await phone.remove(ticket["id"])).status == 200


@pytest.mark.gen_test
async def test_without_the_passes_own_token_nothing_is_told_or_changed(api: Api, phone: Phone) -> None:
    mine, other = await api.book(await api.make_event(), 2)
    await phone.add(mine)
    await phone.add(other)
    path, serial = f"/v1/passes/{PASS_TYPE}/{mine['id']}", mine["id"]
    theirs = phone.shows(other["id"])["Authorization"]
    for shown in ({}, {"Authorization": theirs}, {"Authorization": "ApplePass 1.nonsense"}, {"Authorization": "x"}):
        assert (await api.get(path, **shown)).status == 401
        assert (await api.post(phone.of(serial), {"pushToken": "a"}, **shown)).status == 401
        assert (await api.request("DELETE", phone.of(serial), **shown)).status == 401
    elsewhere = path.replace(PASS_TYPE, "pass.of.somebody.else")
    assert (await api.get(elsewhere, **phone.shows(serial))).status == 401
    assert (await api.admin.get(path)).status == 401
    assert (await api.get(path, **phone.shows(serial))).status == 200


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b"{}", b'{"pushToken": 5}', b'{"pushToken": "a/../b"}'])
@pytest.mark.gen_test
async def test_a_push_token_that_is_none_is_refused(api: Api, phone: Phone, body: bytes) -> None:
    (ticket,) = await api.book(await api.make_event())
    await phone.add(ticket)
    answer = await api.post(phone.of(ticket["id"]), body, **phone.shows(ticket["id"]))
    assert answer.status in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.gen_test
async def test_a_phone_asks_what_changed_and_fetches_only_that(api: Api, phone: Phone) -> None:
    moved, other = await api.book(await api.make_event(showings=TWO_TIMES), 2)
    await phone.add(moved)
    await phone.add(other)
    assert sorted(await phone.ask()) == sorted([moved["id"], other["id"]])
    assert await phone.ask() == []
    await change(api, moved, time="22:00")
    assert await phone.ask() == [moved["id"]]
    assert await phone.fetch(moved["id"]) == 200
    assert phone.passes[moved["id"]].said["relevantDate"] == "2026-12-24T22:00:00+01:00"
    assert await phone.ask() == []
    assert await phone.fetch(moved["id"]) == 304


@pytest.mark.gen_test
async def test_two_changes_in_one_second_are_both_told(api: Api, phone: Phone) -> None:
    (ticket,) = await api.book(await api.make_event(showings=TWO_TIMES))
    await phone.add(ticket)
    await phone.wake()
    for time in ("22:00", "20:30", "22:00"):
        await change(api, ticket, time=time)
        assert await phone.wake() == [ticket["id"]]
        assert time in phone.passes[ticket["id"]].said["relevantDate"]


@pytest.mark.gen_test
async def test_what_a_pass_does_not_show_is_not_told(api: Api, phone: Phone) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    gate = await api.make_device(event)
    await phone.add(ticket)
    await phone.wake()
    await change(api, ticket, phone_number="+33 9 87 65")
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"max_inside": 10})
    assert await phone.ask() == []
    await gate.scan(ticket["code"])
    assert await phone.wake() == [ticket["id"]]
    await gate.scan(ticket["code"])  # refused
    await gate.scan(ticket["code"], direction="out")
    assert await phone.ask() == []


@pytest.mark.parametrize("fields", [{"name": "Spring"}, {"venue": "Elsewhere"}, {"ends_at": "2026-12-25T03:00:00Z"}])
@pytest.mark.gen_test
async def test_a_change_of_the_event_changes_all_its_passes(api: Api, phone: Phone, fields: dict[str, str]) -> None:
    event, other = await api.make_event(), await api.make_event()
    tickets = [*await api.book(event, 2), *await api.book(other)]
    for ticket in tickets:
        await phone.add(ticket)
    await phone.wake()
    await api.admin.request("PATCH", f"/api/events/{event['uuid']}", fields)
    assert sorted(await phone.wake()) == sorted(ticket["id"] for ticket in tickets[:2])


@pytest.mark.gen_test
async def test_a_change_between_download_and_registration_is_told(api: Api, phone: Phone) -> None:
    first, late = await api.book(await api.make_event(showings=TWO_TIMES), 2)
    await phone.add(first)
    await phone.add(late)
    await phone.remove(late["id"])
    # It holds the file that it downloaded before; the tag that it has is newer than the change.
    await phone.add(late)
    downloaded = phone.passes[late["id"]]
    await api.request("DELETE", phone.of(late["id"]), **phone.shows(late["id"]))
    await change(api, late, time="22:00")
    await phone.ask()
    phone.passes[late["id"]] = downloaded
    await phone.register(late["id"])
    assert late["id"] in await phone.wake()
    assert "22:00" in phone.passes[late["id"]].said["relevantDate"]


@pytest.mark.parametrize("tag", ["nonsense", "a.b.c.d", "x.y.99999999999999999999.z", "%00", "_._"])
@pytest.mark.gen_test
async def test_a_tag_that_the_hub_never_gave_makes_all_count_as_changed(api: Api, phone: Phone, tag: str) -> None:
    (ticket,) = await api.book(await api.make_event())
    await phone.add(ticket)
    phone.tag = tag
    assert await phone.ask() == [ticket["id"]]


@pytest.mark.gen_test
async def test_who_has_no_pass_is_told_nothing(api: Api, phone: Phone) -> None:
    (ticket,) = await api.book(await api.make_event())
    path = f"/v1/devices/{phone.device}/registrations"
    assert (await api.get(f"{path}/{PASS_TYPE}")).status == 204
    await phone.add(ticket)
    assert (await api.get(f"{path}/pass.other")).status == 204
    await phone.remove(ticket["id"])
    assert (await api.get(f"{path}/{PASS_TYPE}")).status == 204


@pytest.mark.gen_test
async def test_a_reissued_tickets_old_pass_learns_that_it_is_void_and_not_the_new_code(api: Api, phone: Phone) -> None:
    (ticket,) = await api.book(await api.make_event())
    await phone.add(ticket)
    await phone.wake()
    before = phone.passes[ticket["id"]].said
    reissued = (await api.admin.post(f"/api/tickets/{ticket['id']}/reissue")).body
    assert await phone.wake() == [ticket["id"]]
    old = phone.passes[ticket["id"]].said
    assert (before["voided"], old["voided"]) == (False, True)
    assert old["barcodes"] == before["barcodes"] != [{**before["barcodes"][0], "message": reissued["code"]}]
    assert old["authenticationToken"] == before["authenticationToken"]
    await phone.add(reissued)
    new = phone.passes[ticket["id"]].said
    assert (new["voided"], new["serialNumber"]) == (False, ticket["id"])
    assert new["barcodes"][0]["message"] == reissued["code"]
    assert new["authenticationToken"] != old["authenticationToken"]


@pytest.mark.gen_test
async def test_pass_of_a_holder_before_turns_void_and_never_shows_the_next_ones_name(api: Api, phone: Phone) -> None:
    (ticket,) = await api.book(await api.make_event(transfers=1))
    await phone.add(ticket)
    await phone.wake()
    path = f"/t/{ticket['id']}/transfer?token={ticket['access_token']}"
    link = (await api.post(path, {"name": "Grace Hopper"})).body["link"]
    assert await phone.wake() == [ticket["id"]]
    old = phone.passes[ticket["id"]].said
    assert old["voided"] is True
    assert "Grace" not in repr(old)
    assert "handed on" in repr(old["eventTicket"]["backFields"])
    assert old["barcodes"][0]["message"] == ticket["code"]
    await phone.add({"id": ticket["id"], "access_token": link.partition("token=")[2]})
    new = phone.passes[ticket["id"]].said
    assert (new["voided"], "Grace Hopper" in repr(new), "Ada" in repr(new)) == (False, True, False)
    assert new["authenticationToken"] != old["authenticationToken"]


@pytest.mark.gen_test
async def test_a_deleted_tickets_pass_is_gone(api: Api, phone: Phone) -> None:
    (ticket,) = await api.book(await api.make_event())
    await phone.add(ticket)
    await api.admin.request("DELETE", f"/api/tickets/{ticket['id']}")
    assert await phone.fetch(ticket["id"]) == 404
    assert (await phone.register(ticket["id"])).status == 404
    assert (await phone.remove(ticket["id"])).status == 200


@pytest.mark.gen_test
async def test_push_tokens_are_not_readable_in_the_database(
    api: Api, phone: Phone, _mongo: MongoClient[dict[str, Any]], settings: Settings
) -> None:
    (ticket,) = await api.book(await api.make_event())
    await phone.add(ticket)
    (kept,) = _mongo[settings.database].wallet_registrations.find({})
    assert phone.push_token not in repr(kept)
    assert phone.push_token.encode() not in kept["push_token"]


@pytest.mark.gen_test
async def test_a_crowd_of_phones_may_not_follow_one_ticket(api: Api, phone: Phone) -> None:
    (ticket,) = await api.book(await api.make_event())
    await phone.add(ticket)
    for number in range(1, MOST_PHONES):
        phone.device = f"phone{number}"
        assert (await phone.register(ticket["id"])).status == 201
    phone.device = "one more"
    assert (await api.post(phone.of(ticket["id"]).replace(" ", "%20"), {"pushToken": "a"})).status == 401
    phone.device = "onemore"
    assert (await phone.register(ticket["id"])).status == 429
    phone.device = "phone1"
    assert (await phone.register(ticket["id"])).status == 200


# --- the log -----------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_what_phones_complain_of_is_logged_without_tokens(api: Api, phone: Phone) -> None:
    (ticket,) = await api.book(await api.make_event())
    await phone.add(ticket)
    token = phone.shows(ticket["id"])["Authorization"].split()[1]
    with capture_logs() as logged:
        line = f"Get pass task failed: {token} refused\n{phone.push_token}"
        answer = await api.post("/v1/log", {"logs": [line] * 30})
    said = [each["said"] for each in logged if each["event"] == "a phone's wallet"]
    assert answer.status == 200
    assert len(said) == 20
    assert said[0].startswith("Get pass task failed: … refused")
    assert token not in repr(logged) and phone.push_token not in repr(logged)


@pytest.mark.parametrize("body", [{}, {"logs": None}, {"logs": "text"}, {"logs": [1, None, {}]}, []])
@pytest.mark.gen_test
async def test_a_log_of_another_form_does_no_harm(api: Api, body: Any) -> None:
    assert (await api.post("/v1/log", body)).status == 200


def test_a_line_is_cut_and_made_printable() -> None:
    assert without_secrets("a\x1b[31m\nb") == "a [31m b"
    assert len(without_secrets("word " * 1000)) == 300
