"""Each guest page in each language: no English word but names, `lang` and `dir` right, and whose language it is."""

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest

from tests.api import Answer, Api
from tests.english import TRANSLATED, WORD, english_words, english_words_in

FORM = "application/x-www-form-urlencoded"
WHEN = {"date": "2026-12-24", "time": "20:30"}
SPOKEN = re.compile(r"\b(?:alt|aria-label|title|placeholder)=\"([^\"]*)\"")
NAMES = (
    "Zorba",
    "zorba",
    "Kazoo",
    "Palko",
    "Ada Lovelace",
    "Grace Hopper",
    "Quai Bleu",
    "Wuxi 7",
    "Europe/Paris",
    "Example Organization",
)
NO_MESSAGE = re.compile(r"<details class=\"languages\">.*?</details>|<b class=\"number\">[^<]*", re.DOTALL)
"""The switch, which names each language in itself, and a ticket's number, whose digits may look like a word."""
EVENT: dict[str, Any] = {
    "name": "Zorba",
    "venue": "Kazoo",
    "address": "Quai Bleu",
    "booking": "open",
    "waiting": True,
    "guest_rename": True,
    "guest_cancel_until_min": 60,
    "transfers": 2,
    "phone_limit": 6,
    "hold_minutes": 90,
    "pay_where": "Wuxi 7",
    "doors": [{"name": "Quai Bleu"}],
    "contact": {"email": "zorba@kazoo.fr", "phone": "+33 1 23 45 67 89", "url": "https://kazoo.fr"},
    "products": [
        {"name": "Palko", "public": True, "prices": [{"name": "Zorba", "amount": "20.00", "currency": "EUR"}]},
        {"name": "Kazoo", "public": True, "prices": [{"name": "Zorba", "amount": "0", "currency": "EUR"}]},
    ],
}
GUEST = {"first_name": "Ada", "last_name": "Lovelace", "product": "Palko"}


def read(page: str) -> str:
    """Return what is read of a page, by eyes or ears, without names."""
    shown = NO_MESSAGE.sub("", re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL))
    text = " ".join([re.sub(r"<[^>]+>", " ", shown), *SPOKEN.findall(shown)])
    for name in NAMES:
        text = text.replace(name, " ")
    return unescape(text)


async def send(api: Api, path: str, **form: str) -> Answer:
    return await api.post(path, urlencode(form).encode(), Content_Type=FORM, Accept="text/html")


async def pages(api: Api) -> AsyncIterator[tuple[str, Answer]]:
    """Yield each guest page in each of its states, by a name."""
    event = await api.make_event(**EVENT, showings=[{**WHEN, "capacity": 40}])
    book, wait = f"/book/{event['uuid']}", f"/book/{event['uuid']}/wait"
    small = await api.make_event(**(EVENT | {"name": "Kazoo"}), showings=[{**WHEN, "capacity": 1}])
    (last,) = await api.book(small, tickets=[GUEST])
    async for each in booking_pages(api, book, wait, small):
        yield each
    async for each in ticket_pages(api, event):
        yield each
    joined = await api.post(
        "/api/waiting",
        {"event": small["uuid"], **WHEN, "name": "Grace Hopper", "email": "g@kazoo.fr", "product": "Palko"},
    )
    place = joined.body["links"]["page"]
    yield "a place", await api.get(place)
    yield "accepted too early", await send(api, place.replace("?", "/accept?"), phone_number="0123456")
    await api.admin.post(f"/api/tickets/{last['id']}/cancel")
    yield "an offer", await api.get(place)
    yield "accepted without a number", await send(api, place.replace("?", "/accept?"), phone_number="x")
    yield "given up", await send(api, place.replace("?", "/leave?"))
    yield "no such place", await api.get(place)


