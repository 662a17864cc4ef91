"""The administration of events in a real browser."""

import io
import re
from collections.abc import Mapping
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.scanner import SOON_MS
from tests.end_to_end.site import Site

QR_ONLY = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
"""A reader that looks for everything takes lines of text for codes of lines now and then."""


@pytest.fixture
def admin(organiser: Page) -> Page:
    """A phone whose organiser is logged in."""
    organiser.set_viewport_size({"width": 390, "height": 844})
    return organiser


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


def test_what_is_wrong_is_said_until_it_is_being_mended(admin: Page) -> None:
    admin.goto("/admin/events/new")
    admin.get_by_role("button", name="Make the event").click()
    wrong = admin.locator("#event .field-error")
    expect(wrong.first).to_be_visible(timeout=SOON_MS)
    before = wrong.count()
    fill_in(admin, {"Name": "Mended"})
    expect(wrong).to_have_count(before - 1)
    expect(admin.get_by_label("Name", exact=True)).not_to_have_attribute("aria-invalid", "true")


def test_door_leads_into_the_venue_until_a_zone_is_chosen(admin: Page) -> None:
    admin.goto("/admin/events/new")
    into, out_of = (admin.locator(f"[data-name={name}] option:checked") for name in ("into", "out_of"))
    expect(into).to_have_text("the venue", timeout=SOON_MS)
    admin.locator("summary", has_text="Parts of the venue").click()
    admin.get_by_role("button", name="Add a zone").click()
    fill_in(admin, {"Zone's name": "Balcony"})
    expect(admin.locator("[data-name=into] option")).to_have_count(2)
    expect(into).to_have_text("the venue")
    expect(out_of).to_have_text("nowhere in particular")


def test_event_is_made_by_its_form_and_changed_by_it(site: Site, admin: Page) -> None:
    event_id = make_event(admin, "By hand")
    expect(admin.locator("#notice")).to_contain_text("The event is made", timeout=SOON_MS)
    made: Any = site.call("GET", f"/api/events/{event_id}")
    assert (made["starts_at"], made["retention_days"]) == ("2090-12-24T19:30:00Z", 30)
    (showing,) = site.call("GET", f"/api/showings?event={event_id}")
    assert (showing["date"], showing["time"], showing["left"]) == ("2090-12-24", "20:30", 120)

    for group in ("Products and prices", "Zones"):
        admin.get_by_role("heading", name=group).click()
    admin.get_by_role("button", name="Add a product").click()
    fill_in(admin, {"Product's name": "VIP", "Note for the door": "Blue wristband"})
    admin.get_by_role("button", name="Add a price").click()
    fill_in(admin, {"Price's name": "Full price", "Amount": "35"})
    admin.get_by_role("button", name="Add a zone").click()
    fill_in(admin, {"Zone's name": "Balcony", "Most people in it": "60"})
    admin.get_by_text("Zones, products and times").click()
    admin.get_by_label("Leads into").select_option("Balcony")
    admin.get_by_label("VIP", exact=True).check()
    fill_in(admin, {"Zone's name": "Gallery", "Product's name": "Gallery seat", "Opens": "2090-12-24T19:00"})
    admin.get_by_role("button", name="Save").click()
    expect(admin.locator("#notice")).to_have_text("Saved.", timeout=SOON_MS)

    changed: Any = site.call("GET", f"/api/events/{event_id}")
    (door,) = changed["doors"]
    assert (door["id"], door["into"], door["products"]) == (made["doors"][0]["id"], "Gallery", ["Gallery seat"])
    assert (door["opens_at"], changed["zones"][0]["max_inside"]) == ("2090-12-24T18:00:00Z", 60)
    assert changed["products"][0]["prices"] == [{"name": "Full price", "amount": "35.00", "currency": "EUR"}]
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
    expect(admin.locator("#event-ends_at-error")).to_have_text("The end must be after the beginning.", timeout=SOON_MS)
    expect(admin.locator("#ends_at")).to_be_focused()
    assert site.call("GET", f"/api/events/{event['uuid']}")["name"] == "Mistakes"


