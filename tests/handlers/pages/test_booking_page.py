"""The booking page, as a browser without JavaScript meets it (booking-api.md, who may)."""

import asyncio
import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from hub.rate_limit import RateLimiter
from tests.api import Answer, Api

FORM = {"Content_Type": "application/x-www-form-urlencoded"}
FILLED = {"when": "2026-12-24T20:30", "count": "1", "name": "Ada Lovelace", "phone_number": "+33 1 23 45 67"}


async def open_event(api: Api, **fields: Any) -> Any:
    return await api.make_event(**{"booking": "open", "products": []} | fields)


async def form_of(api: Api, event: Any) -> dict[str, str]:
    """Return the form of an event's page, filled in."""
    page = (await api.get(f"/book/{event['uuid']}")).raw.decode()
    return FILLED | {"once": re.findall(r'name="once" value="([^"]+)"', page)[0]}


async def send(api: Api, event: Any, form: dict[str, str], **headers: str) -> Answer:
    return await api.post(f"/book/{event['uuid']}", urlencode(form).encode(), **FORM, **headers)


async def left(api: Api, event: Any) -> list[int]:
    return [showing["left"] for showing in (await api.get(f"/api/showings?event={event['uuid']}")).body]


def said(answer: Answer, field: str) -> str:
    """Return what is said to be wrong with a field, beside it."""
    found = re.search(rf'<div class="wrong" id="{field}-wrong">(.*?)</div>', answer.raw.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


# --- what there is to book ----------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_open_events_are_listed_with_their_seats_and_others_are_not(api: Api) -> None:
    event = await open_event(api, name="Jazz & Blues")
    for fields in ({"name": "By keys"}, {"name": "Over", "booking": "open"}):
        other = await api.make_event(**fields)
        if fields["name"] == "Over":
            await api.admin.post(f"/api/events/{other['uuid']}/close")
    page = (await api.get("/book")).raw.decode()
    assert (
        "Jazz &amp; Blues" in page and f'href="/book/{event["uuid"]}"' in page and "<b data-left>100</b> left" in page
    )
    assert "Box office" not in page, "nobody looks for it before it is used"
    order = {"name": "Ada", "phone_number": "12345", "date": "2026-12-24", "time": "20:30"}
    assert (await api.admin.post("/api/tickets", order)).status == 201
    assert "Box office" in (await api.get("/book")).raw.decode()
    assert "By keys" not in page and "Over<" not in page


@pytest.mark.gen_test
async def test_times_are_shown_under_their_days_with_what_is_left(api: Api) -> None:
    showings = [{"date": "2026-12-24", "time": time, "capacity": seats} for time, seats in (("18:00", 5), ("20:30", 1))]
    event = await open_event(api, showings=showings)
    await api.book(event, tickets=[{"first_name": "Ada"}])
    page = (await api.get(f"/book/{event['uuid']}")).raw.decode()
    assert "Thursday 24 December 2026" in page and "<b data-left>5</b> left" in page
    radios = re.findall(r'<input type="radio" name="when" value="([^"]+)" required (\w*)', page)
    assert radios == [("2026-12-24T18:00", ""), ("2026-12-24T20:30", "disabled")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"showings": []}, "No times yet."),
        ({"booking": "keys"}, "not booked here."),
        ({"showings": [{"date": "2026-12-24", "time": "20:30", "capacity": 1}]}, "Sold out."),
    ],
)
@pytest.mark.gen_test
async def test_where_nothing_can_be_booked_the_page_says_why(api: Api, fields: Any, words: str) -> None:
    event = await open_event(api, **fields)
    if words == "Sold out.":
        await api.book(event, tickets=[{"first_name": "Ada"}])
    page = (await api.get(f"/book/{event['uuid']}")).raw.decode()
    assert words in page and "<form" not in page


@pytest.mark.gen_test
async def test_a_time_that_lies_beyond_its_event_is_booked_all_the_same(api: Api, clock: SettableClock) -> None:
    matinee = [{"date": "2026-12-26", "time": "11:00", "capacity": 5}]
    event = await open_event(api, showings=matinee)
    clock.advance(timedelta(hours=30))
    page = (await api.get(f"/book/{event['uuid']}")).raw.decode()
    assert 'value="2026-12-26T11:00"' in page and "<form" in page
    clock.advance(timedelta(days=1))
    assert b"This event is over." in (await api.get(f"/book/{event['uuid']}")).raw