async def booking_pages(api: Api, book: str, wait: str, small: Any) -> AsyncIterator[tuple[str, Answer]]:
    """Yield the pages of booking and joining, and why there is nothing to book."""
    yield "the events", await api.get("/book")
    yield "booking", await api.get(book)
    yield "booking refused", await send(api, book, count="99", name="", email="x", others="a\nb")
    full = f"/book/{small['uuid']}"
    yield "sold out", await api.get(full)
    sent = {"when": "2026-12-24T20:30", "count": "2", "name": "Ada Lovelace", "phone_number": "0123456"}
    yield "sold out meanwhile", await send(api, full, **sent, product="Palko")
    yield "joining", await api.get(f"{full}/wait?when=2026-12-24T20:30")
    yield "joining refused", await send(api, f"{full}/wait", count="99", email="x", phone_number="x")
    yield "nobody needs to wait", await send(api, wait, **sent, email="ada@kazoo.fr", product="Palko")
    yield "joined", await api.get(f"{wait}?sent")
    others: list[dict[str, Any]] = [{"booking": "keys"}, {"showings": []}, {"waiting": False}]
    for fields in others:
        event = await api.make_event(**(EVENT | {"showings": [{**WHEN, "capacity": 5}]} | fields))
        for path in ("", "/wait"):
            yield f"booking with {fields}", await api.get(f"/book/{event['uuid']}{path}")
    await api.admin.post(f"/api/events/{event['uuid']}/close")
    yield "closed", await api.get(f"/book/{event['uuid']}")


async def ticket_pages(api: Api, event: Any) -> AsyncIterator[tuple[str, Answer]]:
    """Yield the pages of tickets and reservations, and of their changes."""
    scanner = await api.make_device(event)
    seat = {"block": "B", "row": "7", "seat": "12"}
    several = await api.admin.post(
        "/api/reservations",
        {"event": event["uuid"], **WHEN, "name": "Ada Lovelace", "phone_number": "0123456"}
        | {"tickets": [{**GUEST, "seat": seat}] * 3},
    )
    yield "a reservation", await api.get(several.body["links"]["page"])
    ticket, unpaid, blocked = several.body["tickets"]
    page = f"/t/{ticket['id']}?token={ticket['access_token']}"
    for news in ("", "moved", "booked", "renamed", "canceled", "handed_on"):
        yield f"a ticket, {news}", await api.get(f"{page}&news={news}")
    yield "a wrong name", await send(api, page.replace("?", "/name?"), name="")
    yield "cancelling", await api.get(page.replace("?", "/cancel?"))
    yield "handing on", await api.get(page.replace("?", "/transfer?"))
    yield "a wrong next holder", await send(api, page.replace("?", "/transfer?"), name="", email="x")
    yield "the next holder", await send(api, page.replace("?", "/transfer?"), name="Grace Hopper")
    for worked in ("", "yes", "no"):
        path = page.replace("?", "/feedback?")
        await send(api, path, worked=worked)
        yield f"feedback {worked}", await (api.get(page) if worked else send(api, path))
    yield "too much feedback", await send(api, page.replace("?", "/feedback?"), worked="no", text="1" * 2001)
    await scanner.scan(ticket["code"])
    yield "scanned", await api.get(page)
    yield "too late to cancel", await send(api, page.replace("?", "/cancel?"))
    for each, action in ((unpaid, "cancel"), (blocked, "block")):
        await api.admin.post(f"/api/tickets/{each['id']}/{action}")
        there = f"/t/{each['id']}?token={each['access_token']}"
        yield action, await api.get(there)
        yield f"{action}, handing on", await api.get(there.replace("?", "/transfer?"))
    owed = await api.admin.post(
        "/api/reservations",
        {"event": event["uuid"], **WHEN, "name": "Ada Lovelace", "phone_number": "0123456", "paid": False}
        | {"tickets": [GUEST]},
    )
    yield "to pay", await api.get(owed.body["links"]["page"])
    passed = owed.body["tickets"][0]
    await api.admin.post(f"/api/reservations/{owed.body['uuid']}/pay")
    path = f"/t/{passed['id']}/transfer?token={passed['access_token']}"
    done = await send(api, path, name="Grace Hopper", confirmed="yes")
    assert done.status == 303, done.raw
    yield "handed on, the new holder", await api.get(done.headers["Location"])
    yield "handed on", await api.get(path.replace("/transfer", "") + "&news=mailed")
    yield "no such ticket", await api.get(f"/t/{ticket['id']}?token=x")
    yield "no such page", await api.get("/there-is-none", Accept="text/html")
    yield "no such event", await api.get("/book/x")
    yield "the login", await api.get("/login")
    yield "a wrong login", await send(api, "/login", username="zorba", password="x")


