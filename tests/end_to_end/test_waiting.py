"""A guest with a phone waits for a seat of a sold out time: joins, is offered it, accepts. In a real browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.end_to_end.site import Site
from tests.end_to_end.test_guests import PHONE, codes_on

STANDING = {"name": "Standing", "public": True, "prices": [{"name": "Full", "amount": "10", "currency": "EUR"}]}
GALLERY = {"name": "Gallery", "public": True, "prices": [{"name": "Full", "amount": "25", "currency": "EUR"}]}
SMALLEST_PX = 48


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    yield page


def sold_out(site: Site, name: str, seats: int = 1, product: str | None = None, **fields: Any) -> tuple[Any, list[str]]:
    """Return an event with a waiting list without a seat left, and the ids of its tickets."""
    showings = [{"date": "2090-12-24", "time": "20:30", "capacity": seats}]
    usual = {"booking": "open", "waiting": True, "products": [], "showings": showings}
    event = site.make_event(name=name, **usual | fields)
    site.book(event, seats, product)
    found = site.call("GET", f"/api/tickets?event={event['uuid']}")
    return event, [ticket["id"] for ticket in found]


def join(phone: Page, event: Any, name: str, seats: int = 1) -> None:
    """Find the event among those that are booked, and join its waiting list."""
    phone.goto("/book")
    phone.get_by_role("link", name=event["name"]).click()
    phone.get_by_role("link", name="Join the waiting list").click()
    phone.get_by_label("Your name").fill(name)
    phone.get_by_label("mail").fill(f"{name.lower()}@example.org")
    phone.get_by_label("Seats", exact=True).select_option(str(seats))
    phone.get_by_role("button", name="Join the waiting list").click()


def free(site: Site, *tickets: str) -> None:
    for ticket in tickets:
        assert site.call("POST", f"/api/tickets/{ticket}/cancel")["status"] == "canceled"


def expect_large(*targets: Locator) -> None:
    """Expect targets that a thumb hits, none of which is wider than the phone."""
    for target in targets:
        box = target.bounding_box()
        assert box is not None and box["height"] >= SMALLEST_PX, target
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], target


def expect_no_sideways_scrolling(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_guest_waits_is_offered_the_seat_that_comes_free_and_is_let_in_on_it(site: Site, phone: Page) -> None:
    event, (ticket,) = sold_out(site, "Queue for one")
    join(phone, event, "Grace")
    expect(phone.get_by_role("heading", name="You are number 1 in the queue")).to_be_visible()
    expect_large(phone.get_by_role("button", name="Leave the waiting list"))
    place = phone.url
    free(site, ticket)
    phone.reload()
    expect(phone.get_by_role("heading", name=re.compile("seat is yours"))).to_be_visible()
    expect_no_sideways_scrolling(phone)
    accept = phone.get_by_role("button", name="Accept")
    expect_large(accept, phone.get_by_role("button", name="No, thank you"), phone.get_by_label("Your phone number"))
    phone.get_by_label("Your phone number").fill("12")
    accept.click()
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.get_by_label("Your phone number").fill("+33 1 23 45 67")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Booked.")).to_be_visible()
    (code,) = codes_on(phone)
    assert site.scan(site.pair(site.make_device(event)), code)["code"] == "admitted"
    phone.goto(place)
    phone.get_by_role("link", name="Open your tickets").click()
    expect(phone.get_by_text("You are in")).to_be_visible()


def test_next_in_the_queue_is_offered_what_the_first_declines(site: Site, phone: Page) -> None:
    event, (ticket,) = sold_out(site, "Declined")
    join(phone, event, "Grace")
    first = phone.url
    join(phone, event, "Alan")
    expect(phone.get_by_role("heading", name="You are number 2 in the queue")).to_be_visible()
    second = phone.url
    free(site, ticket)
    phone.goto(first)
    phone.get_by_role("button", name="No, thank you").click()
    expect(phone.get_by_role("heading", name="You are not on the waiting list")).to_be_visible()
    phone.goto(first)
    expect(phone.get_by_role("heading", name="You are not on the waiting list")).to_be_visible()
    phone.goto(second)
    expect(phone.get_by_role("heading", name=re.compile("seat is yours"))).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_offer_of_what_is_not_sold_any_more_asks_for_another_kind(site: Site, phone: Page, scheme: Any) -> None:
    phone.emulate_media(color_scheme=scheme)
    event, tickets = sold_out(site, f"Kinds {scheme}", 2, "Gallery", products=[STANDING, GALLERY])
    phone.goto(f"/book/{event['uuid']}/wait")
    phone.get_by_label("Kind of ticket").select_option("Gallery")
    phone.get_by_label("Seats", exact=True).select_option("2")
    phone.get_by_label("Your name").fill("Grace")
    phone.get_by_label("mail").fill("grace@example.org")
    phone.get_by_label("Your phone number").fill("+33 1 23 45 67")
    phone.get_by_role("button", name="Join the waiting list").click()
    expect(phone.get_by_role("heading", name="You are number 1 in the queue")).to_be_visible()
    free(site, *tickets)
    phone.reload()
    expect(phone.get_by_text(re.compile("Gallery.*€25.00"))).to_be_visible()
    changed = {"products": [STANDING, {**GALLERY, "name": "Balcony"}]}
    site.call("PATCH", f"/api/events/{event['uuid']}", changed)
    phone.reload()
    kinds = phone.get_by_label("Kind of ticket")
    expect_large(kinds, phone.get_by_role("button", name="Accept"))
    expect_no_sideways_scrolling(phone)
    phone.get_by_role("button", name="Accept").click()
    assert phone.evaluate("document.querySelector('#product').validity.valueMissing")
    kinds.select_option("Balcony")
    phone.get_by_role("button", name="Accept").click()
    expect(phone.get_by_role("heading", name="Your 2 tickets")).to_be_visible()
    expect(phone.get_by_text("Pay €25.00 before you come.")).to_have_count(2)
    booked = site.call("GET", f"/api/tickets?event={event['uuid']}&status=unpaid")
    assert [(each["product"], each["amount"]) for each in booked] == [("Balcony", "25.00")] * 2
