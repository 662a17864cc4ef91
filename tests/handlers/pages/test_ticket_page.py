"""The ticket page (wallet.md): for the holder of the ticket's token, on any phone, without JavaScript."""

import re
from datetime import timedelta
from typing import Any

import pytest

from hub.clock import SettableClock
from tests.api import Answer, Api

NOBODY = "00000000-0000-4000-8000-000000000000"


async def book(api: Api, event: Any = None, **fields: str) -> Any:
    order = {"name": "Ada <b>Lovelace", "phone_number": "+33 1 23 45 67", "date": "2026-12-24", "time": "20:30"}
    place = {} if event is None else {"event": event["uuid"]}
    answer = await api.admin.post("/api/tickets", order | place | fields)
    assert answer.status == 201, answer.raw
    return answer.body


async def page_of(api: Api, ticket: Any) -> str:
    answer = await api.get(ticket["links"]["page"])
    assert answer.status == 200, answer.raw
    return answer.raw.decode()


def shown(page: str) -> list[str]:
    """Return which of the sentences about the ticket's state are shown."""
    return re.findall(r'data-is="(\w+)"\s*>', page)


@pytest.mark.gen_test
async def test_page_tells_event_place_time_with_weekday_and_name(api: Api) -> None:
    ticket = await book(api, await api.make_event(name="Jazz & Blues", timezone="America/New_York"))
    page = await page_of(api, ticket)
    for text in ("Jazz &amp; Blues", "The Old Mill", "Thursday 24 December 2026, 20:30", "Ada &lt;b&gt;Lovelace"):
        assert text in page
    assert "+33 1" not in page
    assert shown(page) == ["valid"]


@pytest.mark.gen_test
async def test_picture_on_the_page_is_the_code_of_the_ticket_and_opens_by_its_address_alone(api: Api) -> None:
    ticket = await book(api)
    (picture,) = re.findall(r'<img src="([^"]+)"', await page_of(api, ticket))
    answer = await api.get(picture.replace("&amp;", "&"))
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")


@pytest.mark.gen_test
async def test_page_is_kept_by_nobody_and_tells_no_other_site_of_its_address(api: Api) -> None:
    answer = await api.get((await book(api))["links"]["page"])
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    page = answer.raw.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|(src|href)=.(https?:)?//", page)
    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts and all('src="/static/' in script for script in scripts)


@pytest.mark.gen_test
async def test_wrong_token_and_unknown_ticket_get_the_same_kind_page(api: Api) -> None:
    ticket, other = await book(api), await book(api, name="Grace")
    token = other["access_token"]
    paths = [f"/t/{ticket['id']}", f"/t/{ticket['id']}?token={token}", f"/t/{NOBODY}?token={token}", "/t/x?token=y"]
    answers: list[Answer] = [await api.get(path) for path in paths]
    assert {answer.status for answer in answers} == {404}
    own_address = re.compile(rb'href="/t/[^"]*language=')
    assert len({own_address.sub(b"", answer.raw) for answer in answers}) == 1
    assert b"<h1>This link opens no ticket</h1>" in answers[0].raw
    assert answers[0].headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.gen_test
async def test_old_link_opens_nothing_once_the_ticket_is_issued_anew(api: Api) -> None:
    ticket = await book(api)
    anew = (await api.admin.post(f"/api/tickets/{ticket['id']}/reissue")).body
    assert (await api.get(ticket["links"]["page"])).status == 404
    assert (await api.get(anew["links"]["page"])).status == 200