@pytest.mark.parametrize("tag", TRANSLATED)
@pytest.mark.gen_test
async def test_no_guest_page_has_an_english_word_but_names(api: Api, tag: str) -> None:
    api.headers["Accept_Language"] = f"{tag}-XX, en;q=0.5"
    found, count = {}, 0
    assert {"the", "your", "you", "seats", "not"} <= english_words(tag)
    async for name, answer in pages(api):
        page, count = answer.raw.decode(), count + 1
        assert f'<html lang="{tag}" dir="ltr">' in page, name
        assert "Accept-Language" in answer.headers["Vary"], name
        if meant := english_words_in(tag, read(page)):
            found[name] = sorted(meant)
    assert found == {} and count > 45


@pytest.mark.gen_test
async def test_every_guest_page_in_the_pseudo_language_has_all_its_words_from_the_catalogues(api: Api) -> None:
    api.headers["Cookie"] = "language=en-XA"
    async for name, answer in pages(api):
        page = answer.raw.decode()
        assert '<html lang="en-XA" dir="ltr">' in page, name
        bare = {word for word in WORD.findall(read(page)) if word.isascii() and len(word) > 3}
        assert bare <= ALLOWED, (name, sorted(bare - ALLOWED))


ALLOWED = {"iPhone", "Android", "December", "Thursday", "zorba", "kazoo", "https", "hour", "minutes", "Hopper"}
"""What is no message: names of products and people, addresses, and dates, which Babel writes."""


@pytest.mark.gen_test
async def test_from_right_to_left_the_page_says_so(api: Api) -> None:
    api.headers["Cookie"] = "language=ar-XB"
    page = (await api.get("/book")).raw.decode()
    assert '<html lang="ar-XB" dir="rtl">' in page and "\u202e" in page
    assert 'hreflang="fr" dir="ltr"' in page


# --- whose language ------------------------------------------------------------------------------------------------


async def language_of(api: Api, path: str, **headers: str) -> str:
    page = (await api.get(path, **headers)).raw.decode()
    return page.partition('<html lang="')[2].partition('"')[0]


@pytest.mark.gen_test
async def test_the_readers_choice_counts_then_the_browsers_then_the_events_then_the_hubs(api: Api) -> None:
    german = await api.make_event(**EVENT, language="de")
    path = f"/book/{german['uuid']}"
    assert await language_of(api, path, Cookie="language=es", Accept_Language="fr") == "es"
    assert await language_of(api, path, Accept_Language="fr") == "fr"
    assert await language_of(api, path, Accept_Language="nl, *;q=0.1") == "de"
    assert await language_of(api, path) == "de"
    assert await language_of(api, "/book") == "en"
    for hostile in ("language=../../en", "language=<script>", "language=", "language=EN;x=1"):
        assert await language_of(api, path, Cookie=hostile) == "de"
    for header in ("fr" * 3000, ";" * 2000, "*;q=9", "\u00ff,,,", "-en;q=1"):
        assert await language_of(api, path, Accept_Language=header) == "de"