def test_times_get_more_seats_booking_ends_and_begins_again(site: Site, admin: Page) -> None:
    event = site.make_event(name="Times", booking="open")
    site.book(event, 3)
    admin.goto(f"/admin/events/{event['uuid']}")
    row = admin.get_by_role("row").filter(has_text="24 Dec 2090, 20:30")
    expect(row).to_contain_text("97", timeout=SOON_MS)
    row.get_by_label("Seats at").fill("2")
    row.get_by_role("button", name="Change").click()
    expect(admin.locator("#notice")).to_contain_text("3 seats")
    row.get_by_label("Seats at").fill("150")
    row.get_by_role("button", name="Change").click()
    expect(row).to_contain_text("147", timeout=SOON_MS)
    times = admin.locator("#showing")
    for label, text in {"Date": "2090-12-25", "Begins": "18:00", "Seats": "40"}.items():
        times.get_by_label(label, exact=True).fill(text)
    times.get_by_role("button", name="Add").click()
    expect(admin.get_by_role("row").filter(has_text="25 Dec 2090, 18:00")).to_contain_text("40", timeout=SOON_MS)
    expect(admin.get_by_role("link", name="Booking page")).to_be_visible()
    admin.get_by_role("button", name="Close booking").click()
    admin.get_by_role("dialog").get_by_role("button", name="Close booking").click()
    expect(admin.get_by_text("No more bookings are taken")).to_be_visible(timeout=SOON_MS)
    expect(admin.get_by_role("link", name="Booking page")).to_be_hidden()
    assert site.call("GET", f"/api/events/{event['uuid']}")["closed"]
    admin.get_by_role("button", name="Take bookings again").click()
    expect(admin.get_by_role("link", name="Booking page")).to_be_visible(timeout=SOON_MS)


def codes_on(page: Page) -> list[str]:
    """Return what a reader makes of the codes on the page, as they are drawn on the screen."""
    found = []
    for picture in page.locator(".code-card .qr").all():
        picture.scroll_into_view_if_needed()
        found += codes_in(picture.screenshot())
    return found


def codes_in(picture: bytes) -> list[str]:
    """Return what a reader makes of the codes in a picture."""
    return [read.text for read in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)), formats=QR_ONLY)]


def test_phone_is_added_by_a_code_on_the_screen_and_scans(site: Site, admin: Page) -> None:
    event_id = make_event(admin, "With phones")
    admin.get_by_role("link", name="Phones").click()
    expect(admin.get_by_text("No phones here yet.")).to_be_visible(timeout=SOON_MS)
    expect_accessible(admin)
    admin.get_by_role("link", name="Add phones").click()
    expect(admin.get_by_label("Door", exact=True)).to_have_value("d1", timeout=SOON_MS)
    fill_in(admin, {"Name": "Gate 1"})
    admin.get_by_label("take back a scan").check()
    expect_accessible(admin)
    admin.get_by_role("button", name="Make codes").click()
    card = admin.locator(".code-card")
    expect(card).to_contain_text("Works for 1", timeout=SOON_MS)
    expect_accessible(admin)
    (link,) = codes_on(admin)
    assert link.startswith(f"{site.url}/scan/")
    key = site.pair(link)
    expect(card).to_have_attribute("data-state", "paired", timeout=SOON_MS)
    event: Any = site.call("GET", f"/api/events/{event_id}")
    (code,) = site.book(event, 1, product=None)
    assert site.scan(key, code)["code"] == "admitted"
    (device,) = site.call("GET", f"/api/devices?event={event_id}")
    assert (device["name"], device["door"], device["may"]) == ("Gate 1", "d1", ["undo"])


def test_codes_for_many_phones_are_a_sheet_or_one_code(site: Site, admin: Page) -> None:
    event = site.make_event(name="Many phones")
    admin.goto(f"/admin/devices/new?event={event['uuid']}")
    expect(admin.get_by_label("Event")).to_have_value(event["uuid"], timeout=SOON_MS)
    fill_in(admin, {"Name": "Gate", "How many phones": "3"})
    admin.get_by_role("button", name="Make codes").click()
    expect(admin.locator(".code-card h2")).to_have_text(["Gate 1", "Gate 2", "Gate 3"], timeout=SOON_MS)
    assert len({site.pair(link) for link in codes_on(admin)}) == 3
    admin.reload()
    expect(admin.get_by_label("Event")).to_have_value(event["uuid"], timeout=SOON_MS)
    fill_in(admin, {"Name": "Helpers", "How many phones": "2"})
    admin.get_by_label("Pairing", exact=True).select_option(label="one code that all of them read")
    admin.get_by_role("button", name="Make codes").click()
    expect(admin.locator(".code-card")).to_contain_text("0 of 2 phones joined", timeout=SOON_MS)
    (link,) = codes_on(admin)
    site.pair(link)
    expect(admin.locator(".code-card")).to_contain_text("1 of 2 phones joined", timeout=SOON_MS)