@pytest.mark.gen_test
async def test_closed_and_past_events_say_so_and_take_no_booking(api: Api, clock: SettableClock) -> None:
    closed, past = await open_event(api), await open_event(api)
    forms = [await form_of(api, event) for event in (closed, past)]
    await api.admin.post(f"/api/events/{closed['uuid']}/close")
    answer = await send(api, closed, forms[0])
    assert answer.status == 409 and b"Booking is closed." in answer.raw
    assert await left(api, past) == [100]
    clock.advance(timedelta(days=2))
    answer = await send(api, past, forms[1])
    assert answer.status == 422 and b"This event is over." in answer.raw
    assert (await api.get("/book/nope")).status == 404


# --- booking ------------------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_one_ticket_leads_to_its_page_and_several_to_one_page_with_all(api: Api) -> None:
    event = await open_event(api)
    answer = await send(api, event, await form_of(api, event))
    assert answer.status == 303 and answer.headers["Location"].startswith("/t/")
    page = (await api.get(answer.headers["Location"])).raw
    assert b"Booked." in page and b"Ada Lovelace" in page
    answer = await send(api, event, await form_of(api, event) | {"count": "3"})
    assert answer.headers["Location"].startswith("/r/")
    assert b"Your 3 tickets" in (await api.get(answer.headers["Location"])).raw
    assert await left(api, event) == [96]