@pytest.mark.gen_test
async def test_a_choice_is_kept_and_leads_back_to_the_same_page_with_all_else_in_its_address(api: Api) -> None:
    event = await api.make_event(**EVENT)
    (ticket,) = await api.book(event, tickets=[GUEST])
    page = f"/t/{ticket['id']}?token={ticket['access_token']}"
    shown = (await api.get(page)).raw.decode()
    address = unescape(re.findall(r'<a href="([^"]+)" lang="fr"', shown)[0])
    chosen = await api.get(urljoin(page, address))
    assert (chosen.status, chosen.headers["Location"]) == (303, page)
    cookie = chosen.headers["Set-Cookie"]
    assert cookie.startswith("language=fr;") and "SameSite=Lax" in cookie and "Max-Age=31536000" in cookie
    assert await language_of(api, page, Cookie="language=fr", Accept_Language="de") == "fr"
    for wrong in ("xx", "..", "fr\r\nX: y"):
        kept = await api.get(f"{page}&{urlencode({'language': wrong})}")
        assert kept.status == 200 and "Set-Cookie" not in kept.headers


@pytest.mark.gen_test
async def test_a_query_that_is_not_utf_8_gives_a_page_and_is_kept_byte_for_byte(api: Api) -> None:
    for path in ("/book", "/there-is-none", "/login"):
        page = (await api.get(f"{path}?x=%E9&y", Accept="text/html")).raw.decode()
        assert 'href="?x=%E9&amp;y=&amp;language=fr"' in page, path
    chosen = await api.get("/book?x=%E9&language=fr")
    assert (chosen.status, chosen.headers["Location"]) == (303, "/book?x=%E9")
    assert b"<h1>" in (await api.get("/book?language=%E9", Accept="text/html")).raw


@pytest.mark.gen_test
async def test_no_path_makes_the_switch_lead_to_another_site(api: Api) -> None:
    for path in ("//evil.org/a", "/\\evil.org/a", "///evil.org"):
        page = (await api.get(path, Accept="text/html")).raw.decode()
        assert 'href="?language=fr"' in page and "evil" not in page
        chosen = await api.get(f"{path}?language=fr", Accept="text/html")
        assert (chosen.status, chosen.headers["Location"]) == (303, "/book")


@pytest.mark.gen_test
async def test_a_choice_on_a_page_of_a_refusal_is_kept_too(api: Api) -> None:
    for path in ("/there-is-none", "/t/x?token=y"):
        address = f"{path}{'&' if '?' in path else '?'}language=fr"
        chosen = await api.get(address, Accept="text/html")
        assert (chosen.status, chosen.headers["Location"]) == (303, path)
        assert chosen.headers["Set-Cookie"].startswith("language=fr;")
    program = await api.get("/there-is-none?language=fr", Accept="application/json")
    assert (program.status, "Set-Cookie" in program.headers) == (404, False)


@pytest.mark.gen_test
async def test_two_readers_of_one_event_see_their_language_and_its_clock(api: Api) -> None:
    event = await api.make_event(**(EVENT | {"timezone": "America/Montreal"}), showings=[{**WHEN, "capacity": 5}])
    path = f"/book/{event['uuid']}"
    french = (await api.get(path, Accept_Language="fr-CA")).raw.decode()
    german = (await api.get(path, Accept_Language="de")).raw.decode()
    assert "jeudi 24 décembre 2026" in french and "America/Montreal" in french
    assert "Donnerstag, 24. Dezember 2026" in german and "America/Montreal" in german
    assert all('<span class="time-at">20:30</span>' in page for page in (french, german))


@pytest.mark.gen_test
async def test_a_booking_keeps_the_language_it_was_made_in_whoever_makes_it(api: Api) -> None:
    event = await api.make_event(**EVENT, showings=[{**WHEN, "capacity": 50}])
    form = {
        "when": "2026-12-24T20:30",
        "name": "Ada",
        "phone_number": "0123456",
        "product": "Palko: Zorba",
        "count": "2",
    }
    booked = await api.post(
        f"/book/{event['uuid']}",
        urlencode(form | {"product": "Palko"}).encode(),
        Content_Type=FORM,
        Accept_Language="es",
    )
    assert booked.status == 303, booked.raw
    listed = await api.admin.get(f"/api/tickets?event={event['uuid']}")
    reservation = f"/api/reservations/{listed.body[0]['reservation']}"
    assert (await api.admin.get(reservation)).body["language"] == "es"
    order = {"event": event["uuid"], **WHEN, "name": "Ada", "phone_number": "1234567", "tickets": [GUEST]}
    by_key = await api.admin.post("/api/reservations", order, Accept_Language="de")
    assert (await api.admin.get(f"/api/reservations/{by_key.body['uuid']}")).body["language"] is None
    told = await api.admin.post("/api/reservations", order | {"language": "fr"})
    assert (await api.admin.get(f"/api/reservations/{told.body['uuid']}")).body["language"] == "fr"
    wrong = await api.admin.post("/api/reservations", order | {"language": "xx"})
    assert wrong.status == 422 and set(wrong.body["errors"]) == {"language"}
    refused = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"language": "xx"})
    assert refused.status == 422 and set(refused.body["errors"]) == {"language"}