@pytest.mark.gen_test
async def test_scan_is_told_with_time_and_door(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    ticket, gate = await book(api, event), await api.make_device(event)
    await gate.scan(ticket["code"])
    page = await page_of(api, ticket)
    assert shown(page) == ["inside"]
    assert "<time data-scanned>19:30</time>" in page and "<b data-door>North door</b>" in page
    clock.advance(timedelta(hours=24))
    assert "<time data-scanned>Thursday, 19:30</time>" in await page_of(api, ticket)


@pytest.mark.parametrize(("action", "state"), [("block", "blocked"), ("cancel", "canceled")])
@pytest.mark.gen_test
async def test_what_the_organiser_did_is_told(api: Api, action: str, state: str) -> None:
    ticket = await book(api)
    await api.admin.post(f"/api/tickets/{ticket['id']}/{action}")
    assert shown(await page_of(api, ticket)) == [state]


@pytest.mark.gen_test
async def test_wallet_buttons_are_left_out_where_the_ticket_offers_no_wallet(api: Api) -> None:
    page = await page_of(api, await book(api))
    assert "Save as picture" in page
    assert "Wallet" not in page


# --- number, address, calendar ------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_number_on_the_page_finds_the_guest_at_the_door(api: Api) -> None:
    event = await api.make_event()
    ticket, gate = await book(api, event), await api.make_device(event, may=["search"])
    await book(api, event, name="Grace")
    [number] = re.findall(r'<b class="number">(\w+)</b>', await page_of(api, ticket))
    for typed in (number, number.upper()):
        found = (await gate.post("/scan/search_ticket/", {"search": typed})).body["results"]
        assert [guest["uuid"] for guest in found] == [ticket["id"]]


@pytest.mark.gen_test
async def test_address_is_a_plain_link_to_a_map(api: Api) -> None:
    event = await api.make_event(address='4 quai "du" Moulin & Cie, 75004 Paris')
    page = await page_of(api, await book(api, event))
    [link] = re.findall(r'<a class="where" href="([^"]+)" rel="noreferrer noopener" target="_blank">([^<]+)</a>', page)
    assert link == (
        "https://www.openstreetmap.org/search?query=4%20quai%20%22du%22%20Moulin%20%26%20Cie%2C%2075004%20Paris",
        "4 quai &quot;du&quot; Moulin &amp; Cie, 75004 Paris (map)",
    )
    assert len(re.findall(r"https?://", page)) == 1
    assert "(map)" not in re.sub(r"<script.*", "", await page_of(api, await book(api, await api.make_event())))


@pytest.mark.gen_test
async def test_calendar_file_holds_the_tickets_time_and_place_and_not_its_token(api: Api) -> None:
    event = await api.make_event(address="4 quai du Moulin", contact={"email": "ask@example.org"})
    ticket = await book(api, event)
    page = await page_of(api, ticket)
    [path] = re.findall(r'href="([^"]+)">Add to calendar<', page)
    answer = await api.get(path.replace("&amp;", "&"))
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ticket-2026-12-24-{ticket["id"][:8]}.ics"'
    assert "no-store" in answer.headers["Cache-Control"]
    file = answer.raw.decode().replace("\r\n ", "")
    for line in (
        "DTSTART:20261224T193000Z",
        "DTEND:20261225T010000Z",
        "SUMMARY:Winter concert",
        "LOCATION:The Old Mill\\, 4 quai du Moulin",
        f"UID:{ticket['id']}@scan-hub",
        "STATUS:CONFIRMED",
    ):
        assert f"\r\n{line}\r\n" in file
    assert "E-mail: ask@example.org" in file
    assert ticket["access_token"] not in file
    assert (await api.get(f"/t/{ticket['id']}/calendar?token=x")).status == 404
    await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
    assert b"STATUS:CANCELLED" in (await api.get(path.replace("&amp;", "&"))).raw
    assert "Add to calendar" not in await page_of(api, ticket)


@pytest.mark.gen_test
async def test_calendar_of_a_ticket_that_moved_has_the_new_time_under_the_same_id(api: Api) -> None:
    times = [{"date": "2026-12-24", "time": time, "capacity": 9} for time in ("20:30", "22:00")]
    ticket = await book(api, await api.make_event(showings=times))
    path = f"/t/{ticket['id']}/calendar?token={ticket['access_token']}"
    before = (await api.get(path)).raw
    assert b"DTSTART:20261224T193000Z\r\nDTEND:20261224T210000Z" in before  # it ends when the next one begins
    await api.admin.request("PATCH", f"/api/tickets/{ticket['id']}", {"time": "22:00"})
    after = (await api.get(path)).raw
    assert b"DTSTART:20261224T210000Z\r\nDTEND:20261225T010000Z" in after
    uid = f"UID:{ticket['id']}@scan-hub".encode()
    assert uid in before and uid in after


@pytest.mark.gen_test
async def test_box_office_ticket_has_a_calendar_entry_without_an_end(api: Api) -> None:
    ticket = await book(api)
    file = (await api.get(f"/t/{ticket['id']}/calendar?token={ticket['access_token']}")).raw
    assert b"DTSTART:" in file
    assert b"DTEND" not in file


# --- the one question ----------------------------------------------------------------------------------------------


def asks(page: str) -> bool:
    [section] = re.findall(r'<section[^>]*id="feedback"[^>]*>', page)
    return "hidden" not in section


@pytest.mark.gen_test
async def test_feedback_is_asked_after_the_visit(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    visited, other, canceled = [await book(api, event) for _ in range(3)]
    assert not asks(await page_of(api, visited))
    await (await api.make_device(event)).scan(visited["code"])
    assert asks(await page_of(api, visited))
    assert not asks(await page_of(api, other))
    await api.admin.post(f"/api/tickets/{canceled['id']}/cancel")
    clock.advance(timedelta(hours=1))
    assert asks(await page_of(api, other))
    assert not asks(await page_of(api, canceled))
