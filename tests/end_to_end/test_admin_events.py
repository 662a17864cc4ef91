"""The administration in a real browser: from an empty hub to a phone that scans."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.site import ROOT, Site

SOON_MS = 10_000
AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
GRAVE = ("serious", "critical")


@pytest.fixture
def admin(organiser: Page) -> Page:
    """A phone whose organiser is logged in."""
    organiser.set_viewport_size({"width": 390, "height": 844})
    return organiser


def expect_accessible(page: Page) -> None:
    """Fail by what axe-core finds serious on the page, and by anything wider than the screen."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run()).violations")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in GRAVE] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def fill_in(page: Page, fields: Mapping[str, str]) -> None:
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)


def make_event(page: Page, name: str) -> str:
    """Make an event by its form; return its id."""
    page.goto("/admin/events/new")
    fill_in(page, {"Name": name, "Door's name": "North door", "Seats": "120"})
    page.get_by_label("Time zone").select_option("Europe/Paris")
    page.locator("#starts_at").fill("2090-12-24T20:30")
    page.get_by_role("button", name="Make the event").click()
    page.wait_for_url("**/admin/events/*?made")
    return page.url.rsplit("/", 1)[1].partition("?")[0]


def test_event_is_made_by_its_form_and_changed_by_it(site: Site, admin: Page) -> None:
    event_id = make_event(admin, "By hand")
    expect(admin.get_by_role("status")).to_contain_text("The event is made", timeout=SOON_MS)
    made: Any = site.call("GET", f"/api/events/{event_id}")
    assert (made["starts_at"], made["retention_days"]) == ("2090-12-24T19:30:00Z", 30)
    (showing,) = site.call("GET", f"/api/showings?event={event_id}")
    assert (showing["date"], showing["time"], showing["left"]) == ("2090-12-24", "20:30", 120)

    for group in ("Products and prices", "Zones"):
        admin.get_by_role("heading", name=group).click()
    admin.get_by_role("button", name="Add a product").click()
    fill_in(admin, {"Product's name": "VIP", "What the door is told": "Blue wristband"})
    admin.get_by_role("button", name="Add a price").click()
    fill_in(admin, {"Price's name": "Full price", "Amount": "35"})
    admin.get_by_role("button", name="Add a zone").click()
    fill_in(admin, {"Zone's name": "Balcony", "Most people in it": "60"})
    admin.get_by_text("Zones, products and times").click()
    admin.get_by_label("Leads into").select_option("Balcony")
    admin.get_by_label("VIP", exact=True).check()
    fill_in(admin, {"Zone's name": "Gallery", "Product's name": "Gallery seat", "Opens": "2090-12-24T19:00"})
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_role("status")).to_have_text("Saved.", timeout=SOON_MS)

    changed: Any = site.call("GET", f"/api/events/{event_id}")
    (door,) = changed["doors"]
    assert (door["id"], door["into"], door["products"]) == (made["doors"][0]["id"], "Gallery", ["Gallery seat"])
    assert (door["opens_at"], changed["zones"][0]["max_inside"]) == ("2090-12-24T18:00:00Z", 60)
    assert changed["products"][0]["prices"] == [{"name": "Full price", "amount": 35.0, "currency": "EUR"}]
    admin.reload()
    expect(admin.get_by_label("Leads into")).to_have_value("Gallery", timeout=SOON_MS)
    admin.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    expect(admin.get_by_label("Gallery seat", exact=True)).to_be_checked()
    expect_accessible(admin)


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(site: Site, admin: Page) -> None:
    event = site.make_event(name="Mistakes")
    admin.goto(f"/admin/events/{event['uuid']}")
    expect(admin.get_by_role("heading", name="Mistakes")).to_be_visible(timeout=SOON_MS)
    admin.locator("#ends_at").fill("2090-12-24T10:00")
    admin.locator("#name").fill("")
    admin.get_by_role("button", name="Save").click()
    expect(admin.locator("#name")).to_be_focused()
    expect(admin.locator("#name")).to_have_attribute("aria-invalid", "true")
    admin.locator("#name").fill("Mistakes mended")
    admin.get_by_role("button", name="Save").click()
    expect(admin.locator("#event-ends_at-error")).to_have_text("must be after starts_at", timeout=SOON_MS)
    expect(admin.locator("#ends_at")).to_be_focused()
    assert site.call("GET", f"/api/events/{event['uuid']}")["name"] == "Mistakes"


def test_times_get_more_seats_booking_ends_and_begins_again(site: Site, admin: Page) -> None:
    event = site.make_event(name="Times", booking="open")
    site.book(event, 3)
    admin.goto(f"/admin/events/{event['uuid']}")
    row = admin.get_by_role("row").filter(has_text="2090-12-24 20:30")
    expect(row).to_contain_text("97", timeout=SOON_MS)
    row.get_by_label("Seats at").fill("2")
    row.get_by_role("button", name="Change").click()
    expect(admin.get_by_role("status")).to_contain_text("3 seats")
    row.get_by_label("Seats at").fill("150")
    row.get_by_role("button", name="Change").click()
    expect(row).to_contain_text("147", timeout=SOON_MS)
    times = admin.locator("#showing")
    for label, text in {"Date": "2090-12-25", "Begins": "18:00", "Seats": "40"}.items():
        times.get_by_label(label, exact=True).fill(text)
    times.get_by_role("button", name="Add").click()
    expect(admin.get_by_role("row").filter(has_text="2090-12-25 18:00")).to_contain_text("40", timeout=SOON_MS)
    expect(admin.get_by_role("link", name="Booking page")).to_be_visible()
    admin.get_by_role("button", name="Close booking").click()
    admin.get_by_role("dialog").get_by_role("button", name="Close booking").click()
    expect(admin.get_by_text("No more bookings are taken")).to_be_visible(timeout=SOON_MS)
    expect(admin.get_by_role("link", name="Booking page")).to_be_hidden()
    assert site.call("GET", f"/api/events/{event['uuid']}")["closed"]
    admin.get_by_role("button", name="Take bookings again").click()
    expect(admin.get_by_role("link", name="Booking page")).to_be_visible(timeout=SOON_MS)
