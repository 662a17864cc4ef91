"""A phone that may changes its door in its own menu; dashboards see it where it stands."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.scanner import SOON_MS, cut_off, expect_verdict, pair, read, reconnect
from tests.end_to_end.site import Site
from tests.eventually import until


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 390, "height": 844})
    yield page


def open_doors(phone: Page) -> None:
    if not phone.locator("#door-open").is_visible():
        phone.get_by_text("More", exact=True).click()
    phone.get_by_role("button", name="Change door").click()


def test_a_phone_changes_its_door_and_the_dashboard_shows_it_there(site: Site, phone: Page, organiser: Page) -> None:
    event = site.make_event(name="Wandering phone")
    codes = site.book(event, 2)
    pair(site, phone, event, "Gate 7", may=["door"])
    organiser.goto(f"/events/{event['uuid']}")
    row = organiser.locator("#devices li")
    expect(row).to_contain_text(re.compile("Gate 7.*North door"), timeout=SOON_MS)
    read(phone, codes[0])
    expect_verdict(phone, "Admitted", "pass")
    expect(phone.locator("#verdict")).to_be_hidden(timeout=SOON_MS)
    open_doors(phone)
    doors = phone.get_by_role("dialog", name="Change door")
    expect(doors.get_by_role("button", name="North door")).to_have_attribute("aria-pressed", "true")
    box = doors.get_by_role("button", name="Stairs").bounding_box()
    assert box is not None and min(box["width"], box["height"]) >= 48
    expect_accessible(phone)
    doors.get_by_role("button", name="Stairs").click()
    expect(phone.locator("#door-said")).to_have_text("This phone is at Stairs now.", timeout=SOON_MS)
    expect(phone.locator("#door-name")).to_have_text("Stairs")
    expect(row).to_contain_text(re.compile("Gate 7.*Stairs"), timeout=SOON_MS)
    read(phone, codes[1])
    expect_verdict(phone, "Admitted", "pass")
    counts = site.call("GET", f"/api/events/{event['uuid']}/occupancy")["doors"]
    assert [(door["name"], door["admitted"]) for door in counts] == [("North door", 1), ("Stairs", 1)]
    phone.reload()
    expect(phone.locator("#door-name")).to_have_text("Stairs", timeout=SOON_MS)


def test_without_the_hub_or_with_scans_that_wait_the_door_stays_as_it_is(site: Site, phone: Page) -> None:
    event = site.make_event(name="Staying phone")
    codes = site.book(event, 1)
    pair(site, phone, event, may=["door"])
    open_doors(phone)
    doors = phone.get_by_role("dialog", name="Change door")
    cut_off(phone, "/scan/door", "/scan/ticket", "/scan/batch")
    doors.get_by_role("button", name="Stairs").click()
    expect(phone.locator("#door-problem")).to_have_text("The hub cannot be reached: the door stays as it is.")
    doors.get_by_role("button", name="Stay here").click()
    read(phone, codes[0])
    expect_verdict(phone, "Admitted", "pass", "Decided offline")
    expect(phone.locator("#verdict")).to_be_hidden(timeout=SOON_MS)
    reconnect(phone, "/scan/door")
    open_doors(phone)
    doors.get_by_role("button", name="Stairs").click()
    expect(phone.locator("#door-problem")).to_contain_text("are not sent yet")
    reconnect(phone, "/scan/batch")
    until(lambda: bool(site.call("GET", f"/api/scans?event={event['uuid']}")), "what was scanned alone is sent")
    doors.get_by_role("button", name="Stairs").click()
    expect(phone.locator("#door-name")).to_have_text("Stairs", timeout=SOON_MS)
    (scan,) = site.call("GET", f"/api/scans?event={event['uuid']}")
    assert scan["door"] == "d1"


def test_a_phone_whose_organiser_does_not_allow_it_has_no_such_button(site: Site, phone: Page, organiser: Page) -> None:
    event = site.make_event(name="Fixed phone")
    pair(site, phone, event, may=["undo"])
    phone.get_by_text("More", exact=True).click()
    expect(phone.get_by_role("button", name="Unpair this phone")).to_be_visible()
    expect(phone.get_by_role("button", name="Change door")).to_have_count(0)
    (device,) = site.call("GET", f"/api/devices?event={event['uuid']}")
    organiser.goto(f"/admin/devices/{device['uuid']}")
    organiser.get_by_label("change its door, in its own menu").check()
    organiser.get_by_role("button", name="Save").click()

    def is_allowed() -> bool:
        (changed,) = site.call("GET", f"/api/devices?event={event['uuid']}")
        return sorted(changed["may"]) == ["door", "undo"]

    until(is_allowed, "the organiser allows it")
    phone.reload()
    phone.get_by_text("More", exact=True).click()
    expect(phone.get_by_role("button", name="Change door")).to_be_visible(timeout=SOON_MS)
