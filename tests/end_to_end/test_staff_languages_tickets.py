"""Pages of events, tickets, sale and tills in each language in a real browser, with their dialogs and notices."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.in_place import BASE, Walk
from tests.end_to_end.scanner import SOON_MS
from tests.end_to_end.site import Site
from tests.end_to_end.test_languages import PHONE

WHEN, LATER = {"date": "2090-12-24", "time": "20:30"}, {"date": "2090-12-24", "time": "22:30"}
PRICED = {"name": "Zorba", "public": True, "prices": [{"name": "Wuxi", "amount": "1220.50", "currency": "EUR"}]}
BUYER = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67"}
KAZOO = {"first_name": "Ada", "last_name": "Lovelace", "product": "Zorba", "price": "Wuxi", "seat": {"row": "7"}}
OPEN = "for (const each of document.querySelectorAll('#admin details')) each.open = true"
MADE_UP = re.compile(
    r"zorba|kazoo|palko|wuxi|quai bleu|Ada Lovelace|Lovelace|organiser|Chrome|Linux|\.fr\b|EUR|JPEG|WebP|\bSun\b|https|"
    r"HUB_ADMIN_KEY|\b[0-9a-f]{8}\b",
    re.IGNORECASE,
)
"""Names, of which an order's number is one."""


@pytest.fixture
def staff(organiser: Page, site: Site, event: Any) -> Walk:
    """An organiser's phone in a language of their own, looked at in all."""
    organiser.set_viewport_size(PHONE)  # type: ignore[arg-type]
    organiser.context.add_cookies([{"name": "language", "value": BASE, "url": site.url}])
    return Walk(site, organiser, MADE_UP)


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


def visit(walk: Walk, path: str) -> None:
    """Open a page with all its parts."""
    walk.page.goto(path)
    walk.page.wait_for_load_state("networkidle")
    walk.page.evaluate(OPEN)


def test_pages_of_events_have_no_english_word_in_any_language(staff: Walk, event: Any) -> None:
    page = staff.page
    visit(staff, "/admin/events")
    staff.look("events")
    page.goto("/admin/events/new")
    expect(page.locator("[name='doors[0].name']")).not_to_have_value("")
    staff.look("new-event")
    visit(staff, f"/admin/events/{event['uuid']}")
    expect(page.locator("#waiting-rows tr")).to_have_count(1, timeout=SOON_MS)
    page.locator("#ending-actions .danger").click()
    staff.look("event-closing")
    page.locator("dialog button[value=no]").click()
    page.locator("#event [name='doors[0].name']").fill(" ")
    page.locator("#event .save button").click()
    expect(page.locator(".field-error, #notice:not([hidden])").first).to_be_visible(timeout=SOON_MS)
    page.locator("#event [name='doors[0].name']").fill("Quai Bleu")
    page.locator("#event .save button").click()
    expect(page.locator("#notice")).to_have_attribute("data-tone", "pass", timeout=SOON_MS)
    staff.look("event")


def test_pages_of_tickets_have_no_english_word_in_any_language(staff: Walk, event: Any) -> None:
    page = staff.page
    visit(staff, f"/admin/tickets?event={event['uuid']}")
    expect(page.locator("#rows tr")).to_have_count(3, timeout=SOON_MS)
    page.locator("#pick-all").check()
    page.locator("#chosen-actions .danger").click()
    staff.look("tickets-cancelling")
    page.locator("dialog button[value=no]").click()
    page.locator("#chosen-actions .button").first.click()
    expect(page.locator("#chosen")).to_be_hidden(timeout=SOON_MS)
    staff.look("tickets")
    visit(staff, f"/admin/tickets/{event['ticket']}")
    expect(page.locator("#history li")).not_to_have_count(0, timeout=SOON_MS)
    page.locator("#actions .button").first.click()
    staff.look("ticket-refunding")
    page.locator("dialog button[type=button]").click()
    page.locator("#actions .button").nth(2).click()
    expect(page.locator("#notice")).to_be_visible(timeout=SOON_MS)
    staff.look("ticket")
    visit(staff, f"/admin/reservations/{event['reservation']}")
    expect(page.locator("#rows tr")).to_have_count(1, timeout=SOON_MS)
    page.locator("#actions .button").first.click()
    expect(page.locator("#sent")).to_be_visible(timeout=SOON_MS)
    staff.look("reservation")


def test_sale_and_tills_have_no_english_word_in_any_language(staff: Walk, event: Any) -> None:
    page = staff.page
    visit(staff, f"/admin/sell/{event['uuid']}")
    page.locator("#sale-kinds .stepper button").last.click()
    page.locator("#sale-payment .given input").fill("2000")
    staff.look("sell")
    expect(page.locator("#sale-total")).to_have_text("1\u202f220,50\u00a0€")
    page.locator("#sale-sell").click()
    expect(page.locator("#sold-title")).to_be_visible(timeout=SOON_MS)
    staff.look("sold")
    visit(staff, f"/admin/till/{event['uuid']}")
    form = page.locator(".till-forms form").last
    form.locator("input").first.fill("1220,00")
    form.locator("[type=submit]").click()
    staff.look("till-closing")
    page.locator("dialog button[value=yes]").click()
    expect(page.locator("#closings .till")).to_have_count(1, timeout=SOON_MS)
    staff.look("till")