@pytest.mark.gen_test
async def test_form_that_is_sent_twice_books_once_even_at_the_same_moment(api: Api) -> None:
    event = await open_event(api)
    form = await form_of(api, event)
    answers = await asyncio.gather(*[send(api, event, form) for _ in range(5)])
    assert {answer.status for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert await left(api, event) == [99]


@pytest.mark.gen_test
async def test_form_that_booked_and_was_changed_asks_before_it_books_again(api: Api) -> None:
    event = await open_event(api)
    form = await form_of(api, event)
    await send(api, event, form)
    answer = await send(api, event, form | {"count": "2"})
    assert answer.status == 422 and b"You have booked with this form already." in answer.raw
    (anew,) = re.findall(r'name="once" value="([^"]+)"', answer.raw.decode())
    assert anew != form["once"]
    assert (await send(api, event, form | {"count": "2", "once": anew})).status == 303
    assert await left(api, event) == [97]


@pytest.mark.gen_test
async def test_guessable_text_in_the_form_gives_nobody_elses_ticket(api: Api) -> None:
    event = await open_event(api)
    answers = [await send(api, event, FILLED | {"once": "1"}) for _ in range(2)]
    assert len({answer.headers["Location"] for answer in answers}) == 2


@pytest.mark.gen_test
async def test_all_that_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(api: Api) -> None:
    event = await open_event(api, products=[{"name": "Seat"}, {"name": "Standing"}])
    sent = {"count": "99", "name": '<"Ada', "phone_number": "abc", "product": "Throne", "once": "x"}
    answer = await send(api, event, sent)
    assert answer.status == 422
    assert said(answer, "when") == "Choose a time."
    assert said(answer, "count") == "Choose 1 to 6 tickets."
    assert said(answer, "product") == "Choose a kind of ticket."
    assert "3 to 20 digits" in said(answer, "phone_number")
    page = answer.raw.decode()
    assert 'value="&lt;&quot;Ada"' in page and 'value="abc"' in page
    for field in ("count", "product", "phone_number"):
        assert re.search(rf'id="{field}"[^>]*aria-describedby="[^"]*{field}-wrong"', page), field
    assert page.count("autofocus") == 1
    assert await left(api, event) == [100]


@pytest.mark.gen_test
async def test_name_that_is_missing_is_said(api: Api) -> None:
    event = await open_event(api)
    answer = await send(api, event, await form_of(api, event) | {"name": " "})
    assert "Tell us your name" in said(answer, "name")


@pytest.mark.gen_test
async def test_time_that_sold_out_meanwhile_is_explained_with_the_nearest_others(api: Api) -> None:
    times = [("24", "14:00", 9), ("24", "20:30", 2), ("24", "22:30", 5), ("25", "20:30", 5), ("26", "20:30", 1)]
    showings = [{"date": f"2026-12-{day}", "time": time, "capacity": seats} for day, time, seats in times]
    event = await open_event(api, showings=showings, ends_at="2026-12-27T02:00:00+01:00")
    form = await form_of(api, event) | {"count": "2"}
    await api.book(event, tickets=[{"first_name": "Grace"}])
    answer = await send(api, event, form)
    assert answer.status == 409
    words = said(answer, "when")
    assert "somebody was faster" in words
    assert re.findall(r"\w+ (\d\d) December 2026, (\d\d:\d\d)", words) == [
        ("24", "14:00"),
        ("24", "22:30"),
        ("25", "20:30"),
    ]
    assert await left(api, event) == [9, 1, 5, 5, 1]


@pytest.mark.gen_test
async def test_phone_number_that_has_enough_is_told_so(api: Api) -> None:
    event = await open_event(api, phone_limit=2)
    assert (await send(api, event, await form_of(api, event) | {"count": "2"})).status == 303
    answer = await send(api, event, await form_of(api, event))
    assert answer.status == 409
    assert said(answer, "phone_number") == "One phone number can have at most 2 tickets of one time."


@pytest.mark.gen_test
async def test_only_kind_of_ticket_is_booked_without_asking(api: Api) -> None:
    event = await open_event(api, products=[{"name": "Seat"}])
    await send(api, event, await form_of(api, event))
    (ticket,) = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert ticket["product"] == "Seat"


@pytest.mark.gen_test
async def test_box_office_takes_any_time_and_names_others_when_it_is_sold_out(api: Api) -> None:
    office = next(each for each in (await api.admin.get("/api/events")).body if each["name"] == "Box office")
    form = await form_of(api, office)
    form = {name: text for name, text in form.items() if name != "when"} | {"date": "2026-12-30", "time": "20:30"}
    for n in range(20):
        order = {"name": "Ada", "phone_number": f"1234{n}", "date": "2026-12-30", "time": "20:30"}
        assert (await api.admin.post("/api/tickets", order)).status == 201
    answer = await send(api, office, form)
    assert answer.status == 409
    assert re.findall(r", (\d\d:\d\d) , 20 left", said(answer, "when")) == ["19:30", "20:00", "21:00"]
    assert 'value="2026-12-30"' in answer.raw.decode()
    assert (await send(api, office, form | {"time": "21:00"})).status == 303
    assert said(await send(api, office, form | {"date": ""}), "when") == "Choose a time."


# --- who, and how often -------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_guests_of_one_address_are_slowed_down_and_lose_nothing_they_typed(api: Api, hub: Hub) -> None:
    event = await open_event(api)
    form = await form_of(api, event)
    hub.limits.anonymous_bookings = RateLimiter(1, lambda: 0.0)
    hub.limits.anonymous_bookings.count("127.0.0.1")
    answer = await send(api, event, form)
    assert answer.status == 429 and int(answer.headers["Retry-After"]) >= 1
    assert b"Wait a minute" in answer.raw and form["once"].encode() in answer.raw
    assert await left(api, event) == [100]


@pytest.mark.gen_test
async def test_other_sites_cannot_have_their_visitors_book_and_a_login_counts_for_nothing(api: Api) -> None:
    event = await open_event(api, phone_limit=1)
    form = await form_of(api, event)
    assert (await send(api, event, form, Sec_Fetch_Site="cross-site")).status == 403
    assert await left(api, event) == [100]
    answers = [await send(api.admin, event, await form_of(api, event)) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 409]


@pytest.mark.gen_test
async def test_page_holds_nothing_foreign_and_nothing_inline(api: Api) -> None:
    event = await open_event(api)
    for path in ("/book", f"/book/{event['uuid']}"):
        page = (await api.get(path)).raw.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|(src|href)=.(https?:)?//", page)
        scripts = re.findall(r"<script[^>]*>", page)
        assert all('src="/static/' in script for script in scripts)
        assert bool(scripts) == (path != "/book")


# --- what it costs -------------------------------------------------------------------------------------------------


def priced(name: str, *amounts: str, **fields: Any) -> dict[str, Any]:
    prices = [{"name": f"P{n}", "amount": amount, "currency": "EUR"} for n, amount in enumerate(amounts)]
    return {"name": name, "prices": prices, **fields}


@pytest.mark.gen_test
async def test_public_kinds_are_offered_with_their_prices_and_others_are_neither_shown_nor_booked(api: Api) -> None:
    kinds = [
        priced("For friends", "80"),
        priced("For the crew", public=False),
        priced("Standard", "20", "15.5", public=True),
    ]
    event = await open_event(api, products=[*kinds, priced("Child")], hold_minutes=120, pay_where="At the <till>")
    page = (await api.get(f"/book/{event['uuid']}")).raw.decode()
    offered = re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)<', page)
    assert offered == [
        ("Standard: P0", "Standard: P0, €20.00"),
        ("Standard: P1", "Standard: P1, €15.50"),
        ("Child", "Child"),
    ]
    assert (
        "within 2 hours" in page
        and "At the &lt;till&gt;" in page
        and "For friends" not in page
        and "For the crew" not in page
    )
    form = await form_of(api, event)
    for wrong in ("For friends", "For the crew", "", "Standard"):
        refused = await send(api, event, form | {"product": wrong})
        assert refused.status == 422 and said(refused, "product") == "Choose a kind of ticket."
    booked = await send(api, event, form | {"product": "Standard: P1", "count": "2"})
    assert booked.status == 303
    shown = (await api.get(booked.headers["Location"])).raw.decode()
    assert shown.count("Pay €15.50 until ") == 2 and "At the &lt;till&gt;" in shown and "€15.50" in shown


