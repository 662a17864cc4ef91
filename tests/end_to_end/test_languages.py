"""Guest pages in each language, longer and from right to left, in a real browser: nothing sticks out or is unread."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.end_to_end.accessibility import serious
from tests.end_to_end.site import Site

WHEN = {"date": "2090-12-24", "time": "20:30"}
TAGS = ("de", "en-XA", "ar-XB")
"""The real language whose words are longest, one in which each word is longer and none is English, and the other way.

That the others lack no message is held by `tests/catalogues.py`, and that guests' pages say all of them in each by
`tests/handlers/pages/test_languages.py`.
"""
CLOSELY = ("de", "ar-XB")
"""Those in which a page is also looked at by axe-core at a phone: both directions."""
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


@pytest.fixture(params=[("de", 390), ("en-XA", 1440), ("ar-XB", 390)], ids=lambda each: f"{each[0]}-{each[1]}")
def reader(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[tuple[str, BrowserContext]]:
    """A reader with a language of their own, at a phone or a desk; at the desk it is dark."""
    tag, width = request.param
    scheme: Any = "light" if width == 390 else "dark"
    context = browser.new_context(
        base_url=site.url,
        color_scheme=scheme,
        viewport=PHONE if width == 390 else DESK,  # type: ignore[arg-type]
    )
    context.add_cookies([{"name": "language", "value": tag, "url": site.url}])
    yield f"{tag}-{width}", context
    context.close()


def test_no_page_sticks_out_or_has_what_a_screen_reader_stumbles_over(
    reader: tuple[str, BrowserContext], paths: dict[str, str]
) -> None:
    name, context = reader
    tag = name.rpartition("-")[0]
    page = context.new_page()
    for which, path in paths.items():
        page.goto(path)
        if which == "ticket":
            page.locator("details.guide summary").click()
        expect(page.locator("html")).to_have_attribute("lang", tag)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{which} is wider than the screen"
        assert serious(page) == [], which


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
