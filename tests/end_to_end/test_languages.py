"""Guest pages in each language, longer and from right to left, in a real browser: nothing sticks out or is unread."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.end_to_end.in_place import BASE, Walk
from tests.end_to_end.site import Site

WHEN = {"date": "2090-12-24", "time": "20:30"}
NAMES = re.compile(
    r"Full house|Standard|Child|Full\b|Zorba|Ada Lovelace|Grace|12 Rue de la Paix, 75002 Paris|Box office, 5 pm|"
    r"https?://[^ ]+|\S+@example.org|Europe/Paris|iPhone|Android|Scan Hub|\b[0-9a-f]{8}\b|Example Organization|"
    "Apple Wallet|Google Wallet|Safari|Chrome|Photos"
)
GUEST = {"first_name": "Ada", "last_name": "Lovelace", "product": "Standard"}
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def paths(site: Site) -> dict[str, str]:
    """The addresses of guest pages, by a name."""
    fields: dict[str, Any] = {
        "booking": "open",
        "waiting": True,
        "guest_rename": True,
        "guest_cancel_until_min": 60,
        "transfers": 2,
        "address": "12 Rue de la Paix, 75002 Paris",
        "pay_where": "Box office, 5 pm",
        "contact": {"email": "help@example.org", "phone": "+33 1 23 45 67 89", "url": "https://example.org/help"},
        "products": [
            {"name": "Standard", "public": True, "prices": [{"name": "Full", "amount": "20.00", "currency": "EUR"}]},
            {"name": "Child", "public": True},
        ],
    }
    event = site.make_event(name="Zorba", **fields, showings=[{**WHEN, "capacity": 40}])
    full = site.make_event(name="Full house", **fields, showings=[{**WHEN, "capacity": 1}])
    three, one, owed = (book(site, event, count, paid) for count, paid in ((3, True), (1, True), (1, False)))
    book(site, full, 1, True)
    form = {"event": full["uuid"], **WHEN, "name": "Grace", "email": "g@example.org", "product": "Standard"}
    place = site.call("POST", "/api/waiting", form)
    ticket = one["tickets"][0]
    own = f"/t/{ticket['id']}%s?token={ticket['access_token']}"
    return {
        "events": "/book",
        "booking": f"/book/{event['uuid']}",
        "full": f"/book/{full['uuid']}",
        "joining": f"/book/{full['uuid']}/wait",
        "joined": f"/book/{full['uuid']}/wait?sent",
        "place": place["links"]["page"],
        "reservation": three["links"]["page"],
        "ticket": own % "",
        "to-pay": owed["links"]["page"],
        "cancelling": own % "/cancel",
        "handing-on": own % "/transfer",
        "no-ticket": "/t/x?token=y",
        "no-page": "/there-is-none",
        "login": "/login",
    }


def book(site: Site, event: Any, count: int, paid: bool) -> Any:
    order = {"event": event["uuid"], **WHEN, "name": "Ada Lovelace", "phone_number": f"+33 1 23 45 6{count}"}
    return site.call("POST", "/api/reservations", order | {"paid": paid, "tickets": [GUEST] * count})


@pytest.fixture(params=[390, 1440])
def context_of_reader(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A reader with a language of their own, at a phone or a desk; at the desk it is dark."""
    is_phone = request.param == 390
    scheme: Any = "light" if is_phone else "dark"
    viewport: Any = PHONE if is_phone else DESK
    context = browser.new_context(base_url=site.url, color_scheme=scheme, viewport=viewport)
    context.add_cookies([{"name": "language", "value": BASE, "url": site.url}])
    yield context
    context.close()


def test_no_page_sticks_out_or_has_what_a_screen_reader_stumbles_over_in_any_language(
    site: Site, context_of_reader: BrowserContext, paths: dict[str, str]
) -> None:
    page = context_of_reader.new_page()
    walk = Walk(site, page, NAMES)
    for which, path in paths.items():
        page.goto(path)
        if which == "ticket":
            page.locator("details.guide summary").click()
        expect(page.locator("html")).to_have_attribute("lang", BASE)
        walk.look(which, closely=True)


def test_a_reader_chooses_a_language_with_the_keyboard_and_keeps_it(page: Page, paths: dict[str, str]) -> None:
    page.goto(paths["ticket"])
    expect(page.get_by_text("Good to go")).to_be_visible()
    page.locator(".languages summary").focus()
    page.keyboard.press("Enter")
    choice = page.get_by_role("link", name="Français")
    expect(choice).to_be_visible()
    box = choice.bounding_box()
    assert box is not None and box["height"] >= 44
    choice.press("Enter")
    expect(page.get_by_text("Billet valable")).to_be_visible()
    assert "language=" not in page.url
    page.goto(paths["booking"])
    expect(page.get_by_role("button", name="Réserver")).to_be_visible()
    page.get_by_label("Billets").select_option("3")
    expect(page.locator("[data-sum]")).to_have_text("60,00\u00a0€")


def test_an_organiser_chooses_the_language_of_guests_who_showed_none(organiser: Page, site: Site) -> None:
    event = site.make_event(name="Chosen")
    organiser.goto(f"/admin/events/{event['uuid']}")
    choice = organiser.get_by_label("Language of guests")
    expect(choice).to_have_value("")
    choice.select_option("Français")
    organiser.get_by_role("button", name="Save").click()
    expect(organiser.locator("#notice")).to_have_text("Saved.")
    assert site.call("GET", f"/api/events/{event['uuid']}")["language"] == "fr"
    organiser.reload()
    expect(choice).to_have_value("fr")