def test_device_is_renamed_moved_and_paired_anew(site: Site, admin: Page) -> None:
    event = site.make_event(name="Moved")
    key = site.pair(site.make_device(event, "Gate 7"))
    admin.goto(f"/admin/devices?event={event['uuid']}")
    admin.get_by_role("link", name="Gate 7").click()
    expect(admin.get_by_label("Name", exact=True)).to_have_value("Gate 7", timeout=SOON_MS)
    fill_in(admin, {"Name": "Stairs phone"})
    admin.get_by_label("Door", exact=True).select_option("Stairs")
    admin.get_by_label("see guests' names").check()
    admin.get_by_role("button", name="Save").click()
    expect(admin.locator("#notice")).to_have_text("Saved.", timeout=SOON_MS)
    (device,) = site.call("GET", f"/api/devices?event={event['uuid']}")
    assert (device["name"], device["door"], device["may"]) == ("Stairs phone", "d2", ["names"])
    admin.get_by_role("button", name="New pairing code").click()
    expect(admin.locator(".code-card")).to_contain_text("Works for", timeout=SOON_MS)
    (link,) = codes_on(admin)
    site.pair(link)
    expect(admin.locator(".code-card")).to_have_attribute("data-state", "paired", timeout=SOON_MS)
    assert site.call("GET", "/scan/test_api", key=key)["success"] is False


def test_lost_phone_is_archived_its_scans_taken_back_and_its_batch_decided(site: Site, admin: Page) -> None:
    event = site.make_event(name="Lost phone")
    first, second, offline = site.book(event, 3)
    key = site.pair(site.make_device(event, "Lost"))
    for code in (first, second):
        assert site.scan(key, code)["code"] == "admitted"
    (device,) = site.call("GET", f"/api/devices?event={event['uuid']}")
    admin.goto(f"/admin/devices/{device['uuid']}")
    admin.get_by_role("button", name="Archive this device").click()
    admin.get_by_role("dialog").get_by_role("button", name="Archive this device").click()
    expect(admin.get_by_text("It is out of service.")).to_be_visible(timeout=SOON_MS)
    assert site.scan(key, offline)["success"] is False
    admin.get_by_role("button", name="Show").click()
    expect(admin.get_by_role("row").filter(has_text="Ada Lovelace")).to_have_count(2, timeout=SOON_MS)
    admin.get_by_label("Take back: Ada Lovelace").first.check()
    admin.get_by_role("button", name="Take back those ticked").click()
    expect(admin.locator("#notice")).to_have_text("1 scan was taken back.", timeout=SOON_MS)
    expect(admin.get_by_role("row").filter(has_text="Taken back")).to_have_count(1)
    counts = site.call("GET", f"/api/events/{event['uuid']}/occupancy")
    assert (counts["admitted"], counts["inside"]) == (1, 1)
    admin.get_by_role("button", name="Show").click()
    expect(admin.get_by_label("Take back: Ada Lovelace")).to_have_count(1, timeout=SOON_MS)

    scan = {"qrcode_data": offline, "nonce": "held-1", "verdict": "admitted", "scanned_at": "2026-01-01T00:00:00Z"}
    assert site.call("POST", "/scan/batch/", {"scans": [scan]}, key=key)["held"]
    admin.reload()
    expect(admin.get_by_role("heading", name="Offline scans that wait for you")).to_be_visible(timeout=SOON_MS)
    expect(admin.locator("#held-scans td").first).to_have_text("Admitted")
    expect_accessible(admin)
    admin.get_by_role("button", name="Accept", exact=True).click()
    admin.get_by_role("dialog").get_by_role("button", name="Accept").click()
    expect(admin.locator("#notice")).to_have_text("They are on record.", timeout=SOON_MS)
    assert site.call("GET", f"/api/events/{event['uuid']}/occupancy")["inside"] == 2


def test_practice_codes_are_a_sheet_that_doors_understand(site: Site, admin: Page) -> None:
    event = site.make_event(name="Rehearsal")
    admin.goto(f"/admin/practice/{event['uuid']}")
    expect(admin.locator(".code-card").nth(10)).to_be_visible(timeout=SOON_MS)
    expect_accessible(admin)
    wanted = [each["code"] for each in site.call("GET", f"/api/events/{event['uuid']}/practice")]
    assert codes_on(admin) == wanted
    assert len(re.findall(rb"/Type\s*/Page\b", admin.pdf())) <= 4
