"""Pages of events, tickets, sale and tills in each language in a real browser, with their dialogs and notices."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import serious
from tests.end_to_end.scanner import SOON_MS
from tests.end_to_end.site import Site
from tests.end_to_end.test_languages import CLOSELY, PHONE, TAGS
from tests.end_to_end.test_staff_languages import OFTEN, names_in_use, said
from tests.handlers.pages.test_languages import WORD, english_words

WHEN, LATER = {"date": "2090-12-24", "time": "20:30"}, {"date": "2090-12-24", "time": "22:30"}
PRICED = {"name": "Zorba", "public": True, "prices": [{"name": "Wuxi", "amount": "1220.50", "currency": "EUR"}]}
BUYER = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67"}
KAZOO = {"first_name": "Ada", "last_name": "Lovelace", "product": "Zorba", "price": "Wuxi", "seat": {"row": "7"}}
NOT_OURS = "for (const each of document.querySelectorAll('#timezone, #language')) each.style.display = '%s'"
"""Names of time zones and of languages, which are the browser's and the languages' own."""
OPEN = "for (const each of document.querySelectorAll('#admin details')) each.open = true"
MADE_UP = re.compile(
    r"zorba|Chrome|Linux|kazoo\.fr|EUR|JPEG|WebP|\bSun\b|https|HUB_ADMIN_KEY|\b[0-9a-f]{8}\b", re.IGNORECASE
)
"""Names, of which an order's number is one."""


@pytest.fixture(params=[tag for tag in TAGS if tag != "ar-XB"])
def staff(request: pytest.FixtureRequest, organiser: Page, site: Site) -> tuple[str, Page]:
    """An organiser's page in a language of their own, at a phone.

    From right to left the same pages stand in test_staff_languages.py; dialogs and notices are those of every page.
    """
    organiser.set_viewport_size(PHONE)  # type: ignore[arg-type]
    organiser.context.add_cookies([{"name": "language", "value": request.param, "url": site.url}])
    return request.param, organiser


@pytest.fixture
def event(site: Site) -> Any:
    """An event at which a ticket was paid, refused and let in, another is owed, and a guest waits."""
    fields = {"booking": "open", "waiting": True, "products": [PRICED], "doors": [{"name": "Quai Bleu"}], "zones": []}
    showings = [{**WHEN, "capacity": 9}, {**LATER, "capacity": 1}]
    made = site.make_event(name="Zorba", venue="Wuxi", **fields, showings=showings)
    order = {"event": made["uuid"], **BUYER, "paid": False, "email": "zorba@kazoo.fr", "tickets": [KAZOO]}
    paid, _, _ = (site.call("POST", "/api/reservations", {**order, **when}) for when in (WHEN, WHEN, LATER))
    wait = {"event": made["uuid"], **LATER, "name": "Ada Lovelace", "email": "zorba@kazoo.fr", "product": "Zorba"}
    site.call("POST", "/api/waiting", wait)
    site.call("POST", f"/api/reservations/{paid['uuid']}/pay", {"method": "cash"})
    (ticket,) = paid["tickets"]
    key = site.pair(site.make_device(made, "Palko"))
    for action in ("", "block", ""):
        if action:
            site.call("POST", f"/api/tickets/{ticket['id']}/{action}")
        site.scan(key, ticket["code"])
    return {**made, "ticket": ticket["id"], "reservation": paid["uuid"]}


PROPER = {"Google", "Wallet", "Europe", "Paris"}
"""Proper names: of products, and of a time zone."""


def checker(site: Site, tag: str, page: Page) -> Callable[[str], None]:
    """Return the check of a page as it stands: in its language, no wider than the screen, read by a screen reader."""
    names, english = names_in_use(site), english_words(tag)

    def check(which: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{which} is wider than the screen"
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=Path(folder) / f"{which}-{tag}.png", full_page=page.locator("dialog").count() == 0)
        page.evaluate(NOT_OURS % "none")
        words = set(WORD.findall(MADE_UP.sub(" ", said(page, names))))
        page.evaluate(NOT_OURS % "")
        if tag == "en-XA":
            assert {word for word in words if word.isascii() and len(word) > 3} <= PROPER, which
        elif tag != "ar-XB":
            assert {word for word in words if word.casefold() in english} <= OFTEN, which

    return check