@pytest.mark.gen_test
async def test_a_ticket_that_is_handed_on_and_its_calendar_file_have_the_readers_language(api: Api) -> None:
    event = await api.make_event(**EVENT, showings=[{**WHEN, "capacity": 5}])
    (ticket,) = await api.book(event, tickets=[GUEST], language="de")
    calendar = await api.get(f"/t/{ticket['id']}/calendar?token={ticket['access_token']}", Accept_Language="fr")
    assert "Billet n°" in calendar.raw.decode() and "Vary" in calendar.headers
    await send(api.with_key(None), f"/t/{ticket['id']}/transfer?token={ticket['access_token']}", name="Grace")
    api.headers["Accept_Language"] = "es"
    done = await send(api, f"/t/{ticket['id']}/transfer?token={ticket['access_token']}", name="Grace", confirmed="yes")
    assert done.status == 303, done.raw
    (after,) = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert (await api.admin.get(f"/api/reservations/{after['reservation']}")).body["language"] == "es"


# --- errors of the API ---------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_an_error_of_the_api_is_in_the_language_asked_for_and_its_code_and_fields_are_not(api: Api) -> None:
    event = await api.make_event(**EVENT)
    order = {"event": event["uuid"], "date": "x", "time": "20:30", "name": "", "phone_number": "1", "tickets": [GUEST]}
    english = await api.admin.post("/api/reservations", order)
    french = await api.admin.post("/api/reservations", order, Accept_Language="fr-FR,en;q=0.5", Cookie="language=de")
    assert english.body["title"] == english.body["detail"] == "The booking cannot be made"
    assert french.body["title"] == french.body["detail"] == "La réservation ne peut pas être faite"
    assert (french.headers["Content-Language"], english.headers["Content-Language"]) == ("fr", "en")
    assert "Accept-Language" in french.headers["Vary"]
    assert french.body["errors"].keys() == english.body["errors"].keys() >= {"name", "date"}
    assert french.body["errors"]["name"] == "de 1 à 100 caractères"
    assert {each: french.body[each] for each in ("code", "status", "type")} == {
        each: english.body[each] for each in ("code", "status", "type")
    }
    german = await api.get("/api/tickets/x", Accept_Language="de")
    key_needed = "Ein Schlüssel oder eine Anmeldung ist nötig: Schlüssel erstellt man unter Verwaltung, Schlüssel"
    assert german.body["title"] == key_needed
    nowhere = await api.get("/there-is-none", Accept_Language="es", Accept="application/json")
    assert (nowhere.status, nowhere.body["title"]) == (404, "No encontrado")


@pytest.mark.gen_test
async def test_what_a_door_is_answered_stays_as_the_contract_has_it(api: Api) -> None:
    event = await api.make_event(**EVENT)
    scanner = await api.make_device(event)
    for path, body in (("/scan/ticket/", {"qrcode_data": "x"}), ("/scan/ticket/", {}), ("/scan/check_ticket", {})):
        plain = await scanner.post(path, body)
        french = await scanner.post(path, body, Accept_Language="fr")
        assert french.status == plain.status
        assert french.body | {"seq": None} == plain.body | {"seq": None}
