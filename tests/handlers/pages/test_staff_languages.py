"""Pages of organisers in each language: no English word but names, and all that they say is in the catalogues."""

import re
from collections.abc import AsyncIterator

import pytest

from hub.language.catalogue import every_language
from tests.api import Answer, Api
from tests.english import TRANSLATED, WORD, english_words_in
from tests.handlers.pages.test_languages import ALLOWED, EVENT, GUEST, WHEN, read
from tests.handlers.pages.test_pages import logged_in

STAFF = {"organiser", "Organiser", "ADMIN", "Do", *(each.name for each in every_language())}
"""Names of the login, of a key, of days and of languages, which are no messages."""
CODE = re.compile(r"<code>[^<]*</code>")
"""What programs know a thing by."""


async def with_takings(api: Api) -> str:
    """Return an event whose report has a row of each method of payment, and one of money given back."""
    event = await api.make_event(**EVENT, showings=[{**WHEN, "capacity": 40}])
    place = {"event": event["uuid"], **WHEN, "name": "Zorba", "phone_number": "+33 1 23 45 67", "paid": False}
    for method in ("cash", "card", "transfer"):
        order = {**place, "tickets": [{**GUEST, "price": "Zorba"}]}
        booked = await api.admin.post("/api/reservations", order)
        assert booked.status == 201, booked.raw
        paid = await api.admin.post(f"/api/reservations/{booked.body['uuid']}/pay", {"method": method})
        assert paid.status == 200, paid.raw
    return str(event["uuid"])


async def pages(api: Api) -> AsyncIterator[tuple[str, Answer]]:
    """Yield each page of organisers that is in the catalogues, by a name."""
    reader = await logged_in(api)
    reader.headers |= {name: value for name, value in api.headers.items() if name != "Cookie"}
    if chosen := api.headers.get("Cookie"):
        reader.headers["Cookie"] += f"; {chosen}"
    yield "no events", await reader.get("/events")
    event = await api.make_event(**EVENT, showings=[{**WHEN, "capacity": 40}, {**WHEN, "time": "22:30", "capacity": 5}])
    for path in (f"/events/{event['uuid']}", f"/events/{event['uuid']}/report"):
        yield f"nothing has happened: {path.rpartition('/')[2]}", await reader.get(path)
    scanner = await api.make_device(event, name="Kazoo", rights=["force", "headcount"])
    (ticket, other) = await api.book(event, tickets=[GUEST, GUEST])
    for code in (ticket["code"], ticket["code"], "x"):
        await scanner.scan(code)
    await scanner.scan(other["code"])
    yield "the events", await reader.get("/events")
    yield "the dashboard", await reader.get(f"/events/{event['uuid']}")
    yield "the wall", await reader.get(f"/events/{event['uuid']}?wall")
    hook = await api.admin.post("/api/webhooks", {"url": "https://kazoo.fr/zorba", "kinds": ["ticket.scanned"]})
    assert hook.status == 201, hook.raw
    device = (await api.admin.get("/api/devices")).body[0]["uuid"]
    for path in ("devices", "devices/new", f"devices/{device}", "webhooks", f"webhooks/{hook.body['id']}", "running"):
        yield path, await reader.get(f"/admin/{path}")
    for path in ("keys", "users", "account", f"wallet/{event['uuid']}", f"practice/{event['uuid']}"):
        yield path, await reader.get(f"/admin/{path}")
    own = [f"{page}/{event['uuid']}" for page in ("events", "sell", "till")]
    for path in (
        "events",
        "events/new",
        "tickets",
        f"tickets/{ticket['id']}",
        f"reservations/{ticket['reservation']}",
        *own,
    ):
        yield path.partition("/")[0], await reader.get(f"/admin/{path}")
    yield "the report", await reader.get(f"/events/{event['uuid']}/report")
    sold = await with_takings(api)
    yield "the report with takings", await reader.get(f"/events/{sold}/report")


@pytest.mark.parametrize("tag", TRANSLATED)
@pytest.mark.gen_test
async def test_no_page_of_organisers_has_an_english_word_but_names(api: Api, tag: str) -> None:
    api.headers["Accept_Language"] = f"{tag}-XX, en;q=0.5"
    found, count = {}, 0
    async for name, answer in pages(api):
        page, count = CODE.sub("", answer.raw.decode()), count + 1
        assert answer.status == 200 and f'<html lang="{tag}" dir="ltr">' in page, name
        if meant := english_words_in(tag, read(page)) - STAFF:
            found[name] = sorted(meant)
    assert found == {} and count > 15


@pytest.mark.gen_test
async def test_every_page_of_organisers_in_the_pseudo_language_has_all_its_words_from_the_catalogues(api: Api) -> None:
    api.headers["Cookie"] = "language=en-XA"
    async for name, answer in pages(api):
        page = CODE.sub("", answer.raw.decode())
        assert '<html lang="en-XA" dir="ltr">' in page, name
        bare = {word for word in WORD.findall(read(page)) if word.isascii() and len(word) > 3} - STAFF
        assert bare <= ALLOWED, (name, sorted(bare - ALLOWED))