def look(page: Page, tag: str, path: str) -> None:
    """Open a page with all its parts; look whether a screen reader stumbles over something."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate(OPEN)
    assert tag not in CLOSELY or serious(page) == [], path


def test_pages_of_events_have_no_english_word(site: Site, staff: tuple[str, Page], event: Any) -> None:
    tag, page = staff
    check = checker(site, tag, page)
    look(page, tag, "/admin/events")
    check("events")
    page.goto("/admin/events/new")
    expect(page.locator("[name='doors[0].name']")).not_to_have_value("")
    check("new-event")
    look(page, tag, f"/admin/events/{event['uuid']}")
    expect(page.locator("#waiting-rows tr")).to_have_count(1, timeout=SOON_MS)
    page.locator("#ending-actions .danger").click()
    check("event-closing")
    page.locator("dialog button[value=no]").click()
    page.locator("#event [name='doors[0].name']").fill(" ")
    page.locator("#event .save button").click()
    expect(page.locator(".field-error, #notice:not([hidden])").first).to_be_visible(timeout=SOON_MS)
    page.locator("#event [name='doors[0].name']").fill("Quai Bleu")
    page.locator("#event .save button").click()
    expect(page.locator("#notice")).to_have_attribute("data-tone", "pass", timeout=SOON_MS)
    check("event")


def test_pages_of_tickets_have_no_english_word(site: Site, staff: tuple[str, Page], event: Any) -> None:
    tag, page = staff
    check = checker(site, tag, page)
    look(page, tag, f"/admin/tickets?event={event['uuid']}")
    expect(page.locator("#rows tr")).to_have_count(3, timeout=SOON_MS)
    page.locator("#pick-all").check()
    page.locator("#chosen-actions .danger").click()
    check("tickets-cancelling")
    page.locator("dialog button[value=no]").click()
    page.locator("#chosen-actions .button").first.click()
    expect(page.locator("#chosen")).to_be_hidden(timeout=SOON_MS)
    check("tickets")
    look(page, tag, f"/admin/tickets/{event['ticket']}")
    expect(page.locator("#history li")).not_to_have_count(0, timeout=SOON_MS)
    page.locator("#actions .button").first.click()
    check("ticket-refunding")
    page.locator("dialog button[type=button]").click()
    page.locator("#actions .button").nth(2).click()
    expect(page.locator("#notice")).to_be_visible(timeout=SOON_MS)
    check("ticket")
    look(page, tag, f"/admin/reservations/{event['reservation']}")
    expect(page.locator("#rows tr")).to_have_count(1, timeout=SOON_MS)
    page.locator("#actions .button").first.click()
    expect(page.locator("#sent")).to_be_visible(timeout=SOON_MS)
    check("reservation")


def test_sale_and_tills_have_no_english_word(site: Site, staff: tuple[str, Page], event: Any) -> None:
    tag, page = staff
    check = checker(site, tag, page)
    look(page, tag, f"/admin/sell/{event['uuid']}")
    page.locator("#sale-kinds .stepper button").last.click()
    page.locator("#sale-payment .given input").fill("2000")
    check("sell")
    if tag == "de":
        expect(page.locator("#sale-total")).to_have_text("1.220,50\u00a0€")
    page.locator("#sale-sell").click()
    expect(page.locator("#sold-title")).to_be_visible(timeout=SOON_MS)
    check("sold")
    look(page, tag, f"/admin/till/{event['uuid']}")
    form = page.locator(".till-forms form").last
    form.locator("input").first.fill("1220,00")
    form.locator("[type=submit]").click()
    check("till-closing")
    page.locator("dialog button[value=yes]").click()
    expect(page.locator("#closings .till")).to_have_count(1, timeout=SOON_MS)
    check("till")