@pytest.mark.gen_test
async def test_only_kind_is_shown_with_its_price_and_an_event_without_a_public_one_is_booked_elsewhere(
    api: Api,
) -> None:
    event = await open_event(api, products=[priced("Standard", "20", public=True)], pay_at="door")
    page = (await api.get(f"/book/{event['uuid']}")).raw.decode()
    assert "Standard, €20.00" in page and "You pay at the door." in page and 'name="product"' not in page
    booked = await send(api, event, await form_of(api, event))
    shown = (await api.get(booked.headers["Location"])).raw.decode()
    assert "Pay €20.00 at the door." in shown
    vip = await open_event(api, products=[priced("VIP", "80")])
    assert b"not booked here" in (await api.get(f"/book/{vip['uuid']}")).raw
    forged = FILLED | {"product": "VIP", "once": "0123456789abcdefghijklmn"}
    assert (await send(api, vip, forged)).status == 422


# --- each ticket its own name ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("others", "names"),
    [
        ("", ["Ada Lovelace"] * 3),
        ("Bob Brown\r\n\r\n  Cl\u00e9o\u3000C. \r\n", ["Ada Lovelace", "Bob Brown", "Cl\u00e9o\u3000C."]),
        ("Bob Brown", ["Ada Lovelace", "Bob Brown", "Ada Lovelace"]),
    ],
)
@pytest.mark.gen_test
async def test_each_ticket_has_the_name_that_the_buyer_wrote_for_it(api: Api, others: str, names: list[str]) -> None:
    event = await open_event(api)
    sent = await send(api, event, await form_of(api, event) | {"count": "3", "others": others})
    assert sent.status == 303, sent.raw
    page = (await api.get(sent.headers["Location"])).raw.decode()
    assert sorted(unescape(name) for name in re.findall(r"<strong data-name>([^<]*)", page)) == sorted(names)


@pytest.mark.parametrize(
    ("count", "others"),
    [("1", "Bob"), ("2", "Bob\nCleo"), ("3", "x" * 101), ("0", "Bob"), ("2", "Bob\n" * 900)],
)
@pytest.mark.gen_test
async def test_names_that_cannot_be_used_are_said_beside_their_field_and_nothing_is_booked(
    api: Api, count: str, others: str
) -> None:
    event = await open_event(api)
    sent = await send(api, event, await form_of(api, event) | {"count": count, "others": others})
    assert sent.status == 422
    assert said(sent, "others").startswith("Write one name on each line")
    assert await left(api, event) == [100]


@pytest.mark.gen_test
async def test_when_doors_open_stands_on_the_booking_page_as_on_the_ticket(api: Api) -> None:
    said = {None: ("", ""), 0: ("Doors open at these times.", "Doors open at 20:30")}
    for minutes, (on_page, on_ticket) in {**said, 60: ("Doors open 1 hour before.", "Doors open at 19:30")}.items():
        event = await api.make_event(booking="open", doors_open_min=minutes)
        (ticket,) = await api.book(event)
        page = (await api.get(f"/book/{event['uuid']}")).raw.decode()
        shown = (await api.get(f"/t/{ticket['id']}?token={ticket['access_token']}")).raw.decode()
        for text, read in ((on_page, page), (on_ticket, shown)):
            assert ("Doors open" in read) is bool(text) and text in read
